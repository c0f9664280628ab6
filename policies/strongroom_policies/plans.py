"""Rules about one backup plan: how often, for how long, and when its rules start."""

from collections.abc import Callable, Iterator
from itertools import combinations
from typing import Final

from strongroom_policies.properties import Properties
from strongroom_policies.resource import Resource
from strongroom_policies.rule import Rule, Sentence, Severity, apart, flag, number
from strongroom_policies.schedules import DEFAULT, Schedule, windows
from strongroom_policies.tokens import TypeToken

# https://docs.aws.amazon.com/aws-backup/latest/APIReference/API_Lifecycle.html, read 2026-11-22.
COLD_MINIMUM_DAYS: Final = 90
MOST_DAYS: Final = 36_500
# https://docs.aws.amazon.com/aws-backup/latest/devguide/plan-options-and-configuration.html, read 2026-11-22.
LEAST_START_MINUTES: Final = 60

_PlanRule = Callable[[Resource, Properties, Properties], Iterator[Sentence]]


def _each(check: _PlanRule) -> Callable[[Resource, Properties], Iterator[Sentence]]:
    """Judge the rules of a plan one by one."""

    def judge(plan: Resource, wanted: Properties) -> Iterator[Sentence]:
        yield from apart(*(check(plan, rule, wanted) for rule in plan.properties.parts("rules")))

    return judge


def named(plan: Resource, rule: Properties) -> str:
    """A rule of a plan, as sentences call it."""
    return f"rule {rule.text('ruleName')!r} of {plan}"


def _often_enough(plan: Resource, wanted: Properties) -> Iterator[Sentence]:
    most = wanted.number("maximumHours") or 24
    schedules = [Schedule(rule.text("schedule") or DEFAULT) for rule in plan.properties.parts("rules")]
    gaps = [gap for schedule in schedules if (gap := schedule.longest_gap_hours) is not None]
    if not gaps or min(gaps) > most:
        said = ", ".join(schedule.text for schedule in schedules) or "no rule at all"
        yield (
            f"{plan} has {said}, and none runs every {most} hours; a backup every {most} hours is required: add a rule"
            " with a schedule such as cron(0 3 * * ? *)"
        )


FREQUENCY: Final = Rule(
    name="backup-plan-frequency",
    description="Checks that a plan makes a backup at least once a day.",
    why="What was written since the last backup is lost with the account.",
    controls={
        "AWS Backup Audit Manager": ("BACKUP_PLAN_MIN_FREQUENCY_AND_MIN_RETENTION_CHECK",),
        "NIST 800-53": ("CP-9",),
    },
    severity=Severity.HIGH,
    on=(TypeToken.BACKUP_PLAN,),
    check=_often_enough,
    options={"maximumHours": number(24, "Hours between two backups at most.")},
)


def _possible_life(plan: Resource, rule: Properties, wanted: Properties) -> Iterator[Sentence]:
    yield from apart(*(_life(name, one, wanted) for name, one in _keepers(plan, rule)))


def _keepers(plan: Resource, rule: Properties) -> list[tuple[str, Properties]]:
    """What has a lifecycle: the rule itself and its copy actions, with what sentences call them."""
    subject = named(plan, rule)
    return [(subject, rule), *((f"the copy of {subject}", copy) for copy in rule.parts("copyActions"))]


def _life(name: str, keeper: Properties, wanted: Properties) -> Iterator[Sentence]:
    life = keeper.part("lifecycle")
    delete, cold = life.number("deleteAfter"), life.number("coldStorageAfter")
    least = wanted.number("minimumDays") or 0
    if not delete:
        yield (
            f"{name} keeps its points for ever, and costs for ever; an end is required: set delete_after in its"
            " lifecycle"
        )
        return
    if not least <= delete <= MOST_DAYS:
        yield f"{name} keeps its points for {delete} days; {least} to {MOST_DAYS} are required: change delete_after"
    if cold and delete < cold + COLD_MINIMUM_DAYS:
        yield (
            f"{name} deletes after {delete} days what goes cold after {cold}; {COLD_MINIMUM_DAYS} days in cold storage"
            f" are AWS's minimum: set delete_after to {cold + COLD_MINIMUM_DAYS} or more"
        )
    if cold and cold < (wanted.number("minimumWarmDays") or 0):
        yield (
            f"{name} goes cold after {cold} days; {wanted.number('minimumWarmDays')} warm days are required: raise"
            " cold_storage_after or leave it out"
        )


LIFECYCLE: Final = Rule(
    name="backup-plan-lifecycle",
    description="Checks that points and copies live long enough, have an end, and can go cold as planned.",
    why="A copy action without a lifecycle does not inherit one: its copies are kept and paid for ever.",
    controls={
        "AWS Backup Audit Manager": (
            "BACKUP_PLAN_MIN_FREQUENCY_AND_MIN_RETENTION_CHECK",
            "BACKUP_RECOVERY_POINT_MINIMUM_RETENTION_CHECK",
        ),
        "NIST 800-53": ("CP-9",),
        "ISO 27001:2022": ("A.5.33", "A.8.10"),
    },
    severity=Severity.HIGH,
    on=(TypeToken.BACKUP_PLAN,),
    check=_each(_possible_life),
    options={
        "minimumDays": number(35, "Days for which every point and copy must be kept."),
        "minimumWarmDays": number(8, "Days before a point may go cold."),
    },
)


def _within_its_tier(plan: Resource, rule: Properties, wanted: Properties) -> Iterator[Sentence]:
    tier = wanted.part("tiers").part(rule.text("ruleName") or "")
    low, high = tier.number("floorDays"), tier.number("ceilingDays")
    if low is None or high is None:
        return
    yield from apart(*(_in_range(name, one, low, high) for name, one in _keepers(plan, rule)))


def _in_range(name: str, keeper: Properties, low: int, high: int) -> Iterator[Sentence]:
    days = keeper.part("lifecycle").number("deleteAfter")
    if days is not None and not low <= days <= high:
        yield f"{name} keeps its points for {days} days; {low} to {high} are required in this tier: change delete_after"


TIER_RETENTION: Final = Rule(
    name="backup-plan-tier-retention",
    description="Checks that a rule named after a tier keeps its points within the floor and the ceiling of the tier.",
    why="Tax records deleted too early are a fine, and personal data kept too long is one too.",
    controls={
        "AWS Backup Audit Manager": ("BACKUP_RECOVERY_POINT_MINIMUM_RETENTION_CHECK",),
        "ISO 27001:2022": ("A.5.33", "A.8.10"),
    },
    severity=Severity.HIGH,
    on=(TypeToken.BACKUP_PLAN,),
    check=_each(_within_its_tier),
    options={
        "tiers": {
            "type": "object",
            "additionalProperties": {
                "type": "object",
                "properties": {"floorDays": {"type": "integer"}, "ceilingDays": {"type": "integer"}},
                "required": ["floorDays", "ceilingDays"],
            },
            "default": {
                "daily": {"floorDays": 35, "ceilingDays": 90},
                "weekly": {"floorDays": 90, "ceilingDays": 366},
                "monthly": {"floorDays": 2192, "ceilingDays": 3653},
            },
            "description": "Shortest and longest retention in days, by the name of the rule.",
        }
    },
)


def _starts_in_time(plan: Resource, wanted: Properties) -> Iterator[Sentence]:
    rules = plan.properties.parts("rules")
    yield from apart(
        *(_window(plan, rule, wanted) for rule in rules), *(_overlap(plan, *pair) for pair in combinations(rules, 2))
    )


def _window(plan: Resource, rule: Properties, wanted: Properties) -> Iterator[Sentence]:
    start, end = rule.number("startWindow"), rule.number("completionWindow")
    if start is not None and start < LEAST_START_MINUTES:
        yield (
            f"{named(plan, rule)} may start within {start} minutes; AWS takes {LEAST_START_MINUTES} or more:"
            f" set start_window to {LEAST_START_MINUTES}"
        )
    if start is not None and end is not None and end <= start:
        yield (
            f"{named(plan, rule)} is cancelled after {end} minutes and may start within {start}; time to run is"
            " required: set completion_window above start_window"
        )
    if rule.flag("enableContinuousBackup") and not wanted.flag("allowContinuousBackup"):
        yield (
            f"{named(plan, rule)} asks for continuous backup, which DynamoDB does not have; snapshots are required:"
            " leave enable_continuous_backup out, or set allowContinuousBackup of backup-plan-windows"
        )


def _overlap(plan: Resource, one: Properties, other: Properties) -> Iterator[Sentence]:
    first, second = windows(one), windows(other)
    if first.overlaps(second):
        yield (
            f"rules {first.rule!r} and {second.rule!r} of {plan} may start at the same time, and AWS then runs only the"
            " one that keeps its points longest; windows apart are required: move one schedule or shorten a"
            " start_window"
        )


WINDOWS: Final = Rule(
    name="backup-plan-windows",
    description="Checks that the rules of a plan start apart, have time to start and to end, and make snapshots.",
    why="Where two windows overlap AWS runs one rule only, and the daily backup of that day is never made.",
    controls={"NIST 800-53": ("CP-9",), "ISO 27001:2022": ("A.8.13",)},
    severity=Severity.HIGH,
    on=(TypeToken.BACKUP_PLAN,),
    check=_starts_in_time,
    options={"allowContinuousBackup": flag(default=False, description="Whether rules may ask for continuous backup.")},
)
