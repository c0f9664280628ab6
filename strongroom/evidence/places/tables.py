"""Tables as they stand: whether each is protected as declared, and how far back in time it can be brought."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Final

from strongroom.aws.table_state import TableState, TableStates
from strongroom.config import freshness
from strongroom.config.settings import SourceSettings
from strongroom.config.tables import TableSettings
from strongroom.evidence.places.aging import aged
from strongroom.evidence.places.sights import Finding, Kind, Row, Seen, What, together
from strongroom.facts import names

PLACE: Final = "pitr"
"""Place of what is asked of the table itself."""
_UNTOLD: Final = ("CREATING", "DELETING")
"""Statuses in which DynamoDB does not tell of a table's settings."""


def look(table: TableSettings, settings: SourceSettings, state: TableState | None, states: TableStates) -> Seen:
    """Hold one table against its settings.

    Args:
        table: As it is declared.
        settings: Of its source.
        state: As it stands. None: there is no such table.
        states: To ask how far back it reaches.

    Raises:
        AwsError: it cannot be looked at.
    """
    if state is None:
        sentence = "there is no such table; restore it, or take it out of the settings"
        return Seen((_row(table.name, None),), (Finding(Kind.MISSING, PLACE, table.name, sentence),))
    if state.status in _UNTOLD:
        sentence = f"is {state.status}, so that nothing protects it now"
        return Seen((_row(table.name, None),), (Finding(Kind.WRONG, PLACE, table.name, sentence),))
    window = states.pitr_window(table.name) if state.pitr_days is not None else None
    wrong = tuple(Finding(Kind.WRONG, PLACE, table.name, sentence) for sentence in differences(table, settings, state))
    return Seen((_row(table.name, window.latest if window else None),), wrong)


def heads(seen: Seen, now: datetime) -> Seen:
    """Judge how far the heads of point-in-time recovery lie behind; a table without any is told of already.

    Args:
        seen: What `look` saw.
        now: By the clock of AWS.
    """
    judged = (aged(row, now) if row.newest else Seen((row,)) for row in seen.rows)
    return together([Seen(findings=seen.findings, blind=seen.blind), *judged])


def differences(table: TableSettings, settings: SourceSettings, state: TableState) -> Iterator[str]:
    """What is not as declared, as ends of sentences that begin with the table."""
    for what, wanted, found in _settings(table, state):
        if found != wanted:
            yield f"has {what} {found or 'off'}, {wanted or 'off'} is declared; run `pulumi up`"
    if not state.deletion_protection and not settings.disposable:
        yield "can be deleted: its deletion protection is off; run `pulumi up`"
    wanted_tags = tags(table, settings)
    for name, value in wanted_tags.items():
        if state.tags.get(name) != value:
            yield f"has tag {name} {state.tags.get(name, 'missing')}, {value} is declared; run `pulumi up`"


def tags(table: TableSettings, settings: SourceSettings) -> Mapping[str, str]:
    """Tags that `pulumi up` gives a table; AWS Backup chooses what it backs up by them."""
    return {
        **settings.tags,
        names.TAG_DATA_CLASS: table.data_class.value,
        names.TAG_ENVIRONMENT: settings.environment,
    }


def _settings(table: TableSettings, state: TableState) -> Iterator[tuple[str, str | None, str | None]]:
    yield "point-in-time recovery", f"{table.pitr_days} days", f"{state.pitr_days} days" if state.pitr_days else None
    if not state.ttl_changing:
        yield "expiry by attribute", table.ttl_attribute, state.ttl_attribute
    yield "stream", table.stream, state.stream
    yield "key", table.kms_key_arn, state.kms_key_arn


def _row(table: str, newest: datetime | None) -> Row:
    note = None if newest else "no point-in-time recovery"
    return Row(What.HEAD, PLACE, table, newest, freshness.PITR, note)
