"""The pack decodes a message once, and to what the SDK would decode it to."""

from typing import Any

import pytest
from google.protobuf import json_format, struct_pb2
from pulumi_policy import policy
from strongroom_policies.decoding import Once


def message(content: dict[str, Any]) -> struct_pb2.Struct:
    made = struct_pb2.Struct()
    made.update(content)
    return made


def test_the_sdk_decodes_by_what_is_replaced() -> None:
    assert vars(policy)["json_format"] is json_format


@pytest.mark.parametrize("content", [{}, {"name": "a", "days": 35, "on": True, "none": None, "in": [{"a": [1]}]}])
def test_a_message_is_decoded_as_the_sdk_decodes_it(content: dict[str, Any]) -> None:
    once = Once("json_format")
    assert once.MessageToDict(message(content)) == json_format.MessageToDict(message(content)) == content
    assert once.MessageToDict(message(content)) is once.MessageToDict(message(content))


def test_two_messages_are_not_taken_for_each_other() -> None:
    once = Once("json_format")
    assert once.MessageToDict(message({"days": 35})) != once.MessageToDict(message({"days": 7}))


def test_what_else_the_sdk_asks_for_is_there() -> None:
    assert Once("json_format").ParseDict is json_format.ParseDict
