from datetime import UTC, datetime
from typing import Any

import pytest

from tests.emulator_process import Emulator
from tests.rehearsal.emulator.services.asking import BUCKET, make_bucket
from tests.rehearsal.emulator.services.backup.asking import refusal

pytestmark = pytest.mark.emulator

_ONE_O_CLOCK = datetime(2099, 1, 1, 1, tzinfo=UTC)
_RULE: dict[str, Any] = {"ID": "old", "Status": "Enabled", "Filter": {"Prefix": ""}}


def _moves(*moves: tuple[str, int], noncurrent: bool = False, **more: object) -> list[dict[str, Any]]:
    days, member = ("NoncurrentDays", "NoncurrentVersionTransitions") if noncurrent else ("Days", "Transitions")
    return [_RULE | {member: [{days: number, "StorageClass": name} for name, number in moves]} | more]


def _by_tag(**does: object) -> list[dict[str, Any]]:
    return [_RULE | {"Filter": {"Tag": {"Key": "tier", "Value": "gold"}}} | does]


_EXPIRES = {"Expiration": {"Days": 365}}

REFUSED: dict[str, tuple[list[dict[str, Any]], str]] = {
    "nothing to do": ([_RULE], "InvalidRequest"),
    "the id of another": ([_RULE | _EXPIRES, _RULE | _EXPIRES], "InvalidArgument"),
    "infrequent access at 29": (_moves(("STANDARD_IA", 29)), "InvalidArgument"),
    "infrequent access in one zone at 29": (_moves(("ONEZONE_IA", 29)), "InvalidArgument"),
    "infrequent access at 29 for older versions": (_moves(("STANDARD_IA", 29), noncurrent=True), "InvalidArgument"),
    "an end with the move": (_moves(("GLACIER", 60), Expiration={"Days": 60}), "InvalidArgument"),
    "an end with the move for older versions": (
        _moves(("GLACIER", 60), noncurrent=True, NoncurrentVersionExpiration={"NoncurrentDays": 60}),
        "InvalidArgument",
    ),
    "a next move after 29": (_moves(("STANDARD_IA", 30), ("GLACIER", 59)), "InvalidArgument"),
    "a date that is not midnight": (
        [_RULE | {"Expiration": {"Date": datetime(2099, 1, 1, 1, tzinfo=UTC)}}],
        "InvalidArgument",
    ),
    "a move on a date that is not midnight": (
        [_RULE | {"Transitions": [{"Date": _ONE_O_CLOCK, "StorageClass": "GLACIER"}]}],
        "InvalidArgument",
    ),
    "uploads by tag": (_by_tag(AbortIncompleteMultipartUpload={"DaysAfterInitiation": 7}), "InvalidRequest"),
    "delete markers by tag": (_by_tag(Expiration={"ExpiredObjectDeleteMarker": True}), "InvalidRequest"),
    "deep archive 89 days after glacier": (_moves(("GLACIER_IR", 4), ("DEEP_ARCHIVE", 93)), "InvalidArgument"),
}
ACCEPTED: dict[str, list[dict[str, Any]]] = {
    "one thing to do": [_RULE | _EXPIRES],
    "an id of its own": [_RULE | _EXPIRES, _RULE | _EXPIRES | {"ID": "other"}],
    "infrequent access at 30": _moves(("STANDARD_IA", 30)),
    "infrequent access at 30 for older versions": _moves(("STANDARD_IA", 30), noncurrent=True),
    "a date at midnight": [_RULE | {"Expiration": {"Date": datetime(2099, 1, 1, tzinfo=UTC)}}],
    "uploads by prefix": [_RULE | {"AbortIncompleteMultipartUpload": {"DaysAfterInitiation": 7}}],
    "delete markers by prefix": [_RULE | {"Expiration": {"ExpiredObjectDeleteMarker": True}}],
    "expiry by tag": _by_tag(Expiration={"Days": 365}),
    "glacier at once": _moves(("GLACIER", 0)),
    "an end a day after the move": _moves(("GLACIER", 60), Expiration={"Days": 61}),
    "an end a day after the move for older versions": _moves(
        ("GLACIER", 60), noncurrent=True, NoncurrentVersionExpiration={"NoncurrentDays": 61}
    ),
    "a next move after 30": _moves(("STANDARD_IA", 30), ("GLACIER", 60)),
    "deep archive 90 days after glacier": _moves(("GLACIER_IR", 4), ("DEEP_ARCHIVE", 94)),
}


@pytest.fixture
def s3(emulator: Emulator) -> Any:
    """S3 of prod with one bucket in it."""
    client = emulator.client("s3")
    make_bucket(client)
    return client


@pytest.mark.parametrize("case", REFUSED)
def test_fails_when_a_rule_has(s3: Any, case: str) -> None:
    rules, code = REFUSED[case]
    call = s3.put_bucket_lifecycle_configuration
    assert refusal(call, Bucket=BUCKET, LifecycleConfiguration={"Rules": rules}) == code


@pytest.mark.parametrize("case", ACCEPTED)
def test_a_rule_may_have(s3: Any, case: str) -> None:
    s3.put_bucket_lifecycle_configuration(Bucket=BUCKET, LifecycleConfiguration={"Rules": ACCEPTED[case]})
    assert s3.get_bucket_lifecycle_configuration(Bucket=BUCKET)["Rules"] == ACCEPTED[case]
