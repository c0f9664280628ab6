"""The provider's own checks of single values; the sentences follow the real provider's."""

import json
import re
from typing import Any

from rehearsal.provider.schema import Check


def between(low: float, high: float) -> Check:
    """Accept numbers from `low` to `high`, both included."""
    return lambda value: None if low <= value <= high else f"expected to be in the range ({low} - {high}), got {value}"


def at_least(low: float) -> Check:
    """Accept numbers from `low` on."""
    return lambda value: None if value >= low else f"expected to be at least ({low}), got {value}"


def length(low: int, high: int) -> Check:
    """Accept texts and lists of `low` to `high` elements."""

    def check(value: Any) -> str | None:
        return (
            None if low <= len(value) <= high else f"expected length to be in the range ({low} - {high}), got {value}"
        )

    return check


def one_of(*allowed: str) -> Check:
    """Accept these words and no other."""
    return lambda value: None if value in allowed else f"expected to be one of {list(allowed)}, got {value}"


def matching(pattern: str, says: str) -> Check:
    """Accept texts that match `pattern` as a whole; `says` tells in words what is allowed."""
    compiled = re.compile(pattern)
    return lambda value: None if compiled.fullmatch(value) else f"{says}, got {value}"


def arn(value: Any) -> str | None:
    """Accept an ARN; an empty text passes, as in the real provider."""
    if not value or re.fullmatch(r"arn:[\w-]+:[\w-]+:[a-z0-9-]*:(\d{12}|aws|aws-managed)?:.+", str(value)):
        return None
    return f"({value}) is an invalid ARN"


def json_document(value: Any) -> str | None:
    """Accept any valid JSON text."""
    try:
        json.loads(value)
    except ValueError as error:
        return f"contains an invalid JSON: {error}"
    return None


def iam_policy(value: Any) -> str | None:
    """Accept a JSON object as text, which is all that the provider looks at in an IAM policy."""
    if not value or not str(value).lstrip().startswith("{"):
        return "contains an invalid JSON policy: not a JSON object"
    return json_document(value)


def account_id(value: Any) -> str | None:
    """Accept twelve digits."""
    return None if re.fullmatch(r"\d{12}", str(value)) else f"expected twelve digits, got {value}"
