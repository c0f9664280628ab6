"""What each stack tells about itself: the names under which people and the command line find its things."""

from collections.abc import Mapping
from typing import Generic, TypedDict, TypeVar

T = TypeVar("T")
"""`str` for who reads them, Pulumi's output of one for the program."""


class SourceOutputs(TypedDict, Generic[T]):
    """Outputs of a source's stack."""

    table_arns: Mapping[str, T]
    """By the table's name."""
    vault_arn: T
    """Vault beside the tables."""
    exports_bucket: T
    archive_bucket: T
    """Bucket in the backup account, whoever makes it."""
    key_aliases: Mapping[str, str]
    """By purpose: vault, exports, archive, alarms."""
    alarm_topic_arn: T


class CentralOutputs(TypedDict, Generic[T]):
    """Outputs of the central stack."""

    vault_arns: Mapping[str, Mapping[str, T]]
    """By the source's environment, then by tier."""
    archive_buckets: Mapping[str, T]
    """By the source's environment; only those that this stack makes."""
    key_aliases: Mapping[str, Mapping[str, str]]
    """By the environment, then by purpose: archive, alarms, or the tier."""
    alarm_topic_arn: T
