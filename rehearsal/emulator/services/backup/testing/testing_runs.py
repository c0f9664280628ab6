"""Runs of restore testing plans: one point of each selected resource is restored."""

from rehearsal.emulator.rules import differs
from rehearsal.emulator.services.backup.engine import step
from rehearsal.emulator.services.backup.job_records import Point, RestoreJob
from rehearsal.emulator.services.backup.operations import Work
from rehearsal.emulator.services.backup.restores.restores import begin, make_job
from rehearsal.emulator.services.backup.testing.testing_choice import chosen, eligible, selects
from rehearsal.emulator.services.backup.testing.testing_ends import TEST_TAG
from rehearsal.emulator.services.backup.testing.testing_metadata import inferred
from rehearsal.emulator.services.backup.testing.testing_plans import RUNS, set_next_run
from rehearsal.emulator.services.backup.testing.testing_records import TestingPlan, TestingSelection

differs(
    "AWS Backup",
    "A restore testing plan starts its restores at the scheduled time; AWS spreads them over the start window.",
    "Restore tests take points of the account's own vaults, not of those that other accounts share.",
    "A restore testing plan makes no service-linked role, and nobody's rights limit the deletion of a tested table.",
)


@step(RUNS)
def run(work: Work, name: str) -> None:
    """Start the restores of one run, and let the next one come."""
    plan = work.store.testing_plans.get(work.place, name)
    if plan is None:
        return
    resources: dict[str, list[Point]] = {}
    for point in work.store.points.of(work.place):
        resources.setdefault(point["ResourceArn"], []).append(point)
    for selection in work.store.testing_selections.of(work.place):
        if selection["RestoreTestingPlanName"] == name:
            for points in resources.values():
                _test(work, plan, selection, points)
    done: TestingPlan = {**plan, "LastExecutionTime": work.timestamp}
    work.store.testing_plans.put(work.place, name, done)
    set_next_run(work, done)


def _test(work: Work, plan: TestingPlan, selection: TestingSelection, points: list[Point]) -> None:
    choice = plan["RecoveryPointSelection"]
    usable = [point for point in points if point["Frozen"] and eligible(choice, point, work.timestamp)]
    if not usable or not selects(selection, points):
        return
    seed = f"{plan['RestoreTestingPlanArn']} {usable[0]['ResourceArn']} {work.timestamp}"
    wanted = chosen(choice, usable, seed)["RecoveryPointArn"]
    point = next(one for one in usable if one["RecoveryPointArn"] == wanted)
    made: RestoreJob = {
        **make_job(work, point, selection["IamRoleArn"], inferred(selection["RestoreMetadataOverrides"])),
        "TestingPlanArn": plan["RestoreTestingPlanArn"],
        "Tags": {TEST_TAG: "true"},
        "ValidationWindowHours": selection["ValidationWindowHours"],
    }
    begin(work, made)
