"""The seed document: the organisation that a rehearsal starts from."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from rehearsal.emulator.refusal import ControlRefusedError

ACCOUNT_ID: Final = re.compile(r"\d{12}")
"""https://docs.aws.amazon.com/organizations/latest/APIReference/API_Account.html (read 2026-11-22)."""


@dataclass(frozen=True)
class Unit:
    """An organizational unit below the root."""

    name: str
    id: str


@dataclass(frozen=True)
class Account:
    """An account to be made."""

    name: str
    id: str
    unit: str | None = None
    """Name of its unit; None puts it below the root."""


@dataclass(frozen=True)
class Seed:
    """An organisation with its accounts."""

    id: str
    root: str
    region: str
    management: Account
    units: tuple[Unit, ...]
    accounts: tuple[Account, ...]


def parse(document: Mapping[str, Any]) -> Seed:
    """Read a seed document.

    Raises:
        ControlRefusedError: 400, when something is missing, surplus or names what is not there.
    """
    rest = {name: value for name, value in document.items() if name not in ("management", "units", "accounts")}
    try:
        seed = Seed(
            management=Account(**document["management"]),
            units=tuple(Unit(**unit) for unit in document["units"]),
            accounts=tuple(Account(**account) for account in document["accounts"]),
            **rest,
        )
    except (KeyError, TypeError) as error:
        raise ControlRefusedError(400, f"the seed document does not have the keys it must have: {error}") from None
    _check(seed)
    return seed


def _check(seed: Seed) -> None:
    units = {unit.name for unit in seed.units}
    accounts = (seed.management, *seed.accounts)
    for account in accounts:
        if not ACCOUNT_ID.fullmatch(account.id):
            raise ControlRefusedError(400, f"the id of account {account.name} must be 12 digits, got {account.id!r}")
        if account.unit is not None and account.unit not in units:
            raise ControlRefusedError(
                400, f"account {account.name} is in unit {account.unit!r}, the seed has {sorted(units)}"
            )
    for what in ("id", "name"):
        values = [getattr(account, what) for account in accounts]
        if len(set(values)) < len(values):
            raise ControlRefusedError(400, f"every account needs a {what} of its own, got {values}")
