"""Pages of a list, with AWS Backup's tokens and sizes."""

from collections.abc import Sequence
from typing import Final, TypedDict

from rehearsal.emulator.rules import Refused, rule

_PAGE: Final = "https://docs.aws.amazon.com/aws-backup/latest/APIReference/API_ListBackupVaults.html"
_MOST: Final = 1000


class Paged(TypedDict, total=False):
    """What every list operation may be asked."""

    MaxResults: int
    NextToken: str


@rule(_PAGE, read="2026-11-22")
def refuse_a_token_that_was_not_given(token: str, length: int) -> None:
    """A token that no page of the list ended with is refused."""
    if not (token.isdigit() and int(token) < length):
        raise Refused("InvalidParameterValueException", f"NextToken {token!r} is not one that this list returned.")


def paged(name: str, entries: Sequence[object], asked: Paged) -> dict[str, object]:
    """Return one page.

    Args:
        name: The member that holds the entries.
        entries: The whole list.
        asked: Without `MaxResults` a page has up to 1,000 entries; without `NextToken` it is the first.

    Raises:
        Refused: `NextToken` is none of this list's.
    """
    first = 0
    if "NextToken" in asked:
        refuse_a_token_that_was_not_given(asked["NextToken"], len(entries))
        first = int(asked["NextToken"])
    after = first + asked.get("MaxResults", _MOST)
    return {name: list(entries[first:after]), "NextToken": str(after) if after < len(entries) else None}
