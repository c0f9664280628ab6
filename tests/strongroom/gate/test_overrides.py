import json
from datetime import date, timedelta
from typing import Final

import pytest

from strongroom.gate import overrides
from strongroom.gate.errors import OverridesError
from strongroom.gate.operations import Operation
from strongroom.gate.overrides import DAYS_AHEAD, REASON_CHARACTERS, Override
from tests.strongroom.gate.previews import TABLE, VAULT, digest, read, step, urn

TODAY: Final = date(2026, 11, 22)
GOOD: Final = {
    "urn": urn(TABLE),
    "operation": "delete",
    "reason": "ticket 12: moved to the new account",
    "expires": "2026-12-01",
}


def text(*entries: object) -> str:
    """The file as somebody writes it; dates stand without quotes."""
    written = json.dumps({"overrides": list(entries)}, indent=1)
    return written.replace('"2026-', "2026-").replace('-01"', "-01").replace('-22"', "-22").replace('-23"', "-23")


def good(**changes: object) -> dict[str, object]:
    return {key: value for key, value in {**GOOD, **changes}.items() if value is not None}


def accepted(content: str) -> list[Override]:
    return overrides.read(content, "gate-overrides.yaml", TODAY)


def refusal(content: str) -> str:
    with pytest.raises(OverridesError) as refused:
        accepted(content)
    (fault,) = refused.value.faults
    return fault


def test_an_override_says_what_may_happen_to_what_why_and_until_when() -> None:
    assert accepted(text(good())) == [
        Override(
            urn=urn(TABLE),
            operation=Operation.DELETE,
            reason="ticket 12: moved to the new account",
            expires=date(2026, 12, 1),
        )
    ]


@pytest.mark.parametrize("content", ["", "# none\n", "overrides: []\n", "{}"])
def test_a_file_without_overrides_gives_leave_to_nothing(content: str) -> None:
    assert accepted(content) == []


@pytest.mark.parametrize("operation", Operation)
def test_every_operation_that_is_refused_can_be_named(operation: Operation) -> None:
    setting = "forceDestroy" if operation is Operation.WEAKEN else None
    (found,) = accepted(text(good(operation=operation.value, setting=setting)))
    assert found.key == (urn(TABLE), operation, setting)


EXPIRES: Final = f"must be the last day on which it counts, such as 2026-12-01, at most {DAYS_AHEAD} days ahead"
ONE: Final = "gate-overrides.yaml: overrides[0]"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (text(good(reason=None)), f"{ONE}.reason is missing; it must say in 12 characters or more why this may happen"),
        (text(good(reason="")), f"{ONE}.reason must say in 12 characters or more why this may happen"),
        (text(good(reason=f"  {'x' * (REASON_CHARACTERS - 1)}  ")), f"{ONE}.reason must say in 12 characters or more"),
        (text(good(reason=["a"])), f"{ONE}.reason must be text"),
        (text(good(expires=None)), f"{ONE}.expires is missing; it {EXPIRES}"),
        (text(good(expires="never")), f"{ONE}.expires {EXPIRES}"),
        (text(good()).replace("2026-12-01", "2026-12-01T12:00:00"), f"{ONE}.expires {EXPIRES}"),
        (text(good()).replace("2026-12-01", "20261201"), f"{ONE}.expires {EXPIRES}"),
        (text(good(urn=None)), f"{ONE}.urn is missing; it must be the exact URN that the gate printed"),
        (
            text(good(urn="prod-table")),
            f"{ONE}.urn is no URN; urn:pulumi:<stack>::<project>::<type>::<name> is required",
        ),
        (
            text(good(operation=None)),
            f"{ONE}.operation is missing; it must be one of delete, replace, forget, unprotect, unretain, weaken",
        ),
        (
            text(good(operation="*")),
            f"{ONE}.operation must be one of delete, replace, forget, unprotect, unretain, weaken",
        ),
        (text(good(operation="weaken")), f"{ONE} must name a setting with operation weaken, and only with it"),
        (text(good(setting="forceDestroy")), f"{ONE} must name a setting with operation weaken, and only with it"),
        (
            text(good(approvedBy="me")),
            f"{ONE}.approvedBy is no key of an override; allowed: urn, operation, setting, reason, expires",
        ),
        ("override: []\n", "gate-overrides.yaml: override is no key of an overrides file; allowed: overrides"),
        ("- urn: x\n", "gate-overrides.yaml: it must be a mapping with the key overrides, under which every override"),
        ("overrides: all\n", "gate-overrides.yaml: overrides must be a list of overrides, each of which begins with"),
        ("overrides: [1]\n", f"{ONE} must be an override, with urn, operation, reason and expires"),
        ("overrides: [", "gate-overrides.yaml: is not YAML at line 1: "),
        ("overrides: !!python/name:os.system\n", "gate-overrides.yaml: is not YAML at line 1: "),
        ("? [a]\n: b\n", "gate-overrides.yaml: is not YAML at line 1: "),
        (text(good()).replace("2026-12-01", "2026-02-31"), "gate-overrides.yaml: holds a value that cannot be"),
        ("overrides: &a [*a]\n", f"{ONE} must be an override"),
        ("overrides: []\noverrides: []\n", "gate-overrides.yaml: is not YAML at line 1: a key stands twice"),
        (text(good(), good()), "gate-overrides.yaml: overrides[1] says delete of urn:pulumi:prod::strongroom::"),
    ],
)
def test_fails_when_an_override_is_not_all_that_it_has_to_be(content: str, sentence: str) -> None:
    assert refusal(content).startswith(sentence)


def test_an_override_for_something_else_is_no_second_one() -> None:
    assert len(accepted(text(good(), good(operation="replace"), good(urn=urn(VAULT))))) == 3
    settings = [good(operation="weaken", setting=name) for name in ("forceDestroy", "policy")]
    assert len(accepted(text(*settings))) == 2


@pytest.mark.parametrize("characters", [REASON_CHARACTERS, REASON_CHARACTERS + 1])
def test_a_reason_is_long_enough_to_be_one(characters: int) -> None:
    assert accepted(text(good(reason="x" * characters)))


@pytest.mark.parametrize("days", [0, 1, DAYS_AHEAD])
def test_an_override_counts_to_the_end_of_its_last_day(days: int) -> None:
    assert accepted(text(good(expires="DAY")).replace('"DAY"', str(TODAY + timedelta(days=days))))


def test_fails_when_an_override_is_past_its_date() -> None:
    assert refusal(text(good(expires="DAY")).replace('"DAY"', "2026-11-21")) == (
        f"{ONE}.expires (2026-11-21, for {urn(TABLE)}) is past, today is 2026-11-22; remove the override"
    )


def test_fails_when_an_override_reaches_too_far_ahead() -> None:
    assert refusal(text(good(expires="DAY")).replace('"DAY"', "2026-12-23")) == (
        f"{ONE}.expires (2026-12-23, for {urn(TABLE)}) is too far ahead: at most 30 days are allowed,"
        " so 2026-12-22 today"
    )


def test_every_fault_is_told() -> None:
    with pytest.raises(OverridesError) as refused:
        accepted(text(good(reason=None), good(urn="x")))
    assert len(refused.value.faults) == 2


def test_fails_when_an_override_matches_nothing() -> None:
    preview = read(digest(step("same", TABLE)))
    overrides.refuse_aimless(accepted(text(good())), preview, "f")
    with pytest.raises(OverridesError) as refused:
        overrides.refuse_aimless(accepted(text(good(urn=urn(TABLE, "its")))), preview, "f")
    assert str(refused.value) == (
        f"f: {urn(TABLE, 'its')} matches nothing in the preview; correct it, or remove the override once it is used"
    )


def test_overrides_of_other_stacks_are_left_to_their_previews() -> None:
    preview = read(digest(step("same", TABLE)))
    overrides.refuse_aimless(accepted(text(good(urn=urn(TABLE, "its", stack="ci")))), preview, "f")
