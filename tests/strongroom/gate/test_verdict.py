from datetime import date

from strongroom.gate.findings import find
from strongroom.gate.operations import Operation
from strongroom.gate.overrides import Override
from strongroom.gate.verdict import Overrides, Verdict, compare, judge
from tests.strongroom.gate.previews import TABLE, VAULT, Document, changed, digest, read, step, urn

FORCED = changed("aws:s3/bucket:Bucket", {}, {"forceDestroy": True, "objectLockEnabled": True})


def override(token: str = TABLE, operation: Operation = Operation.DELETE, setting: str | None = None) -> Override:
    reason = "ticket 12: moved to the new account"
    return Override(urn=urn(token), operation=operation, setting=setting, reason=reason, expires=date(2026, 12, 1))


def judged(overrides: Overrides, *steps: Document) -> Verdict:
    preview = read(digest(*steps))
    return judge(preview, find(preview), overrides)


def test_what_nobody_gave_leave_to_is_refused() -> None:
    verdict = judged(Overrides(), step("delete", TABLE))
    assert not verdict.passes
    assert [one.finding.operation for one in verdict.refused] == [Operation.DELETE]


def test_an_override_gives_leave_to_exactly_one_thing() -> None:
    assert judged(Overrides([override()]), step("delete", TABLE)).passes
    assert not judged(Overrides([override(operation=Operation.REPLACE)]), step("delete", TABLE)).passes
    assert not judged(Overrides([override(VAULT)]), step("delete", TABLE), step("same", VAULT)).passes
    assert not judged(Overrides([override()]), step("delete", TABLE), step("delete", VAULT)).passes


def test_an_override_of_a_setting_is_for_that_setting() -> None:
    bucket = "aws:s3/bucket:Bucket"
    assert judged(Overrides([override(bucket, Operation.WEAKEN, "forceDestroy")]), FORCED).passes
    assert not judged(Overrides([override(bucket, Operation.WEAKEN, "objectLockEnabled")]), FORCED).passes


def test_what_is_allowed_says_by_which_override() -> None:
    verdict = judged(Overrides([override()]), step("delete", TABLE))
    assert [(one.finding.urn, one.override) for one in verdict.allowed] == [(urn(TABLE), override())]


def test_an_override_of_the_same_change_does_not_count_and_is_named() -> None:
    verdict = judged(Overrides(added=[override()]), step("delete", TABLE))
    (refused,) = verdict.refused
    assert refused.sentence.endswith(
        "; the override for it is added in the same change and does not count: merge it first, by itself"
    )


def test_an_override_that_arrives_alone_stops_nothing() -> None:
    verdict = judged(Overrides(added=[override()]), step("same", TABLE))
    assert verdict.passes
    assert verdict.notes == [f"override delete of {urn(TABLE)} is added in this change; it counts from the next one on"]


def test_overrides_that_do_nothing_are_named() -> None:
    verdict = judged(Overrides([override()], withdrawn=[override(operation=Operation.REPLACE)]), step("same", TABLE))
    assert verdict.passes
    assert verdict.notes == [
        f"override delete of {urn(TABLE)} is not used by this preview; remove it once the change is deployed",
        f"override replace of {urn(TABLE)} is taken away by this change and does not count any more",
    ]


def test_an_override_counts_when_base_and_change_agree_on_it() -> None:
    kept, gone, new = override(), override(operation=Operation.REPLACE), override(VAULT)
    assert compare([kept, gone], [kept, new]) == Overrides(valid=[kept], added=[new], withdrawn=[gone])


def test_an_override_that_the_change_prolongs_is_another_one() -> None:
    longer = override().model_copy(update={"expires": date(2026, 12, 2)})
    compared = compare([override()], [longer])
    assert not compared.valid
    assert not judged(compared, step("delete", TABLE)).passes


def test_a_foreign_pack_stops_a_change_that_does_nothing() -> None:
    preview = read(digest(step("same", TABLE)))
    assert judge(preview, [], Overrides()).passes
    assert not judge(preview, [], Overrides(), ["policies: x.py is not in main"]).passes
