"""The quotas that are told of, with AWS's default values."""

from dataclasses import dataclass
from typing import Final

NAMES: Final = {"backup": "AWS Backup", "dynamodb": "Amazon DynamoDB"}
"""What Service Quotas calls the services, by its code of them."""


@dataclass(frozen=True)
class Quota:
    """One quota of a service in an account and region."""

    service: str
    code: str
    name: str
    value: float
    is_adjustable: bool = True

    def shown(self, region: str, account: str) -> dict[str, object]:
        """Return it as AWS shows it; account is empty for a default."""
        return {
            "ServiceCode": self.service,
            "ServiceName": NAMES[self.service],
            "QuotaArn": f"arn:aws:servicequotas:{region}:{account}:{self.service}/{self.code}",
            "QuotaCode": self.code,
            "QuotaName": self.name,
            "Value": self.value,
            "Unit": "None",
            "Adjustable": self.is_adjustable,
            "GlobalQuota": False,
        }


QUOTAS: Final = (
    # https://docs.aws.amazon.com/general/latest/gr/bk.html, read 2026-11-22.
    Quota("backup", "L-BD69F607", "Backup plans per Region per account", 300),
    Quota("backup", "L-7705D2CB", "Backup vaults per Region per account", 300),
    Quota("backup", "L-FFD6444F", "Concurrent backup copies per supported service per account", 5, is_adjustable=False),
    Quota("backup", "L-366B61FD", "Concurrent backup jobs per resource", 1, is_adjustable=False),
    Quota("backup", "L-514878B6", "Recovery points per backup vault", 1_000_000),
    Quota("backup", "L-9122A82F", "Versions per backup plan", 2_000),
    # https://docs.aws.amazon.com/general/latest/gr/ddb.html, read 2026-11-22.
    Quota("dynamodb", "L-34F6A552", "Account-level read throughput limit (Provisioned mode)", 80_000),
    Quota("dynamodb", "L-34F8CCC8", "Account-level write throughput limit (Provisioned mode)", 80_000),
    Quota("dynamodb", "L-1BB77E89", "Concurrent control plane operations", 500),
    Quota("dynamodb", "L-F7858A77", "Global Secondary Indexes per table", 20),
    Quota("dynamodb", "L-F98FE922", "Maximum number of tables", 2_500),
    Quota("dynamodb", "L-CF0CBE56", "Table-level read throughput limit", 40_000),
    Quota("dynamodb", "L-AB614373", "Table-level write throughput limit", 40_000),
)


def of_service(service: str) -> list[Quota]:
    """Return a service's quotas."""
    return [quota for quota in QUOTAS if quota.service == service]


def find(service: str, code: str) -> Quota | None:
    """Return one quota; None when it is not told of."""
    return next((quota for quota in of_service(service) if quota.code == code), None)
