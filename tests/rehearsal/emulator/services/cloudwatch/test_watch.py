"""When an alarm changes its state."""

from datetime import timedelta
from typing import Any

import pytest

from tests.emulator_process import Emulator
from tests.rehearsal.emulator.services.cloudwatch.watching import ABSENCE, ON_ONE_METRIC, alarm, state
from tests.rehearsal.emulator.services.signals import DAY, HOUR, MINUTE

pytestmark = pytest.mark.emulator


def test_an_alarm_follows_its_metric_on_the_clock(emulator: Emulator, cloudwatch: Any, put: Any) -> None:
    cloudwatch.put_metric_alarm(**ON_ONE_METRIC, TreatMissingData="notBreaching")
    assert state(cloudwatch) == "INSUFFICIENT_DATA"
    emulator.advance(MINUTE)
    assert state(cloudwatch) == "OK"
    put("failures", 1, "central")
    assert state(cloudwatch) == "OK"
    emulator.advance(MINUTE)
    assert state(cloudwatch) == "ALARM"
    # The window looks two periods further back while there is no newer data.
    emulator.advance(14 * MINUTE)
    assert state(cloudwatch) == "ALARM"
    emulator.advance(2 * MINUTE)
    assert state(cloudwatch) == "OK"


def test_an_alarm_does_not_hear_of_other_dimensions(emulator: Emulator, cloudwatch: Any, put: Any) -> None:
    cloudwatch.put_metric_alarm(**ON_ONE_METRIC)
    put("failures", 1, "local")
    put("failures", 1)
    emulator.advance(10 * MINUTE)
    assert state(cloudwatch) == "INSUFFICIENT_DATA"


@pytest.mark.parametrize(
    ("missing", "expected"), [("missing", "INSUFFICIENT_DATA"), ("ignore", "INSUFFICIENT_DATA"),
                              ("breaching", "ALARM"), ("notBreaching", "OK")],
)  # fmt: skip
def test_missing_data_is_treated_as_the_alarm_says(
    emulator: Emulator, cloudwatch: Any, missing: str, expected: str
) -> None:
    cloudwatch.put_metric_alarm(**ON_ONE_METRIC, TreatMissingData=missing)
    emulator.advance(MINUTE)
    assert state(cloudwatch) == expected


def test_an_alarm_of_two_out_of_three(emulator: Emulator, cloudwatch: Any, put: Any) -> None:
    cloudwatch.put_metric_alarm(
        **{**ON_ONE_METRIC, "EvaluationPeriods": 3, "DatapointsToAlarm": 2}, TreatMissingData="notBreaching"
    )
    put("failures", 1, "central")
    emulator.advance(MINUTE)
    assert state(cloudwatch) == "OK"
    emulator.advance(5 * MINUTE)
    put("failures", 1, "central")
    emulator.advance(MINUTE)
    assert state(cloudwatch) == "ALARM"


def test_an_alarm_on_days_is_evaluated_at_the_full_hour(emulator: Emulator, cloudwatch: Any, put: Any) -> None:
    cloudwatch.put_metric_alarm(**ABSENCE)
    emulator.advance(HOUR)
    assert state(cloudwatch) == "ALARM"
    assert alarm(cloudwatch)["StateUpdatedTimestamp"].minute == 0
    for _ in range(2):
        put("done", 1)
        emulator.advance(DAY)
    assert state(cloudwatch) == "OK"
    assert alarm(cloudwatch)["StateUpdatedTimestamp"].minute == 0


def test_a_job_that_drifts_over_the_edge_of_a_day_is_not_missed(emulator: Emulator, cloudwatch: Any, put: Any) -> None:
    for pause in (DAY, DAY + 2 * HOUR, DAY - 2 * HOUR, DAY + 3 * HOUR):
        put("done", 1)
        emulator.advance(pause)
    cloudwatch.put_metric_alarm(**ABSENCE)
    emulator.advance(HOUR)
    assert state(cloudwatch) == "OK"


def test_two_days_without_a_job_are_an_alarm(emulator: Emulator, cloudwatch: Any, put: Any) -> None:
    for _ in range(4):
        put("done", 1)
        emulator.advance(DAY)
    cloudwatch.put_metric_alarm(**ABSENCE)
    emulator.advance(HOUR)
    assert state(cloudwatch) == "OK"
    emulator.advance(DAY - 2 * HOUR)
    assert state(cloudwatch) == "OK"
    emulator.advance(2 * HOUR)
    assert state(cloudwatch) == "ALARM"


def test_a_window_on_the_wall_clock_looks_at_whole_days_only(emulator: Emulator, cloudwatch: Any, put: Any) -> None:
    whole = {**ON_ONE_METRIC, "Period": DAY, "EvaluationWindow": {"WallClockWindow": {"Timezone": "UTC"}}}
    cloudwatch.put_metric_alarm(**whole, TreatMissingData="notBreaching")
    midnight = (emulator.now() + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    emulator.advance((midnight - emulator.now()).total_seconds() + HOUR)
    put("failures", 1, "central")
    emulator.advance(22 * HOUR)
    assert state(cloudwatch) == "OK"
    emulator.advance(2 * HOUR)
    assert state(cloudwatch) == "ALARM"
    emulator.advance(DAY)
    assert state(cloudwatch) == "OK"


def test_an_alarm_that_was_set_goes_back_when_it_is_evaluated_next(emulator: Emulator, cloudwatch: Any) -> None:
    cloudwatch.put_metric_alarm(**ON_ONE_METRIC, TreatMissingData="notBreaching")
    emulator.advance(MINUTE)
    cloudwatch.set_alarm_state(AlarmName="watched", StateValue="ALARM", StateReason="a test")
    assert (state(cloudwatch), alarm(cloudwatch)["StateReason"]) == ("ALARM", "a test")
    emulator.advance(MINUTE)
    assert state(cloudwatch) == "OK"


def test_the_history_of_an_alarm_is_in_the_emulator_s_time(emulator: Emulator, cloudwatch: Any) -> None:
    emulator.advance(400 * DAY)
    cloudwatch.put_metric_alarm(**ON_ONE_METRIC, TreatMissingData="breaching")
    emulator.advance(MINUTE)
    answer = cloudwatch.describe_alarm_history(AlarmName="watched", HistoryItemType="StateUpdate")
    newest = max(item["Timestamp"] for item in answer["AlarmHistoryItems"])
    assert abs(newest - emulator.now()) < timedelta(minutes=2)
    assert abs(alarm(cloudwatch)["StateTransitionedTimestamp"] - emulator.now()) < timedelta(minutes=2)


def test_ten_years_without_data_take_no_time(emulator: Emulator, cloudwatch: Any) -> None:
    cloudwatch.put_metric_alarm(**ON_ONE_METRIC, TreatMissingData="breaching")
    cloudwatch.put_metric_alarm(**{**ABSENCE, "AlarmName": "absent"})
    begun = emulator.now()
    emulator.advance(3_650 * DAY)
    assert state(cloudwatch) == "ALARM"
    assert alarm(cloudwatch)["StateUpdatedTimestamp"] - begun < timedelta(minutes=2)
