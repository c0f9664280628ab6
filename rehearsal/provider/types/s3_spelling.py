"""How S3 spells the inside of a configuration: the one place that knows where its spelling is not the usual one."""

from collections.abc import Mapping
from typing import Any, Final, cast

from rehearsal.provider.values import tag_list, tag_map

_UNUSUAL: Final = {
    "id": "ID",
    "sseAlgorithm": "SSEAlgorithm",
    "kmsMasterKeyId": "KMSMasterKeyID",
    "replicaKmsKeyId": "ReplicaKmsKeyID",
}
_BACK: Final = {theirs: ours for ours, theirs in _UNUSUAL.items()}


def to_s3(value: Any) -> Any:
    """A block of properties as the API takes it; None is left out, while False, 0 and "" stay. Tags become a list."""
    if isinstance(value, Mapping):
        given = cast("Mapping[str, Any]", value).items()
        return {
            _UNUSUAL.get(key, key[:1].upper() + key[1:]): tag_list(one) if key == "tags" else to_s3(one)
            for key, one in given
            if one is not None
        }
    if isinstance(value, list):
        return [to_s3(one) for one in cast("list[Any]", value)]
    return value


def from_s3(value: Any) -> Any:
    """A block of the API's answer as properties."""
    if isinstance(value, Mapping):
        given = cast("Mapping[str, Any]", value).items()
        return {
            _BACK.get(key, key[:1].lower() + key[1:]): tag_map(one) if key == "Tags" else from_s3(one)
            for key, one in given
        }
    if isinstance(value, list):
        return [from_s3(one) for one in cast("list[Any]", value)]
    return value
