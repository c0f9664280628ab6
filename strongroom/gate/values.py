"""Property values of a preview, with what stands for unknown and secret ones told apart from real text.

Signatures and placeholders: pulumi/pulumi v3.256.0, sdk/go/common/resource/sig/sig.go and plugin/rpc.go beside it, and
pkg/backend/display/json.go, read 2026-11-22.
"""

from collections.abc import Mapping
from enum import Enum
from typing import Final, cast

from strongroom.gate.errors import UnreadableError


class Hidden(Enum):
    """What stands in the place of a value that cannot be compared."""

    UNKNOWN = "known only during `pulumi up`"
    SECRET = "secret"  # noqa: S105 - the word
    OPAQUE = "a file or another resource"


_SIGNATURE: Final = "4dabf18193072939515e22adb298388d"
_SECRET_SIGNATURE: Final = "1b47061264138c4ac30d75fd1eb44270"  # noqa: S105 - marks a secret, is none
_SIGNATURES: Final = {
    _SECRET_SIGNATURE: Hidden.SECRET,
    "c44067f5952c0a294b673a41bacd8c17": Hidden.OPAQUE,  # asset
    "0def7320c3a5731c473e5ecbe6d01bc7": Hidden.OPAQUE,  # archive
    "5cf8f73096256a8f31e491e813e4eb8e": Hidden.OPAQUE,  # resource reference
    "d0e6a833031e9bbcd3f4e8bde6ca49a4": Hidden.OPAQUE,  # output
    "803fd3297a5875dc03ca845dda5d2a98": Hidden.OPAQUE,  # bytes that are no text
}
_PLACEHOLDERS: Final = {
    "[secret]": Hidden.SECRET,
    "04da6b54-80e4-46f7-96ec-b56ff0331ba9": Hidden.UNKNOWN,
    "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7": Hidden.UNKNOWN,
    "3eeb2bf0-c639-47a8-9e75-3b44932eb421": Hidden.UNKNOWN,
    "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2": Hidden.UNKNOWN,
    "030794c1-ac77-496b-92df-f27374a8bd58": Hidden.UNKNOWN,
    "e48ece36-62e2-4504-bad9-02848725956a": Hidden.UNKNOWN,
    "dd056dcd-154b-4c76-9bd3-c8f88648b5ff": Hidden.UNKNOWN,
}


def read(value: object) -> object:
    """A value as the preview holds it, with whatever is hidden as `Hidden`: secrets are gone from here on.

    Raises:
        UnreadableError: it is marked as something that this gate does not know.
    """
    if isinstance(value, str):
        return _PLACEHOLDERS.get(value, value)
    if isinstance(value, list):
        return [read(one) for one in cast("list[object]", value)]
    if isinstance(value, dict):
        return _read_mapping(cast("Mapping[str, object]", value))
    return value


def _read_mapping(value: Mapping[str, object]) -> object:
    if _SIGNATURE not in value:
        return {key: read(one) for key, one in value.items()}
    hidden = _SIGNATURES.get(str(value[_SIGNATURE]))
    if hidden is None:
        raise UnreadableError(
            "marks a value in a way that this gate does not know; what is secret in it cannot be told:"
            " update strongroom"
        )
    return hidden
