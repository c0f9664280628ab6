"""One rule of a bucket's replication: its properties, and its two spellings."""

from collections.abc import Mapping
from typing import Any, Final

from rehearsal.provider.schema import Kind, Properties, Property
from rehearsal.provider.types.s3_spelling import from_s3, to_s3
from rehearsal.provider.validation import arn, length, one_of


def asked(rule: Properties) -> Any:
    """The rule as S3 takes it; a filter, even an empty one, makes it the newer form, which has a priority."""
    sent = to_s3({name: value for name, value in rule.items() if name not in ("filter", "prefix", "priority")})
    if rule.get("filter") is None:
        return {**sent, "Prefix": rule.get("prefix", "")}
    return {**sent, "Filter": to_s3(rule["filter"]), "Priority": rule.get("priority", 0)}


def found(rule: Mapping[str, Any]) -> Properties:
    """The rule as properties."""
    return from_s3(rule)


def _only_status(*, required: bool = False) -> Property:
    status = Property(required=True, checks=(one_of("Enabled", "Disabled"),))
    return Property(kind=Kind.OBJECT, required=required, fields={"status": status})


def _minutes(*, required: bool) -> Property:
    minutes = Property(kind=Kind.INTEGER, required=True, checks=(_fifteen,))
    return Property(kind=Kind.OBJECT, required=required, fields={"minutes": minutes})


def _fifteen(value: Any) -> str | None:
    return None if value == 15 else f"expected 15, the only time that S3 offers, got {value}"


_STATUS: Final = Property(required=True, checks=(one_of("Enabled", "Disabled"),))
_TAG: Final = {"key": Property(required=True), "value": Property(required=True)}
_FILTER: Final = {
    "and": Property(kind=Kind.OBJECT, fields={"prefix": Property(), "tags": Property(kind=Kind.MAP)}),
    "prefix": Property(checks=(length(0, 1024),)),
    "tag": Property(kind=Kind.OBJECT, fields=_TAG),
}
_CLASSES: Final = one_of(
    "DEEP_ARCHIVE",
    "GLACIER",
    "GLACIER_IR",
    "INTELLIGENT_TIERING",
    "ONEZONE_IA",
    "REDUCED_REDUNDANCY",
    "STANDARD",
    "STANDARD_IA",
)
_DESTINATION: Final = {
    "bucket": Property(required=True, checks=(arn,)),
    "account": Property(),
    "storageClass": Property(checks=(_CLASSES,)),
    "accessControlTranslation": Property(
        kind=Kind.OBJECT, fields={"owner": Property(required=True, checks=(one_of("Destination"),))}
    ),
    "encryptionConfiguration": Property(
        kind=Kind.OBJECT, fields={"replicaKmsKeyId": Property(required=True, checks=(arn,))}
    ),
    "metrics": Property(kind=Kind.OBJECT, fields={"status": _STATUS, "eventThreshold": _minutes(required=False)}),
    "replicationTime": Property(kind=Kind.OBJECT, fields={"status": _STATUS, "time": _minutes(required=True)}),
}

RULE: Final = Property(
    kind=Kind.OBJECT,
    fields={
        "id": Property(optional_computed=True, checks=(length(0, 255),)),
        "status": _STATUS,
        "priority": Property(kind=Kind.INTEGER),
        "prefix": Property(checks=(length(0, 1024),), conflicts_with=("filter",)),
        "filter": Property(kind=Kind.OBJECT, fields=_FILTER),
        "deleteMarkerReplication": _only_status(),
        "existingObjectReplication": _only_status(),
        "destination": Property(kind=Kind.OBJECT, required=True, fields=_DESTINATION),
        "sourceSelectionCriteria": Property(
            kind=Kind.OBJECT,
            fields={"replicaModifications": _only_status(), "sseKmsEncryptedObjects": _only_status()},
        ),
    },
)
"""What a program says of one rule."""
