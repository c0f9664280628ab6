"""Cron texts as AWS Backup takes them: six fields, at most once an hour."""

from typing import Final

from rehearsal.emulator.rules import Refused, rule
from rehearsal.emulator.schedules import is_valid

_GUIDE: Final = "https://docs.aws.amazon.com/aws-backup/latest/devguide/plan-options-and-configuration.html"
_FORM: Final = "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-cron-expressions.html"
_READ: Final = "2026-11-22"


@rule(_FORM, read=_READ)
def refuse_a_cron_text_of_another_form(rule_name: str, text: str) -> None:
    """A schedule is cron() around six fields inside their ranges, one of the two day fields being a question mark."""
    if not (text.startswith("cron(") and is_valid(text)):
        raise Refused(
            "InvalidParameterValueException", f"Error in rule {rule_name} : Invalid schedule expression {text}"
        )


@rule(_GUIDE, read=_READ)
def refuse_more_than_one_run_an_hour(rule_name: str, text: str) -> None:
    """A schedule starts at most one backup an hour."""
    minutes = text.removeprefix("cron(").split()[0]
    if not minutes.isdigit():
        raise Refused(
            "InvalidParameterValueException",
            f"Error in rule {rule_name} : The schedule {text} runs more than once an hour",
        )
