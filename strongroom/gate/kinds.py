"""What is wrong with a value, in words: pydantic's own say how it is read, not what has to be written."""

from typing import Final

_KINDS: Final = {
    "missing": "is missing",
    "model_type": "must be an object",
    "dict_type": "must be an object",
    "list_type": "must be a list",
    "string_type": "must be text",
    "bool_type": "must be true or false",
    "int_type": "must be a whole number",
}


def misfit(error: str) -> str:
    """What a value must be.

    Args:
        error: Pydantic's type of the error.
    """
    return _KINDS.get(error, f"is of the wrong kind ({error})")
