"""The check that no answer holds what AWS Backup's model does not know: a slip here would teach a caller a lie."""

from collections.abc import Mapping
from typing import Any, Final

from rehearsal.emulator.services.backup.parameters import Shape

_TYPES: Final[dict[str, tuple[type, ...]]] = {
    "string": (str,),
    "integer": (int,),
    "long": (int,),
    "double": (int, float),
    "boolean": (bool,),
    "timestamp": (int, float),
}


def fitted(shape: Shape, value: Any, where: str) -> Any:
    """Return the value without members that are None.

    Args:
        shape: What botocore's model expects here.
        value: The answer, or a part of it; a timestamp is seconds since 1970.
        where: The part's name, for the error.

    Raises:
        TypeError: a member is unknown, or of another type than the model's.
    """
    if shape.type_name == "structure":
        return _structure(shape, value, where)
    if shape.type_name == "list":
        return [fitted(shape.member, one, where) for one in value]
    if shape.type_name == "map":
        return {key: fitted(shape.value, one, f"{where}.{key}") for key, one in value.items()}
    if not isinstance(value, _TYPES[shape.type_name]):
        raise TypeError(f"{where} must be a {shape.type_name}, the emulator made {value!r}")
    return value


def _structure(shape: Shape, value: Mapping[str, Any], where: str) -> dict[str, Any]:
    unknown = value.keys() - shape.members.keys()
    if unknown:
        raise TypeError(f"{where} has no {', '.join(sorted(unknown))} in botocore's model")
    given = {name: one for name, one in value.items() if one is not None}
    return {
        shape.members[name].serialization.get("name", name): fitted(shape.members[name], one, f"{where}.{name}")
        for name, one in given.items()
    }
