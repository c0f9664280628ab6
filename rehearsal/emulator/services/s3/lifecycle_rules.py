"""S3: what a bucket's lifecycle configuration is refused for."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, Final

from rehearsal.emulator.patching import replaces
from rehearsal.emulator.rules import Refused, rule
from rehearsal.emulator.services.refusing import refusing

_GUIDE: Final = "https://docs.aws.amazon.com/AmazonS3/latest/userguide"
_API: Final = "https://docs.aws.amazon.com/AmazonS3/latest/API"
_READ: Final = "2026-11-22"
_MIDNIGHT: Final = re.compile(r"\d{4}-\d\d-\d\d(T00:00:00(\.0+)?(Z|\+00:00)?)?")
_FIRST_STAY: Final = 30
_INFREQUENT: Final = frozenset({"STANDARD_IA", "ONEZONE_IA"})
_LEAST_STAY: Final = {"STANDARD_IA": 30, "ONEZONE_IA": 30, "GLACIER_IR": 90, "GLACIER": 90}
"""Days that objects stay in a class at least before they move on: lifecycle-transition-general-considerations.html."""
_ACTIONS: Final = frozenset(
    {
        "Transitions",
        "Expiration",
        "NoncurrentVersionTransitions",
        "NoncurrentVersionExpiration",
        "AbortIncompleteMultipartUpload",
    }
)

Rule = dict[str, Any]
"""A rule as MiniStack has read it from the request's XML."""


@rule(f"{_API}/API_LifecycleRule.html", read=_READ)
def refuse_two_rules_of_one_id(ids: list[str]) -> None:
    """The ids of a configuration's rules differ."""
    if len(set(ids)) < len(ids):
        raise Refused("InvalidArgument", "Rule ID must be unique. Found same ID for more than one rule")


@rule(f"{_API}/API_LifecycleRule.html", read=_READ)
def refuse_a_rule_without_an_action(has_action: bool) -> None:
    """A rule does something."""
    if not has_action:
        raise Refused("InvalidRequest", "At least one action needs to be specified in a rule.")


@rule(f"{_GUIDE}/lifecycle-transition-general-considerations.html", read=_READ)
def refuse_infrequent_access_before_thirty_days(storage_class: str, days: int) -> None:
    """Objects move to STANDARD_IA and ONEZONE_IA after 30 days or later."""
    if storage_class in _INFREQUENT and days < _FIRST_STAY:
        raise Refused(
            "InvalidArgument",
            f"'Days' in Transition action must be greater than or equal to {_FIRST_STAY} for storageClass "
            f"'{storage_class}'",
        )


@rule(f"{_GUIDE}/lifecycle-transition-general-considerations.html", read=_READ)
def refuse_to_move_on_before_the_least_stay(earlier: tuple[str, int], later: tuple[str, int]) -> None:
    """Between two moves lie at least the days that the first class is paid for."""
    least = earlier[1] + _LEAST_STAY.get(earlier[0], 0)
    if later[1] < least:
        raise Refused(
            "InvalidArgument",
            f"'Days' in the '{later[0]}' Transition action must be at least {least}, after '{earlier[0]}'",
        )


@rule(f"{_GUIDE}/lifecycle-configuration-examples.html", read=_READ)
def refuse_to_expire_before_a_move(expiration: int, transition: int) -> None:
    """Objects expire later than they move to another class."""
    if expiration <= transition:
        raise Refused(
            "InvalidArgument",
            f"'Days' in the Expiration action must be greater than 'Days' in the Transition action "
            f"({transition}), got {expiration}",
        )


@rule(f"{_API}/API_LifecycleExpiration.html", read=_READ)
def refuse_a_date_that_is_not_midnight(date: str) -> None:
    """A date of a rule is midnight UTC."""
    if not _MIDNIGHT.fullmatch(date):
        raise Refused("InvalidArgument", "'Date' must be at midnight GMT")


@rule(f"{_GUIDE}/intro-lifecycle-rules.html", read=_READ)
def refuse_to_choose_by_tags_what_has_none(action: str, tagged: bool) -> None:
    """Delete markers and uploads that are not complete have no tags, by which a rule could choose them."""
    if tagged:
        raise Refused("InvalidRequest", f"{action} cannot be specified with Tags.")


@replaces("services.s3:_lifecycle_rules_error", read="dfde80d912c53420")
@refusing("s3")
def lifecycle_rules_error(original: Any, rules: list[Rule]) -> Any:
    """Refuse what MiniStack does not."""
    refuse_two_rules_of_one_id([rule["ID"] for rule in rules if "ID" in rule])
    for one in rules:
        refuse_a_rule_without_an_action(bool(_ACTIONS & one.keys()))
        _check_dates_and_tags(one)
        _check(_moves(one, "Transitions", "Days"), one.get("Expiration", {}).get("Days"))
        expiration = one.get("NoncurrentVersionExpiration", {}).get("NoncurrentDays")
        _check(_moves(one, "NoncurrentVersionTransitions", "NoncurrentDays"), expiration)
    return original(rules)


def _check_dates_and_tags(one: Rule) -> None:
    expiration: Rule = one.get("Expiration", {})
    for action in (expiration, *one.get("Transitions", [])):
        if "Date" in action:
            refuse_a_date_that_is_not_midnight(action["Date"])
    chosen: Rule = one.get("Filter", {})
    tagged = "Tag" in chosen or bool(chosen.get("And", {}).get("Tags"))
    if "AbortIncompleteMultipartUpload" in one:
        refuse_to_choose_by_tags_what_has_none("AbortIncompleteMultipartUpload", tagged)
    if expiration.get("ExpiredObjectDeleteMarker"):
        refuse_to_choose_by_tags_what_has_none("ExpiredObjectDeleteMarker", tagged)


def _check(moves: Iterator[tuple[str, int]], expiration: int | None) -> None:
    in_order = sorted(moves, key=lambda move: move[1])
    for storage_class, days in in_order:
        refuse_infrequent_access_before_thirty_days(storage_class, days)
        if expiration is not None:
            refuse_to_expire_before_a_move(expiration, days)
    for earlier, later in pairwise(in_order):
        refuse_to_move_on_before_the_least_stay(earlier, later)


def _moves(one: Rule, member: str, days: str) -> Iterator[tuple[str, int]]:
    for move in one.get(member, []):
        if days in move:
            yield move["StorageClass"], move[days]
