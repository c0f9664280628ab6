import pytest

from rehearsal.emulator.rules import Refused
from rehearsal.emulator.services.backup.plans import cron


@pytest.mark.parametrize(
    "text",
    [
        "cron(0 5 ? * * *)",
        "cron(0 3 * * ? *)",
        "cron(59 23 31 12 ? 2199)",
        "cron(0 0 1 1 ? 1970)",
        "cron(0 5 ? * SUN *)",
        "cron(0 5 ? JAN-MAR mon-fri *)",
        "cron(0 5 ? * 1-7 2026,2027)",
        "cron(0 0/12 L * ? *)",
        "cron(0 8 1W * ? *)",
        "cron(0 8 ? * 6#3 *)",
        "cron(0 8 ? * 6L *)",
    ],
)
def test_a_schedule_is_six_fields_with_one_question_mark(text: str) -> None:
    cron.refuse_a_cron_text_of_another_form("daily", text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "rate(1 day)",
        "0 5 ? * * *",
        "cron(0 5 * * *)",
        "cron(0 5 ? * * * *)",
        "cron(0 5 * * * *)",
        "cron(0 5 ? * ? *)",
        "cron(60 5 ? * * *)",
        "cron(0 24 ? * * *)",
        "cron(0 5 32 * ? *)",
        "cron(0 5 0 * ? *)",
        "cron(0 5 ? 13 * *)",
        "cron(0 5 ? * 8 *)",
        "cron(0 5 ? * 0 *)",
        "cron(0 5 ? * * 2200)",
        "cron(0 5 ? * FRI-MON-TUE *)",
        "cron(0 9-5 ? * * *)",
        "cron(0 0/0 ? * * *)",
        "cron(0 x ? * * *)",
    ],
)
def test_fails_when_the_schedule_has_another_form(text: str) -> None:
    with pytest.raises(Refused, match="Error in rule daily : Invalid schedule expression"):
        cron.refuse_a_cron_text_of_another_form("daily", text)


@pytest.mark.parametrize("minutes", ["*", "0,30", "0/30", "0-5"])
def test_fails_when_the_schedule_runs_more_than_once_an_hour(minutes: str) -> None:
    with pytest.raises(Refused, match="more than once an hour"):
        cron.refuse_more_than_one_run_an_hour("daily", f"cron({minutes} * ? * * *)")


def test_a_schedule_may_run_once_an_hour() -> None:
    cron.refuse_more_than_one_run_an_hour("daily", "cron(15 * ? * * *)")
