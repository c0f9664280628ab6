# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
"""The core behind the real protocol: what crosses the wire."""

import threading
from collections.abc import Generator
from dataclasses import dataclass, field
from typing import Any

import pytest
from botocore.exceptions import ClientError
from google.protobuf.empty_pb2 import Empty
from pulumi.runtime.proto import provider_pb2

from rehearsal.provider.errors import ProviderError
from rehearsal.provider.wire import UNKNOWN, Secret, encode
from tests.rehearsal.provider.driver import CallFailedError, Driver, InputsRefusedError, Resource, driving
from tests.rehearsal.provider.fakes import client_error, clients

POLICY = "aws:iam/rolePolicy:RolePolicy"
LATER = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
GIVEN = {"role": "backup", "name": "inline", "policy": '{"Version": "2012-10-17"}'}


@dataclass
class FakeIam:
    """Role policies in memory."""

    held: dict[tuple[str, str], str] = field(default_factory=dict[tuple[str, str], str])
    failures: dict[str, ClientError] = field(default_factory=dict[str, ClientError])

    def put_role_policy(self, RoleName: str, PolicyName: str, PolicyDocument: str) -> None:  # noqa: N803 - boto3's names
        self._called("put")
        self.held[RoleName, PolicyName] = PolicyDocument

    def get_role_policy(self, RoleName: str, PolicyName: str) -> dict[str, Any]:  # noqa: N803 - boto3's names
        self._called("get")
        if (RoleName, PolicyName) not in self.held:
            raise client_error("NoSuchEntity")
        return {"PolicyDocument": {"Version": "2012-10-17"}}

    def delete_role_policy(self, RoleName: str, PolicyName: str) -> None:  # noqa: N803 - boto3's names
        self._called("delete")
        del self.held[RoleName, PolicyName]

    def _called(self, name: str) -> None:
        if name in self.failures:
            raise self.failures[name]


@pytest.fixture
def iam() -> FakeIam:
    return FakeIam()


@pytest.fixture
def provider(iam: FakeIam) -> Generator[Driver]:
    with driving(lambda _profile, _region: clients(iam=iam), region="eu-west-2") as driver:
        yield driver


def test_a_resource_lives_over_the_wire(provider: Driver, iam: FakeIam) -> None:
    made = provider.create(POLICY, "p", GIVEN)
    assert made.id == "backup:inline"
    assert provider.diff(made, GIVEN).diffs == []
    read = provider.refresh(made)
    assert read is not None
    assert (read.id, read.state) == (made.id, made.state)
    assert provider.diff(read, GIVEN).diffs == []
    adopted = provider.adopt(POLICY, "p", "backup:inline")
    assert adopted is not None
    assert (adopted.id, adopted.state) == (made.id, made.state)
    provider.delete(made)
    assert iam.held == {}
    assert provider.refresh(made) is None
    assert provider.adopt(POLICY, "p", "backup:inline") is None


def test_a_preview_calls_nothing_and_keeps_unknowns(provider: Driver, iam: FakeIam) -> None:
    known = provider.preview(POLICY, "p", {**GIVEN, "role": LATER})
    assert (known["role"], known["name"]) == (UNKNOWN, "inline")
    made = provider.create(POLICY, "p", GIVEN)
    held = dict(iam.held)
    after = provider.update(made, {**GIVEN, "policy": LATER}, preview=True)
    assert after.state["policy"] is UNKNOWN
    assert iam.held == held


def test_secrets_reach_the_service_and_come_back_as_secrets(provider: Driver, iam: FakeIam) -> None:
    secret = {**GIVEN, "policy": Secret(GIVEN["policy"])}
    assert provider.check(POLICY, "p", secret)["policy"] == Secret(GIVEN["policy"])
    made = provider.create(POLICY, "p", secret)
    assert iam.held == {("backup", "inline"): GIVEN["policy"]}
    assert isinstance(made.state["policy"], Secret)
    assert isinstance(made.inputs["policy"], Secret)
    read = provider.refresh(made)
    assert read is not None
    assert isinstance(read.state["policy"], Secret)
    assert isinstance(read.inputs["policy"], Secret)
    assert isinstance(provider.preview(POLICY, "p", secret)["policy"], Secret)


def test_a_change_of_a_name_replaces(provider: Driver) -> None:
    made = provider.create(POLICY, "p", GIVEN)
    found = provider.diff(made, {**GIVEN, "name": "other", "policy": '{"Version": "2008-10-17"}'})
    assert (found.diffs, found.replaces) == (["name", "policy"], ["name"])
    assert found.detail == {"name": "UPDATE_REPLACE", "policy": "UPDATE"}
    assert not found.delete_before_replace
    assert provider.diff(made, {**GIVEN, "role": "other"}).delete_before_replace


def test_a_half_made_resource_reaches_the_engine(provider: Driver, iam: FakeIam) -> None:
    iam.failures["get"] = client_error("AccessDenied", operation="GetRolePolicy")
    with pytest.raises(CallFailedError, match="creating IAM Role Policy") as failed:
        provider.create(POLICY, "p", GIVEN)
    kept = failed.value.half_made
    assert kept is not None
    assert (kept.id, kept.state["role"], kept.inputs["name"]) == ("backup:inline", "backup", "inline")


def test_nothing_is_kept_of_what_was_not_made(provider: Driver, iam: FakeIam) -> None:
    iam.failures["put"] = client_error("LimitExceeded")
    with pytest.raises(CallFailedError, match=r"putting IAM Role \(backup\) Policy \(inline\)") as failed:
        provider.create(POLICY, "p", GIVEN)
    assert failed.value.half_made is None


@pytest.mark.parametrize("given", [{**GIVEN, "polcy": "x"}, {"role": "r"}])
def test_fails_when_inputs_are_wrong(provider: Driver, given: dict[str, Any]) -> None:
    with pytest.raises(InputsRefusedError):
        provider.check(POLICY, "p", given)


def test_fails_when_the_type_is_unknown(provider: Driver) -> None:
    with pytest.raises(CallFailedError, match="does not know the type aws:sqs/queue:Queue: add its table under"):
        provider.check("aws:sqs/queue:Queue", "q", {})


def test_fails_when_a_function_is_called(provider: Driver) -> None:
    with pytest.raises(Exception, match="does not know the function aws:index/getRegion:getRegion"):
        provider.stub.Invoke(provider_pb2.InvokeRequest(tok="aws:index/getRegion:getRegion"))


def test_a_changed_provider_argument_is_an_update_of_the_provider(provider: Driver) -> None:
    request = provider_pb2.DiffRequest(
        old_inputs=encode({"region": "a", "profile": "p"}), news=encode({"region": "b", "profile": "p"})
    )
    answer = provider.stub.DiffConfig(request)
    assert (answer.changes, list(answer.diffs), list(answer.replaces)) == (
        provider_pb2.DiffResponse.DIFF_SOME,
        ["region"],
        [],
    )


def test_the_handshake_takes_secrets_and_outputs_but_no_references(provider: Driver) -> None:
    answer = provider.stub.Handshake(provider_pb2.ProviderHandshakeRequest())
    assert (answer.accept_secrets, answer.accept_outputs, answer.accept_resources) == (True, True, False)
    assert provider.stub.GetPluginInfo(Empty()).version == "7.51.1"


def test_a_cancel_ends_waits(provider: Driver) -> None:
    pause = provider.seat.life(provider.seat.kind(POLICY), {}).context.pace.pause
    failed: list[str] = []

    def wait() -> None:
        try:
            pause(600)
        except ProviderError as error:
            failed.append(str(error))

    waiting = threading.Thread(target=wait)
    waiting.start()
    provider.stub.Cancel(Empty())
    waiting.join(timeout=5)
    assert failed == ["cancelled"]


def test_a_secret_tag_is_one_among_all_tags_too(provider: Driver) -> None:
    given = {"assumeRolePolicy": '{"Version": "2012-10-17"}', "tags": {"open": "a", "closed": Secret("b")}}
    inputs = provider.check("aws:iam/role:Role", "r", given)
    assert inputs["tagsAll"] == {"open": "a", "closed": Secret("b")}
    assert provider.preview("aws:iam/role:Role", "r", given)["tagsAll"] == {"open": "a", "closed": Secret("b")}


def test_what_a_table_calls_secret_is_one_though_the_program_did_not_say_so(provider: Driver) -> None:
    token = "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration"
    known = provider.preview(token, "l", {"bucket": "archive", "token": "given"})
    assert (known["bucket"], known["token"]) == ("archive", Secret("given"))


def test_fails_when_a_change_is_impossible(provider: Driver) -> None:
    def versioning(status: str) -> dict[str, Any]:
        return {"bucket": "archive", "versioningConfiguration": {"status": status}}

    token, state = "aws:s3/bucketVersioning:BucketVersioning", {**versioning("Enabled"), "region": "eu-west-2"}
    made = Resource(token, "v", "archive", versioning("Enabled"), state)
    with pytest.raises(CallFailedError, match="cannot be updated from 'Enabled' to 'Disabled'"):
        provider.diff(made, versioning("Disabled"))
    assert provider.diff(made, versioning("Suspended")).diffs == ["versioningConfiguration"]
