"""The one door to Pulumi's mocks: runs a program without an engine, and keeps what it asked the engine for."""

# Pulumi's mocks are untyped; nothing of that leaves this module.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false

import asyncio
import json
import os
from collections.abc import Callable, Generator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import copy_context
from dataclasses import dataclass, field
from typing import Any, Final

from pulumi.output import Unknown
from pulumi.runtime import mocks, rpc, settings
from pulumi.runtime.proto import engine_pb2
from pulumi.runtime.stack import run_in_stack

_CONFIG: Final = "PULUMI_CONFIG"
_OF_A_PLUGIN: Final = {"plugin_download_url": "pluginDownloadURL", "env_var_mappings": "envVarMappings"}
"""Resource options, by which request to register a resource names them."""


@dataclass(frozen=True)
class Resource:
    """One request to register a resource."""

    type: str
    """Token, such as aws:backup/vault:Vault."""
    name: str
    """Logical name."""
    urn: str
    parent: str
    """urn of the parent; empty for the stack itself."""
    provider: str
    """Logical name of the provider; empty for the default one."""
    inputs: Mapping[str, Any]
    protect: bool
    retain_on_delete: bool
    delete_before_replace: bool
    import_id: str
    ignore_changes: tuple[str, ...]
    depends_on: frozenset[str]
    """urns of what it waits for."""
    property_dependencies: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    """urns that each property was computed from; known even where its value is not."""
    plugin: tuple[str, ...] = ()
    """Options that say from where its plugin comes, or which variables it starts with."""


@dataclass
class Recording:
    """What a program asked the engine for."""

    resources: list[Resource] = field(default_factory=list[Resource])
    """All but the stack, in order."""
    outputs: dict[str, dict[str, Any]] = field(default_factory=dict[str, dict[str, Any]])
    """What the stack and the components registered as outputs, by urn."""
    errors: list[str] = field(default_factory=list[str])
    """What the user was told."""

    def __getitem__(self, name: str) -> Resource:
        """The resource in AWS with this logical name; there must be exactly one."""
        (found,) = [resource for resource in self.in_aws if resource.name == name]
        return found

    @property
    def in_aws(self) -> list[Resource]:
        """Resources that lie in AWS: neither components nor providers."""
        return [resource for resource in self.resources if resource.type.startswith("aws:")]

    @property
    def protected(self) -> set[str]:
        """Logical names of what Pulumi would not delete, or would leave in AWS."""
        return {resource.name for resource in self.resources if resource.protect or resource.retain_on_delete}

    @property
    def exports(self) -> dict[str, Any]:
        """Outputs of the stack."""
        (found,) = [outputs for urn, outputs in self.outputs.items() if "::pulumi:pulumi:Stack::" in urn]
        return found

    def of(self, token: str) -> list[Resource]:
        """Resources of one type."""
        return [resource for resource in self.resources if resource.type == token]


class _Aws(mocks.Mocks):
    """Answers with what was asked for, and with what only AWS knows: unknown until it is made."""

    def __init__(self, *, preview: bool) -> None:
        self._preview = preview

    def new_resource(self, args: mocks.MockResourceArgs) -> tuple[str | None, dict[Any, Any]]:
        told = {key: rpc.UNKNOWN if self._preview else f"{args.name}-{key}" for key in ("arn", "keyId")}
        return "" if self._preview else f"{args.name}-id", {"name": args.name, **told, **_wire(args.inputs)}

    def call(self, args: mocks.MockCallArgs) -> tuple[dict[Any, Any], list[tuple[str, str]] | None]:
        raise AssertionError(f"the program asked the cloud: {args.token}")


def _wire(value: Any) -> Any:
    """Unknown values as Pulumi sends them; it reads them as objects that it cannot send again."""
    match value:
        case Unknown():
            return rpc.UNKNOWN
        case dict():
            return {key: _wire(part) for key, part in value.items()}
        case list():
            return [_wire(part) for part in value]
        case _:
            return value


class _Monitor(mocks.MockMonitor):
    def __init__(self, answers: mocks.Mocks, seen: Recording) -> None:
        super().__init__(answers)
        self._seen = seen

    def RegisterResource(self, request: Any) -> Any:  # noqa: N802 - gRPC's name
        answer = super().RegisterResource(request)
        if request.type != "pulumi:pulumi:Stack":
            self._seen.resources.append(_read(request, answer.urn))
        return answer

    def RegisterResourceOutputs(self, request: Any) -> Any:  # noqa: N802 - gRPC's name
        self._seen.outputs[request.urn] = rpc.deserialize_properties(request.outputs)
        return super().RegisterResourceOutputs(request)


class _Engine(mocks.MockEngine):
    def __init__(self, seen: Recording) -> None:
        super().__init__(None)
        self._seen = seen

    def Log(self, request: Any) -> None:  # noqa: N802 - gRPC's name
        if request.severity == engine_pb2.ERROR:
            self._seen.errors.append(request.message)


def _read(request: Any, urn: str) -> Resource:
    return Resource(
        type=request.type,
        name=request.name,
        urn=urn,
        parent=request.parent,
        provider=request.provider.split("::")[-2] if request.provider else "",
        inputs=rpc.deserialize_properties(request.object, keep_unknowns=True),
        protect=request.protect,
        retain_on_delete=request.retainOnDelete,
        delete_before_replace=request.deleteBeforeReplace,
        import_id=request.importId,
        ignore_changes=tuple(request.ignoreChanges),
        depends_on=frozenset(request.dependencies),
        property_dependencies={key: tuple(one.urns) for key, one in request.propertyDependencies.items()},
        plugin=tuple(name for name, field in _OF_A_PLUGIN.items() if getattr(request, field)),
    )


@dataclass(frozen=True)
class Stack:
    """What the engine tells a program of its stack."""

    name: str = "stack"
    config: Mapping[str, str] = field(default_factory=dict[str, str])
    """Keys with their namespace; values as the engine hands them over."""
    preview: bool = False
    """Whether what only AWS knows is unknown, as it is before anything is made."""


def run(program: Callable[[], object], stack: Stack = Stack()) -> Recording:
    """Run a program that registers resources to its end, and return what it registered.

    What the program raises is raised too.
    """
    seen = Recording()
    record(program, seen, stack)
    return seen


def record(program: Callable[[], object], into: Recording, stack: Stack = Stack()) -> None:
    """As `run`, into a recording that can be looked at when the program raises."""

    def ran() -> None:
        settings.reset_options()
        settings.configure(
            mocks.MockSettings(
                monitor=_Monitor(_Aws(preview=stack.preview), into),
                engine=_Engine(into),
                project="strongroom",
                stack=stack.name,
                dry_run=stack.preview,
            )
        )
        with _configured(stack.config):
            _in_one_thread(program)

    # Pulumi's settings are context variables: in a context of its own a program leaves nothing to the next.
    copy_context().run(ran)


@contextmanager
def _configured(config: Mapping[str, str]) -> Generator[None]:
    """The configuration where the engine leaves it: in the environment of the program."""
    before = os.environ.get(_CONFIG)
    os.environ[_CONFIG] = json.dumps(config)
    try:
        yield
    finally:
        del os.environ[_CONFIG]
        if before is not None:
            os.environ[_CONFIG] = before


def _in_one_thread(program: Callable[[], object]) -> None:
    """Run a program whose requests are answered one after the other: in one order, and with one loop to close."""

    def synchronous() -> None:
        program()

    answering = asyncio.new_event_loop()
    try:
        with asyncio.Runner() as runner:
            thread = ThreadPoolExecutor(1, initializer=asyncio.set_event_loop, initargs=(answering,))
            runner.get_loop().set_default_executor(thread)
            runner.run(run_in_stack(synchronous))
    finally:
        answering.close()
