"""When a backup rule runs, as AWS's six-field cron text.

Form: https://docs.aws.amazon.com/aws-backup/latest/devguide/plan-options-and-configuration.html, read 2026-11-22.
Where the start windows of two rules of one plan overlap, only the rule with the longest retention runs (same page):
the presets begin two hours apart and start within one. They also lie after 02:00, because a clock change skips or
repeats an hour before it.
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Schedule:
    """Minutes past midnight at which a rule starts, and the days on which it does."""

    hour: int
    day_of_month: str = "*"
    day_of_week: str = "?"
    start_window_minutes: int = 60
    """Minutes within which the job must start; after that it ends EXPIRED."""
    completion_window_minutes: int = 720
    """Minutes after which a running job is cancelled."""

    def cron(self) -> str:
        """AWS's cron text."""
        return f"cron(0 {self.hour} {self.day_of_month} * {self.day_of_week} *)"


DAILY: Final = Schedule(hour=3)
WEEKLY: Final = Schedule(hour=5, day_of_month="?", day_of_week="SUN")
MONTHLY: Final = Schedule(hour=7, day_of_month="1")
