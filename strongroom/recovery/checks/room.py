"""Whether there is room in the target account for what comes back."""

from collections.abc import Iterator

from strongroom.aws.quotas import OPERATIONS, SERVICE, TABLES
from strongroom.facts import names
from strongroom.recovery.checks.findings import Finding, stops, warns
from strongroom.recovery.checks.scene import Declared


def free(declared: Declared) -> Iterator[Finding]:
    """No table of a name that is to come back is there already."""
    scene = declared.scene
    side = scene.fresh_side
    states = scene.doors.table_states(side.profile)
    for table in sorted(set(declared.tables) & set(states.names())):
        state = states.state(table)
        run = state.tags.get(names.TAG_RUN) if state else None
        look = f"aws dynamodb describe-table --table-name {table} {side.options}"
        yield stops(
            "tables",
            f"table {table} exists already{f'; run {run} made it' if run else ''}",
            side.where,
            "AWS Backup restores to new tables only, and nothing is written over",
            f"strongroom dr run {scene.environment} --resume {run}" if run else look,
        )


def quotas(declared: Declared) -> Iterator[Finding]:
    """The tables fit into the quotas of both accounts."""
    scene, wanted = declared.scene, len(declared.tables)
    side = scene.fresh_side
    door = scene.doors.quotas(side.profile)
    there, most = len(scene.doors.table_states(side.profile).names()), door.tables()
    if there + wanted > most:
        yield stops(
            "quotas",
            f"{wanted} tables are to come to the {there} that are there, and the account may hold {most}",
            side.where,
            "the restores beyond the quota would fail",
            _raise(TABLES, there + wanted, side.options),
        )
    restores, copies = door.restores(), scene.doors.quotas(scene.backup_side.profile).copies()
    if wanted > restores:
        yield warns(
            "quotas",
            f"{restores} of {wanted} tables can be restored at a time",
            side.where,
            "the others wait for their turn, and the recovery takes longer",
            _raise(OPERATIONS, wanted, side.options),
        )
    if wanted > copies:
        yield warns(
            "quotas",
            f"{copies} of {wanted} points can be copied at a time",
            scene.backup_side.where,
            "the others wait for their turn, and the recovery takes longer",
            "ask AWS Support for more concurrent backup copies of Advanced DynamoDB",
        )


def _raise(quota: str, value: int, options: str) -> str:
    return (
        f"aws service-quotas request-service-quota-increase --service-code {SERVICE} --quota-code {quota}"
        f" --desired-value {value} {options}"
    )
