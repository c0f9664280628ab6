"""Rehearsals that the tests of the report tell about."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from rehearsal.local import world
from rehearsal.local.place import CHECKOUT
from rehearsal.report.findings import (
    Attempt,
    Findings,
    LossFinding,
    Moment,
    RecoveryFinding,
    TableFinding,
    VaultFinding,
)
from rehearsal.report.story import Story
from rehearsal.scenarios.scene import Scene
from rehearsal.scenarios.step import CheckError, Mark, Result, Step

NIGHT = datetime(2026, 12, 26, 2, 7, tzinfo=UTC)
FAILURE = CheckError("exit code", expected=0, got="1: AccessDenied", log=Path("/logs/01-up.log"))
WORLD = world.read(CHECKOUT)
TABLE = TableFinding(
    "prod-submit-passes", NIGHT, 8_413, 8_413, equal=True, rpo=timedelta(hours=6, minutes=25), tier="daily"
)
ATTEMPT = Attempt(
    "prod's administrator",
    "backup:DeleteRecoveryPoint",
    "arn:aws:backup:eu-west-2:333333333333:recovery-point:1",
    "the central vault's access policy",
    ("AccessDeniedException",),
    "AccessDeniedException",
    stopped=True,
)
RECOVERY = RecoveryFinding(
    timedelta(hours=1, minutes=12), 48.34, {"strongroom-prod": 1_412}, {"restore of a table": "21 to 40 min"}
)


def never(_: Scene) -> None:
    """Is not run here."""


HELD = Result(Step("seed", "it is seeded", never), Mark.HELD, 4.26, 243)
FAILED = Result(Step("up prod", "it is deployed", never), Mark.FAILED, 9.0, 10, FAILURE)
NOT_RUN = Result(Step("destroy prod", "it is kept", never), Mark.NOT_RUN, failure=FAILURE)


def told(*tell: Callable[[Findings], None], results: tuple[Result, ...] = (HELD,)) -> Story:
    findings = Findings()
    for one in tell:
        one(findings)
    return Story(results, 13.37, "3.256.0", WORLD, findings.found())


def recovered() -> Story:
    """A rehearsal in which everything came back."""
    story = told(
        lambda to: to.moment(Moment(NIGHT + timedelta(hours=6), "prod is lost")),
        lambda to: to.moment(Moment(NIGHT, "the last points are taken")),
        lambda to: to.loss(LossFinding("prod", "111111111111", "555555555555")),
        lambda to: to.vault(VaultFinding("111111111111", "strongroom-prod", None, 210, NIGHT, locked=False)),
        lambda to: to.vault(VaultFinding("333333333333", "strongroom-prod-daily-35-90", "daily", 33, NIGHT, True)),
        lambda to: to.table(TABLE),
        lambda to: to.attempt(ATTEMPT),
        lambda to: to.recovery(RECOVERY),
    )
    return replace(story, results=(HELD, HELD))
