"""The settings of a stack: what each key means, and what may stand there."""

from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from typing import Annotated, Literal
from zoneinfo import available_timezones

from pydantic import (
    BaseModel,
    Field,
    StrictBool,
    StrictStr,
    TypeAdapter,
    ValidationError,
    field_validator,
    model_validator,
)

from strongroom.config.accounts import Accounts, Organization, Pipeline
from strongroom.config.archive import Archive
from strongroom.config.fields import AccountId, Email, Environment, Region, Section
from strongroom.config.lock import Lock
from strongroom.config.problems import SettingsError, sentences, twice
from strongroom.config.retention import Retention
from strongroom.config.tables import TableSettings
from strongroom.config.tiers import TIERS, Tier


class CentralCheck(StrEnum):
    """Whether a source looks at its central side before anything is registered."""

    REQUIRED = "required"
    OFF = "off"
    """For the day on which the backup account itself is lost."""


class CentralSide(Section):
    """How a source treats its central side."""

    check: CentralCheck = CentralCheck.REQUIRED


@cache
def _time_zones() -> frozenset[str]:
    """Every zone that there is; they are looked for in the file system."""
    return frozenset(available_timezones())


class Clock(Section):
    """The time zone that schedules are read in."""

    time_zone: StrictStr = "Etc/UTC"

    @field_validator("time_zone")
    @classmethod
    def _exists(cls, name: str) -> str:
        if name not in _time_zones():
            raise ValueError(f"must be an IANA time zone such as Europe/London, got {name!r}")
        return name


class Adopted(Section):
    """A thing that exists and is to be taken into the stack instead of made."""

    name: StrictStr
    """Logical name of the resource, as `pulumi preview` prints it."""
    id: StrictStr
    """Import id, as the resource's page in the Pulumi registry gives it."""


class Alarms(Section):
    """Where alarms go."""

    emails: tuple[Email, ...] = Field(min_length=1)


class _Common(Section):
    environment: Environment
    region: Region
    accounts: Accounts
    organization: Organization
    pipeline: Pipeline
    alarms: Alarms
    disposable: StrictBool = False
    """Whether destroying the stack may destroy data. Default: no, it is protected and retained."""
    adopt: tuple[Adopted, ...] = ()
    tags: Mapping[StrictStr, StrictStr] = Field(default_factory=dict)
    """Tags of every resource."""

    @field_validator("adopt")
    @classmethod
    def _adopted_once(cls, adopt: tuple[Adopted, ...]) -> tuple[Adopted, ...]:
        return twice(adopt, lambda one: one.name)


_TAKEN = ("backup", "state")


class SourceSettings(_Common):
    """Settings of an account whose data is protected."""

    role: Literal["source"] = "source"
    tables: tuple[TableSettings, ...] = Field(min_length=1)
    retention_days: Retention = Retention()
    archive: Archive = Archive()
    schedule: Clock = Clock()
    central: CentralSide = CentralSide()

    @field_validator("environment")
    @classmethod
    def _profile_is_free(cls, environment: str) -> str:
        if environment in _TAKEN:
            raise ValueError(f"must be another name than {' and '.join(_TAKEN)}, whose profiles are not a source's")
        return environment

    @field_validator("tables")
    @classmethod
    def _tables_named_once(cls, tables: tuple[TableSettings, ...]) -> tuple[TableSettings, ...]:
        return twice(tables, lambda table: table.name)


TierName = Literal["daily", "weekly", "monthly"]


class Source(Section):
    """One source, as the central stack knows it."""

    environment: Environment
    account: AccountId
    retention_days: Retention = Retention()
    archive: Archive = Archive()
    tiers: tuple[Literal["daily", "weekly", "monthly"], ...] = Field(
        default=("daily", "weekly", "monthly"), min_length=1
    )

    @property
    def kept_in(self) -> tuple[Tier, ...]:
        """Tiers that this source copies to."""
        return tuple(TIERS[name] for name in self.tiers)


class CentralSettings(_Common):
    """Settings of the account that keeps the copies."""

    role: Literal["central"] = "central"
    sources: tuple[Source, ...] = Field(min_length=1)
    lock: Lock = Lock()

    @field_validator("sources")
    @classmethod
    def _sources_named_once(cls, sources: tuple[Source, ...]) -> tuple[Source, ...]:
        return twice(sources, lambda source: source.environment)

    @model_validator(mode="after")
    def _own_account_is_the_backup_account(self) -> "CentralSettings":
        if self.accounts.own != self.accounts.backup:
            raise ValueError(f"accounts.own must be accounts.backup ({self.accounts.backup}), got {self.accounts.own}")
        return self


Settings = SourceSettings | CentralSettings

_ROLES: Mapping[object, type[BaseModel]] = {"source": SourceSettings, "central": CentralSettings}
_SETTINGS: TypeAdapter[Settings] = TypeAdapter(Annotated[Settings, Field(discriminator="role")])


def parse(values: Mapping[str, object], *, file: str) -> Settings:
    """Check the keys of one stack.

    Args:
        values: keys without the project's namespace, values as YAML reads them. Empty lists and objects of keys that
            only the other role has count as absent, because Pulumi fills in the defaults of every declared key.
        file: stack file that they stand in, for the error sentences.

    Raises:
        SettingsError: every fault, one sentence each: file, key, value, what is allowed, fix.
    """
    role = _ROLES.get(values.get("role"))
    known = _keys(role) if role else _DECLARED
    said = {
        key: value for key, value in values.items() if key in known or key not in _DECLARED or value not in ([], {})
    }
    try:
        return _SETTINGS.validate_python(said)
    except ValidationError as invalid:
        raise SettingsError(sentences(invalid, file, role)) from None


def _keys(section: type[BaseModel]) -> set[str]:
    return {field.alias or name for name, field in section.model_fields.items()}


_DECLARED = _keys(SourceSettings) | _keys(CentralSettings)
