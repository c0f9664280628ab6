"""What a recovery cannot bring back, said before it begins."""

from collections.abc import Iterator, Sequence
from typing import Final

from strongroom.config.settings import SourceSettings
from strongroom.config.tables import TableSettings
from strongroom.recovery.instants import told
from strongroom.recovery.plans.choice import Choice
from strongroom.recovery.plans.plan import key_in

_UNDECLARED: Final = (
    "auto scaling, resource policies, Kinesis destinations, Contributor Insights, replicas, table class"
)
"""Settings of a table that neither a restore nor the manifest brings.

https://docs.aws.amazon.com/aws-backup/latest/devguide/restoring-dynamodb.html, read 2026-11-22.
"""


def left_behind(settings: SourceSettings, choice: Choice, target: str) -> tuple[str, ...]:
    """What will not come back, a sentence each, the worst first.

    Args:
        settings: Of the lost source, with the account that it lived in.
        choice: What is brought back.
        target: The new account.
    """
    names = {one.table for one in choice.chosen}
    taken = [table for table in settings.tables if table.name in names]
    said = [f"table {one.table}, not one item of it: {one.why}" for one in choice.missing]
    return (*said, *_not_asked(settings, choice), *_changes(choice), *_of_tables(settings, taken, target))


def _not_asked(settings: SourceSettings, choice: Choice) -> Iterator[str]:
    asked = {one.table for one in (*choice.chosen, *choice.missing)}
    rest = [table.name for table in settings.tables if table.name not in asked]
    if rest:
        yield f"tables that were not asked for: {', '.join(rest)}"


def _changes(choice: Choice) -> Iterator[str]:
    if choice.chosen:
        oldest = min(choice.chosen, key=lambda one: one.created)
        newest = max(choice.chosen, key=lambda one: one.created)
        since = told(newest.created)
        if oldest.created != newest.created:
            since = f"{told(oldest.created)} ({oldest.table}) to {told(newest.created)} ({newest.table})"
        yield f"items written, changed or deleted after each table's point, from {since} on"


def _of_tables(settings: SourceSettings, tables: Sequence[TableSettings], target: str) -> Iterator[str]:
    own = settings.accounts.own
    yield f"point-in-time recovery history: it begins anew when a table is restored; that of account {own} is gone"
    streams = [table.name for table in tables if table.stream is not None]
    if streams:
        yield f"stream records not yet read, of {', '.join(streams)}: the new streams begin empty, under other ARNs"
    for table in tables:
        if table.kms_key_arn and key_in(table.kms_key_arn, target) is None:
            yield f"key {table.kms_key_arn} of table {table.name}: it is restored under AWS's own key"
    yield f"settings of tables that no stack file declares: {_UNDECLARED}"
    yield (
        f"vault, plans, alarms, buckets and keys of account {own}, and what lay in them alone: `pulumi up` of the new"
        " account's stack makes new ones, and until then nothing of it is backed up"
    )
