"""What a policy pack cannot see: whether what holds data is left in AWS when it leaves the stack."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from strongroom.checking.findings import Finding

RULE: Final = "data-retained"
HOLDS_DATA: Final = frozenset(
    {
        "aws:backup/logicallyAirGappedVault:LogicallyAirGappedVault",
        "aws:backup/vault:Vault",
        "aws:backup/vaultLockConfiguration:VaultLockConfiguration",
        "aws:dynamodb/globalTable:GlobalTable",
        "aws:dynamodb/table:Table",
        "aws:kms/externalKey:ExternalKey",
        "aws:kms/key:Key",
        "aws:kms/replicaKey:ReplicaKey",
        "aws:s3/bucket:Bucket",
        "aws:s3/bucketObjectv2:BucketObjectv2",
        "aws:s3/bucketV2:BucketV2",
        "aws:secretsmanager/secret:Secret",
    }
)
"""Types that hold data, make it readable or keep it from being deleted."""


def lost(resources: Sequence[Mapping[str, Any]], file: str) -> Iterator[Finding]:
    """A finding for each resource that would take data with it."""
    for one in resources:
        if one["type"] not in HOLDS_DATA:
            continue
        missing = [
            name
            for name, there in (("protect", one["protect"]), ("retain_on_delete", one["retainOnDelete"]))
            if not there
        ]
        if missing:
            yield Finding(
                RULE,
                file,
                f"{file}: {shown(one)} has no {' and no '.join(missing)}, and may take its data with it; both are"
                f" required: set {' and '.join(missing)} to true in its resource options",
                one["urn"],
            )


def shown(resource: Mapping[str, Any]) -> str:
    """A resource as sentences call it: dynamodb.Table 'receipts'."""
    module = str(resource["type"]).split(":")[1].split("/")[0]
    return f"{module}.{str(resource['type']).rsplit(':', 1)[-1]} {resource['name']!r}"
