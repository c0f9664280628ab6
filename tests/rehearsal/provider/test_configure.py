from typing import Any

import pytest
from botocore.exceptions import NoCredentialsError

from rehearsal.provider.seat import Seat
from tests.rehearsal.provider.driver import CallFailedError, InputsRefusedError, driving
from tests.rehearsal.provider.fakes import ACCOUNT, FakeClients, clients

LATER = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"


class Denying:
    """An STS that nobody can sign for."""

    def get_caller_identity(self) -> dict[str, str]:
        raise NoCredentialsError


def seat(asked: list[tuple[str | None, str]], **services: Any) -> Seat:
    """A seat that notes for which profile and region it makes clients."""

    def make(profile: str | None, region: str) -> FakeClients:
        asked.append((profile, region))
        return FakeClients({**clients().services, **services})

    return Seat(make)


def test_the_arguments_come_as_json_texts_and_reach_their_places() -> None:
    asked: list[tuple[str | None, str]] = []
    one = seat(asked)
    tags = '{"tags": {"owner": "platform"}}'
    one.configure(
        {
            "profile": "strongroom-prod",
            "region": "eu-west-2",
            "allowedAccountIds": f'["{ACCOUNT}"]',
            "defaultTags": tags,
        }
    )
    assert asked == [("strongroom-prod", "eu-west-2")]
    assert (one.standing.region, dict(one.standing.default_tags)) == ("eu-west-2", {"owner": "platform"})


def test_the_account_is_asked_once_for_check_and_configure() -> None:
    asked: list[tuple[str | None, str]] = []
    one, args = seat(asked), {"region": "eu-west-2"}
    assert one.check_config(args) == []
    one.configure(args)
    assert len(asked) == 1
    one.configure({"region": "eu-west-1"})
    assert len(asked) == 2


def test_fails_when_the_account_is_not_an_allowed_one_both_at_check_and_configure() -> None:
    sentence = f"AWS account ID not allowed: {ACCOUNT}"
    args = {"region": "eu-west-2", "allowedAccountIds": '["222222222222"]'}
    assert seat([]).check_config(args) == [("", sentence)]
    with driving(lambda _p, _r: clients()) as provider:
        with pytest.raises(InputsRefusedError, match=sentence):
            provider.configure(**args)
        with pytest.raises(CallFailedError, match="not configured yet"):
            provider.check("aws:kms/alias:Alias", "a", {"targetKeyId": "k", "name": "alias/a"})


def test_arguments_that_are_not_known_yet_wait_for_configure() -> None:
    asked: list[tuple[str | None, str]] = []
    with driving(lambda profile, region: seat(asked).make_clients(profile, region)) as provider:
        from pulumi.runtime.proto import provider_pb2

        news = {"region": "eu-west-2", "profile": LATER}
        request = provider_pb2.CheckRequest(urn="urn:pulumi:s::p::pulumi:providers:aws::p")
        request.news.update(news)
        assert list(provider.stub.CheckConfig(request).failures) == []
    assert asked == []


@pytest.mark.parametrize("name", ["assumeRoles", "accessKey", "endpoints", "colour"])
def test_fails_when_an_argument_is_not_the_stand_ins(name: str) -> None:
    failures = seat([]).check_config({"region": "eu-west-2", name: "x"})
    assert [argument for argument, _ in failures] == [name]
    assert failures[0][1].startswith(
        f"the stand-in for the aws plugin does not take '{name}', only allowedAccountIds, "
    )


def test_what_the_engine_and_the_sdk_add_is_taken() -> None:
    args = {
        "region": "eu-west-2",
        "skipCredentialsValidation": "false",
        "skipRegionValidation": "true",
        "version": "7.51.1",
    }
    assert seat([]).check_config(args) == []


def test_fails_when_there_is_no_region() -> None:
    assert "Missing region information" in seat([]).check_config({})[0][1]


def test_fails_when_there_are_no_credentials() -> None:
    failures = seat([], sts=Denying()).check_config({"region": "eu-west-2"})
    assert failures == [("", "unable to validate AWS credentials. Details: Unable to locate credentials")]
