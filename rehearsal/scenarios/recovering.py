"""The operator brings the lost account back, with the command alone, through a `kill -9`."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from rehearsal.report.findings import Moment, RecoveryFinding
from rehearsal.scenarios import durations, surveying
from rehearsal.scenarios.driver import POLL, Driver
from rehearsal.scenarios.joining import fresh_of, operator_of
from rehearsal.scenarios.ran import ended
from rehearsal.scenarios.said import Examined, Outcome, Plan
from rehearsal.scenarios.scene import Scene
from rehearsal.scenarios.step import CheckError, expect
from strongroom.config.settings import SourceSettings
from strongroom.facts import arns, names

RUNS: Final = "strongroom-runs"
"""Folder of the runs, where the operator works."""
_KILLED: Final = 128 + 9


def doctor_finds_nothing(scene: Scene, environment: str) -> None:
    """Ask whether everything is there that a recovery needs."""
    ran = operator_of(scene).run("doctor", environment, "--json")
    examined = Examined.model_validate(ran.document())
    stops = [finding for finding in examined.findings if finding.level == "stops"]
    got = [f"{one.what}; {one.fix}" for one in stops]
    expect("what would stop the recovery", expected=[], got=got, log=ran.log)
    ended(ran, 0)


def plan_says_what_it_takes(scene: Scene, environment: str) -> None:
    """Look at the plan: the newest whole point of each table, and why one of them is older."""
    ran = operator_of(scene).run("dr", "plan", environment, "--json")
    ended(ran, 0)
    plan = Plan.model_validate(ran.document())
    settings = scene.local.world.sources[environment]
    the_newest_whole_points_are_chosen(settings, scene.ledger.last_night, plan)
    scene.ledger.tiers = {one.table: one.tier for one in plan.chosen}


def the_newest_whole_points_are_chosen(settings: SourceSettings, night: datetime | None, plan: Plan) -> None:
    """Hold when every table comes from the last night, and that with the bad copy from an earlier one, explained."""
    tables = [table.name for table in settings.tables]
    expect("tables of the plan", expected=tables, got=[one.table for one in plan.chosen])
    if night is None:
        raise CheckError("the last points", expected="taken", got="never")
    late = [one.table for one in plan.chosen if one.created < night]
    expect("tables whose point is older than the last night", expected=tables[:1], got=late)
    explained = [one.table for one in plan.chosen if one.older_because]
    expect("tables of which the plan says why", expected=tables[:1], got=explained)


def everything_is_brought_back(scene: Scene, environment: str) -> None:
    """Recover, be killed when the first restore has begun, take the run up again, and read its status."""
    operator, control = operator_of(scene), scene.local.control
    runs = operator.folder / RUNS
    driver = Driver(control, runs)
    broken = operator.run("dr", "run", environment, "--yes", "--json", *POLL, meanwhile=driver)
    expect(f"exit code of {broken.command}, killed", expected=_KILLED, got=broken.code, log=broken.log)
    scene.findings.moment(Moment(control.now(), "the command that recovers is killed with signal 9"))
    run = the_only_run(runs)
    resumed = operator.run(
        "dr", "run", environment, "--resume", run, "--yes", "--json", *POLL, meanwhile=Driver(control)
    )
    ended(resumed, 0)
    outcome = Outcome.model_validate(resumed.document())
    wrong = [f"{one.table} {one.state}: {one.fault}" for one in outcome.tables if one.state != "recovered"]
    expect("tables that are not recovered", expected=[], got=wrong, log=resumed.log)
    scene.ledger.outcome = outcome
    no_job_was_started_twice(scene, outcome)
    ended(operator.run("dr", "status", run, "--json"), 0)
    surveying.landing_vault_is_told(scene, fresh_of(scene).settings, run)
    _tell(scene, outcome, broken.seconds + resumed.seconds)


def no_job_was_started_twice(scene: Scene, outcome: Outcome) -> None:
    """Hold when there are as many copies and restores as tables, although the command was killed between them."""
    settings = fresh_of(scene).settings
    landing = names.landing_vault(settings.environment, outcome.run)
    arn = arns.vault(settings.region, settings.accounts.own, landing)
    keeping = scene.local.administrators.backup(settings.accounts.backup)
    copies = [
        job.get("ResourceArn", "")
        for page in keeping.get_paginator("list_copy_jobs").paginate(ByDestinationVaultArn=arn)
        for job in page["CopyJobs"]
    ]
    own = scene.local.administrators.backup(settings.accounts.own)
    restores = [
        job.get("CreatedResourceArn", "")
        for page in own.get_paginator("list_restore_jobs").paginate()
        for job in page["RestoreJobs"]
    ]
    wanted = sorted(table.name for table in settings.tables)
    for what, started in (("copy jobs", copies), ("restore jobs", restores)):
        expect(what, expected=wanted, got=sorted(table.rpartition("/")[2] for table in started))


def the_only_run(runs: Path) -> str:
    """Return the id of the run.

    Raises:
        CheckError: there is none, or another one.
    """
    found = sorted(folder.name for folder in runs.iterdir()) if runs.is_dir() else []
    if len(found) != 1:
        raise CheckError("runs in the operator's folder", expected="one", got=found)
    return found[0]


def _tell(scene: Scene, outcome: Outcome, seconds: float) -> None:
    lost = scene.ledger.lost or outcome.begun
    takes = {kind: _words(given) for kind, given in durations.DISASTER.items()}
    scene.findings.recovery(RecoveryFinding(outcome.ended - lost, seconds, outcome.api_calls, takes))
    scene.findings.moment(Moment(outcome.ended, "every table is back"))


def _words(given: Mapping[str, object]) -> str:
    return f"{timedelta(seconds=float(str(given['seconds'])))}"
