import pytest

from strongroom.config.tables import StreamView
from strongroom.evidence.places.sights import Kind
from tests.strongroom.evidence.kept import HOUR, RECEIPTS, Kept, looked, only, told


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("pitr_days", 34, "point-in-time recovery 34 days, 35 days is declared"),
        ("deletion_protection", False, "can be deleted"),
        ("ttl_attribute", "expires", "expiry by attribute expires, off is declared"),
        ("stream", StreamView.KEYS_ONLY, "stream KEYS_ONLY, off is declared"),
        ("kms_key_arn", "arn:theirs", "key arn:theirs, off is declared"),
    ],
)
def test_a_table_that_is_not_as_declared_is_wrong(field: str, value: object, says: str) -> None:
    kept = Kept()
    setattr(kept.own.tables[RECEIPTS], field, value)
    report = looked(kept)
    assert told(report) == [(Kind.WRONG, "pitr", RECEIPTS)]
    assert says in only(report)


@pytest.mark.parametrize("tag", ["strongroom:data-class", "strongroom:environment", "owner"])
def test_a_table_without_its_tags_is_wrong(tag: str) -> None:
    kept = Kept()
    del kept.own.tables[RECEIPTS].tags[tag]
    assert f"has tag {tag} missing" in only(looked(kept))


def test_tags_of_others_are_no_fault() -> None:
    kept = Kept()
    kept.own.tables[RECEIPTS].tags["cost-centre"] = "7"
    assert told(looked(kept)) == []


def test_recovery_in_time_that_is_off_is_wrong_and_has_no_age() -> None:
    kept = Kept()
    kept.own.tables[RECEIPTS].pitr_days = None
    report = looked(kept)
    assert told(report) == [(Kind.WRONG, "pitr", RECEIPTS)]
    assert "point-in-time recovery off" in only(report)
    (row,) = [row for row in report.seen.rows if (row.place, row.subject) == ("pitr", RECEIPTS)]
    assert (row.newest, row.note) == (None, "no point-in-time recovery")


def test_a_table_that_is_not_there_is_missing() -> None:
    kept = Kept()
    del kept.own.tables[RECEIPTS]
    assert told(looked(kept)) == [(Kind.MISSING, "pitr", RECEIPTS)]


def test_a_table_that_is_being_made_is_not_protected() -> None:
    kept = Kept()
    kept.own.tables[RECEIPTS].busy = ("CREATING", kept.at + HOUR)
    report = looked(kept)
    assert (Kind.WRONG, "pitr", RECEIPTS) in told(report)
    assert any("is CREATING" in one.sentence for one in report.failures)
