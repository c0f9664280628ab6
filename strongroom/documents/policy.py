"""What a policy document is made of."""

from collections.abc import Mapping, Sequence
from typing import Final, Literal, NotRequired, TypedDict

ANYONE: Final = "*"
"""Every principal; in an Allow never without a condition on account or organization."""

Values = str | list[str]
Principal = str | dict[str, Values]
Condition = dict[str, dict[str, Values]]


class Statement(TypedDict):
    """One statement; the fields are IAM's."""

    Sid: str
    Effect: Literal["Allow", "Deny"]
    Principal: NotRequired[Principal]
    Action: list[str]
    Resource: NotRequired[Values]
    Condition: NotRequired[Condition]


class Document(TypedDict):
    """A policy document, ready for JSON."""

    Version: str
    Statement: list[Statement]


def document(*statements: Statement) -> Document:
    """Put statements together."""
    return {"Version": "2012-10-17", "Statement": list(statements)}


def allow(
    sid: str, actions: Sequence[str], resources: Values | Sequence[str], condition: Condition | None = None
) -> Statement:
    """Statement of an identity policy that allows."""
    return _identity(sid, "Allow", actions, resources, condition)


def deny(
    sid: str, actions: Sequence[str], resources: Values | Sequence[str], condition: Condition | None = None
) -> Statement:
    """Statement of an identity policy that denies."""
    return _identity(sid, "Deny", actions, resources, condition)


def when(*parts: Mapping[str, Mapping[str, Values]]) -> Condition:
    """All of several conditions; two on one operator are put together."""
    joined: Condition = {}
    for part in parts:
        for operator, keys in part.items():
            joined[operator] = {**joined.get(operator, {}), **keys}
    return joined


def _identity(
    sid: str,
    effect: Literal["Allow", "Deny"],
    actions: Sequence[str],
    resources: Values | Sequence[str],
    condition: Condition | None,
) -> Statement:
    where = resources if isinstance(resources, str) else list(resources)
    said: Statement = {"Sid": sid, "Effect": effect, "Action": list(actions), "Resource": where}
    if condition:
        said["Condition"] = condition
    return said


def title(name: str) -> str:
    """Name in the letters and digits that statement ids and logical ids take: strongroom-state-ci is StrongroomStateCi.

    Different names stay different: a part that begins with a digit gets an N before it.
    """
    parts = [f"N{part}" if part[:1].isdigit() else part for part in name.split("-")]
    return "".join(part[:1].upper() + part[1:] for part in parts)
