"""A request as the permission check sees it."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import unquote

from rehearsal.emulator.objects import json_object


@dataclass(frozen=True)
class Request:
    """One request to one service."""

    service: str
    """MiniStack's name of it."""
    operation: str
    method: str
    path: str
    body: bytes
    region: str
    account: str
    form: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    """Query string and form body."""

    @cached_property
    def content(self) -> dict[str, Any]:
        """The JSON body; empty when there is none."""
        return json_object(self.body)

    def text(self, *names: str) -> str:
        """Return the first of the named parameters that is there, from body, form or query; else an empty string."""
        for name in names:
            value = self.content.get(name) or (self.form.get(name) or [""])[0]
            if isinstance(value, str) and value:
                return value
        return ""

    def segments(self) -> list[str]:
        """Return the parts of the path, decoded."""
        return [unquote(part) for part in self.path.split("/") if part]

    def arn(self, service: str, resource: str) -> str:
        """Return the ARN of a regional resource of the caller's account."""
        return f"arn:aws:{service}:{self.region}:{self.account}:{resource}"
