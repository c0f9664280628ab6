from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from strongroom.aws.points import Point
from strongroom.config.settings import TierName
from strongroom.recovery.plans.choice import CLOSE, Asked, choose
from strongroom.recovery.plans.usable import Held
from tests.strongroom.recovery.loss import BACKUP, DAY, LOST, NIGHT, REGION, point, vault

NOW = NIGHT + timedelta(hours=9)
TIERS: Mapping[str, TierName] = {vault("daily"): "daily", vault("weekly"): "weekly", vault("monthly"): "monthly"}
HOUR = timedelta(hours=1)


def held(*points: Point) -> Held:
    return Held(BACKUP, TIERS, {name: [one for one in points if one.vault == name] for name in TIERS}, NOW)


TABLES = ("aaa", "bbb", "ccc")
STATUSES = ("COMPLETED", "PARTIAL", "EXPIRED", "DELETING", "CREATING")


@st.composite
def vaultfuls(draw: st.DrawFn) -> list[Point]:
    """Points of three tables, good and bad, warm and cold, of this account and others."""
    shapes = draw(
        st.lists(
            st.tuples(
                st.sampled_from(TABLES),
                st.integers(0, 200),
                st.sampled_from(["daily", "weekly", "monthly"]),
                st.sampled_from(STATUSES),
                st.sampled_from([None, -1, 1]),
                st.sampled_from([BACKUP, BACKUP, LOST]),
            ),
            max_size=30,
        )
    )
    return [_drawn(number, shape) for number, shape in enumerate(shapes)]


def _drawn(number: int, shape: tuple[str, int, str, str, int | None, str]) -> Point:
    table, hours, tier, status, cold, account = shape
    return point(
        table,
        NIGHT - HOUR * hours,
        tier,
        arn=f"arn:aws:backup:{REGION}:{account}:recovery-point:{number}",
        status=status,
        cold_at=None if cold is None else NOW + DAY * cold,
    )


def _good(one: Point) -> bool:
    return one.status == "COMPLETED" and f":{BACKUP}:" in one.arn and (one.cold_at is None or one.cold_at > NOW)


@given(vaultfuls(), st.randoms(use_true_random=False))
def test_the_order_of_a_listing_does_not_matter(points: list[Point], random: object) -> None:
    shuffled = sorted(points, key=lambda one: hash((str(random), one.arn)))
    asked = Asked(TABLES)
    assert choose(asked, held(*points)) == choose(asked, held(*shuffled))


@given(vaultfuls(), st.one_of(st.none(), st.integers(0, 200)))
def test_what_is_chosen_is_whole_of_its_table_and_the_newest_such(points: list[Point], hours: int | None) -> None:
    at = None if hours is None else NIGHT - HOUR * hours
    choice = choose(Asked(TABLES, at), held(*points))
    by_arn = {one.arn: one for one in points}
    for one in choice.chosen:
        taken = by_arn[one.point_arn]
        good = _of(points, one.table, at)
        assert taken in good
        assert taken.created == max(other.created for other in good)
        assert one.fallback is None or by_arn[one.fallback.point_arn] in good
    assert {one.table for one in choice.missing} == {table for table in TABLES if not _of(points, table, at)}


@given(vaultfuls())
def test_a_table_that_is_older_than_the_set_is_always_explained(points: list[Point]) -> None:
    choice = choose(Asked(TABLES), held(*points))
    newest = max((one.created for one in choice.chosen), default=NOW)
    for one in choice.chosen:
        assert newest - one.created <= CLOSE or one.older_because


def _of(points: Sequence[Point], table: str, at: datetime | None) -> list[Point]:
    return [one for one in points if one.table == table and _good(one) and (at is None or one.created <= at)]
