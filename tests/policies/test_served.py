"""The pack is asked as the engine asks."""

from collections.abc import Mapping
from dataclasses import replace

from google.protobuf import json_format, struct_pb2

from tests.policies.served import one_by_one, together
from tests.recorder import Recording
from tests.stacks import world

INPUTS: Mapping[str, object] = {"__defaults": ["name"], "rule": {"__defaults": []}}


def read(properties: struct_pb2.Struct) -> object:
    return json_format.MessageToDict(properties)


def test_the_engines_own_keys_are_sent_within_properties_alone() -> None:
    resource = replace(world.recorded(world.STACKS[0]).resources[0], inputs=INPUTS)
    program = Recording([resource])
    assert read(one_by_one(program)[0].properties) == {"rule": {"__defaults": []}}
    assert "__defaults" not in together(program).resources[0].properties.fields
