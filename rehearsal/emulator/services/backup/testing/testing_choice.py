"""Which points a run of a restore testing plan restores: decided without any record of the service."""

from collections.abc import Mapping, Sequence
from fnmatch import fnmatchcase
from random import Random
from typing import Any, Final

from rehearsal.emulator.services.backup.testing.testing_records import Conditions, PointChoice, TestingSelection

Point = Mapping[str, Any]
"""A recovery point, as far as it decides."""

_DAY: Final = 86_400
_WINDOW_DAYS: Final = 30
_WHOLE: Final = frozenset({"COMPLETED", "AVAILABLE"})


def eligible(choice: PointChoice, point: Point, now: float) -> bool:
    """Return whether a point may be restored by a plan: whole, in its vaults, and inside the window that ends now.

    Args:
        choice: The plan's.
        point: A snapshot.
        now: When the test runs, in seconds since 1970.
    """
    days = choice.get("SelectionWindowDays", _WINDOW_DAYS)
    arn = point["BackupVaultArn"]
    return (
        point["Status"] in _WHOLE
        and "SNAPSHOT" in choice["RecoveryPointTypes"]
        and now - days * _DAY <= point["CreationDate"] <= now
        and any(fnmatchcase(arn, pattern) for pattern in choice["IncludeVaults"])
        and not any(fnmatchcase(arn, pattern) for pattern in choice.get("ExcludeVaults", []))
    )


def selects(selection: TestingSelection, points: Sequence[Point]) -> bool:
    """Return whether a selection takes a resource: by its ARN, or by the tags of its latest point.

    Args:
        selection: One of the plan's.
        points: All points of the resource, in any order; at least one.
    """
    latest = max(points, key=lambda point: point["CreationDate"])
    if latest["ResourceType"] != selection["ProtectedResourceType"]:
        return False
    arns = selection["ProtectedResourceArns"]
    if arns and arns != ["*"]:
        return latest["ResourceArn"] in arns
    return meets(selection["ProtectedResourceConditions"] or {}, latest["Tags"])


def meets(conditions: Conditions, tags: Mapping[str, str]) -> bool:
    """Return whether tags meet all conditions; `aws:ResourceTag/` before a key is taken off."""
    same = all(tags.get(_key(pair["Key"])) == pair["Value"] for pair in conditions.get("StringEquals", []))
    return same and all(tags.get(_key(pair["Key"])) != pair["Value"] for pair in conditions.get("StringNotEquals", []))


def chosen(choice: PointChoice, points: Sequence[Point], seed: str) -> Point:
    """Return the point that is restored.

    Args:
        choice: The plan's: the latest, or one by chance.
        points: The eligible points of one resource; at least one.
        seed: Chance is the same again for the same seed.
    """
    ordered = sorted(points, key=lambda point: (point["CreationDate"], point["RecoveryPointArn"]))
    if choice["Algorithm"] == "LATEST_WITHIN_WINDOW":
        return ordered[-1]
    return Random(seed).choice(ordered)  # noqa: S311 - no secret hangs on it


def _key(name: str) -> str:
    return name.removeprefix("aws:ResourceTag/")
