"""Answers that lack what was asked for: an error, because a list that was cut off is not an empty one."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, TypeVar, overload

from strongroom.aws.errors import FailedError, translated

if TYPE_CHECKING:
    from botocore.paginate import PageIterator

T = TypeVar("T")
Page = TypeVar("Page", bound=Mapping[str, object])


def there(value: T | None, name: str, what: str) -> T:
    """Return a member of an answer that every true answer holds.

    Args:
        value: The member; botocore leaves out what the body lacks, and gives an empty list where the body has one.
        name: Its name.
        what: What was being done, as `translated` takes it.

    Raises:
        FailedError: it is absent.
    """
    if value is None:
        raise FailedError(f"{what}: AWS gave an answer without {name}; it may have been cut off; try again")
    return value


@overload
def utc(said: datetime) -> datetime: ...


@overload
def utc(said: datetime | None) -> datetime | None: ...


def utc(said: datetime | None) -> datetime | None:
    """An instant of an answer in UTC; botocore gives some in the zone of whoever runs the program. None stays None."""
    return None if said is None else said.astimezone(UTC)


def pages(found: "PageIterator[Page]", what: str, needed: str) -> Iterator[Page]:
    """All pages of a listing, each with its list.

    Raises:
        AwsError: a page cannot be read, or lacks the list.
    """
    with translated(what):
        for page in found:
            there(page.get(needed), needed, what)
            yield page
