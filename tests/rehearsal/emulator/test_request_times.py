from contextlib import closing
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection

import pytest
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from tests.emulator_process import PROD, REGION, Emulator

pytestmark = pytest.mark.emulator

AHEAD = timedelta(days=33)


@pytest.fixture
def later(emulator: Emulator) -> Emulator:
    emulator.advance(AHEAD.total_seconds())
    return emulator


def signed(emulator: Emulator, at: datetime) -> int:
    """Status of a call that is signed at an instant of the caller's choice."""
    keys = emulator.administrator_of(PROD)
    headers = {"X-Amz-Date": at.strftime("%Y%m%dT%H%M%SZ"), "X-Amz-Security-Token": keys.session_token}
    request = AWSRequest("GET", f"{emulator.endpoint}/", headers)
    request.context["timestamp"] = headers["X-Amz-Date"]
    signer = SigV4Auth(Credentials(keys.access_key_id, keys.secret_access_key, keys.session_token), "sts", REGION)
    request.params = {"Action": "GetCallerIdentity", "Version": "2011-06-15"}
    signature = signer.signature(signer.string_to_sign(request, signer.canonical_request(request)), request)
    names = signer.signed_headers(signer.headers_to_sign(request))
    request.headers["Authorization"] = (
        f"AWS4-HMAC-SHA256 Credential={signer.scope(request)}, SignedHeaders={names}, Signature={signature}"
    )
    connection = HTTPConnection(emulator.endpoint.removeprefix("http://"))
    with closing(connection):
        connection.request(
            "GET", "/?Action=GetCallerIdentity&Version=2011-06-15", headers=dict(request.headers.items())
        )
        return connection.getresponse().status


@pytest.mark.parametrize("ahead", [timedelta(), AHEAD], ids=["the machine's", "the virtual one"])
def test_a_request_is_signed_by_either_clock(later: Emulator, ahead: timedelta) -> None:
    assert signed(later, datetime.now(UTC) + ahead) == 200


@pytest.mark.parametrize("ahead", [AHEAD / 2, AHEAD + timedelta(hours=1), -timedelta(hours=1)])
def test_fails_when_a_request_is_signed_by_neither_clock(later: Emulator, ahead: timedelta) -> None:
    assert signed(later, datetime.now(UTC) + ahead) == 403
