"""KMS: new material on demand, which MiniStack does not know."""

from collections.abc import Callable
from typing import Any, Final

from rehearsal.emulator import clock, door
from rehearsal.emulator.rules import Refused, differs, rule
from rehearsal.emulator.services.kms.using import refuse_a_disabled_key, refuse_a_key_in_another_state
from rehearsal.emulator.services.refusing import refusing

_API: Final = "https://docs.aws.amazon.com/kms/latest/APIReference/API_RotateKeyOnDemand.html"
_READ: Final = "2026-11-22"
_MOST: Final = 25
_ROTATIONS: Final = "_rotations"

differs("KMS", "Automatic rotation is kept as a setting; it makes no new material, and ListKeyRotations omits it.")


@rule(_API, read=_READ)
def refuse_to_rotate_an_absent_key(name: str, key: door.Record | None) -> None:
    """A key that is rotated exists in the caller's account and region."""
    if key is None:
        raise Refused("NotFoundException", f"Key '{name}' does not exist")


@rule(_API, read=_READ)
def refuse_to_rotate_what_has_no_material_of_kms(key: door.Record) -> None:
    """Only a symmetric encryption key is rotated on demand."""
    if key["KeySpec"] != "SYMMETRIC_DEFAULT":
        raise Refused("UnsupportedOperationException", f"{key['Arn']} does not support rotation.")


@rule(_API, read=_READ)
def refuse_a_rotation_too_many(done: int) -> None:
    """A key is rotated on demand 25 times at most."""
    if done >= _MOST:
        raise Refused("LimitExceededException", "The on-demand rotation quota of this key is exhausted.")


@refusing("kms")
def rotate_on_demand(asked: door.Record) -> Any:
    """Give a key new material."""
    key = _key(asked)
    refuse_to_rotate_what_has_no_material_of_kms(key)
    refuse_a_disabled_key(key["Arn"], key["KeyState"])
    refuse_a_key_in_another_state(key["Arn"], key["KeyState"])
    done: list[float] = key.get(_ROTATIONS) or []
    refuse_a_rotation_too_many(len(done))
    key[_ROTATIONS] = [*done, clock.now().timestamp()]
    return door.responses.json_response({"KeyId": key["Arn"]})


@refusing("kms")
def list_rotations(asked: door.Record) -> Any:
    """List when a key was rotated."""
    key = _key(asked)
    done: list[float] = key.get(_ROTATIONS) or []
    listed = [{"KeyId": key["Arn"], "RotationDate": instant, "RotationType": "ON_DEMAND"} for instant in done]
    return door.responses.json_response({"Rotations": listed, "Truncated": False})


OPERATIONS: Final[dict[str, Callable[[door.Record], Any]]] = {
    "ListKeyRotations": list_rotations,
    "RotateKeyOnDemand": rotate_on_demand,
}
"""What KMS answers besides MiniStack's operations."""


def _key(asked: door.Record) -> Any:
    name = asked.get("KeyId", "")
    key = door.kms._resolve_key(name)  # noqa: SLF001 - MiniStack has no public look-up
    refuse_to_rotate_an_absent_key(name, key)
    return key
