"""A fresh account in the place of a lost one, on the local AWS."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from botocore.exceptions import ClientError

from rehearsal.local import application, fresh, lifecycle
from rehearsal.local.lifecycle import Opening
from rehearsal.local.local import Local
from rehearsal.local.place import Place
from rehearsal.local.progress import Silent

pytestmark = pytest.mark.emulator


@pytest.fixture
def local(tmp_path: Path) -> Iterator[Local]:
    with lifecycle.attended(Opening(Place(tmp_path), 0, Silent())) as local:
        yield local


def unheard(_: str) -> None:
    """Nobody listens."""


def test_a_fresh_account_has_the_roles_of_the_lost_one_and_no_table(local: Local) -> None:
    local.control.lose_account("prod")
    joined = fresh.join(local, "prod", unheard)
    own = joined.settings.accounts.own
    assert own != "111111111111"
    assert joined.settings.tables == local.world.sources["prod"].tables
    assert local.administrators.iam(own).get_role(RoleName="strongroom-recover")["Role"]["RoleName"]
    assert local.administrators.dynamodb(own).list_tables()["TableNames"] == []
    known = {one.id: one for one in local.control.accounts()}
    assert known[own].unit == "Sources"
    assert known[own].inside


def test_its_stack_stands_beside_the_others(local: Local) -> None:
    joined = fresh.join(local, "prod", unheard)
    within = joined.within(local).world
    assert within.stacks["prod-again"] == joined.settings
    assert within.files["prod-again"].name == "Pulumi.prod-again.yaml"
    assert within.stacks["prod"].accounts.own == "111111111111"


def test_the_application_writes_its_own_tables_and_nothing_else(local: Local) -> None:
    settings = local.world.sources["prod"]
    table = settings.tables[0].name
    application.make(local.administrators, settings)
    local.administrators.dynamodb(settings.accounts.own).create_table(
        TableName=table,
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        BillingMode="PAY_PER_REQUEST",
    )
    client = application.dynamodb(local.administrators, settings)
    client.put_item(TableName=table, Item={"id": {"S": "1"}})
    for forbidden in (lambda: client.delete_table(TableName=table), lambda: client.scan(TableName=table)):
        with pytest.raises(ClientError, match="AccessDenied"):
            forbidden()
