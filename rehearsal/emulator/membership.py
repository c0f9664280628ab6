"""Which organisation an account belongs to, and where in it."""

from dataclasses import dataclass

from rehearsal.emulator import door
from rehearsal.emulator.authorization.memory import MEMORY


@dataclass(frozen=True)
class Membership:
    """An account's place in an organisation."""

    organization: str
    management: str
    path: str
    """`o-.../r-.../ou-.../`, as in aws:PrincipalOrgPaths."""


def membership(account: str) -> Membership | None:
    """Return where an account stands; None when it is in no organisation."""
    return MEMORY.remember(("membership", account), lambda: _found(account))


def _found(account: str) -> Membership | None:
    tables = door.organizations
    for management, member in tables._accounts.to_dict():  # noqa: SLF001
        organization = tables._orgs.get_scoped(management, None, "self")  # noqa: SLF001
        if member == account and organization:
            return Membership(organization["Id"], management, _path(organization["Id"], management, account))
    return None


def _path(organization: str, management: str, account: str) -> str:
    tables = door.organizations
    parts: list[str] = []
    parent: str | None = tables._accounts.get_scoped(management, None, account)["_ParentId"]  # noqa: SLF001
    while parent:
        parts.insert(0, parent)
        unit = tables._ous.get_scoped(management, None, parent)  # noqa: SLF001
        parent = unit["_ParentId"] if unit else None
    return "/".join([organization, *parts, ""])
