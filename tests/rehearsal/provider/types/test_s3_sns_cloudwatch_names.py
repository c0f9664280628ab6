import inspect
import re
import warnings
from collections.abc import Mapping
from types import ModuleType

import pulumi
import pytest

from rehearsal.provider.schema import Kind, Property
from rehearsal.provider.types import MODULES, find

TOKENS = [token for token in MODULES if token.startswith(("aws:s3/", "aws:sns/", "aws:cloudwatch/"))]


def sdk(token: str) -> tuple[ModuleType, type]:
    """The SDK's module and class of a token; the first use loads the module, which warns of its own old names."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        import pulumi_aws

        module: ModuleType = getattr(pulumi_aws, token.split(":")[1].split("/")[0])
        return module, getattr(module, token.rpartition(":")[2])


def camel(snake: str) -> str:
    first, *rest = snake.rstrip("_").split("_")
    return first + "".join(word.capitalize() for word in rest)


def parameters(cls: type, constructor: str) -> dict[str, str]:
    """What a constructor takes, by camelCase name, with the text of its type."""
    signature = inspect.signature(inspect.unwrap(inspect.getattr_static(cls, constructor)))
    return {camel(name): str(one.annotation) for name, one in signature.parameters.items() if name != "__self__"}


def assert_known(module: ModuleType, known: dict[str, str], fields: Mapping[str, Property]) -> None:
    """Each field is an argument, and so are the fields of each block in it."""
    assert set(fields) <= set(known)
    for name, prop in fields.items():
        block = prop.item if prop.kind in (Kind.LIST, Kind.SET) and prop.item else prop
        if block.kind is Kind.OBJECT:
            inner = re.findall(r"\b(\w+Args)\b", known[name])
            assert inner, f"{name} is no block: {known[name]}"
            assert_known(module, parameters(getattr(module, inner[-1]), "__init__"), block.fields)


@pytest.mark.parametrize("token", TOKENS)
def test_the_names_are_those_of_the_sdk(token: str) -> None:
    table, (module, cls) = find(token), sdk(token)
    assert table is not None
    assert table.type == token == pulumi.get_type_token(cls)
    # the classes of arguments of some types and of blocks in others have one name, so ask the resource itself
    assert_known(module, parameters(cls, "_internal_init"), table.properties)
    outputs = {camel(one) for one in dir(cls) if isinstance(getattr(cls, one), property)}
    assert set(table.outputs) <= outputs
    assert ("tagsAll" in outputs) is table.tagged
    assert ("region" in outputs) is table.regional


def test_there_are_types_to_compare() -> None:
    assert len(TOKENS) == 19
