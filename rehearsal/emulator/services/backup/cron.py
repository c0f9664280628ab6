"""Cron texts as AWS Backup takes them: six fields, at most once an hour."""

import re
from dataclasses import dataclass
from typing import Final

from rehearsal.emulator.rules import Refused, rule

_GUIDE: Final = "https://docs.aws.amazon.com/aws-backup/latest/devguide/plan-options-and-configuration.html"
_FORM: Final = "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-cron-expressions.html"
_READ: Final = "2026-11-22"
_MONTHS: Final = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_DAYS: Final = ("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT")


@dataclass(frozen=True)
class _Field:
    low: int
    high: int
    words: tuple[str, ...] = ()
    special: str = r"(?!)"
    """Pattern of what else the field takes, such as the last day of a month."""

    def takes(self, text: str) -> bool:
        return all(self._takes_part(part) for part in text.split(","))

    def _takes_part(self, part: str) -> bool:
        if re.fullmatch(self.special, part):
            return True
        span, _, step = part.partition("/")
        if "/" in part and not (step.isdigit() and int(step) > 0):
            return False
        ends = ["*"] if span == "*" else span.split("-")
        numbers = [self._number(end) for end in ends if end != "*"]
        return len(ends) <= 2 and _rising(numbers)

    def _number(self, text: str) -> int | None:
        if text.upper() in self.words:
            return self.low + self.words.index(text.upper())
        return int(text) if text.isdigit() and self.low <= int(text) <= self.high else None


_FIELDS: Final = (
    _Field(0, 59),
    _Field(0, 23),
    _Field(1, 31, special=r"\?|L|\d{1,2}W|LW"),
    _Field(1, 12, _MONTHS),
    _Field(1, 7, _DAYS, special=r"\?|L|[1-7]L|[1-7]#[1-5]"),
    _Field(1970, 2199),
)


@rule(_FORM, read=_READ)
def refuse_a_cron_text_of_another_form(rule_name: str, text: str) -> None:
    """A schedule is cron() around six fields inside their ranges, one of the two day fields being a question mark."""
    found = re.fullmatch(r"cron\(([^()]*)\)", text)
    fields = found.group(1).split() if found else []
    fits = len(fields) == len(_FIELDS) and all(field.takes(got) for field, got in zip(_FIELDS, fields, strict=True))
    if not fits or [fields[2], fields[4]].count("?") != 1:
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


def _rising(numbers: list[int | None]) -> bool:
    known = [number for number in numbers if number is not None]
    return len(known) == len(numbers) and known == sorted(known)
