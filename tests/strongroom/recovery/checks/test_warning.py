from collections.abc import Callable

import pytest

from strongroom.aws.buckets import Bucket
from strongroom.recovery.checks.findings import Level
from tests.strongroom.aws.memory_others import put_object
from tests.strongroom.recovery.loss import ARCHIVE, BACKUP, FRESH, KEY, vault
from tests.strongroom.recovery.ready import Ready


def slow(ready: Ready) -> None:
    ready.skew = -61.0


def suspended(ready: Ready) -> None:
    ready.aws.buckets[ARCHIVE].setup = Bucket(ARCHIVE, versioned=False)


def few_at_a_time(ready: Ready) -> None:
    ready.aws.account(FRESH).running_restores = 1


def unlocked(ready: Ready) -> None:
    ready.aws.account(BACKUP).vault(vault("daily")).bounds = None


def secret_unit(ready: Ready) -> None:
    ready.sessions.seen_organizations[BACKUP].paths.clear()


def administrator(ready: Ready) -> None:
    ready.sessions.role = "administrator"


WARNING: dict[str, tuple[Callable[[Ready], object], str, str]] = {
    "clock": (slow, "clock", "this computer's clock is 61 s behind AWS's"),
    "versioning": (suspended, "versioning", f"versioning of archive bucket {ARCHIVE} is suspended"),
    "restores": (few_at_a_time, "quotas", "1 of 6 tables can be restored at a time"),
    "lock": (unlocked, "vaults", f"central vault {vault('daily')} is not locked"),
    "unit": (
        secret_unit,
        "unit",
        f"AWS tells members nothing of units, so whether account {FRESH} stands in ou-exam-sources1 was not seen",
    ),
    "marker": (
        lambda ready: put_object(ready.aws, ARCHIVE, KEY, None),
        "manifest",
        "the settings manifest was deleted on 2026-11-22 12:00 UTC; the version beneath,"
        " of 2026-11-21 03:00 UTC, was read",
    ),
}


@pytest.mark.parametrize(("change", "check", "what"), WARNING.values(), ids=list(WARNING))
def test_warns_of_what_a_recovery_would_survive(change: Callable[[Ready], object], check: str, what: str) -> None:
    ready = Ready()
    change(ready)
    found = ready.only()
    assert (found.check, found.level, found.what) == (check, Level.WARNS, what)
    assert not ready.look().stops


def test_the_clock_may_be_a_minute_off() -> None:
    ready = Ready()
    ready.skew = 60.0
    assert ready.look().findings == ()


def test_rights_of_another_role_are_not_taken_for_seen() -> None:
    ready = Ready()
    administrator(ready)
    found = ready.look().findings
    assert [(one.check, one.level) for one in found] == [("rights", Level.WARNS)] * 2
    assert all("whose rights were not looked at" in one.what for one in found)
