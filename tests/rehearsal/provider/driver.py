"""Speaks to the stand-in as the engine does: over gRPC, with values in their wire form."""

# The generated stubs refer to modules that do not exist, so messages are Any here.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false

import json
from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final

import grpc
from pulumi.runtime.proto import provider_pb2, provider_pb2_grpc
from pulumi.runtime.proto.status_pb2 import Status

from rehearsal.provider.configure import MakeClients
from rehearsal.provider.seat import Seat
from rehearsal.provider.server import Servicer
from rehearsal.provider.wire import decode, encode

Values = dict[str, Any]

SEED: Final = b"a seed of the engine"


class CallFailedError(Exception):
    """The provider answered with an error; `half_made` is what the engine keeps of the resource, if anything."""

    def __init__(self, sentence: str, half_made: "Resource | None" = None) -> None:
        super().__init__(sentence)
        self.half_made = half_made


class InputsRefusedError(Exception):
    """Check found failures."""

    def __init__(self, failures: list[tuple[str, str]]) -> None:
        super().__init__("; ".join(f"{path}: {sentence}" if path else sentence for path, sentence in failures))
        self.failures = failures


@dataclass(frozen=True)
class Resource:
    """What the engine keeps of a resource."""

    token: str
    name: str
    id: str
    inputs: Values
    state: Values


@dataclass(frozen=True)
class Difference:
    """What Diff answered."""

    diffs: list[str]
    replaces: list[str]
    detail: dict[str, str]
    delete_before_replace: bool


@dataclass
class Driver:
    """One provider process, inside this one."""

    stub: Any
    seat: Seat
    seed: bytes = field(default=SEED)

    def configure(self, **arguments: Any) -> None:
        """Check the provider's arguments and configure it, as the engine does; lists and objects go as JSON texts."""
        texts = {key: one if isinstance(one, str) else json.dumps(one) for key, one in arguments.items()}
        with _failing():
            answer = self.stub.CheckConfig(
                provider_pb2.CheckRequest(urn=_urn("pulumi:providers:aws", "p"), news=encode(texts))
            )
            _refuse(answer.failures)
            self.stub.Configure(provider_pb2.ConfigureRequest(args=encode(texts), acceptSecrets=True))

    def check(self, token: str, name: str, given: Values, olds: Values | None = None) -> Values:
        """Complete inputs."""
        with _failing():
            request = provider_pb2.CheckRequest(
                urn=_urn(token, name), olds=encode(olds or {}), news=encode(given), randomSeed=self.seed
            )
            answer = self.stub.Check(request)
        _refuse(answer.failures)
        return decode(answer.inputs)

    def create(self, token: str, name: str, given: Values) -> Resource:
        """Check and make a resource."""
        inputs = self.check(token, name, given)
        with _failing(token, name):
            answer = self.stub.Create(provider_pb2.CreateRequest(urn=_urn(token, name), properties=encode(inputs)))
        return Resource(token, name, answer.id, inputs, decode(answer.properties))

    def preview(self, token: str, name: str, given: Values) -> Values:
        """What a preview tells of a new resource."""
        inputs = self.check(token, name, given)
        with _failing():
            request = provider_pb2.CreateRequest(urn=_urn(token, name), properties=encode(inputs), preview=True)
            return decode(self.stub.Create(request).properties)

    def diff(self, made: Resource, given: Values, ignored: tuple[str, ...] = ()) -> Difference:
        """Check new inputs and compare them with the state."""
        inputs = self.check(made.token, made.name, given, made.inputs)
        request = provider_pb2.DiffRequest(
            id=made.id,
            urn=_urn(made.token, made.name),
            olds=encode(made.state),
            old_inputs=encode(made.inputs),
            news=encode(inputs),
            ignoreChanges=ignored,
        )
        with _failing():
            answer = self.stub.Diff(request)
        kinds = {path: provider_pb2.PropertyDiff.Kind.Name(one.kind) for path, one in answer.detailedDiff.items()}
        return Difference(list(answer.diffs), list(answer.replaces), kinds, answer.deleteBeforeReplace)

    def update(self, made: Resource, given: Values, *, preview: bool = False) -> Resource:
        """Check new inputs and bring the resource to them."""
        inputs = self.check(made.token, made.name, given, made.inputs)
        request = provider_pb2.UpdateRequest(
            id=made.id,
            urn=_urn(made.token, made.name),
            olds=encode(made.state),
            old_inputs=encode(made.inputs),
            news=encode(inputs),
            preview=preview,
        )
        with _failing(made.token, made.name):
            answer = self.stub.Update(request)
        return Resource(made.token, made.name, made.id, inputs, decode(answer.properties))

    def refresh(self, made: Resource) -> Resource | None:
        """What AWS holds now; None when it is gone."""
        return self._read(made.token, made.name, made.id, made.state, made.inputs)

    def adopt(self, token: str, name: str, text: str) -> Resource | None:
        """Import by an import id."""
        return self._read(token, name, text, {}, {})

    def delete(self, made: Resource) -> None:
        """Remove the resource."""
        with _failing():
            request = provider_pb2.DeleteRequest(
                id=made.id,
                urn=_urn(made.token, made.name),
                properties=encode(made.state),
                old_inputs=encode(made.inputs),
            )
            self.stub.Delete(request)

    def _read(self, token: str, name: str, text: str, state: Values, inputs: Values) -> Resource | None:
        request = provider_pb2.ReadRequest(
            id=text, urn=_urn(token, name), properties=encode(state), inputs=encode(inputs)
        )
        with _failing():
            answer = self.stub.Read(request)
        if not answer.id:
            return None
        return Resource(token, name, answer.id, decode(answer.inputs), decode(answer.properties))


@contextmanager
def driving(make_clients: MakeClients, **arguments: Any) -> Generator[Driver]:
    """Serve a provider on a free port, configured with `arguments` unless there are none."""
    seat = Seat(make_clients)
    server = grpc.server(ThreadPoolExecutor(4))
    provider_pb2_grpc.add_ResourceProviderServicer_to_server(Servicer(seat), server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    try:
        with grpc.insecure_channel(f"127.0.0.1:{port}") as channel:
            driver = Driver(provider_pb2_grpc.ResourceProviderStub(channel), seat)
            if arguments:
                driver.configure(**arguments)
            yield driver
    finally:
        server.stop(None).wait()


def _urn(token: str, name: str) -> str:
    return f"urn:pulumi:test::strongroom::strongroom:index:Parent${token}::{name}"


def _refuse(failures: Any) -> None:
    if failures:
        raise InputsRefusedError([(one.property, one.reason) for one in failures])


@contextmanager
def _failing(token: str = "", name: str = "") -> Generator[None]:
    try:
        yield
    except grpc.RpcError as error:
        call: Any = error
        raise CallFailedError(call.details(), _half_made(call, token, name)) from None


def _half_made(call: Any, token: str, name: str) -> Resource | None:
    details = dict(call.trailing_metadata() or ()).get("grpc-status-details-bin")
    if not details:
        return None
    kept = provider_pb2.ErrorResourceInitFailed()
    Status.FromString(details).details[0].Unpack(kept)
    return Resource(token, name, kept.id, decode(kept.inputs), decode(kept.properties))
