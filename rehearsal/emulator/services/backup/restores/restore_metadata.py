"""What a restore of a table is asked for: the keys of its metadata, read without any record of the service."""

import re
from dataclasses import dataclass
from typing import Any, Final

from rehearsal.emulator.rules import Refused, rule

_PAGE: Final = "https://docs.aws.amazon.com/aws-backup/latest/devguide/restoring-dynamodb.html"
_ADVANCED: Final = "https://docs.aws.amazon.com/aws-backup/latest/devguide/advanced-ddb-backup.html"
_NAMES: Final = "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html"
_READ: Final = "2026-11-22"
_INVALID: Final = "InvalidParameterValueException"
_KEYS: Final = {
    name.lower(): name for name in ("targetTableName", "encryptionType", "kmsMasterKeyArn", "aws:backup:request-id")
}
_TABLE_NAME: Final = re.compile(r"[A-Za-z0-9_.-]{3,255}")
_KEY_ARN: Final = re.compile(r"arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key/.+")


@dataclass(frozen=True)
class Target:
    """The table that a restore makes."""

    table: str
    encryption: str | None
    """`Default`, `KMS`, or None where nothing was said."""
    key: str | None


@rule(_PAGE, read=_READ)
def refuse_unknown_metadata(name: str) -> None:
    """The metadata of a restored table are its name, its kind of encryption, its key and a request id, in any case."""
    if name.lower() not in _KEYS:
        raise Refused(_INVALID, f"Invalid restore metadata. {name} is not a supported key.")


@rule(_PAGE, read=_READ)
def refuse_a_restore_without_a_name(given: bool) -> None:
    """A table is always restored as a new one, whose name the metadata give."""
    if not given:
        raise Refused(_INVALID, "Invalid restore metadata. targetTableName is missing.")


@rule(_NAMES, read=_READ)
def refuse_a_table_name_of_another_form(name: str) -> None:
    """A table's name is 3 to 255 letters, digits, hyphens, underscores and dots."""
    if not _TABLE_NAME.fullmatch(name):
        raise Refused(_INVALID, f"Invalid restore metadata. {name!r} is no name of a table.")


@rule(_PAGE, read=_READ)
def refuse_an_unknown_kind_of_encryption(kind: str | None) -> None:
    """A restored table's encryption is Default, which is a key that AWS owns, or KMS."""
    if kind not in {None, "Default", "KMS"}:
        raise Refused(_INVALID, f"Invalid restore metadata. encryptionType must be Default or KMS, got {kind!r}.")


@rule(_PAGE, read=_READ)
def refuse_a_key_without_kms(kind: str | None, key: str | None) -> None:
    """A restored table's key is given by its ARN, and together with encryptionType KMS."""
    if key is not None and (kind != "KMS" or not _KEY_ARN.fullmatch(key)):
        raise Refused(_INVALID, f"Invalid restore metadata. kmsMasterKeyArn {key} does not go with {kind}.")


@rule(_ADVANCED, read=_READ)
def refuse_to_guess_the_key_in_another_region(same_region: bool, kind: str | None) -> None:
    """A restore in another region than the table's names its encryption."""
    if not same_region and kind is None:
        raise Refused(_INVALID, "Invalid restore metadata. encryptionType is required in another Region.")


def parse(metadata: dict[str, str], *, same_region: bool) -> Target:
    """Return the table that metadata ask for.

    Args:
        metadata: As a request brings them.
        same_region: Whether the source was a table of this region.

    Raises:
        Refused: They ask for none.
    """
    for name in metadata:
        refuse_unknown_metadata(name)
    given = {_KEYS[name.lower()]: value for name, value in metadata.items()}
    name, kind, key = given.get("targetTableName"), given.get("encryptionType"), given.get("kmsMasterKeyArn")
    refuse_a_restore_without_a_name(name is not None)
    refuse_a_table_name_of_another_form(str(name))
    refuse_an_unknown_kind_of_encryption(kind)
    refuse_a_key_without_kms(kind, key)
    refuse_to_guess_the_key_in_another_region(same_region, kind)
    return Target(str(name), kind, key)


def key_of(target: Target, source: str | None, *, managed_by_dynamodb: bool) -> str | None:
    """Return the ARN of the customer's key that a restored table gets; None for one that AWS owns or manages.

    Without a word on encryption it is the source table's, or a key that AWS owns where DynamoDB made the backup.

    Args:
        target: What was asked for.
        source: ARN of the source table's key, whoever manages it; None: owned by AWS.
        managed_by_dynamodb: Whether the point was made without DynamoDB's advanced features.
    """
    if target.encryption is None:
        return None if managed_by_dynamodb else source
    return target.key


def specification(target: Target, *, managed_by_dynamodb: bool) -> dict[str, Any] | None:
    """Return the SSESpecification of a restored table; None for what the source had."""
    if target.encryption == "KMS":
        return {"Enabled": True, "SSEType": "KMS", **({"KMSMasterKeyId": target.key} if target.key else {})}
    return {"Enabled": False} if target.encryption or managed_by_dynamodb else None
