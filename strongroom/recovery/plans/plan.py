"""The plan of a recovery as plain values: what is taken, what is done with it, and what will not come back.

It is written before the first change and never changed, so that a run that was killed can be taken up by anybody.
"""

import json
from enum import StrEnum
from typing import Annotated, Final, Literal, cast

from pydantic import AfterValidator, AwareDatetime, StrictInt, StrictStr, ValidationError

from strongroom.config.fields import AccountId, Environment, Region, Section, TableName
from strongroom.config.settings import SourceSettings, TierName
from strongroom.config.tables import TableSettings

VERSION: Final = 1
RUN_ALPHABET: Final = "abcdefghijklmnopqrstuvwxyz0123456789"
RUN_LENGTH: Final = 8
"""Characters of a run's id."""


class PlanError(Exception):
    """A document that is no plan which this version can read."""


def _is_a_run(run: str) -> str:
    if len(run) != RUN_LENGTH or set(run) - set(RUN_ALPHABET):
        raise ValueError(f"must be {RUN_LENGTH} of a-z and 0-9, got {run!r}")
    return run


Run = Annotated[StrictStr, AfterValidator(_is_a_run)]


class Fallback(Section):
    """The point to take when the chosen one cannot be copied."""

    point_arn: StrictStr
    vault: StrictStr
    """Name of the central vault that it lies in."""
    tier: TierName
    created: AwareDatetime
    rpo_delta_seconds: StrictInt
    """Seconds by which it is older than the chosen point: changes that would be lost as well."""
    landing_days: StrictInt
    """See `Chosen`."""


class Chosen(Section):
    """The recovery point that a table is brought back from."""

    table: TableName
    point_arn: StrictStr
    vault: StrictStr
    """Name of the central vault that it lies in."""
    tier: TierName
    created: AwareDatetime
    size_bytes: StrictInt | None
    """None: AWS did not say."""
    older_because: StrictStr | None = None
    """Why it is older than most of the set. None: it is not."""
    rpo_seconds: StrictInt
    """Seconds from the point to the making of the plan: changes of that time are lost."""
    landing_days: StrictInt
    """Days to give the copy, counted from the point's creation as AWS counts them: it outlives the recovery."""
    fallback: Fallback | None = None
    """The next older point that is whole. None: there is none."""


class Missing(Section):
    """A table that cannot be brought back, and why."""

    table: TableName
    why: StrictStr


class StepKind(StrEnum):
    """What a step does."""

    KEY = "key"
    VAULT = "vault"
    COPY = "copy"
    RESTORE = "restore"
    SETTINGS = "settings"
    VERIFY = "verify"
    IMPORT = "import"


class Step(Section):
    """One thing that a recovery does."""

    id: StrictStr
    """Its name in the plan and in the journal."""
    kind: StepKind
    table: TableName | None = None
    """None: it is not about one table."""
    account: AccountId
    """Account that it is done in."""
    what: StrictStr
    why: StrictStr
    token: StrictStr | None = None
    """What AWS knows a repeated call by. None: doing it again does no harm."""
    after: tuple[StrictStr, ...] = ()
    """Ids of the steps that it waits for."""


class Quotas(Section):
    """How many jobs may run at the same time, as AWS said when the plan was made."""

    copies: StrictInt
    restores: StrictInt


class Plan(Section):
    """Everything that a recovery needs to know."""

    version: Literal[1] = VERSION
    """Form of this document. Another one is refused, because a field that is not understood may matter."""
    run: Run
    environment: Environment
    region: Region
    made: AwareDatetime
    """By the clock of AWS."""
    at: AwareDatetime | None = None
    """Instant that no point is newer than. None: the newest points."""
    lost_account: AccountId
    target_account: AccountId
    backup_account: AccountId
    settings: SourceSettings
    """Of the source as it was declared, in the new account: `accounts.own` is the target."""
    settings_version: StrictStr
    """Version of the settings manifest in the archive."""
    settings_written: AwareDatetime
    chosen: tuple[Chosen, ...]
    """One point a table, in the order of the settings."""
    missing: tuple[Missing, ...] = ()
    """Tables that were asked for and have no point that can be used."""
    left_behind: tuple[StrictStr, ...]
    """What will not come back, a sentence each."""
    warnings: tuple[StrictStr, ...]
    quotas: Quotas
    steps: tuple[Step, ...]

    def of(self, kind: StepKind) -> tuple[Step, ...]:
        """Steps of one kind, in the order of the plan."""
        return tuple(step for step in self.steps if step.kind is kind)

    def table(self, name: str) -> TableSettings:
        """Settings of a table.

        Raises:
            KeyError: the settings have no such table.
        """
        return {table.name: table for table in self.settings.tables}[name]

    def key_of(self, name: str) -> str | None:
        """ARN of the key that a table is restored under; None: AWS's own, also where its key went with its account."""
        return key_in(self.table(name).kms_key_arn, self.target_account)


def key_in(key_arn: str | None, account: str) -> str | None:
    """A key's ARN when it lies in an account, else None."""
    return key_arn if key_arn and key_arn.split(":")[4] == account else None


def token(run: str, step: str) -> str:
    """What AWS knows a step's call by, however often it is made."""
    return f"{run}-{step}"


def text(plan: Plan) -> str:
    """The document."""
    return json.dumps(plan.model_dump(mode="json", by_alias=True), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def read(document: str) -> Plan:
    """Read a plan back.

    Raises:
        PlanError: no JSON, another version, or content that is no plan.
    """
    try:
        content: object = json.loads(document)
    except json.JSONDecodeError as invalid:
        raise PlanError(f"the plan is not JSON: {invalid}; was it cut off?") from None
    version = cast("dict[str, object]", content).get("version") if isinstance(content, dict) else None
    if version != VERSION:
        raise PlanError(f"the plan has version {version}, this program reads {VERSION}; use the other's")
    try:
        return Plan.model_validate(content)
    except ValidationError as invalid:
        raise PlanError(f"the plan cannot be used: {invalid}") from None
