"""The fresh account becomes a stack of its own, takes the restored tables in, and is backed up like the lost one."""

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Final

from rehearsal.local import program
from rehearsal.local.engine import Outcome
from rehearsal.report.findings import Moment
from rehearsal.scenarios import approaching, backing_up, deploying, surveying, verifying
from rehearsal.scenarios.joining import fresh_of
from rehearsal.scenarios.proving import outcome_of
from rehearsal.scenarios.scene import Scene
from rehearsal.scenarios.step import CheckError, expect
from strongroom.aws.dynamo_table_states import DynamoTableStates
from strongroom.config import stackfile
from strongroom.config.settings import SourceSettings
from strongroom.config.tiers import DAILY
from strongroom.recovery import reapply

_HARMFUL: Final = frozenset({"delete", "replace", "create-replacement", "delete-replaced"})


def tables_are_taken_in(scene: Scene) -> None:
    """Make the stack of the fresh account from the file that the recovery wrote, and deploy it."""
    joined = fresh_of(scene)
    own = of_the_fresh_account(scene)
    file = own.local.world.files[joined.stack]
    shutil.copy(written_file(scene), file)
    expect("account of the stack file", expected=joined.settings.accounts.own, got=stackfile.read(file).accounts.own)
    arguments = ("stack", "init", "--secrets-provider", program.secrets_provider(file))
    operation = own.local.operation(joined.stack, f"00-{joined.stack}-init", arguments)
    own.local.engine.must(replace(operation, events=False))
    before = ids_of(scene, joined.settings)
    outcome = own.pulumi(joined.stack, "up", "--yes", "--skip-preview")
    deploying.succeeded(outcome)
    every_table_is_imported(outcome, joined.settings)
    expect("ids of the tables", expected=before, got=ids_of(scene, joined.settings))
    tables_are_as_declared(own, joined.settings)
    scene.findings.moment(Moment(scene.local.control.now(), "the fresh account's own stack has the tables"))


def nothing_is_left_to_do(scene: Scene) -> None:
    """Deploy the fresh account's stack a second time, and compare it with what is there."""
    own = of_the_fresh_account(scene)
    deploying.again(own, fresh_of(scene).stack)
    deploying.refresh(own, fresh_of(scene).stack)


def every_table_is_imported(outcome: Outcome, settings: SourceSettings) -> None:
    """Hold when as many tables were imported as there are, and nothing was deleted or replaced."""
    counts = outcome.report.counts
    expect("things that were imported", expected=len(settings.tables), got=counts.get("import"), log=outcome.log)
    harmed = {urn: what for urn, what in outcome.report.changes.items() if what in _HARMFUL}
    expect("what was deleted or replaced", expected={}, got=harmed, log=outcome.log)


def ids_of(scene: Scene, settings: SourceSettings) -> dict[str, str | None]:
    """Return the id of each table, which another table of the same name would not have."""
    client = scene.local.administrators.dynamodb(settings.accounts.own)
    return {
        table.name: client.describe_table(TableName=table.name)["Table"].get("TableId") for table in settings.tables
    }


def tables_are_as_declared(scene: Scene, settings: SourceSettings) -> None:
    """Hold when expiry, point-in-time recovery, protection, stream and tags of each table are what is declared."""
    states = DynamoTableStates(scene.local.administrators.dynamodb(settings.accounts.own))
    for table in settings.tables:
        state = states.state(table.name)
        if state is None:
            raise CheckError(f"table {table.name}", expected="there", got="absent")
        left = reapply.differences(reapply.wanted(settings, table), state)
        expect(f"settings of {table.name} that differ from what is declared", expected=(), got=left)


def the_next_backup_arrives(scene: Scene) -> None:
    """Let a night pass, and find a whole point of every table of the fresh account in the central vaults."""
    settings = fresh_of(scene).settings
    control = scene.local.control
    night = approaching.nightly(settings, control.now())
    control.advance((night + approaching.ALL_RUN - control.now()).total_seconds())
    central = scene.local.administrators.backup(settings.accounts.backup)
    found = {
        (vault, point.table_arn): point.status
        for vault in {one.vault for one in backing_up.expected(settings)}
        for point in backing_up.points_in(central, vault)
        if point.created >= night
    }
    nightly = [one for one in backing_up.expected(settings) if one.tier is DAILY]
    wanted = {(one.vault, one.table_arn): "COMPLETED" for one in nightly}
    daily = {key: status for key, status in found.items() if key in wanted}
    expect("points of the fresh account in the central vaults", expected=wanted, got=daily)
    surveying.vaults_are_told(scene, settings)
    scene.findings.moment(Moment(night, "the fresh account is backed up into the central vaults"))


def it_is_well_again(scene: Scene) -> None:
    """Run verify as the operate role of the fresh account: what has yet to run for the first time is no fault."""
    joined = fresh_of(scene)
    bad = joined.settings.tables[0].name
    own, file = of_the_fresh_account(scene), written_file(scene)
    verifying.only_a_point_that_is_not_whole_is_found(own, joined.stack, file, bad)


def of_the_fresh_account(scene: Scene) -> Scene:
    """Return the scene with the fresh account's stack in it."""
    return replace(scene, local=fresh_of(scene).within(scene.local))


def written_file(scene: Scene) -> Path:
    """Return the stack file that the recovery wrote."""
    return Path(outcome_of(scene).stack_file)
