"""What the steps of a rehearsal found out, collected for its report."""

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True)
class Moment:
    """Something that happened, on the virtual clock."""

    at: datetime
    what: str
    """In a few words."""


@dataclass(frozen=True)
class LossFinding:
    """An account that was lost, and the one that took its place."""

    environment: str
    lost_account: str
    """Account id, twelve digits."""
    fresh_account: str | None = None
    """Account id. Absent: none has joined yet."""


@dataclass(frozen=True)
class TableFinding:
    """What became of a table."""

    table: str
    point_created: datetime | None
    """When its recovery point was made; None: no point was used."""
    expected_items: int
    """As the generator of items says for the instant of the point."""
    recovered_items: int | None
    """Counted in the recovered table; None: there is no such table."""
    equal: bool
    """Whether the digests over all items are the same."""
    rpo: timedelta | None
    """From the point to the loss; None: no point was used."""
    tier: str | None
    """Tier of the vault that the point came from."""


@dataclass(frozen=True)
class Attempt:
    """Something that nobody may be able to do, tried."""

    who: str
    """Role and environment."""
    action: str
    """AWS action, such as backup:DeleteRecoveryPoint."""
    target: str
    """ARN or name."""
    mechanism: str
    """What must stop it, such as the vault's access policy."""
    expected_codes: tuple[str, ...]
    """Error codes of that mechanism; any other one does not count as stopped."""
    got_code: str | None
    """Error code of the answer; None: it succeeded."""
    stopped: bool
    """Whether that mechanism stopped it."""


@dataclass(frozen=True)
class RecoveryFinding:
    """How the recovery of an account went."""

    virtual_rto: timedelta
    """On the virtual clock, from the loss to the last table."""
    operator_seconds: float
    """Seconds that the operator's commands really took."""
    api_calls: Mapping[str, int]
    """AWS calls of the commands, by profile."""
    durations: Mapping[str, str]
    """How long jobs take in the scenario, in words, by kind of job."""


@dataclass(frozen=True)
class VaultFinding:
    """A vault and what lies in it."""

    account: str
    """Account id, twelve digits."""
    name: str
    tier: str | None
    """None: a vault that belongs to no tier, such as a source's own or the landing vault."""
    points: int
    newest: datetime | None
    """When its newest point was made; None: it holds none."""
    locked: bool


@dataclass(frozen=True)
class Found:
    """All findings, in the order in which they were told."""

    moments: tuple[Moment, ...] = ()
    tables: tuple[TableFinding, ...] = ()
    attempts: tuple[Attempt, ...] = ()
    vaults: tuple[VaultFinding, ...] = ()
    losses: tuple[LossFinding, ...] = ()
    recoveries: tuple[RecoveryFinding, ...] = ()


Finding = Moment | TableFinding | Attempt | VaultFinding | LossFinding | RecoveryFinding


class Findings:
    """Takes findings from steps, which may run beside each other."""

    def __init__(self) -> None:
        self._told = list[Finding]()
        self._telling = threading.Lock()

    def moment(self, moment: Moment) -> None:
        """Note something that happened."""
        self._tell(moment)

    def loss(self, loss: LossFinding) -> None:
        """Note that an account was lost; told again with the fresh account, that one counts."""
        self._tell(loss)

    def table(self, table: TableFinding) -> None:
        """Note what became of a table; told again, the last one counts."""
        self._tell(table)

    def attempt(self, attempt: Attempt) -> None:
        """Note something that was tried and what came of it."""
        self._tell(attempt)

    def recovery(self, recovery: RecoveryFinding) -> None:
        """Note how a recovery went; told again, the last one counts."""
        self._tell(recovery)

    def vault(self, vault: VaultFinding) -> None:
        """Note what lies in a vault; told again, the last one counts."""
        self._tell(vault)

    def found(self) -> Found:
        """Return what was told until now."""
        with self._telling:
            told = list(self._told)
        return Found(
            moments=tuple(sorted((one for one in told if isinstance(one, Moment)), key=lambda one: one.at)),
            tables=tuple({one.table: one for one in told if isinstance(one, TableFinding)}.values()),
            attempts=tuple(one for one in told if isinstance(one, Attempt)),
            vaults=tuple({(one.account, one.name): one for one in told if isinstance(one, VaultFinding)}.values()),
            losses=tuple({one.environment: one for one in told if isinstance(one, LossFinding)}.values()),
            recoveries=tuple(one for one in told if isinstance(one, RecoveryFinding))[-1:],
        )

    def _tell(self, finding: Finding) -> None:
        with self._telling:
            self._told.append(finding)
