"""Checks a component's arguments with the models of the settings, before anything is registered."""

from collections.abc import Mapping
from typing import TypeVar

from pydantic import ValidationError

from strongroom.config.fields import AccountId, Environment, Region, Section

S = TypeVar("S", bound=Section)


class Site(Section):
    """Where a component's things lie."""

    environment: Environment
    region: Region


class OwnedSite(Site):
    """Where they lie, and in whose account."""

    account_id: AccountId


def checked(model: type[S], values: Mapping[str, object]) -> S:
    """Read arguments as `model`; those that are None count as absent.

    Raises:
        ValueError: one sentence for each argument that cannot be used.
    """
    try:
        return model.model_validate({key: _whole(value) for key, value in values.items() if value is not None})
    except ValidationError as wrong:
        raise ValueError("\n".join(_sentences(wrong))) from None


def _whole(value: object) -> object:
    """A program in another language sends its whole numbers as floats."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _sentences(wrong: ValidationError) -> list[str]:
    return [
        f"{'.'.join(str(part) for part in fault['loc'])} {fault['msg'].removeprefix('Value error, ')}".strip()
        for fault in wrong.errors(include_url=False)
    ]
