"""What Service Quotas answers."""

from collections.abc import Callable, Mapping
from typing import Any, Final, cast

from rehearsal.emulator.rules import Refused, differs, rule
from rehearsal.emulator.services.backup.paging import Paged, paged
from rehearsal.emulator.services.backup.store import Place
from rehearsal.emulator.services.servicequotas.values import NAMES, Quota, find, of_service

_API: Final = "https://docs.aws.amazon.com/servicequotas/2019-06-24/apireference"
_READ: Final = "2026-11-22"
_PAGE: Final = 100

Asked = Mapping[str, Any]
"""A request: its members were checked against botocore's model."""

differs(
    "Service Quotas",
    "Only quotas of AWS Backup and DynamoDB are told of, a part of them, and each has AWS's default as its applied "
    "value; none can be raised.",
)


@rule(f"{_API}/API_GetServiceQuota.html", read=_READ)
def refuse_an_unknown_service(service: str) -> None:
    """A service is named by its code."""
    if service not in NAMES:
        raise Refused("NoSuchResourceException", f"The request failed because service {service} does not exist.")


@rule(f"{_API}/API_GetServiceQuota.html", read=_READ)
def refuse_an_unknown_quota(code: str, exists: bool) -> None:
    """A quota is named by its code."""
    if not exists:
        raise Refused("NoSuchResourceException", f"The request failed because quota {code} does not exist.")


def _quota(asked: Asked) -> Quota:
    service, code = asked["ServiceCode"], asked["QuotaCode"]
    refuse_an_unknown_service(service)
    found = find(service, code)
    refuse_an_unknown_quota(code, found is not None)
    return cast("Quota", found)


def _get(place: Place, asked: Asked) -> dict[str, object]:
    return {"Quota": _quota(asked).shown(place.region, place.account)}


def _get_default(place: Place, asked: Asked) -> dict[str, object]:
    return {"Quota": _quota(asked).shown(place.region, "")}


def _list(place: Place, asked: Asked) -> dict[str, object]:
    return _listed(place.region, place.account, asked)


def _list_defaults(place: Place, asked: Asked) -> dict[str, object]:
    return _listed(place.region, "", asked)


def _listed(region: str, account: str, asked: Asked) -> dict[str, object]:
    service = asked["ServiceCode"]
    refuse_an_unknown_service(service)
    shown = [quota.shown(region, account) for quota in of_service(service)]
    page: Paged = {"MaxResults": asked.get("MaxResults", _PAGE)}
    if "NextToken" in asked:
        page["NextToken"] = asked["NextToken"]
    try:
        return paged("Quotas", shown, page)
    except Refused as refused:
        raise Refused("InvalidPaginationTokenException", str(refused)) from None


OPERATIONS: Final[Mapping[str, Callable[[Place, Asked], Mapping[str, object]]]] = {
    "GetAWSDefaultServiceQuota": _get_default,
    "GetServiceQuota": _get,
    "ListAWSDefaultServiceQuotas": _list_defaults,
    "ListServiceQuotas": _list,
}
"""Every operation by AWS's name."""
