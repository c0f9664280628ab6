"""How much AWS does at a time for an account: what a recovery of many tables must keep to."""

from typing import TYPE_CHECKING, Final, Protocol

from botocore.exceptions import ClientError

from strongroom.aws.answers import there
from strongroom.aws.errors import code, translated

if TYPE_CHECKING:
    from mypy_boto3_service_quotas.client import ServiceQuotasClient
    from mypy_boto3_service_quotas.type_defs import ServiceQuotaTypeDef

COPIES: Final = 100
"""Copies that AWS Backup makes at a time out of an account into a Region; further ones wait.

https://docs.aws.amazon.com/aws-backup/latest/devguide/aws-backup-limits.html, read 2026-11-22. AWS Support raises it;
Service Quotas does not list it.
"""
RESTORES: Final = 50
"""Tables that AWS Backup restores at a time in an account; Service Quotas does not list it.

https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html, read 2026-11-22.
"""
SERVICE: Final = "dynamodb"
"""Service Quotas' name of DynamoDB, whose quotas https://docs.aws.amazon.com/general/latest/gr/ddb.html lists, read
2026-11-22."""
TABLES: Final = "L-F98FE922"
"""Quota code of tables of an account and Region; 2,500 by default."""
OPERATIONS: Final = "L-1BB77E89"
"""Quota code of tables that are made, changed or restored at a time; 500 by default."""


class Quotas(Protocol):
    """Reads quotas of one account and region."""

    def copies(self) -> int:
        """Copies that AWS Backup makes at a time out of the account."""
        ...

    def restores(self) -> int:
        """Tables that can be restored at a time in the account."""
        ...

    def tables(self) -> int:
        """Tables that the account may hold."""
        ...


class ServiceQuotas:
    """Quotas as Service Quotas tells of them, and as AWS documents those that it does not tell of."""

    def __init__(self, client: "ServiceQuotasClient") -> None:
        self._client = client

    def copies(self) -> int:
        """See `Quotas.copies`."""
        return COPIES

    def restores(self) -> int:
        """See `Quotas.restores`."""
        return min(RESTORES, self._value(OPERATIONS))

    def tables(self) -> int:
        """See `Quotas.tables`."""
        return self._value(TABLES)

    def _value(self, quota: str) -> int:
        what = f"reading quota {quota} of {SERVICE}"
        with translated(what):
            found = there(self._quota(quota), "Quota", what)
        return int(there(found.get("Value"), "Value", what))

    def _quota(self, quota: str) -> "ServiceQuotaTypeDef | None":
        """The applied value, or the default of a quota that was never changed and has no applied one.

        https://docs.aws.amazon.com/servicequotas/2019-06-24/apireference/API_GetServiceQuota.html, read 2026-11-22.
        """
        try:
            return self._client.get_service_quota(ServiceCode=SERVICE, QuotaCode=quota).get("Quota")
        except ClientError as refused:
            if code(refused) != "NoSuchResourceException":
                raise
        return self._client.get_aws_default_service_quota(ServiceCode=SERVICE, QuotaCode=quota).get("Quota")
