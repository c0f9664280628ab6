"""Every table against the SDK that programs are written with."""

import sys
from typing import Any

import pulumi_aws
import pytest
from pulumi._types import input_type_py_to_pulumi_names

from rehearsal.provider.check import properties_of
from rehearsal.provider.schema import Kind, Property, ResourceType, no_update
from rehearsal.provider.types import MODULES, every, find

# the SDK's own aliases of S3 types warn when their module is loaded
pytestmark = pytest.mark.filterwarnings("ignore:.*has been deprecated in favor of:DeprecationWarning")

TYPES = every()


def sdk(kind: ResourceType) -> tuple[set[str], set[str]]:
    """The SDK's inputs of a type, and what its state may hold; the service is loaded first, as its files are lazy."""
    _, place, name = kind.type.split(":")
    service: Any = getattr(pulumi_aws, place.partition("/")[0])
    file: Any = sys.modules[getattr(service, name).__module__]
    # where a nested block bears the same name, the SDK calls the resource's own arguments so
    own: Any = getattr(file, f"{name}InitArgs", None) or getattr(file, f"{name}Args")
    arguments = input_type_py_to_pulumi_names(own)
    state = input_type_py_to_pulumi_names(getattr(file, f"_{name}State"))
    return set(arguments.values()), set(state.values())


def nested(fields: dict[str, Property]) -> list[Property]:
    """All properties, those inside others included."""
    found: list[Property] = []
    for prop in fields.values():
        found += [prop, *nested(dict(prop.fields)), *(nested({"item": prop.item}) if prop.item else [])]
    return found


@pytest.mark.parametrize("token", sorted(MODULES))
def test_a_table_names_only_what_the_sdk_has(token: str) -> None:
    kind = TYPES[token]
    arguments, state = sdk(kind)
    assert kind.type == token
    assert set(kind.properties) <= arguments
    assert set(kind.outputs) <= state
    assert kind.regional is ("region" in arguments)
    assert kind.tagged is ("tags" in arguments)


@pytest.mark.parametrize("token", sorted(MODULES))
def test_a_table_is_complete(token: str) -> None:
    kind = TYPES[token]
    assert kind.source.startswith("https://")
    assert (kind.operations.tag is not None) is kind.tagged
    assert not set(kind.properties) & {"region", "tags", "tagsAll"}
    if kind.autoname:
        assert kind.autoname.property in kind.properties
    moves = any(not prop.replaces and not prop.unreadable for prop in kind.properties.values())
    assert (kind.operations.update is not no_update) is moves, (
        "an update is there exactly when something can be updated"
    )


@pytest.mark.parametrize("token", sorted(MODULES))
def test_every_property_of_a_table_is_well_formed(token: str) -> None:
    for prop in nested(properties_of(TYPES[token])):
        assert (prop.kind is Kind.OBJECT) is bool(prop.fields)
        assert prop.item is None or prop.kind in (Kind.LIST, Kind.SET, Kind.MAP)
        assert not (prop.required and prop.default is not None)


def test_a_type_that_is_not_listed_is_not_found() -> None:
    assert find("aws:sqs/queue:Queue") is None
