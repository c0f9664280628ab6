"""The resource-provider protocol: takes the engine's requests apart, asks the core, and puts the answers together."""

# The generated stubs refer to modules that do not exist, so requests are Any here, and nowhere else.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# pyright: reportIncompatibleMethodOverride=false
# ruff: noqa: N802 - the methods bear the protocol's names

from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import Any, Final

import grpc
from google.protobuf.any_pb2 import Any as AnyMessage
from google.protobuf.empty_pb2 import Empty
from pulumi.runtime.proto import plugin_pb2, provider_pb2, provider_pb2_grpc
from pulumi.runtime.proto.status_pb2 import Status

from rehearsal.provider.check import Asked, check
from rehearsal.provider.diff import diff
from rehearsal.provider.errors import ProviderError
from rehearsal.provider.lifecycle import HalfMadeError, imported
from rehearsal.provider.schema import ResourceType
from rehearsal.provider.seat import Seat
from rehearsal.provider.state import imported_inputs, preview, refreshed_inputs
from rehearsal.provider.wire import Secret, WireError, decode, encode, plain, with_secrets

VERSION: Final = "7.51.1"
"""The release of pulumi-aws whose behaviour the tables repeat."""

_KINDS: Final = {
    ("add", False): provider_pb2.PropertyDiff.ADD,
    ("add", True): provider_pb2.PropertyDiff.ADD_REPLACE,
    ("delete", False): provider_pb2.PropertyDiff.DELETE,
    ("delete", True): provider_pb2.PropertyDiff.DELETE_REPLACE,
    ("update", False): provider_pb2.PropertyDiff.UPDATE,
    ("update", True): provider_pb2.PropertyDiff.UPDATE_REPLACE,
}


class Servicer(provider_pb2_grpc.ResourceProviderServicer):
    """One provider instance; the engine runs a process for each."""

    def __init__(self, seat: Seat) -> None:
        self._seat = seat

    def Handshake(self, request: Any, context: grpc.ServicerContext) -> Any:  # noqa: ARG002 - the protocol's signature
        """Say what the stand-in can take."""
        return provider_pb2.ProviderHandshakeResponse(accept_secrets=True, accept_resources=False, accept_outputs=True)

    def GetPluginInfo(self, request: Any, context: grpc.ServicerContext) -> Any:  # noqa: ARG002 - the protocol's signature
        """Tell the release that is stood in for."""
        return plugin_pb2.PluginInfo(version=VERSION)

    def CheckConfig(self, request: Any, context: grpc.ServicerContext) -> Any:
        """Judge the provider's arguments."""
        with _told(context):
            failures = self._seat.check_config(plain(decode(request.news)))
            return provider_pb2.CheckResponse(inputs=request.news, failures=_failures(failures))

    def DiffConfig(self, request: Any, context: grpc.ServicerContext) -> Any:
        """Compare provider arguments; no change of them replaces a provider."""
        with _told(context):
            old, new = decode(request.old_inputs), decode(request.news)
            names = [name for name in {*old, *new} if old.get(name) != new.get(name)]
            return provider_pb2.DiffResponse(changes=_changes(names), diffs=sorted(names))

    def Configure(self, request: Any, context: grpc.ServicerContext) -> Any:
        """Take the provider's arguments."""
        with _told(context):
            self._seat.configure(plain(decode(request.args)))
            return provider_pb2.ConfigureResponse(
                acceptSecrets=True, supportsPreview=True, acceptResources=False, acceptOutputs=True
            )

    def Check(self, request: Any, context: grpc.ServicerContext) -> Any:
        """Complete and judge a resource's inputs."""
        with _told(context):
            news, olds = decode(request.news), decode(request.olds)
            asked = Asked(_name(request.urn), plain(news), plain(olds), request.randomSeed)
            checked = check(self._kind(request.urn), asked, self._seat.standing)
            inputs = _covered(checked.inputs, news)
            return provider_pb2.CheckResponse(inputs=encode(inputs), failures=_failures(checked.failures))

    def Diff(self, request: Any, context: grpc.ServicerContext) -> Any:
        """Compare a resource's state with its inputs."""
        with _told(context):
            kind, state, inputs = self._kind(request.urn), plain(decode(request.olds)), plain(decode(request.news))
            found = diff(kind, state, inputs, request.ignoreChanges)
            if found.changed:
                self._seat.life(kind, inputs).plan(state, inputs)
            if found.changed and kind.refuse_change and (sentence := kind.refuse_change(state, inputs)):
                raise ProviderError(sentence)
            return provider_pb2.DiffResponse(
                changes=_changes(found.changed),
                diffs=sorted(found.changed),
                replaces=sorted(found.replaces),
                deleteBeforeReplace=bool(found.replaces) and found.delete_before_replace,
                detailedDiff={path: provider_pb2.PropertyDiff(kind=_KINDS[one]) for path, one in found.detail.items()},
                hasDetailedDiff=True,
            )

    def Create(self, request: Any, context: grpc.ServicerContext) -> Any:
        """Make a resource, or tell what its preview knows."""
        with _told(context):
            kind, given = self._kind(request.urn), decode(request.properties)
            inputs = plain(given)
            if request.preview:
                self._seat.life(kind, inputs).plan({}, inputs)
                known = preview(kind, {}, inputs, frozenset())
                return provider_pb2.CreateResponse(properties=_outputs(kind, known, given))
            with _half_made(context, lambda state: _outputs(kind, state, given), request.properties):
                made = self._seat.life(kind, inputs).create(inputs)
            return provider_pb2.CreateResponse(id=made.id, properties=_outputs(kind, made.state, given))

    def Read(self, request: Any, context: grpc.ServicerContext) -> Any:
        """Tell what AWS holds: for a refresh (the state is sent) or an import (an id alone)."""
        with _told(context):
            kind = self._kind(request.urn)
            given, old_inputs = decode(request.properties), decode(request.inputs)
            if not given:
                return self._import(kind, request.id)
            found = self._seat.life(kind, plain(given)).read(request.id, plain(given))
            if found is None:
                return provider_pb2.ReadResponse()
            inputs = refreshed_inputs(plain(old_inputs), found.state)
            return provider_pb2.ReadResponse(
                id=found.id,
                properties=_outputs(kind, found.state, given),
                inputs=encode(_covered(inputs, old_inputs)),
            )

    def Update(self, request: Any, context: grpc.ServicerContext) -> Any:
        """Change a resource, or tell what its preview knows."""
        with _told(context):
            kind, olds, news = self._kind(request.urn), decode(request.olds), decode(request.news)
            state, inputs = plain(olds), plain(news)
            changed = diff(kind, state, inputs, request.ignoreChanges).changed
            if request.preview:
                known = preview(kind, state, inputs, changed)
                return provider_pb2.UpdateResponse(properties=_outputs(kind, known, news))
            with _half_made(context, lambda state: _outputs(kind, state, olds), request.old_inputs):
                after = self._seat.life(kind, state).update(request.id, state, inputs, changed)
            return provider_pb2.UpdateResponse(properties=_outputs(kind, after, news))

    def Delete(self, request: Any, context: grpc.ServicerContext) -> Any:
        """Remove a resource."""
        with _told(context):
            state = plain(decode(request.properties))
            self._seat.life(self._kind(request.urn), state).delete(request.id, state)
            return Empty()

    def Invoke(self, request: Any, context: grpc.ServicerContext) -> Any:
        """Refuse: the program uses no function of the provider."""
        with _told(context):
            raise ProviderError(f"the stand-in for the aws plugin does not know the function {request.tok}")

    def Cancel(self, request: Any, context: grpc.ServicerContext) -> Any:  # noqa: ARG002 - the protocol's signature
        """End every wait."""
        self._seat.cancelled.set()
        return Empty()

    def _kind(self, urn: str) -> ResourceType:
        return self._seat.kind(urn.split("::")[2].rpartition("$")[2])

    def _import(self, kind: ResourceType, text: str) -> Any:
        resource_id, first = imported(kind, text, self._seat.standing.region)
        found = self._seat.life(kind, first).read(resource_id, first)
        if found is None:
            return provider_pb2.ReadResponse()
        return provider_pb2.ReadResponse(
            id=found.id,
            properties=_outputs(kind, found.state, {}),
            inputs=encode(imported_inputs(kind, found.state)),
        )


def _name(urn: str) -> str:
    return urn.split("::", 3)[3]


def _covered(values: dict[str, Any], like: dict[str, Any]) -> dict[str, Any]:
    """`values` with the secrets of `like`; tags that are secret make `tagsAll` secret too."""
    pattern = {**like, "tagsAll": like["tags"]} if "tags" in like else like
    return with_secrets(values, pattern)


def _outputs(kind: ResourceType, values: dict[str, Any], like: dict[str, Any]) -> Any:
    covered = _covered(values, like)
    secret = {name for name, prop in {**kind.properties, **kind.outputs}.items() if prop.secret}
    return encode({name: with_secrets(one, Secret(None)) if name in secret else one for name, one in covered.items()})


def _changes(names: Any) -> Any:
    return provider_pb2.DiffResponse.DIFF_SOME if names else provider_pb2.DiffResponse.DIFF_NONE


def _failures(found: list[tuple[str, str]]) -> list[Any]:
    return [provider_pb2.CheckFailure(property=path, reason=reason) for path, reason in found]


@contextmanager
def _told(context: grpc.ServicerContext) -> Generator[None]:
    """Tell a failure to the engine as one sentence; anything unforeseen goes to gRPC, which logs it."""
    try:
        yield
    except (ProviderError, WireError) as error:
        context.abort(grpc.StatusCode.UNKNOWN, str(error))


@contextmanager
def _half_made(context: grpc.ServicerContext, outputs: Callable[[dict[str, Any]], Any], inputs: Any) -> Generator[None]:
    """Tell the engine to keep a resource that is there, though not as asked."""
    try:
        yield
    except HalfMadeError as error:
        detail = AnyMessage()
        detail.Pack(
            provider_pb2.ErrorResourceInitFailed(
                id=error.resource_id, properties=outputs(error.state), reasons=[str(error)], inputs=inputs
            )
        )
        code = grpc.StatusCode.UNKNOWN
        status = Status(code=code.value[0], message=str(error), details=[detail])
        context.set_trailing_metadata((("grpc-status-details-bin", status.SerializeToString()),))
        context.abort(code, str(error))
