"""What neither pack nor gate is shown: from where a resource's plugin comes, and with whose environment it starts."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from strongroom.checking.findings import Finding
from strongroom.checking.kept import shown

RULE: Final = "plugin-own"


def elsewhere(resources: Sequence[Mapping[str, Any]], file: str) -> Iterator[Finding]:
    """A finding for each resource option that leads to another plugin, or gives it other variables than it has."""
    for one in resources:
        for name in one.get("plugin", ()):
            yield Finding(
                RULE,
                file,
                f"{file}: {shown(one)} has the option {name}, by which a stranger's code or address takes the plugin's"
                " place; take it out",
                one["urn"],
            )
