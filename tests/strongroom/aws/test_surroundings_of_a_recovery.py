"""Quotas, switches and the organization, as AWS tells of them: also when it tells nothing, or only a part."""

import json
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from strongroom.aws.errors import DeniedError, FailedError
from strongroom.aws.opt_ins import BackupOptIns, OptIn
from strongroom.aws.organization import AwsOrganizations
from strongroom.aws.quotas import OPERATIONS, RESTORES, TABLES, ServiceQuotas
from strongroom.aws.roles import IamRoles
from tests.strongroom.aws.canned import Answer, Asked, Canned


def said(content: object) -> Answer:
    return Answer(json.dumps(content).encode())


def nothing(_: str, __: Asked) -> Answer:
    return Answer(b"{}")


def refused(code: str, status: int = 400) -> Answer:
    body = json.dumps({"__type": code, "message": "no"}).encode()
    return Answer(body, status, {"x-amzn-errortype": code})


def quotas(values: Mapping[str, float], defaults: Mapping[str, float]) -> ServiceQuotas:
    """Service Quotas with applied values, and with defaults of quotas that were never changed."""

    def answer(operation: str, asked: Asked) -> Answer:
        held = values if operation == "GetServiceQuota" else defaults
        code = asked["QuotaCode"]
        return said({"Quota": {"Value": held[code]}}) if code in held else refused("NoSuchResourceException")

    return ServiceQuotas(Canned("service-quotas", answer).client)


def test_an_applied_quota_is_read_and_a_default_where_none_was_applied() -> None:
    assert quotas({TABLES: 5000.0}, {TABLES: 2500.0}).tables() == 5000
    assert quotas({}, {TABLES: 2500.0}).tables() == 2500


@pytest.mark.parametrize(("operations", "most"), [(49.0, 49), (50.0, 50), (500.0, RESTORES)])
def test_restores_keep_to_the_smaller_of_two_quotas(operations: float, most: int) -> None:
    assert quotas({OPERATIONS: operations}, {}).restores() == most


def backup(answers: Mapping[str, Answer]) -> BackupOptIns:
    return BackupOptIns(Canned("backup", lambda operation, _: answers[operation]).client)


@pytest.mark.parametrize(
    ("answer", "on"),
    [
        (said({"GlobalSettings": {"isCrossAccountBackupEnabled": "true"}}), True),
        (said({"GlobalSettings": {"isCrossAccountBackupEnabled": "false"}}), False),
        (said({"GlobalSettings": {}}), False),
        (refused("InvalidRequestException"), False),
    ],
    ids=["on", "off", "never switched", "in no organization"],
)
def test_copies_between_accounts_are_on_or_off(answer: Answer, on: bool) -> None:
    assert backup({"DescribeGlobalSettings": answer}).across_accounts() is on


def test_who_may_not_read_the_switch_is_told_so() -> None:
    with pytest.raises(DeniedError):
        backup({"DescribeGlobalSettings": refused("AccessDeniedException", 403)}).across_accounts()


def test_a_type_that_is_not_listed_is_not_opted_in() -> None:
    answer = said({"ResourceTypeOptInPreference": {"S3": True}, "ResourceTypeManagementPreference": {"DynamoDB": True}})
    assert backup({"DescribeRegionSettings": answer}).tables() == OptIn(protects=False, manages=True)


PARENTS = {"111111111111": "ou-exam-recover1", "ou-exam-recover1": "ou-exam-sources1", "ou-exam-sources1": "r-exam"}


def organization(parents: Mapping[str, str], member: bool = True) -> AwsOrganizations:
    def answer(operation: str, asked: Asked) -> Answer:
        if operation == "DescribeOrganization":
            return said({"Organization": {"Id": "o-1"}}) if member else refused("AWSOrganizationsNotInUseException")
        child = asked["ChildId"]
        return said({"Parents": [{"Id": parents[child]}]}) if child in parents else refused("AccessDeniedException")

    return AwsOrganizations(Canned("organizations", answer).client)


def test_the_path_of_an_account_is_told_from_the_root_down() -> None:
    found = organization(PARENTS)
    assert found.id() == "o-1"
    assert found.path("111111111111") == "o-1/r-exam/ou-exam-sources1/ou-exam-recover1/"


def test_a_member_is_told_no_path() -> None:
    assert organization({}).path("111111111111") is None


def test_an_account_in_no_organization_has_neither() -> None:
    alone = organization(PARENTS, member=False)
    assert (alone.id(), alone.path("111111111111")) == (None, None)


CUT: dict[str, tuple[str, Callable[[Any], object]]] = {
    "quota": ("service-quotas", lambda client: ServiceQuotas(client).tables()),
    "switch": ("backup", lambda client: BackupOptIns(client).across_accounts()),
    "opt-ins": ("backup", lambda client: BackupOptIns(client).tables()),
    "organization": ("organizations", lambda client: AwsOrganizations(client).id()),
}


@pytest.mark.parametrize(("service", "asks"), CUT.values(), ids=list(CUT))
def test_fails_when_an_answer_was_cut_off(service: str, asks: Callable[[Any], object]) -> None:
    with pytest.raises(FailedError, match=r"AWS gave an answer without \w+; it may have been cut off; try again"):
        asks(Canned(service, nothing).client)


IAM: dict[str, Callable[[IamRoles], object]] = {
    "role": lambda door: door.role("a"),
    "policy": lambda door: door.policy("arn:aws:iam::1:policy/a"),
}


@pytest.mark.parametrize("asks", IAM.values(), ids=list(IAM))
def test_fails_when_iam_s_answer_was_cut_off(asks: Callable[[IamRoles], object]) -> None:
    def empty(operation: str, _: Asked) -> Answer:
        return Answer(f"<{operation}Response><{operation}Result/></{operation}Response>".encode())

    with pytest.raises(FailedError, match="it may have been cut off"):
        asks(IamRoles(Canned("iam", empty).client))
