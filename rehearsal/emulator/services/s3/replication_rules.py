"""S3: which rules of a replication configuration concern an object."""

from collections.abc import Container, Iterable, Mapping
from typing import Any, Final

_LOWEST: Final = -1

Rule = dict[str, Any]
"""A rule as MiniStack has read it from the request's XML."""


def for_object(rules: Iterable[Rule], key: str, tags: Mapping[str, str], *, under_kms: bool) -> list[Rule]:
    """Return the rules by which an object is replicated: for each destination the one of the highest priority.

    Args:
        rules: Of the bucket.
        key: Of the object.
        tags: That it was uploaded with; those it gets later select no rule.
        under_kms: Whether it is encrypted under a KMS key: such objects only follow rules that name them.
    """
    chosen = _of_highest_priority(rule for rule in rules if _selects(rule, key, tags))
    return [rule for rule in chosen if not under_kms or takes_kms(rule)]


def for_delete_marker(rules: Iterable[Rule], key: str) -> list[Rule]:
    """Return the rules by which a delete marker is replicated: those that say so, never those with tags.

    A rule of the older form, without a filter, replicates them always.
    """
    chosen = _of_highest_priority(rule for rule in rules if _selects(rule, key, {}))
    return [rule for rule in chosen if _takes_markers(rule)]


def to_destinations(rules: Iterable[Rule], names: Container[str]) -> list[Rule]:
    """Return the rules by which later changes of an object follow to where it was replicated."""
    return _of_highest_priority(rule for rule in rules if rule["Status"] == "Enabled" and destination(rule) in names)


def takes_kms(rule: Rule) -> bool:
    """Return whether a rule replicates what is encrypted under a KMS key."""
    criteria = rule.get("SourceSelectionCriteria", {})
    return criteria.get("SseKmsEncryptedObjects", {}).get("Status") == "Enabled"


def tags_of(rule: Rule) -> dict[str, str]:
    """Return the tags, all of which an object must have for a rule."""
    chosen: dict[str, Any] = rule.get("Filter") or {}
    tags: list[dict[str, str]] = [chosen["Tag"]] if "Tag" in chosen else chosen.get("And", {}).get("Tags", [])
    return {tag["Key"]: tag["Value"] for tag in tags}


def destination(rule: Rule) -> str:
    """Return the name of the bucket that a rule replicates into."""
    return str(rule["Destination"]["Bucket"]).rpartition(":")[2]


def _selects(rule: Rule, key: str, tags: Mapping[str, str]) -> bool:
    return (
        rule.get("Status") == "Enabled"
        and key.startswith(_prefix(rule))
        and all(tags.get(name) == value for name, value in tags_of(rule).items())
    )


def _prefix(rule: Rule) -> str:
    chosen: dict[str, Any] = rule.get("Filter") or {}
    return str(rule.get("Prefix") or chosen.get("Prefix") or chosen.get("And", {}).get("Prefix") or "")


def _takes_markers(rule: Rule) -> bool:
    return "Filter" not in rule or rule.get("DeleteMarkerReplication", {}).get("Status") == "Enabled"


def _of_highest_priority(rules: Iterable[Rule]) -> list[Rule]:
    best: dict[str, Rule] = {}
    for rule in rules:
        other = best.get(destination(rule))
        if other is None or rule.get("Priority", _LOWEST) > other.get("Priority", _LOWEST):
            best[destination(rule)] = rule
    return list(best.values())
