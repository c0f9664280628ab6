"""Which resources can be shared: each service that has some says so itself."""

from collections.abc import Callable
from typing import Final

Verdict = Callable[[str], bool | None]
"""From a resource's ARN to whether it can be shared; None when there is no such resource."""

SHAREABLE: Final[dict[str, Verdict]] = {}
"""By the service's name in ARNs; a service puts itself in when it is imported."""
RESOURCE_TYPES: Final = frozenset({"backup:backup-vault"})
"""Types that lists can be narrowed to.

https://docs.aws.amazon.com/aws-backup/latest/devguide/logicallyairgappedvault.html#lag-share (read 2026-11-22).
"""
