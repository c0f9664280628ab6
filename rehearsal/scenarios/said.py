"""What the operator's commands print with --json, as far as the rehearsal reads it."""

from collections.abc import Mapping

from pydantic import AwareDatetime, BaseModel, ConfigDict
from pydantic.alias_generators import to_camel


class _Said(BaseModel):
    model_config = ConfigDict(frozen=True, alias_generator=to_camel, extra="ignore", populate_by_name=True)


class Chosen(_Said):
    """The point of a table, as `dr plan --json` says it."""

    table: str
    tier: str
    created: AwareDatetime
    older_because: str | None = None


class Plan(_Said):
    """What `dr plan --json` says."""

    target_account: str
    chosen: tuple[Chosen, ...]
    left_behind: tuple[str, ...]


class Table(_Said):
    """A table, as `dr run --json` says it."""

    table: str
    point_created: AwareDatetime | None
    state: str
    items: int | None
    digest: str | None
    fault: str | None = None


class Outcome(_Said):
    """What `dr run --json` says."""

    run: str
    target_account: str
    begun: AwareDatetime
    ended: AwareDatetime
    operator_seconds: float
    api_calls: Mapping[str, int]
    tables: tuple[Table, ...]
    stack_file: str


class Finding(_Said):
    """Something that `doctor --json` found."""

    level: str
    what: str
    fix: str | None = None


class Examined(_Said):
    """What `doctor --json` says."""

    findings: tuple[Finding, ...]


class Fault(_Said):
    """Something that `verify --json` found."""

    kind: str
    subject: str
    sentence: str


class Judged(_Said):
    """What `verify --json` says."""

    findings: tuple[Fault, ...]
