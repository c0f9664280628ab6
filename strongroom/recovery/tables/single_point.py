"""The recovery point that a single table is brought back from, out of a vault of its own account."""

from datetime import datetime

from strongroom.aws.errors import NotThereError
from strongroom.aws.points import Point, Points
from strongroom.facts import names
from strongroom.recovery.errors import GuardError, RequestError
from strongroom.recovery.instants import exact
from strongroom.recovery.plans.usable import is_of
from strongroom.recovery.tables.single import Site


def named(site: Site, arn: str, vault: str, points: Points) -> Point:
    """The point of an ARN.

    Raises:
        NotThereError: there is none in the vault.
        RequestError: it was taken of something else.
        GuardError: it is not whole.
        AwsError: it cannot be read.
    """
    found = points.point(vault, arn)
    if found is None:
        raise NotThereError(f"vault {vault} holds no recovery point {arn}; it expired, or lies in another vault")
    if not is_of(found, site.table.name):
        raise RequestError(f"--point is of {found.resource_arn}, and table {site.table.name} was asked for")
    if not found.whole:
        raise GuardError(f"recovery point {arn} is {found.status}, so that it cannot be restored; take another one")
    return found


def newest(site: Site, at: datetime | None, points: Points) -> Point:
    """The newest whole point in the vault of the environment.

    Args:
        site: Of which table.
        at: It must not be newer. None: whatever is newest.
        points: Of the account.

    Raises:
        NotThereError: no vault, or no such point.
        AwsError: the vault cannot be read.
    """
    vault = names.local_vault(site.settings.environment)
    held = [point for point in points.in_vault(vault) if is_of(point, site.table.name)]
    good = [point for point in held if point.whole and (at is None or point.created <= at)]
    if good:
        return max(good, key=lambda point: (point.created, point.arn))
    until = f" until {exact(at)}" if at else ""
    others = ", ".join(f"{point.status} of {exact(point.created)}" for point in sorted(held, key=lambda one: one.arn))
    raise NotThereError(
        f"vault {vault} holds no whole recovery point of table {site.table.name}{until}"
        + (f"; it holds {others}" if others else "")
    )
