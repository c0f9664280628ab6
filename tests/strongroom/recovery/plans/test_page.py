from datetime import timedelta

from strongroom.facts import names
from strongroom.recovery.plans.page import WIDTH, page
from tests.strongroom.aws.memory_others import put_object
from tests.strongroom.recovery.loss import ARCHIVE, BACKUP, DAY, FRESH, KEY, LOST, NIGHT, Loss, point, settings

NEXT = "strongroom dr run prod --region eu-west-2"
RECEIPTS, PASSES = "prod-submit-receipts", "prod-submit-passes"


def troubled() -> Loss:
    loss = Loss()
    loss.change(point(RECEIPTS), status="PARTIAL")
    for night in (NIGHT, NIGHT - DAY):
        loss.change(point(PASSES, night), status="EXPIRED")
    put_object(loss.aws, ARCHIVE, KEY, None)
    return loss


def shown(loss: Loss, **request: object) -> str:
    return page(loss.plan(**request), NEXT)


def test_a_page_goes_from_the_accounts_to_the_next_command() -> None:
    text = shown(troubled())
    titles = [line for line in text.splitlines() if line and not line.startswith(" ")]
    assert titles == [
        "RECOVERY OF prod",
        "POINTS OF 5 of 6 tables",
        "NO POINT, AND NOT ONE ITEM COMES BACK, OF 1 of 6 tables",
        "STEPS",
        "WARNINGS",
        "WILL NOT COME BACK",
        "NEXT, once this page says what you want",
    ]
    assert text.endswith(f"\n\n  {NEXT}")
    for account in (LOST, FRESH, BACKUP):
        assert account in text


def test_a_quiet_page_has_no_empty_parts() -> None:
    text = shown(Loss())
    assert "WARNINGS" not in text
    assert "NO POINT" not in text
    assert "why not newer" not in text


def test_each_table_has_a_line_with_its_point_and_its_age() -> None:
    lines = shown(troubled()).splitlines()
    assert f"  {RECEIPTS} *          2026-11-21 03:00   33 h 0 min   daily   1.2 MB" in lines
    assert f"    {RECEIPTS}: the point of 2026-11-22 03:00 UTC is PARTIAL" in lines


def test_columns_stand_under_each_other() -> None:
    lines = shown(Loss(settings("short", "a-table-with-a-long-name"))).splitlines()
    rows = [line for line in lines if "daily" in line or line.startswith("  table ")]
    assert len({line.index("2026" if "2026" in line else "taken") for line in rows}) == 1


def test_sizes_are_told_by_thousands_and_unknown_ones_as_such() -> None:
    loss = Loss(settings("aaa", "bbb", "ccc", "ddd"))
    sizes = {"aaa": None, "bbb": 999, "ccc": 1_000, "ddd": 25_000_000_000_000_000}
    for name, size in sizes.items():
        loss.change(point(name), size_bytes=size)
        loss.change(point(name, NIGHT - DAY), size_bytes=size)
    ends = {line.split()[0]: line for line in shown(loss).splitlines() if "daily" in line}
    told = {"aaa": "not told", "bbb": "999 B", "ccc": "1.0 kB", "ddd": "25000.0 TB"}
    assert all(ends[name].endswith(f"   {size}") for name, size in told.items())


def test_lines_fit_a_narrow_window_and_what_is_copied_is_never_broken() -> None:
    loss = troubled()
    loss.change(point("prod-submit-bundles"), size_bytes=1)
    text = shown(loss)
    assert [line for line in text.splitlines() if len(line) > WIDTH and "recovery-point" not in line] == []
    assert f"prod-submit-bundles={point('prod-submit-bundles', NIGHT - DAY).arn}" in text


def test_steps_are_few_however_many_tables_there_are() -> None:
    loss = Loss(settings(*(f"table-{n:03}" for n in range(30))))
    plan = loss.plan()
    text = page(plan, NEXT)
    assert "   4  account 555555555555: restore 30 tables under their own names, up to 1000 at a time" in text
    assert names.landing_vault("prod", plan.run) in text
    assert "   8  " not in text
    assert "restore 1 table under" in shown(Loss(settings("one-table")))


def test_the_instant_that_was_asked_for_is_told() -> None:
    assert "  no point after  2026-11-22 05:30 UTC" in shown(Loss(), at=NIGHT + timedelta(hours=2, minutes=30))
