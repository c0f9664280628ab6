"""Whether a selection of a plan takes a resource in: decided by ARN and tags alone."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from rehearsal.emulator.services.backup.shapes import BackupSelection

# https://docs.aws.amazon.com/aws-backup/latest/APIReference/API_BackupSelection.html (read 2026-11-22); that resources
# and ListOfTags add up: https://github.com/hashicorp/terraform-provider-aws/issues/41274 (read 2026-11-22).

_TAG: Final = "aws:ResourceTag/"


def selects(selection: BackupSelection, arn: str, tags: Mapping[str, str], *, opted_in: bool) -> bool:
    """Return whether a resource is selected.

    It is one of Resources or has one of ListOfTags (where neither is given: any), fulfils all Conditions, and is none
    of NotResources. Resources that name its service take it in whatever the region's opt-in says.

    Args:
        selection: As it was asked.
        arn: Of the resource.
        tags: Of the resource.
        opted_in: Whether the region opted in to its type.
    """
    if any(_is_like(pattern, arn) for pattern in selection.get("NotResources", [])):
        return False
    named = [pattern for pattern in selection.get("Resources", []) if _is_like(pattern, arn)]
    if not (named or _is_tagged(selection, tags) or _is_open(selection)):
        return False
    return (opted_in or any(_names_service(pattern) for pattern in named)) and _fulfils(selection, tags)


def named_in(selection: BackupSelection) -> list[str]:
    """Return the ARNs that a selection spells out: these get a job even when the resource is gone."""
    excluded = selection.get("NotResources", [])
    spelled = [arn for arn in selection.get("Resources", []) if "*" not in arn]
    return [arn for arn in spelled if not any(_is_like(pattern, arn) for pattern in excluded)]


def _is_open(selection: BackupSelection) -> bool:
    return not selection.get("Resources") and not selection.get("ListOfTags")


def _is_tagged(selection: BackupSelection, tags: Mapping[str, str]) -> bool:
    wanted = selection.get("ListOfTags", [])
    return any(tags.get(one["ConditionKey"].removeprefix(_TAG)) == one["ConditionValue"] for one in wanted)


def _fulfils(selection: BackupSelection, tags: Mapping[str, str]) -> bool:
    return all(
        _holds(kind, tags.get(condition["ConditionKey"].removeprefix(_TAG)), condition["ConditionValue"])
        for kind, conditions in selection.get("Conditions", {}).items()
        for condition in conditions
    )


def _holds(kind: str, value: str | None, wanted: str) -> bool:
    """A resource without the tag fulfils what is negated and nothing else."""
    like = value is not None and (_pattern(wanted).fullmatch(value) is not None if "Like" in kind else value == wanted)
    return like != ("Not" in kind)


@lru_cache(maxsize=1024)
def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(".*".join(re.escape(part) for part in text.split("*")), re.DOTALL)


def _is_like(pattern: str, arn: str) -> bool:
    return _pattern(pattern).fullmatch(arn) is not None


def _names_service(pattern: str) -> bool:
    return pattern.split(":")[2:3] not in ([], ["*"])
