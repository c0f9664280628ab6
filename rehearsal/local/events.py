"""What the engine reports about one operation, out of the event log that it writes."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic.alias_generators import to_camel

_QUIET: Final = frozenset({"same", "read", "refresh"})


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, alias_generator=to_camel)


class _Metadata(_Part):
    op: str
    urn: str
    diffs: tuple[str, ...] | None = None
    detailed_diff: Mapping[str, object] | None = None

    @property
    def changes(self) -> bool:
        """Whether it says that something is different.

        A refresh calls providers, components and the stack itself updated whenever it has looked at them; only a diff
        tells. Seen with 3.256.0, 2026-11-22.
        """
        return self.op not in _QUIET and (self.op != "update" or bool(self.diffs or self.detailed_diff))


class _Resource(_Part):
    metadata: _Metadata


class _Diagnostic(_Part):
    severity: str
    message: str
    urn: str = ""


class _Summary(_Part):
    resource_changes: Mapping[str, int] | None = None
    result: str = ""


class _Event(_Part):
    diagnostic_event: _Diagnostic | None = None
    resource_pre_event: _Resource | None = None
    res_outputs_event: _Resource | None = None
    summary_event: _Summary | None = None


@dataclass(frozen=True)
class Report:
    """One operation of the engine."""

    changes: Mapping[str, str]
    """Operation by URN, of each resource that was changed or, in a preview, would be."""
    errors: tuple[str, ...]
    """Each error, with the URN that it is about."""
    counts: Mapping[str, int]
    """Number of resources by operation; empty when the engine did not come so far."""

    @property
    def resources(self) -> int:
        """How many resources the operation was about."""
        return sum(self.counts.values())


def read(log: Path) -> Report:
    """Read an event log; one that was never written is an operation that never began."""
    changes: dict[str, str] = {}
    errors: list[str] = []
    counts: dict[str, int] = {}
    for event in _events(log):
        for resource in (event.resource_pre_event, event.res_outputs_event):
            if resource and resource.metadata.changes:
                changes[resource.metadata.urn] = resource.metadata.op
        if event.diagnostic_event and event.diagnostic_event.severity == "error":
            errors.append(f"{event.diagnostic_event.urn} {event.diagnostic_event.message}".strip())
        if event.summary_event:
            counts = dict(event.summary_event.resource_changes or {})
    return Report(changes, tuple(errors), counts)


def _events(log: Path) -> list[_Event]:
    try:
        lines = log.read_bytes().splitlines()
    except FileNotFoundError:
        return []
    events: list[_Event] = []
    for line in lines:
        try:
            events.append(_Event.model_validate_json(line))
        except ValidationError:
            # The engine was killed while it wrote its last line.
            break
    return events
