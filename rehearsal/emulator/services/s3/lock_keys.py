"""S3: the condition key that tells how long an upload would be retained."""

from typing import Any, Final

from rehearsal.emulator import clock
from rehearsal.emulator.patching import replaces
from rehearsal.emulator.services.s3.instants import days_left, parsed

_UNTIL: Final = "x-amz-object-lock-retain-until-date"


@replaces("core.iam_actions:s3_service_context", read="83e53d14d02c3a91")
def s3_service_context(
    original: Any, iam_action: str, query: Any, path: str = "", headers: Any = None
) -> dict[str, Any]:
    """Add s3:object-lock-remaining-retention-days; a date that is none is refused where it is read."""
    keys: dict[str, Any] = original(iam_action, query, path, headers)
    until: str | None = headers.get(_UNTIL) if headers else None
    if until:
        try:
            keys["s3:object-lock-remaining-retention-days"] = str(days_left(clock.now(), parsed(until)))
        except ValueError:
            return keys
    return keys
