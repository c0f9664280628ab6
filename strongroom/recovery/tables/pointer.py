"""The parameter that tells programs which table is the present one: a cut-over, and a way back, in one write."""

from dataclasses import dataclass
from typing import Final

from strongroom.aws.errors import FailedError, NotThereError
from strongroom.aws.parameters import Parameters
from strongroom.aws.table_state import TableStates
from strongroom.facts import names
from strongroom.recovery.errors import GuardError
from strongroom.recovery.reapply import differences
from strongroom.recovery.tables import single
from strongroom.recovery.tables.single import Site

_READY: Final = "ACTIVE"


@dataclass(frozen=True)
class Turn:
    """What a parameter holds, and what it is to hold."""

    name: str
    old: str | None
    """None: there is no such parameter yet."""
    new: str

    @property
    def needless(self) -> bool:
        """Whether it points there already."""
        return self.old == self.new


def turn(site: Site, table: str, states: TableStates, parameters: Parameters) -> Turn:
    """Look whether programs may be sent to a table, and where they are sent now.

    Raises:
        NotThereError: there is no such table.
        GuardError: it is not ACTIVE, has another key, or other settings than are declared; a line each.
        AwsError: something cannot be read.
    """
    state = states.state(table)
    if state is None:
        raise NotThereError(f"there is no table {table} in account {site.account}; check the name")
    if state.status != _READY:
        raise GuardError(f"table {table} is {state.status}; wait until it is {_READY}")
    single.keys_agree(site, state)
    wrong = [f"{one.what} is {one.found}, {one.wanted} is declared" for one in differences(site.wanted, state)]
    if wrong:
        again = f"mend it with `strongroom restore settings {site.table.name} {table}`"
        raise GuardError("\n".join(f"table {table}: {sentence}; {again}" for sentence in wrong))
    name = names.table_pointer(site.settings.environment, site.table.name)
    return Turn(name, parameters.value(name), table)


def carry_out(turned: Turn, parameters: Parameters) -> None:
    """Write the parameter and read it back.

    Raises:
        GuardError: it holds something else by now than was shown; nothing is written.
        FailedError: it was written, and holds something else.
        AwsError: AWS refuses.
    """
    now = parameters.value(turned.name)
    if now != turned.old:
        raise GuardError(f"parameter {turned.name} holds {now} by now, {turned.old} was shown; look again")
    parameters.put(turned.name, turned.new)
    found = parameters.value(turned.name)
    if found != turned.new:
        raise FailedError(f"parameter {turned.name} holds {found} after {turned.new} was written; somebody else writes")
