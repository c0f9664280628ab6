"""The backups are judged by the pipeline that operates: all is well, and the alarm that waits for it goes silent."""

import shutil
from datetime import timedelta
from pathlib import Path
from typing import Final

from rehearsal.local.operator import Desk, Ran
from rehearsal.local.pipeline import Mode
from rehearsal.scenarios.ran import ended
from rehearsal.scenarios.said import Judged
from rehearsal.scenarios.scene import Scene
from rehearsal.scenarios.step import expect
from strongroom.cli.exits import Exit
from strongroom.facts import names

_EVALUATED: Final = timedelta(minutes=30)
"""After that alarms have looked at what was published."""
_HEARTBEAT: Final = "missing-verify"


def backups_are_well(scene: Scene, stack: str) -> None:
    """Find nothing wrong with the backups of a stack."""
    settings = scene.local.world.stacks[stack]
    ran = verified(scene, stack, scene.local.world.files[stack])
    expect(f"findings of {settings.environment}", expected=[], got=_findings(ran), log=ran.log)
    ended(ran, Exit.OK)


def only_a_point_that_is_not_whole_is_found(scene: Scene, stack: str, file: Path, table: str) -> None:
    """Be warned of the copies of one table that are not whole, which nobody may delete, and of nothing else.

    Args:
        scene: with the stack in it.
        stack: whose backups are judged.
        file: says what is declared.
        table: name of that table.
    """
    ran = verified(scene, stack, file)
    others = [one for one in _findings(ran) if not (one.startswith(f"warning {table} ") and "is PARTIAL" in one)]
    expect("findings besides the copies that are not whole", expected=[], got=others, log=ran.log)
    ended(ran, Exit.OK)


def verified(scene: Scene, stack: str, file: Path) -> Ran:
    """Run verify as the stack's operate role, and find that the alarm on its heartbeat goes silent."""
    settings = scene.local.world.stacks[stack]
    alarm = names.watch(settings.environment, _HEARTBEAT)
    expect(f"state of {alarm} before", expected="ALARM", got=_state(scene, stack, alarm))
    desk = Desk(scene.local.place, f"verify-{stack}", scene.local.control.endpoint)
    operator = desk.take_pipeline(settings, Mode.OPERATE, scene.local.engine.children)
    shutil.copy(file, operator.folder / f"Pulumi.{settings.environment}.yaml")
    ran = operator.run("verify", settings.environment, "--publish", "--json")
    scene.local.control.advance(_EVALUATED.total_seconds())
    expect(f"state of {alarm} after", expected="OK", got=_state(scene, stack, alarm))
    return ran


def _findings(ran: Ran) -> list[str]:
    found = Judged.model_validate(ran.document()).findings
    return [f"{one.kind} {one.subject} {one.sentence}" for one in found]


def _state(scene: Scene, stack: str, alarm: str) -> str | None:
    client = scene.local.administrators.cloudwatch(scene.local.world.stacks[stack].accounts.own)
    found = client.describe_alarms(AlarmNames=[alarm])["MetricAlarms"]
    return found[0].get("StateValue") if found else None
