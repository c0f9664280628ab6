"""What neither pack nor gate asks for: a boundary on each role, whatever its policies give it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from strongroom.checking.findings import Finding
from strongroom.checking.kept import shown

RULE: Final = "role-bounded"
_ROLE: Final = "aws:iam/role:Role"


def unbounded(resources: Sequence[Mapping[str, Any]], file: str) -> Iterator[Finding]:
    """A finding for each role that has no boundary; the deploy role may make none, so that `pulumi up` would fail."""
    for one in resources:
        if one["type"] == _ROLE and not one["inputs"].get("permissionsBoundary"):
            yield Finding(
                RULE,
                file,
                f"{file}: {shown(one)} has no permissions boundary, and the deploy role may not make such a role; it is"
                " required: set permissions_boundary to the policy that `strongroom bootstrap` makes",
                one["urn"],
            )
