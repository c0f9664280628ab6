"""How plans run: at the instants of their rules' schedules, on what their selections hold at that moment."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from rehearsal.emulator.rules import differs
from rehearsal.emulator.schedules import next_occurrence
from rehearsal.emulator.services.backup.engine import step
from rehearsal.emulator.services.backup.job_records import CreatedBy
from rehearsal.emulator.services.backup.jobs.backup_jobs import COMPLETE_MINUTES, START_MINUTES, Wanted, make_job
from rehearsal.emulator.services.backup.jobs.backup_runs import begin
from rehearsal.emulator.services.backup.operations import Work
from rehearsal.emulator.services.backup.plans.overlaps import Run, gives_way
from rehearsal.emulator.services.backup.plans.selecting import named_in, selects
from rehearsal.emulator.services.backup.plans.targets import target
from rehearsal.emulator.services.backup.records import Plan, PlanVersion, Selection
from rehearsal.emulator.services.backup.resource_types import type_of
from rehearsal.emulator.services.backup.settings import opted_in
from rehearsal.emulator.services.backup.shapes import BackupRule
from rehearsal.emulator.services.backup.tables import tables_of

_RUNS: Final = "plan runs"
_INSTANT: Final = timedelta(microseconds=1)
_SERVED: Final = "DynamoDB"

differs(
    "AWS Backup",
    "A scheduled job begins at the first instant of its start window; AWS picks a moment in it.",
    "Plans back up DynamoDB tables only; other resources that a selection takes in get no job.",
    "A rule for continuous backups makes snapshots of tables, for which AWS Backup has no continuous backup.",
    "Where more than two start windows overlap in a chain, each run gives way to any one that overlaps it and lives "
    "longer, even to one that gives way itself; AWS does not say what it does there.",
)


def schedule(work: Work, plan: Plan) -> None:
    """Let a plan run next when the earliest of its rules falls due after now; a deleted plan runs no more."""
    version = plan["Versions"][-1]
    upcoming = [_next(rule, work.now) for rule in version["Rules"]] if plan["DeletionDate"] is None else []
    instants = [instant for instant in upcoming if instant]
    if instants:
        work.store.dues.set(work.place, _RUNS, plan["BackupPlanId"], min(instants))
    else:
        work.store.dues.drop(work.place, _RUNS, plan["BackupPlanId"])


@step(_RUNS)
def run(work: Work, plan_id: str) -> None:
    """Run the rules of a plan that fall due now."""
    plan = work.store.plans.get(work.place, plan_id)
    if plan is None:
        return
    version = plan["Versions"][-1]
    for order, rule in enumerate(version["Rules"]):
        if _next(rule, work.now - _INSTANT) == work.now and not gives_way(*_competition(work, version, order)):
            _run_rule(work, plan, rule)
    schedule(work, plan)


def _run_rule(work: Work, plan: Plan, rule: BackupRule) -> None:
    created_by = _creator(plan, plan["Versions"][-1], rule)
    taken: set[str] = set()
    for selection in work.store.selections.of(work.place):
        if selection["BackupPlanId"] != plan["BackupPlanId"]:
            continue
        for arn in _resources(work, selection):
            if arn not in taken:
                taken.add(arn)
                job = make_job(work, replace(_wanted(work, rule, selection, arn), created_by=created_by))
                begin(work, job["BackupJobId"])


def _resources(work: Work, selection: Selection) -> list[str]:
    chosen, is_in = selection["Selection"], opted_in(work, _SERVED)
    found = [one.arn for one in tables_of(work.place) if selects(chosen, one.arn, one.tags, opted_in=is_in)]
    here = [work.place.region, work.place.account]
    gone = [
        arn
        for arn in named_in(chosen)
        if type_of(arn) == _SERVED and arn.split(":")[3:5] == here and arn not in found and not chosen.get("Conditions")
    ]
    return found + gone


def _wanted(work: Work, rule: BackupRule, selection: Selection, arn: str) -> Wanted:
    return Wanted(
        target(work, rule["TargetBackupVaultName"], rule.get("TargetLogicallyAirGappedBackupVaultArn"), _SERVED),
        arn,
        selection["Selection"]["IamRoleArn"],
        rule.get("Lifecycle", {}),
        rule.get("RecoveryPointTags", {}),
        rule.get("StartWindowMinutes", START_MINUTES),
        rule.get("CompletionWindowMinutes", COMPLETE_MINUTES),
        copies=rule.get("CopyActions", []),
    )


def _creator(plan: Plan, version: PlanVersion, rule: BackupRule) -> CreatedBy:
    return {
        "BackupPlanId": plan["BackupPlanId"],
        "BackupPlanArn": plan["BackupPlanArn"],
        "BackupPlanName": version["Document"]["BackupPlanName"],
        "BackupPlanVersion": version["VersionId"],
        "BackupRuleId": rule.get("RuleId", ""),
        "BackupRuleName": rule["RuleName"],
        "BackupRuleCron": rule.get("ScheduleExpression", ""),
        "BackupRuleTimezone": rule.get("ScheduleExpressionTimezone", ""),
    }


def _competition(work: Work, version: PlanVersion, order: int) -> tuple[Run, list[Run]]:
    """Return a rule's run that begins now, and the runs of the plan's other rules that may overlap it."""
    rules = version["Rules"]
    here = _run(order, rules[order], work.now)
    others: list[Run] = []
    for at, rule in enumerate(rules):
        # Before the version was there none of its rules ran.
        since = max(work.now - _window(rule), datetime.fromtimestamp(version["CreationDate"], work.now.tzinfo))
        starts = _next(rule, since) if at != order else None
        if starts:
            others.append(_run(at, rule, starts))
    return here, others


def _run(order: int, rule: BackupRule, starts: datetime) -> Run:
    return Run(order, starts, _window(rule), rule.get("Lifecycle", {}).get("DeleteAfterDays"))


def _window(rule: BackupRule) -> timedelta:
    return timedelta(minutes=rule.get("StartWindowMinutes", START_MINUTES))


def _next(rule: BackupRule, after: datetime) -> datetime | None:
    return next_occurrence(rule.get("ScheduleExpression", ""), rule.get("ScheduleExpressionTimezone", "Etc/UTC"), after)
