"""Lets the SDK decode each message once for all rules, instead of once for each of them.

The SDK turns a resource's properties into Python anew for every policy, and all resources of a stack anew for every
stack policy, which costs more than all rules together: `python -m bench.policies` measures it.
"""

# The SDK and protobuf's JSON are untyped where it matters here; nothing of that leaves this module.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false

from functools import lru_cache
from types import ModuleType
from typing import Any, Final

from google.protobuf import json_format, struct_pb2
from pulumi_policy import policy

_REMEMBERED: Final = 8_192
"""Messages; a stack policy is handed every resource of its stack at once."""


class Once(ModuleType):
    """protobuf's `json_format`, which remembers what it decoded; the SDK copies what it gets before it hands it on."""

    def __getattr__(self, name: str) -> Any:
        """Everything else as it is there."""
        return getattr(json_format, name)

    def MessageToDict(self, message: struct_pb2.Struct) -> dict[str, Any]:  # noqa: N802 - protobuf's name
        """The properties of a resource."""
        return _decoded(message.SerializeToString(deterministic=True))


@lru_cache(maxsize=_REMEMBERED)
def _decoded(properties: bytes) -> dict[str, Any]:
    return json_format.MessageToDict(struct_pb2.Struct.FromString(properties))


def decode_once() -> None:
    """Give the SDK the remembering decoder; an SDK that decodes by other means is left as it is, and is only slower."""
    if getattr(policy, "json_format", None) is json_format:
        setattr(policy, "json_format", Once(json_format.__name__))  # noqa: B010 - no name that type checkers know
