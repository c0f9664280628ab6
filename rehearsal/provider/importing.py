"""Import ids: what follows an `@`, and how composite ones come apart."""

import re
from collections.abc import Callable
from typing import Final

from rehearsal.provider.errors import ProviderError
from rehearsal.provider.schema import Imported

_WITH_REGION: Final = re.compile(r"^(.+)@([a-z]{2}(?:-[a-z]+)+-\d{1,2})$")


def split_region(text: str) -> tuple[str, str | None]:
    """The id and the region after its `@`, if there is one."""
    match = _WITH_REGION.match(text)
    return (match[1], match[2]) if match else (text, None)


def parts(separator: str, *names: str, resource_id: Callable[[dict[str, str]], str]) -> Callable[[str], Imported]:
    """Take an import id apart at `separator` into the inputs `names`; `resource_id` makes the id of them."""

    def take(text: str) -> Imported:
        found = text.split(separator, len(names) - 1)
        if len(found) != len(names) or not all(found):
            raise ProviderError(f"import id must be {separator.join(f'<{name}>' for name in names)}, got '{text}'")
        known = dict(zip(names, found, strict=True))
        return Imported(id=resource_id(known), known=known)

    return take


def from_arn(text: str) -> Imported:
    """Take an ARN, which holds the region itself (nothing for IAM).

    Raises:
        ProviderError: it is none.
    """
    found = text.split(":")
    if len(found) < 6 or found[0] != "arn":
        raise ProviderError(f"import id must be an ARN, got '{text}'")
    return Imported(id=text, region=found[3] or None)
