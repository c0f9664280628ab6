"""The real pack as a process of its own, asked the way the engine asks it."""

# The messages are untyped where it matters here; nothing of that leaves this module.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# pyright: reportUnknownLambdaType=false

import subprocess
import sys
import threading
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

import grpc
from google.protobuf import empty_pb2, json_format, struct_pb2
from pulumi.output import Unknown
from pulumi.runtime import rpc
from pulumi.runtime.proto import analyzer_pb2, analyzer_pb2_grpc

from tests.policies.configured import PACK, Configuration
from tests.recorder import Recording, Resource

_PATIENCE_SECONDS: Final = 60
_ENGINES_OWN: Final = "__"
"""How the keys begin that it keeps from a pack that judges, at the top alone; one that mends is sent all of them.

SkipInternalKeys in the engine's analyzer_plugin.go and rpc.go, v3.256.0.
"""


@dataclass(frozen=True)
class Said:
    """One violation."""

    rule: str
    resource: str
    sentence: str
    mandatory: bool


class Pack:
    """A pack that is running."""

    def __init__(self, stub: analyzer_pb2_grpc.AnalyzerStub) -> None:
        self._stub = stub

    def rules(self) -> Mapping[str, Any]:
        """What the pack says of its rules, by name."""
        info = self._stub.GetAnalyzerInfo(empty_pb2.Empty(), timeout=_PATIENCE_SECONDS)
        return {one.name: one for one in info.policies}

    def configure(self, configuration: Configuration) -> None:
        """Configure as the engine does: each rule's level and options, with the defaults of its schema."""
        self._stub.Configure(asked_of(self.rules(), configuration), timeout=_PATIENCE_SECONDS)

    def judge(self, program: Recording) -> list[Said]:
        """Everything that the pack says of what a program registered."""
        found: list[Any] = []
        for request in one_by_one(program):
            found.extend(self._stub.Analyze(request, timeout=_PATIENCE_SECONDS).diagnostics)
        found.extend(self._stub.AnalyzeStack(together(program), timeout=_PATIENCE_SECONDS).diagnostics)
        return [
            Said(one.policyName, one.urn.rsplit("::", 1)[-1], one.message.split("\n")[-1], one.enforcementLevel == 1)
            for one in found
        ]

    def remediate(self, resource: Resource) -> Mapping[str, Any]:
        """Properties that remediations make of one resource; empty when they leave it alone."""
        request = analyzer_pb2.AnalyzeRequest(**_parts(resource, {}, {}))
        request.properties.CopyFrom(_struct(resource.inputs))
        made = self._stub.Remediate(request, timeout=_PATIENCE_SECONDS).remediations
        assert not [one.diagnostic for one in made if one.diagnostic]
        return json_format.MessageToDict(made[-1].properties) if made else {}


@contextmanager
def served() -> Generator[Pack]:
    """Start the pack, and end it."""
    process = subprocess.Popen(
        [sys.executable, "-u", "-m", "pulumi.policy", "127.0.0.1:1", str(PACK)],
        cwd=PACK,
        stdout=subprocess.PIPE,
        text=True,
    )
    # Killed when it does not come up, so that reading its port ends.
    patience = threading.Timer(_PATIENCE_SECONDS, process.kill)
    patience.start()
    try:
        assert process.stdout is not None
        port = process.stdout.readline().strip()
        patience.cancel()
        with grpc.insecure_channel(f"127.0.0.1:{port}") as channel:
            yield Pack(analyzer_pb2_grpc.AnalyzerStub(channel))
    finally:
        patience.cancel()
        process.kill()
        process.communicate(timeout=_PATIENCE_SECONDS)


def asked_of(rules: Mapping[str, Any], configuration: Configuration) -> analyzer_pb2.ConfigureAnalyzerRequest:
    """How the engine hands over the configuration of these rules."""
    said = {name: _configured(one, configuration.get(name, {})) for name, one in rules.items()}
    return analyzer_pb2.ConfigureAnalyzerRequest(policyConfig=said)


def one_by_one(program: Recording) -> list[analyzer_pb2.AnalyzeRequest]:
    """What the engine asks about each resource of a program."""
    providers = _providers(program)
    return [analyzer_pb2.AnalyzeRequest(**_parts(one, one.inputs, providers)) for one in program.resources]


def together(program: Recording) -> analyzer_pb2.AnalyzeStackRequest:
    """What the engine asks about all of them."""
    providers = _providers(program)
    stack = [
        analyzer_pb2.AnalyzerResource(
            **_parts(one, _outputs(one), providers),
            parent=one.parent,
            dependencies=sorted(one.depends_on),
            propertyDependencies={
                key: analyzer_pb2.AnalyzerPropertyDependencies(urns=urns)
                for key, urns in one.property_dependencies.items()
            },
        )
        for one in program.resources
    ]
    return analyzer_pb2.AnalyzeStackRequest(resources=stack)


def _providers(program: Recording) -> dict[str, Resource]:
    return {one.name: one for one in program.of("pulumi:providers:aws")}


def _configured(rule: Any, said: Any) -> analyzer_pb2.PolicyConfig:
    level = said if isinstance(said, str) else said.get("enforcementLevel", "")
    options = {} if isinstance(said, str) else {key: one for key, one in said.items() if key != "enforcementLevel"}
    schema = json_format.MessageToDict(rule.configSchema.properties)
    defaults = {name: one["default"] for name, one in schema.items() if "default" in one}
    asked = analyzer_pb2.EnforcementLevel.Value(level.upper()) if level else rule.enforcementLevel
    configured = analyzer_pb2.PolicyConfig(enforcementLevel=asked)
    configured.properties.update({**defaults, **options})
    return configured


def _parts(one: Resource, properties: Mapping[str, Any], providers: Mapping[str, Resource]) -> dict[str, Any]:
    parts: dict[str, Any] = {
        "type": one.type,
        "name": one.name,
        "urn": one.urn,
        "properties": _shown(properties),
        "options": analyzer_pb2.AnalyzerResourceOptions(
            protect=one.protect,
            ignoreChanges=list(one.ignore_changes),
            deleteBeforeReplace=one.delete_before_replace,
            deleteBeforeReplaceDefined=True,
        ),
    }
    if provider := providers.get(one.provider):
        parts["provider"] = analyzer_pb2.AnalyzerProviderResource(
            type=provider.type, name=provider.name, urn=provider.urn, properties=_shown(provider.inputs)
        )
    return parts


def _outputs(one: Resource) -> dict[str, Any]:
    """What AWS would answer, as the recorder's mocks do."""
    return {"id": f"{one.name}-id", "arn": f"{one.name}-arn", "name": one.name, **one.inputs}


def _shown(values: Mapping[str, Any]) -> struct_pb2.Struct:
    return _struct({key: one for key, one in values.items() if not key.startswith(_ENGINES_OWN)})


def _struct(values: Mapping[str, Any]) -> struct_pb2.Struct:
    made = struct_pb2.Struct()
    made.update(_sent(values))
    return made


def _sent(value: Any) -> Any:
    """A value as it goes over the wire, where what is unknown is a text that nobody writes."""
    match value:
        case Unknown():
            return rpc.UNKNOWN
        case Mapping():
            return {key: _sent(one) for key, one in value.items()}
        case list():
            return [_sent(one) for one in value]
        case _:
            return value
