"""When two values mean the same to AWS: each function brings a value into one form that can be compared."""

import json
from typing import Any, cast

Json = dict[str, "Json"] | list["Json"] | str | int | float | bool | None

_LISTS = ("Action", "NotAction", "Resource", "NotResource")
_PRINCIPALS = ("Principal", "NotPrincipal")


def as_is(value: Any) -> Any:
    """Compare the value itself."""
    return value


def json_text(value: Any) -> Any:
    """Compare JSON texts by content; the order of lists counts. A text that is no JSON equals only itself."""
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value or "{}")
    except ValueError:
        return ("not json", value)


def policy_text(value: Any) -> Any:
    """Compare policy documents by meaning: statements, actions, resources, principals and condition values are sets.

    One string is a list of one, `"*"` is `{"AWS": "*"}`, an account id is its root's ARN; "" and "{}" are the same.
    """
    document = json_text(value)
    if not isinstance(document, dict):
        return document
    return {
        key: _statements(part) if key == "Statement" else part
        for key, part in cast("dict[str, Json]", document).items()
    }


def normalised(text: str) -> str:
    """A JSON text as the provider keeps it in its state: keys sorted, no spaces. Other texts stay as they are."""
    try:
        return json.dumps(json.loads(text), sort_keys=True, separators=(",", ":"))
    except ValueError:
        return text


def _statements(value: Json) -> list[Json]:
    return _set([_statement(one) for one in _listed(value)])


def _statement(value: Json) -> Json:
    if not isinstance(value, dict):
        return value
    return {key: _element(key, part) for key, part in value.items()}


def _element(key: str, value: Json) -> Json:
    if key in _LISTS:
        return _set([_lowered(one) if "Action" in key else one for one in _listed(value)])
    if key in _PRINCIPALS:
        return _principals(value)
    if key == "Condition" and isinstance(value, dict):
        return {operator: _condition(keys) for operator, keys in value.items()}
    return value


def _principals(value: Json) -> Json:
    named: dict[str, Json] = {"AWS": value} if isinstance(value, str) else value if isinstance(value, dict) else {}
    return {kind: _set([_principal(kind, one) for one in _listed(who)]) for kind, who in named.items()}


def _principal(kind: str, value: Json) -> Json:
    if kind == "AWS" and isinstance(value, str) and value.isdigit() and len(value) == 12:
        return f"arn:aws:iam::{value}:root"
    return value


def _condition(keys: Json) -> Json:
    if not isinstance(keys, dict):
        return keys
    return {
        key: _set([str(one).lower() if isinstance(one, bool) else str(one) for one in _listed(value)])
        for key, value in keys.items()
    }


def _lowered(value: Json) -> Json:
    return value.lower() if isinstance(value, str) else value


def _listed(value: Json) -> list[Json]:
    return value if isinstance(value, list) else [value]


def _set(values: list[Json]) -> list[Json]:
    texts = {json.dumps(one, sort_keys=True) for one in values}
    return [json.loads(text) for text in sorted(texts)]
