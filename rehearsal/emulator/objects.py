"""Reads JSON objects that others wrote."""

import json
from typing import Any, cast


def json_object(text: bytes | str) -> dict[str, Any]:
    """Return the JSON object in `text`; an empty one when it holds none."""
    try:
        content: object = json.loads(text)
    except ValueError:
        return {}
    return cast("dict[str, Any]", content) if isinstance(content, dict) else {}
