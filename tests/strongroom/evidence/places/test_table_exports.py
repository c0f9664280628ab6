from dataclasses import replace

from strongroom.aws.exports import Export
from strongroom.evidence.places.sights import Kind, What
from tests.strongroom.aws.memory_others import put_object
from tests.strongroom.evidence.kept import HOUR, RECEIPTS, SECOND, Kept, looked, told


def export(kept: Kept, **changes: object) -> None:
    arn = kept.own.tables[RECEIPTS].arn
    made = Export(
        f"{arn}/export/01", kept.at - HOUR - SECOND, kept.wanted.buckets.exports, None, "", "x/01/m.json", 7, False
    )
    kept.own.exports[arn] = [replace(made, **changes)]  # pyright: ignore[reportArgumentType]


def test_exports_are_scheduled_by_nothing_and_said_so() -> None:
    rows = [row for row in looked(Kept()).seen.rows if row.what is What.EXPORT]
    assert {(row.newest, row.limit, row.note) for row in rows} == {(None, None, "none scheduled")}


def test_an_export_that_somebody_made_is_told_and_its_replica_looked_for() -> None:
    kept = Kept()
    export(kept)
    report = looked(kept)
    assert told(report) == [(Kind.MISSING, "archive", RECEIPTS)]
    (row,) = [row for row in report.seen.rows if row.what is What.EXPORT and row.newest]
    assert row.note == "none scheduled; made by hand"
    put_object(kept.aws, kept.wanted.buckets.archive, "x/01/m.json", b"{}")
    assert told(looked(kept)) == []


def test_an_export_of_a_part_is_said_to_be_no_backup() -> None:
    kept = Kept()
    export(kept, filtered=True, bucket="elsewhere")
    report = looked(kept)
    assert told(report) == []
    assert any(row.note and row.note.endswith("it is no backup") for row in report.seen.rows)
