"""S3: what a bucket's lifecycle rules do to a version of an object, and from which midnight on."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal

from rehearsal.emulator.services.s3.instants import midnight_after, parsed

_LEAST_SIZE: Final = 128 * 1024
"""Smaller objects do not move, if the rule says nothing of sizes: lifecycle-transition-general-considerations.html."""
_ARCHIVES: Final = frozenset({"GLACIER", "DEEP_ARCHIVE"})
_DEPTHS: Final = {
    "STANDARD_IA": 1,
    "INTELLIGENT_TIERING": 2,
    "ONEZONE_IA": 3,
    "GLACIER_IR": 4,
    "GLACIER": 5,
    "DEEP_ARCHIVE": 6,
}
"""Objects move down only."""
_SIZES: Final = ("ObjectSizeGreaterThan", "ObjectSizeLessThan")
_RANKS: Final = {"delete": 0, "move": 1, "mark deleted": 2}
"""Of what is due on one day deletion comes before a move, and a move before a delete marker."""

Rule = dict[str, Any]
"""A rule as MiniStack has read it from the request's XML."""


@dataclass(frozen=True)
class Seen:
    """A version as rules see it."""

    created: datetime
    size: int
    storage_class: str = "STANDARD"
    tags: Mapping[str, str] | None = None
    """None: a delete marker, which has neither tags nor size."""
    versioned: bool = True
    """Whether its bucket keeps versions."""
    noncurrent_since: datetime | None = None
    """When the next version came; None: it is the current one."""
    newer_noncurrent: int = 0
    """Noncurrent versions that came after it."""
    is_alone: bool = False
    """Whether it is the key's only version."""


@dataclass(frozen=True)
class Deed:
    """One thing that a rule does to a version."""

    at: datetime
    what: Literal["delete", "move", "mark deleted"]
    storage_class: str = ""

    @property
    def rank(self) -> tuple[int, int]:
        """What comes before other deeds that are due: the lowest."""
        return _RANKS[self.what], -_DEPTHS.get(self.storage_class, 0)


def deeds(rules: Iterable[Rule], key: str, seen: Seen, least_size: str) -> Iterator[Deed]:
    """Yield all that the rules of a bucket do to a version, now or later.

    Args:
        rules: Of the bucket.
        key: Of the object.
        seen: The version.
        least_size: The bucket's TransitionDefaultMinimumObjectSize.
    """
    for rule in rules:
        if rule.get("Status") == "Enabled" and _selects(rule, key, seen):
            yield from _expirations(rule, seen)
            yield from (deed for deed in _moves(rule, seen) if _is_big_enough(rule, seen, deed, least_size))


def aborts_at(rules: Iterable[Rule], key: str, begun: datetime) -> datetime | None:
    """Return when a multipart upload that is not complete is given up; None: never."""
    found = [
        midnight_after(begun, rule["AbortIncompleteMultipartUpload"]["DaysAfterInitiation"])
        for rule in rules
        if rule.get("Status") == "Enabled"
        and "AbortIncompleteMultipartUpload" in rule
        and key.startswith(_chosen(rule).get("Prefix", ""))
    ]
    return min(found, default=None)


def _expirations(rule: Rule, seen: Seen) -> Iterator[Deed]:
    if seen.noncurrent_since is not None:
        asked = rule.get("NoncurrentVersionExpiration", {})
        if "NoncurrentDays" in asked and seen.newer_noncurrent >= asked.get("NewerNoncurrentVersions", 0):
            yield Deed(midnight_after(seen.noncurrent_since, asked["NoncurrentDays"]), "delete")
        return
    asked = rule.get("Expiration", {})
    at = _at(asked, "Days", seen.created)
    if seen.tags is None:
        if seen.is_alone and asked.get("ExpiredObjectDeleteMarker"):
            yield Deed(seen.created, "delete")
        elif seen.is_alone and at is not None:
            yield Deed(at, "delete")
    elif at is not None:
        yield Deed(at, "mark deleted" if seen.versioned else "delete")


def _moves(rule: Rule, seen: Seen) -> Iterator[Deed]:
    if seen.tags is None:
        return
    since = seen.noncurrent_since
    for asked in rule.get("Transitions" if since is None else "NoncurrentVersionTransitions", []):
        target: str = asked["StorageClass"]
        at = _at(asked, "Days", seen.created) if since is None else _at(asked, "NoncurrentDays", since)
        enough = since is None or seen.newer_noncurrent >= asked.get("NewerNoncurrentVersions", 0)
        if at is not None and enough and _DEPTHS[target] > _DEPTHS.get(seen.storage_class, 0):
            yield Deed(at, "move", target)


def _at(asked: Mapping[str, Any], days: str, since: datetime) -> datetime | None:
    if "Date" in asked:
        return parsed(asked["Date"])
    return midnight_after(since, asked[days]) if days in asked else None


def _is_big_enough(rule: Rule, seen: Seen, deed: Deed, least_size: str) -> bool:
    if any(name in _chosen(rule) for name in _SIZES):
        return True
    exempt = least_size == "varies_by_storage_class" and deed.storage_class in _ARCHIVES
    return exempt or seen.size >= _LEAST_SIZE


def _selects(rule: Rule, key: str, seen: Seen) -> bool:
    chosen = _chosen(rule)
    tags = [*chosen.get("Tags", []), *([chosen["Tag"]] if "Tag" in chosen else [])]
    if not key.startswith(chosen.get("Prefix", "")):
        return False
    if seen.tags is None:
        return not tags and not any(name in chosen for name in _SIZES)
    return (
        all(seen.tags.get(tag["Key"]) == tag["Value"] for tag in tags)
        and seen.size > chosen.get("ObjectSizeGreaterThan", -1)
        and seen.size < chosen.get("ObjectSizeLessThan", seen.size + 1)
    )


def _chosen(rule: Rule) -> dict[str, Any]:
    chosen: dict[str, Any] = rule.get("Filter") or {}
    return {**chosen, **chosen.get("And", {})}
