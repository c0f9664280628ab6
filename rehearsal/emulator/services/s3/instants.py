"""How S3 writes an instant, and the midnight from which it counts days."""

from datetime import UTC, datetime, timedelta


def written(at: datetime) -> str:
    """Return an instant as S3's answers have it: UTC, to the millisecond."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"


def parsed(text: str) -> datetime:
    """Return the instant that a text of S3's stands for, aware.

    Raises:
        ValueError: It is no ISO 8601 date.
    """
    found = datetime.fromisoformat(text.strip())
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def midnight_after(at: datetime, days: int) -> datetime:
    """Return the first midnight UTC at which that many whole days have passed: S3 rounds up to the next day."""
    passed = at.astimezone(UTC) + timedelta(days=days)
    midnight = passed.replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight if midnight == passed else midnight + timedelta(days=1)


def years_after(at: datetime, years: int) -> datetime:
    """Return the same day so many years later; of 29 February the 28th, where a year has none."""
    try:
        return at.replace(year=at.year + years)
    except ValueError:
        return at.replace(year=at.year + years, day=28)


def days_left(now: datetime, until: datetime) -> int:
    """Return how many days lie before an instant, the last one however short it is."""
    return -((now - until) // timedelta(days=1))
