from datetime import timedelta

from tests.strongroom.recovery.loss import DAY, FRESH, LOST, NIGHT, REGION, Loss, point, settings

RECEIPTS, BUNDLES = "prod-submit-receipts", "prod-submit-bundles"


def test_a_table_without_a_point_is_said_first_among_what_is_lost() -> None:
    loss = Loss()
    loss.change(point(RECEIPTS), status="EXPIRED")
    loss.change(point(RECEIPTS, NIGHT - DAY), status="DELETING")
    plan = loss.plan()
    assert [one.table for one in plan.missing] == [RECEIPTS]
    assert plan.left_behind[0] == (
        f"table {RECEIPTS}, not one item of it: the point of 2026-11-22 03:00 UTC is EXPIRED; the point of 2026-11-21"
        " 03:00 UTC is DELETING"
    )
    assert not [step for step in plan.steps if step.table == RECEIPTS]


def test_a_key_of_the_lost_account_is_named_as_lost_and_one_of_the_new_is_kept() -> None:
    gone, kept = (f"arn:aws:kms:{REGION}:{account}:key/1234" for account in (LOST, FRESH))
    tables = [
        {"name": name, "dataClass": "short", "hashKey": {"name": "id"}, "kmsKeyArn": key}
        for name, key in (("gone-key", gone), ("kept-key", kept))
    ]
    plan = Loss(settings(tables=tables)).plan()
    assert (plan.key_of("gone-key"), plan.key_of("kept-key")) == (None, kept)
    assert f"key {gone} of table gone-key: it is restored under AWS's own key" in plan.left_behind
    assert not [one for one in plan.left_behind if kept in one]


def test_streams_and_changes_since_the_points_are_named_as_lost() -> None:
    loss = Loss()
    loss.change(point(RECEIPTS), created=NIGHT + timedelta(minutes=5))
    left = loss.plan().left_behind
    assert any(one.startswith(f"stream records not yet read, of {BUNDLES}: ") for one in left)
    assert (
        "items written, changed or deleted after each table's point, from 2026-11-22 03:00 UTC"
        f" ({BUNDLES}) to 2026-11-22 03:05 UTC ({RECEIPTS}) on"
    ) in left
