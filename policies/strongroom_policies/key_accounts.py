"""A rule about whose KMS keys a resource names."""

from collections.abc import Iterator, Mapping
from typing import Final

from strongroom_policies.copies import arn_part, own_accounts
from strongroom_policies.former import present
from strongroom_policies.properties import Properties
from strongroom_policies.resource import Resource
from strongroom_policies.rule import Rule, Sentence, Severity, apart, texts
from strongroom_policies.tokens import TypeToken

_KEYS: Final[Mapping[TypeToken, tuple[str, ...]]] = {
    TypeToken.BACKUP_LOGICALLY_AIR_GAPPED_VAULT: ("encryptionKeyArn",),
    TypeToken.BACKUP_VAULT: ("kmsKeyArn",),
    TypeToken.DYNAMODB_TABLE: ("serverSideEncryption.kmsKeyArn", "replicas.kmsKeyArn"),
    TypeToken.DYNAMODB_TABLE_REPLICA: ("kmsKeyArn",),
    TypeToken.S3_BUCKET_OBJECTV2: ("kmsKeyId",),
    TypeToken.S3_BUCKET_REPLICATION_CONFIG: ("rules.destination.encryptionConfiguration.replicaKmsKeyId",),
    TypeToken.S3_BUCKET_SERVER_SIDE_ENCRYPTION_CONFIGURATION: (
        "rules.applyServerSideEncryptionByDefault.kmsMasterKeyId",
    ),
    TypeToken.SECRETSMANAGER_SECRET: ("kmsKeyId", "replicas.kmsKeyId"),
    TypeToken.SNS_TOPIC: ("kmsMasterKeyId",),
}
"""Properties that take a key, by type."""


def _lies_under_a_known_key(resource: Resource, wanted: Properties) -> Iterator[Sentence]:
    known = sorted({*wanted.texts("accounts"), *own_accounts(resource)})
    if known:
        paths = [path for kind, paths in _KEYS.items() if kind == present(resource.type) for path in paths]
        yield from apart(*(_of(resource, resource.properties, path, known) for path in paths))


def _of(resource: Resource, properties: Properties, path: str, known: list[str]) -> Iterator[Sentence]:
    name, _, rest = path.partition(".")
    if rest:
        parts = properties.parts(name) if isinstance(properties.said(name), list) else (properties.part(name),)
        yield from apart(*(_of(resource, part, rest, known) for part in parts))
        return
    key = properties.text(name) or ""
    # An id or an alias without an ARN is one of the resource's own account.
    if (account := arn_part(key, 4)) and account not in known:
        yield (
            f"{resource} lies under {key}, of account {account}; only keys of {', '.join(known)} may be used: name a"
            f" key of one of them, or add the account to accounts of {_NAME}"
        )


_NAME: Final = "kms-key-known-account"
KNOWN_ACCOUNT: Final = Rule(
    name=_NAME,
    description="Checks that data lies under KMS keys of known accounts.",
    why="Whoever owns the key of a vault, a table or a bucket can take everything away by deleting the key.",
    controls={"NIST 800-53": ("SC-12",), "ISO 27001:2022": ("A.8.24",)},
    severity=Severity.CRITICAL,
    on=tuple(_KEYS),
    check=_lies_under_a_known_key,
    keys=tuple(dict.fromkeys(path for paths in _KEYS.values() for path in paths)),
    options={
        "accounts": texts(
            (),
            "Accounts whose keys may be used besides those that the provider may work in; none means any where the"
            " provider does not say.",
        )
    },
)
