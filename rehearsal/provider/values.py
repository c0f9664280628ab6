"""Small turns between the provider's values and those of the AWS API."""

from collections.abc import Iterable, Mapping
from typing import Any, Literal, TypeVar

Tag = TypeVar("Tag", bound=Mapping[str, Any])


def present(values: Mapping[str, Any]) -> dict[str, Any]:
    """Leave out what is None or an empty text, list or map; False and 0 stay."""
    return {key: value for key, value in values.items() if value is not None and value not in ("", [], {})}


def non_zero(values: Mapping[str, Any]) -> dict[str, Any]:
    """Leave out what the provider takes for "not set": None, empty, False and 0."""
    return {key: value for key, value in values.items() if value}


def listed(values: Mapping[str, Any], name: str) -> list[Any]:
    """The list of this name; an absent one is empty."""
    return values.get(name) or []


def block(values: Mapping[str, Any], name: str) -> dict[str, Any]:
    """The object of this name; an absent one is empty."""
    return values.get(name) or {}


def tag_list(tags: Mapping[str, str] | None, spelling: Literal["", "Tag"] = "") -> list[Any]:
    """Tags as most services take them: `[{"Key", "Value"}]`; `Tag` for those that say `TagKey` and `TagValue`."""
    return [{f"{spelling}Key": key, f"{spelling}Value": value} for key, value in (tags or {}).items()]


def tag_map(tags: Iterable[Mapping[str, Any]], spelling: Literal["", "Tag"] = "") -> dict[str, str]:
    """Tags of an answer as a map; `Tag` for services that say `TagKey` and `TagValue`."""
    return {str(tag[f"{spelling}Key"]): str(tag[f"{spelling}Value"]) for tag in tags}
