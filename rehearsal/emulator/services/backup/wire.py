"""Requests to a service that speaks JSON over paths, and their answers, as HTTP carries them: by botocore's model."""
# botocore carries no types; its model is Any by declaration.
# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final, cast
from urllib.parse import unquote

from botocore.loaders import create_loader
from botocore.model import ServiceModel

from rehearsal.emulator.services.backup.answers import fitted
from rehearsal.emulator.services.backup.parameters import (
    checked,
    checked_structure,
    from_text,
    refuse_a_body_that_is_no_json,
)

_LABEL: Final = re.compile(r"\{(\w+)\+?\}")


@dataclass(frozen=True)
class Request:
    """A request as HTTP brings it."""

    method: str
    path: str
    query: Mapping[str, list[str]] = field(default_factory=dict[str, list[str]])
    body: bytes = b""


@dataclass(frozen=True)
class _Route:
    operation: str
    method: str
    path: re.Pattern[str]
    query: frozenset[str]
    literals: int


class Wire:
    """One service's protocol.

    Args:
        service: botocore's name of it: `backup`.
    """

    def __init__(self, service: str) -> None:
        self._model: Any = ServiceModel(create_loader().load_service_model(service, "service-2"), service)

    def operation_of(self, request: Request) -> str | None:
        """Return the name of the operation in botocore's spelling, None when the service has no such route."""
        route = self._route_of(request)
        return route.operation if route else None

    def labels_of(self, request: Request) -> dict[str, str]:
        """Return what the path names, by the name that the model gives it; empty without a route."""
        route = self._route_of(request)
        found = route.path.fullmatch(_trimmed(request.path)) if route else None
        return {name: unquote(value) for name, value in found.groupdict().items()} if found else {}

    def read(self, operation: str, request: Request) -> dict[str, Any]:
        """Return what the request asks, by member name; absent members are absent.

        Raises:
            Refused: a member is missing or its value is none that the service takes.
        """
        shape = self._model.operation_model(operation).input_shape
        if shape is None:
            return {}
        labels, body = self.labels_of(request), _content(request.body)
        asked: dict[str, Any] = {}
        for name, member in shape.members.items():
            place, key = member.serialization.get("location"), member.serialization.get("name", name)
            if place == "uri" and key in labels:
                asked[name] = checked(member, labels[key], name)
            elif place == "querystring" and key in request.query:
                asked[name] = checked(member, from_text(member, request.query[key]), name)
            elif place is None and body.get(key) is not None:
                asked[name] = checked(member, body[key], name)
        checked_structure(shape, asked, operation)
        return asked

    def write(self, operation: str, answer: Mapping[str, object]) -> bytes:
        """Return the answer's JSON; members that are None are left out.

        Raises:
            TypeError: the answer holds what the model of the operation does not, a fault of the emulator.
        """
        shape = self._model.operation_model(operation).output_shape
        return b"" if shape is None else json.dumps(fitted(shape, answer, operation)).encode()

    def _route_of(self, request: Request) -> _Route | None:
        path = _trimmed(request.path)
        for route in self._routes:
            if route.method == request.method and route.query <= request.query.keys() and route.path.fullmatch(path):
                return route
        return None

    @cached_property
    def _routes(self) -> tuple[_Route, ...]:
        routes = [_route(name, self._model.operation_model(name).http) for name in self._model.operation_names]
        return tuple(sorted(routes, key=lambda route: (-route.literals, -len(route.query))))


def _content(body: bytes) -> dict[str, Any]:
    try:
        content = json.loads(body or b"{}")
    except ValueError:
        content = None
    refuse_a_body_that_is_no_json(isinstance(content, dict))
    return cast("dict[str, Any]", content)


def _route(name: str, http: Mapping[str, Any]) -> _Route:
    path, _, query = str(http["requestUri"]).partition("?")
    parts = _trimmed(path).split("/")
    # An ARN in a path brings its own slashes, so a label takes any text.
    pattern = "/".join(_LABEL.sub(r"(?P<\1>.+?)", part) if "{" in part else re.escape(part) for part in parts)
    literals = sum("{" not in part for part in parts)
    return _Route(name, str(http["method"]), re.compile(pattern), frozenset(filter(None, query.split("&"))), literals)


def _trimmed(path: str) -> str:
    return path.rstrip("/") or "/"
