from dataclasses import replace
from itertools import pairwise

from rehearsal.report import picture
from rehearsal.report.findings import LossFinding
from rehearsal.report.picture import Box
from tests.rehearsal.report.stories import TABLE, recovered, told


def of_kind(drawn: picture.Picture, kind: str) -> list[Box]:
    return [box for box in drawn.boxes if box.kind == kind]


def contains(outer: Box, inner: Box) -> bool:
    across = outer.x <= inner.x and inner.x + inner.width <= outer.x + outer.width
    return across and outer.y <= inner.y and inner.y + inner.height <= outer.y + outer.height


def test_every_source_has_its_account_and_a_vault_a_tier_in_the_backup_account() -> None:
    drawn = picture.of(told())
    assert [box.lines[:2] for box in of_kind(drawn, "source")] == [("ci", "222222222222"), ("prod", "111111111111")]
    (backup,) = of_kind(drawn, "backup")
    assert backup.lines == ("backup 333333333333",)
    vaults = of_kind(drawn, "vault")
    assert [box.lines[0] for box in vaults[3:]] == ["daily, 35 days", "weekly, 90 days", "monthly, 2,557 days"]
    assert all(contains(backup, vault) for vault in vaults)


def test_a_vault_that_nobody_looked_at_is_called_so() -> None:
    assert {box.lines[1] for box in of_kind(picture.of(told()), "vault")} == {"not looked at"}


def test_vaults_tell_their_points_and_locks() -> None:
    drawn = picture.of(recovered())
    assert of_kind(drawn, "vault")[3].lines == ("daily, 35 days", "points: 33, locked")
    assert of_kind(drawn, "lost")[0].lines[3] == "own points: 210"


def test_a_loss_leads_to_a_fresh_account_below_its_vaults() -> None:
    drawn = picture.of(recovered())
    (fresh,) = of_kind(drawn, "fresh")
    assert fresh.lines == ("prod, fresh", "555555555555", "equal tables: 1 of 6")
    assert fresh.x == of_kind(drawn, "lost")[0].x
    assert [arrow.text for arrow in drawn.arrows] == ["copies of ci", "copies of prod", "copies, then restores"]
    assert drawn.arrows[-1].bottom == fresh.y


def test_a_table_that_differs_is_not_counted_as_equal() -> None:
    story = told(
        lambda to: to.loss(LossFinding("prod", "111111111111")), lambda to: to.table(replace(TABLE, equal=False))
    )
    (fresh,) = of_kind(picture.of(story), "fresh")
    assert fresh.lines == ("prod, fresh", "has not joined yet", "equal tables: 0 of 6")


def test_nothing_lies_outside_and_accounts_do_not_overlap() -> None:
    drawn = picture.of(recovered())
    canvas = Box(0, 0, drawn.width, drawn.height, (), "")
    assert all(contains(canvas, box) for box in drawn.boxes)
    accounts = sorted((box for box in drawn.boxes if box.kind != "vault"), key=lambda box: (box.y, box.x))
    for one, other in pairwise(accounts):
        assert one.x + one.width <= other.x or one.y + one.height <= other.y
