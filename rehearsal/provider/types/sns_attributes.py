"""How the SNS types speak of attributes: a table of names, each written by a call of its own, all texts on the wire."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, cast

from botocore.exceptions import ClientError

from rehearsal.provider.context import Context
from rehearsal.provider.equality import json_text, normalised, policy_text
from rehearsal.provider.errors import codes, during
from rehearsal.provider.schema import Kind, Properties, Property
from rehearsal.provider.waiting import Wait, retried, until

GONE: Final = codes("NotFound", "NotFoundException")
SECONDS: Final = 120.0
"""Seconds for which an attribute is written again: SNS may not know a role or a key that was just made."""

_NOT_YET: Final = codes("InvalidParameter", "InvalidParameterException")


@dataclass(frozen=True)
class Attribute:
    """A property that SNS keeps as an attribute."""

    api: str
    """What SNS calls it."""
    property: Property

    def text(self, value: Any) -> str:
        """The value as SNS takes it; None as what stands for nothing."""
        if self.property.kind is Kind.BOOLEAN:
            return "true" if value else "false"
        if self.property.canonical in (json_text, policy_text):
            return normalised(value or "")
        return "" if value is None else str(value)

    def value(self, text: str) -> Any:
        """The property's value in SNS's text."""
        if self.property.kind is Kind.BOOLEAN:
            return text == "true"
        return int(text) if self.property.kind is Kind.INTEGER else text


def told(table: Mapping[str, Attribute], answer: Mapping[str, str]) -> Properties:
    """The properties that an answer holds."""
    return {name: one.value(answer[one.api]) for name, one in table.items() if answer.get(one.api)}


def wanted(table: Mapping[str, Attribute], inputs: Properties) -> dict[str, str]:
    """The attributes that a new thing needs; what is false, zero or empty is SNS's default already."""
    return {one.api: one.text(inputs[name]) for name, one in table.items() if inputs.get(name)}


def changed(table: Mapping[str, Attribute], inputs: Properties, names: frozenset[str]) -> dict[str, str]:
    """The attributes that an update writes; one that the program dropped is written empty."""
    return {one.api: one.text(inputs.get(name)) for name, one in table.items() if name in names}


def topic_attributes(context: Context, arn: str) -> dict[str, str]:
    """A topic's attributes, once its policy names nobody that SNS cannot resolve (a principal deleted or just made).

    Raises:
        ClientError: SNS refuses, or there is no such topic.
        ProviderError: the policy still names an unresolved principal after two minutes.
    """
    sns = context.clients.client("sns", context.region)
    answers: list[dict[str, str]] = []

    def look() -> str:
        answers.append(sns.get_topic_attributes(TopicArn=arn)["Attributes"])
        return "true" if _principals_resolved(answers[-1].get("Policy", "")) else "false"

    until(context.pace, Wait(target="true", timeout=SECONDS), look)
    return answers[-1]


def find_topic(context: Context, arn: str) -> dict[str, str] | None:
    """A topic's attributes as they are, or None when there is no such topic."""
    try:
        return context.clients.client("sns", context.region).get_topic_attributes(TopicArn=arn)["Attributes"]
    except ClientError as error:
        if GONE(error):
            return None
        raise


def set_topic_attribute(context: Context, arn: str, name: str, text: str) -> None:
    """Write one attribute, again while SNS calls it invalid: a wrong value costs two minutes."""
    sns = context.clients.client("sns", context.region)
    with during(f"setting SNS Topic ({arn}) attribute ({name})"):
        retried(
            context.pace,
            SECONDS,
            _NOT_YET,
            lambda: sns.set_topic_attributes(TopicArn=arn, AttributeName=name, AttributeValue=text),
        )


def region_of(arn: str) -> str | None:
    """The region in an ARN."""
    parts = arn.split(":")
    return parts[3] if len(parts) > 5 else None


def _principals_resolved(policy: str) -> bool:
    """Whether each AWS principal is `*`, an account or an ARN; SNS shows a deleted one as its bare unique id."""
    return all(one == "*" or one.isdigit() or one.startswith("arn:") for one in _principals(policy))


def _principals(policy: str) -> Iterator[str]:
    document: Any = json.loads(policy or "{}")
    statements: Any = document.get("Statement", [])
    for statement in cast("list[Any]", statements if isinstance(statements, list) else [statements]):
        principal = statement.get("Principal", {})
        named: Any = principal if isinstance(principal, str) else principal.get("AWS", [])
        yield from cast("list[str]", [named] if isinstance(named, str) else named)
