"""One table of an account that still lives: which it is, what the restored one is called, what its settings are."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from pydantic import TypeAdapter, ValidationError

from strongroom.aws.groups import Recovering
from strongroom.aws.identity import confirm
from strongroom.aws.item_writer import ItemWriter
from strongroom.aws.parameters import Parameters
from strongroom.aws.table_state import TableState, TableStates
from strongroom.config.fields import TableName
from strongroom.config.settings import SourceSettings
from strongroom.config.tables import TableSettings
from strongroom.evidence.items.keys import TableKeys
from strongroom.facts import names
from strongroom.recovery.errors import GuardError, RequestError
from strongroom.recovery.reapply import Wanted, wanted

_NAME: TypeAdapter[str] = TypeAdapter(TableName)


class Singles(Recovering, Protocol):
    """What restoring and cutting over single tables asks of AWS."""

    def item_writer(self, profile: str | None) -> ItemWriter:
        """Writes items of tables of a profile's account."""
        ...

    def parameters(self, profile: str | None) -> Parameters:
        """Parameters of a profile's account."""
        ...


@dataclass(frozen=True)
class Site:
    """A table as it is declared, in its own account."""

    settings: SourceSettings
    table: TableSettings
    now: datetime
    """By AWS's clock."""

    @property
    def profile(self) -> str:
        """AWS profile of the account."""
        return names.profile(self.settings.environment)

    @property
    def account(self) -> str:
        """Id of the account."""
        return self.settings.accounts.own

    @property
    def typed(self) -> str:
        """What is typed before anything is written."""
        return f"{self.account} {self.settings.environment}"

    @property
    def keys(self) -> TableKeys:
        """The table's key."""
        key = self.table.range_key
        return TableKeys(self.table.hash_key.name, key.name if key else None)

    @property
    def wanted(self) -> Wanted:
        """The table's settings."""
        return wanted(self.settings, self.table)

    @property
    def kms_key_arn(self) -> str | None:
        """The table's key, unless it is another account's."""
        arn = self.table.kms_key_arn
        return arn if arn and arn.split(":")[4] == self.account else None


def site(settings: SourceSettings, table: str, aws: Singles) -> Site:
    """Find a table in the settings, and the account that it lives in.

    Raises:
        RequestError: it is not declared.
        WrongAccountError: the profile is in another account.
        AwsError: AWS does not take the credentials.
    """
    declared = next((one for one in settings.tables if one.name == table), None)
    if declared is None:
        known = ", ".join(one.name for one in settings.tables)
        raise RequestError(f"table {table} is not declared in {settings.environment}; there are {known}")
    caller = confirm(names.profile(settings.environment), settings.accounts.own, aws)
    return Site(settings, declared, caller.at)


def target(at: Site, into: str | None, states: TableStates) -> str:
    """Name of the table that is made.

    Args:
        at: What is restored.
        into: Name that was asked for. None: the table's own, with the minute in which it was asked.
        states: Tables of the account.

    Raises:
        RequestError: it is no name of a table.
        GuardError: there is such a table; nothing is ever written over it.
    """
    name = into or f"{at.table.name}-restored-{at.now:%Y%m%d%H%M}"
    try:
        _NAME.validate_python(name)
    except ValidationError as invalid:
        raise RequestError(f"--into {invalid.errors()[0]['msg']}") from None
    found = states.state(name)
    if found is not None:
        raise GuardError(
            f"table {name} exists already ({found.status}) and nothing is written over it; give another name with"
            " --into, or wait a minute"
        )
    return name


def keys_agree(at: Site, table: TableState) -> None:
    """Make sure that a table has the declared key.

    Raises:
        GuardError: it has another.
    """
    declared = [(key.name, key.type.value) for key in (at.table.hash_key, at.table.range_key) if key]
    found = [(key.name, key.type) for key in table.keys]
    if declared != found:
        raise GuardError(f"table {table.name} has the key {_told(found)}, {at.table.name} has {_told(declared)}")


def _told(keys: list[tuple[str, str]]) -> str:
    return ", ".join(f"{name} ({kind})" for name, kind in keys)
