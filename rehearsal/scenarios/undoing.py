"""One row of a living account is deleted by mistake, and comes back from point-in-time recovery beside its table."""

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from rehearsal.items.expected import keys
from rehearsal.local import application
from rehearsal.local.operator import Desk, Operator
from rehearsal.local.pipeline import Mode
from rehearsal.local.world import central
from rehearsal.report.findings import Moment
from rehearsal.scenarios.driver import POLL, Driver
from rehearsal.scenarios.ran import ended
from rehearsal.scenarios.scene import Scene
from rehearsal.scenarios.step import expect
from strongroom.config.settings import SourceSettings
from strongroom.config.tables import TableSettings
from strongroom.evidence.items import canonical
from strongroom.facts.items import Item

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

_LATER: Final = timedelta(minutes=20)
"""After the instant that is gone back to: point-in-time recovery reaches to five minutes ago."""
_DIFFERS: Final = 4


def a_deleted_row_comes_back(scene: Scene, stack: str) -> None:
    """Delete a row as the application, restore beside the table, look at the difference, and copy the row back."""
    settings = scene.local.world.sources[stack]
    table = settings.tables[0]
    client = application.dynamodb(scene.local.administrators, settings)
    key, row = some_row(scene, settings, table, client)
    instant = _turned(scene)
    client.delete_item(TableName=table.name, Key=key)
    scene.findings.moment(Moment(scene.local.control.now(), f"a row of {table.name} is deleted by mistake"))
    _brought_back(scene, settings, table, instant)
    found = client.get_item(TableName=table.name, Key=key, ConsistentRead=True).get("Item")
    expect(f"row of {table.name}", expected=canonical.encode(row), got=canonical.encode(found) if found else None)


def some_row(
    scene: Scene, settings: SourceSettings, table: TableSettings, client: "DynamoDBClient"
) -> tuple[Item, Item]:
    """Return the key of an item that the table holds now, and the item as it is read."""
    history = scene.ledger.history(settings.environment)
    for item in history.expected(table, scene.local.control.now()):
        key = keys(table).of(item)
        found = client.get_item(TableName=table.name, Key=key, ConsistentRead=True).get("Item")
        if found:
            return key, found
    raise LookupError(f"{table.name} is empty")


def _turned(scene: Scene) -> datetime:
    """Turn the clock forward; returns a whole second before, that can be gone back to."""
    instant = scene.local.control.now().astimezone(UTC).replace(microsecond=0)
    scene.local.control.advance(_LATER.total_seconds())
    return instant


def _brought_back(scene: Scene, settings: SourceSettings, table: TableSettings, instant: datetime) -> None:
    operator = _operator(scene, settings)
    restored = f"{table.name}-restored"
    where = ("--environment", settings.environment)
    at = instant.isoformat().replace("+00:00", "Z")
    back = ("restore", "pitr", table.name, *where, "--at", at, "--into", restored, "--yes", "--json", *POLL)
    ended(operator.run(*back, meanwhile=Driver(scene.local.control)), 0)
    ended(operator.run("restore", "diff", table.name, restored, *where, "--json"), _DIFFERS)
    ended(operator.run("restore", "copy-back", table.name, restored, *where, "--yes", "--json"), 0)
    ended(operator.run("restore", "diff", table.name, restored, *where, "--json"), 0)


def _operator(scene: Scene, settings: SourceSettings) -> Operator:
    keeping = [stack for stack in scene.local.world.stacks.values() if central(stack)]
    desk = Desk(scene.local.place, f"operator-{settings.environment}", scene.local.control.endpoint)
    return desk.take([settings, *keeping], Mode.RECOVER, scene.local.engine.children)
