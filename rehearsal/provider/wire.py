"""Property values between the engine's wire form and Python; nothing else knows the wire's magic strings."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any, Final, cast

from google.protobuf.struct_pb2 import ListValue, Struct, Value

from rehearsal.provider.shapes import is_list, is_object

_SIGNATURE: Final = "4dabf18193072939515e22adb298388d"
_SECRET: Final = "1b47061264138c4ac30d75fd1eb44270"  # noqa: S105 - the wire's mark of a secret, none itself
_OUTPUT: Final = "d0e6a833031e9bbcd3f4e8bde6ca49a4"
_ASSET: Final = "c44067f5952c0a294b673a41bacd8c17"
_ARCHIVE: Final = "0def7320c3a5731c473e5ecbe6d01bc7"
_RESOURCE: Final = "5cf8f73096256a8f31e491e813e4eb8e"
_UNKNOWN_STRING: Final = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
_UNKNOWNS: Final = (
    _UNKNOWN_STRING,
    "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
    "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
    "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
    "030794c1-ac77-496b-92df-f27374a8bd58",
    "e48ece36-62e2-4504-bad9-02848725956a",
    "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
)


class Unknown(Enum):
    """A value that only an apply can tell."""

    UNKNOWN = "unknown"


UNKNOWN: Final = Unknown.UNKNOWN


@dataclass(frozen=True)
class Secret:
    """A value that the engine keeps encrypted."""

    value: Any


@dataclass(frozen=True)
class Asset:
    """The content of a file, as the program gave it."""

    hash: str
    text: str | None = None
    path: str | None = None

    def read(self) -> bytes:
        """The content.

        Raises:
            OSError: the file cannot be read.
        """
        if self.text is not None:
            return self.text.encode()
        with open(self.path or "", "rb") as file:  # noqa: PTH123 - the engine resolves the path, nothing is joined here
            return file.read()


class WireError(Exception):
    """The engine sent a value that the stand-in does not take."""


def decode(struct: Struct | None) -> dict[str, Any]:
    """Property values; secrets are `Secret`, unknown ones `UNKNOWN`, whole numbers `int`.

    Raises:
        WireError: an archive, or an asset from an address.
    """
    return {} if struct is None else {name: _decoded(value) for name, value in struct.fields.items()}


def encode(values: Mapping[str, Any]) -> Struct:
    """The wire form of property values."""
    struct = Struct()
    for name, value in values.items():
        _put(struct.fields[name], value)
    return struct


def plain(value: Any) -> Any:
    """The value without any `Secret` around or inside it."""
    if isinstance(value, Secret):
        return plain(value.value)
    if is_object(value):
        return {name: plain(one) for name, one in value.items()}
    if is_list(value):
        return [plain(one) for one in value]
    return value


def with_secrets(value: Any, like: Any) -> Any:
    """`value`, secret wherever `like` is; what one list of two holds is secret as a whole when their lengths differ."""
    if isinstance(like, Secret):
        return value if isinstance(value, Secret) else Secret(plain(value))
    if is_object(value) and is_object(like):
        pattern = like
        return {name: with_secrets(one, pattern.get(name)) for name, one in value.items()}
    if is_list(value) and is_list(like):
        values, patterns = value, like
        if len(values) == len(patterns):
            return [with_secrets(one, pattern) for one, pattern in zip(values, patterns, strict=True)]
        return Secret(plain(values)) if holds_secret(patterns) else values
    return value


def holds_secret(value: Any) -> bool:
    """Whether a secret is in it."""
    if is_object(value):
        return any(holds_secret(one) for one in value.values())
    if is_list(value):
        return any(holds_secret(one) for one in value)
    return isinstance(value, Secret)


def holds_unknown(value: Any) -> bool:
    """Whether something in it is not known yet."""
    if isinstance(value, Secret):
        return holds_unknown(value.value)
    if is_object(value):
        return any(holds_unknown(one) for one in value.values())
    if is_list(value):
        return any(holds_unknown(one) for one in value)
    return value is UNKNOWN


def _decoded(value: Value) -> Any:
    match value.WhichOneof("kind"):
        case "string_value":
            # a document made by hand may hold an unknown in the middle: then none of it is known
            text = value.string_value
            return UNKNOWN if any(mark in text for mark in _UNKNOWNS) else text
        case "number_value":
            number = value.number_value
            return int(number) if number.is_integer() else number
        case "bool_value":
            return value.bool_value
        case "list_value":
            return [_decoded(one) for one in value.list_value.values]
        case "struct_value":
            return _decoded_object(value.struct_value)
        case _:
            return None


def _decoded_object(struct: Struct) -> Any:
    if _SIGNATURE not in struct.fields:
        return decode(struct)
    signature, fields = struct.fields[_SIGNATURE].string_value, struct.fields
    match signature:
        case str(one) if one == _SECRET:
            return Secret(_decoded(fields["value"]))
        case str(one) if one == _OUTPUT:
            value = _decoded(fields["value"]) if "value" in fields else UNKNOWN
            return Secret(value) if fields["secret"].bool_value else value
        case str(one) if one == _RESOURCE:
            return _decoded(fields["id"])
        case str(one) if one == _ASSET:
            return _asset(struct)
        case _:
            raise WireError("archives are not in the stand-in: give a text or a file")


def _asset(struct: Struct) -> Asset:
    found = {
        name: struct.fields[name].string_value for name in ("hash", "text", "path", "uri") if name in struct.fields
    }
    if found.get("uri"):
        raise WireError(f"an asset from an address is not in the stand-in, got {found['uri']}: give a text or a file")
    path = found.get("path") or None
    return Asset(hash=found.get("hash", ""), text=None if path else found.get("text", ""), path=path)


def _put(into: Value, value: Any) -> None:
    """Write one value; the order matters: a bool is an int, and `Unknown` no plain string."""
    if value is None:
        into.null_value = 0  # pyright: ignore[reportAttributeAccessIssue] - an enum's number, as protobuf takes it
    elif value is UNKNOWN:
        into.string_value = _UNKNOWN_STRING
    elif isinstance(value, bool):
        into.bool_value = value
    elif isinstance(value, int | float):
        into.number_value = value
    elif isinstance(value, str):
        into.string_value = value
    else:
        _put_composite(into, value)


def _put_composite(into: Value, value: Any) -> None:
    if isinstance(value, Secret):
        _put_fields(into.struct_value, {_SIGNATURE: _SECRET, "value": value.value})
    elif isinstance(value, Asset):
        source = {"path": value.path} if value.path else {"text": value.text}
        _put_fields(into.struct_value, {_SIGNATURE: _ASSET, "hash": value.hash, **source})
    elif isinstance(value, Mapping):
        _put_fields(into.struct_value, cast("Mapping[str, Any]", value))
    elif is_list(value):
        into.list_value.CopyFrom(ListValue())
        for one in value:
            _put(into.list_value.values.add(), one)
    else:
        raise TypeError(f"{type(value).__name__} has no wire form")


def _put_fields(struct: Struct, values: Mapping[str, Any]) -> None:
    struct.SetInParent()
    for name, value in values.items():
        _put(struct.fields[name], value)
