"""What somebody changes behind Pulumi's back is seen, named and mended."""

from rehearsal.local.engine import Outcome
from rehearsal.scenarios import deploying
from rehearsal.scenarios.scene import Scene
from rehearsal.scenarios.step import CheckError, expect
from strongroom.config.settings import SourceSettings


def point_in_time_recovery_is_missed(scene: Scene, stack: str) -> None:
    """Switch point-in-time recovery of one table off, and look for drift."""
    table = _table(scene, stack)
    _set_recovery(scene, stack, enabled=False)
    only_it_is_named(deploying.refreshed(scene, stack), table)


def only_it_is_named(outcome: Outcome, table: str) -> None:
    """Hold when a refresh refused for the drift of one table, and named nothing else."""
    expect(
        "exit code of a refresh that finds drift",
        expected=deploying.UNEXPECTED_CHANGES,
        got=outcome.code,
        log=outcome.log,
    )
    named = sorted(outcome.report.changes)
    if len(named) != 1 or table not in named[0]:
        raise CheckError("what the refresh names", expected=f"{table} alone", got=named, log=outcome.log)


def it_is_switched_on_again(scene: Scene, stack: str) -> None:
    """Repair the table by an ordinary deployment that looks first."""
    deploying.succeeded(scene.pulumi(stack, "up", "--yes", "--skip-preview", "--refresh"))
    dynamodb = scene.local.administrators.dynamodb(_account(scene, stack))
    described = dynamodb.describe_continuous_backups(TableName=_table(scene, stack))["ContinuousBackupsDescription"]
    recovery = described.get("PointInTimeRecoveryDescription", {}).get("PointInTimeRecoveryStatus")
    expect(f"point-in-time recovery of {_table(scene, stack)}", expected="ENABLED", got=recovery)


def _set_recovery(scene: Scene, stack: str, *, enabled: bool) -> None:
    scene.local.administrators.dynamodb(_account(scene, stack)).update_continuous_backups(
        TableName=_table(scene, stack),
        PointInTimeRecoverySpecification={"PointInTimeRecoveryEnabled": enabled},
    )


def _account(scene: Scene, stack: str) -> str:
    return scene.local.world.stacks[stack].accounts.own


def _table(scene: Scene, stack: str) -> str:
    settings = scene.local.world.stacks[stack]
    if not isinstance(settings, SourceSettings):
        raise TypeError(f"stack {stack} has no tables, its role is {settings.role}")
    return settings.tables[0].name
