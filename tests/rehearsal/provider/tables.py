"""A made-up type with one property of each sort, for tests of the core."""

from typing import Any

from rehearsal.provider.equality import policy_text
from rehearsal.provider.errors import codes
from rehearsal.provider.schema import (
    Autoname,
    Computed,
    Kind,
    Operations,
    Properties,
    Property,
    ResourceType,
)
from rehearsal.provider.validation import between, length, one_of

TOKEN = "aws:test/thing:Thing"

RULE = Property(
    kind=Kind.OBJECT,
    fields={
        "name": Property(required=True),
        "days": Property(kind=Kind.INTEGER, default=30, checks=(between(1, 35),)),
        "chosen": Property(optional_computed=True),
    },
)
PROPERTIES = {
    "name": Property(optional_computed=True, replaces=True, conflicts_with=("namePrefix",)),
    "namePrefix": Property(optional_computed=True, replaces=True),
    "size": Property(kind=Kind.INTEGER, required=True, checks=(between(1, 10),)),
    "mode": Property(default="soft", checks=(one_of("soft", "hard"),)),
    "sealed": Property(kind=Kind.BOOLEAN, replaces=True),
    "key": Property(optional_computed=True, replaces=True),
    "policy": Property(accepts_object=True, canonical=policy_text),
    "password": Property(secret=True),
    "force": Property(kind=Kind.BOOLEAN, default=False, unreadable=True, imported=False),
    "grace": Property(kind=Kind.INTEGER, unreadable=True),
    "events": Property(kind=Kind.SET, item=Property(checks=(one_of("A", "B", "C"),))),
    "rules": Property(kind=Kind.SET, item=RULE),
    "codes": Property(kind=Kind.LIST, checks=(length(1, 2),)),
    "steps": Property(kind=Kind.LIST, item=RULE),
    "shrinking": Property(kind=Kind.INTEGER, replaces=lambda old, new: (new or 0) < (old or 0)),
}


def nothing(*_: Any) -> Any:
    """An operation that no test calls."""
    raise AssertionError("this operation must not be called")


def thing(operations: Operations | None = None, **changes: Any) -> ResourceType:
    """The made-up type, changed at will."""
    fields: dict[str, Any] = {
        "type": TOKEN,
        "label": "Test Thing",
        "source": "https://example.org/thing",
        "properties": PROPERTIES,
        "outputs": {"arn": Computed(), "version": Computed(changes_with=("size",)), "token": Computed(secret=True)},
        "operations": operations or Operations(create=nothing, read=nothing, delete=nothing),
        "tagged": True,
        "autoname": Autoname(),
        "gone": codes("NotThere"),
    }
    return ResourceType(**{**fields, **changes})


def state(**changes: Any) -> Properties:
    """What the state of a thing says; None takes a property away."""
    values: Properties = {
        "name": "n",
        "size": 3,
        "mode": "soft",
        "region": "eu-west-2",
        "tags": {},
        "tagsAll": {},
        "arn": "a",
        **changes,
    }
    return {name: value for name, value in values.items() if value is not None}


def inputs(**changes: Any) -> Properties:
    """The inputs that agree with `state()`."""
    values: Properties = {
        "name": "n",
        "size": 3,
        "mode": "soft",
        "force": False,
        "region": "eu-west-2",
        "tagsAll": {},
        "__defaults": ["force", "mode"],
    }
    return {name: value for name, value in {**values, **changes}.items() if value is not None}
