from typing import Any

import pytest

from rehearsal.emulator.services.servicequotas.values import NAMES, QUOTAS
from tests.emulator_people import allow, make_role, refuses
from tests.emulator_process import PROD, REGION, Emulator

pytestmark = pytest.mark.emulator

TABLES = {"ServiceCode": "dynamodb", "QuotaCode": "L-F98FE922"}
ARN = f"arn:aws:servicequotas:{REGION}:{PROD}:dynamodb/L-F98FE922"


@pytest.fixture
def quotas(emulator: Emulator) -> Any:
    return emulator.client("service-quotas")


def test_a_quota_has_the_default_value_of_aws(quotas: Any) -> None:
    found = quotas.get_service_quota(**TABLES)["Quota"]
    assert (found["QuotaName"], found["Value"], found["QuotaArn"]) == ("Maximum number of tables", 2500.0, ARN)


def test_a_default_belongs_to_no_account(quotas: Any) -> None:
    found = quotas.get_aws_default_service_quota(**TABLES)["Quota"]
    assert found["QuotaArn"] == f"arn:aws:servicequotas:{REGION}::dynamodb/L-F98FE922"


@pytest.mark.parametrize("service", list(NAMES))
@pytest.mark.parametrize("operation", ["list_service_quotas", "list_aws_default_service_quotas"])
def test_a_list_comes_in_pages(quotas: Any, operation: str, service: str) -> None:
    pages = quotas.get_paginator(operation).paginate(ServiceCode=service, PaginationConfig={"PageSize": 2})
    codes = [quota["QuotaCode"] for page in pages for quota in page["Quotas"]]
    assert codes == [quota.code for quota in QUOTAS if quota.service == service]


@pytest.mark.parametrize(
    "asked", [{**TABLES, "ServiceCode": "ec2"}, {**TABLES, "QuotaCode": "L-00000000"}], ids=["service", "quota"]
)
def test_refuses_what_it_does_not_tell_of(quotas: Any, asked: dict[str, str]) -> None:
    with refuses("NoSuchResourceException"):
        quotas.get_service_quota(**asked)


def test_refuses_a_token_of_another_list(quotas: Any) -> None:
    with refuses("InvalidPaginationTokenException"):
        quotas.list_service_quotas(ServiceCode="backup", NextToken="x")


def test_a_role_reads_the_quotas_that_its_policy_names(emulator: Emulator) -> None:
    role = make_role(emulator, "reader", allow("servicequotas:GetServiceQuota", ARN.replace("L-F98FE922", "*")))
    mine = emulator.client("service-quotas", role_arn=role)
    assert mine.get_service_quota(**TABLES)["Quota"]["Value"] == 2500.0
    with refuses("AccessDeniedException") as refused:
        mine.get_service_quota(ServiceCode="backup", QuotaCode="L-7705D2CB")
    assert f"on resource: arn:aws:servicequotas:{REGION}:{PROD}:backup/L-7705D2CB" in str(refused.value)
    with refuses("AccessDeniedException"):
        mine.list_service_quotas(ServiceCode="dynamodb")
