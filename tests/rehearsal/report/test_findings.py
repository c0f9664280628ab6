from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

from rehearsal.report.findings import Findings, Found, LossFinding, Moment
from tests.rehearsal.report.stories import NIGHT, RECOVERY, TABLE


def test_nothing_told_is_nothing_found() -> None:
    assert Findings().found() == Found()


def test_moments_are_in_the_order_of_the_clock_and_not_of_the_steps() -> None:
    findings = Findings()
    for hours in (3, 1, 2):
        findings.moment(Moment(NIGHT + timedelta(hours=hours), str(hours)))
    assert [moment.what for moment in findings.found().moments] == ["1", "2", "3"]


def test_a_table_told_again_counts_once_as_it_was_told_last() -> None:
    findings = Findings()
    findings.table(TABLE)
    findings.table(replace(TABLE, recovered_items=7))
    assert findings.found().tables == (replace(TABLE, recovered_items=7),)


def test_a_loss_told_again_has_the_fresh_account() -> None:
    findings = Findings()
    findings.loss(LossFinding("prod", "111111111111"))
    findings.loss(LossFinding("prod", "111111111111", "555555555555"))
    assert findings.found().losses == (LossFinding("prod", "111111111111", "555555555555"),)


def test_the_last_recovery_counts() -> None:
    findings = Findings()
    findings.recovery(RECOVERY)
    findings.recovery(replace(RECOVERY, operator_seconds=1.0))
    assert findings.found().recoveries == (replace(RECOVERY, operator_seconds=1.0),)


def test_steps_beside_each_other_lose_nothing() -> None:
    findings = Findings()

    def tell(number: int) -> None:
        findings.moment(Moment(NIGHT, str(number)))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(tell, range(2_000)))
    assert len(findings.found().moments) == 2_000
