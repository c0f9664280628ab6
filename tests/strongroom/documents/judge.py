"""Decides requests by policy documents as IAM does, for the operators that ours use."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Final

from strongroom.documents.policy import Document, Statement, Values

ORG_PATH: Final = "o-exampleorg1/r-exam/ou-exam-sources1/"


@dataclass(frozen=True)
class Request:
    """One call: who, what, on what, and the other keys of its context."""

    principal: str
    """ARN of a role or an account root, or the name of a service."""
    action: str
    resource: str = "arn:aws:any"
    context: Mapping[str, str | list[str]] = field(default_factory=dict[str, str | list[str]])

    @property
    def keys(self) -> dict[str, list[str]]:
        """The whole context, every key with its values."""
        own: dict[str, str | list[str]] = {}
        if self.principal.startswith("arn:"):
            own = {"aws:PrincipalArn": self.principal, "aws:PrincipalAccount": self.principal.split(":")[4]}
        return {key: [value] if isinstance(value, str) else value for key, value in {**own, **self.context}.items()}


def allowed(document: Document, request: Request) -> bool:
    """Whether some statement allows the request and none denies it."""
    effects = {statement["Effect"] for statement in document["Statement"] if _applies(statement, request)}
    return effects == {"Allow"}


def denied(document: Document, request: Request) -> bool:
    """Whether a statement denies the request, whatever else allows it."""
    return any(s["Effect"] == "Deny" and _applies(s, request) for s in document["Statement"])


def listed(values: Values) -> list[str]:
    """One value, or several, as a list."""
    return [values] if isinstance(values, str) else values


def _applies(statement: Statement, request: Request) -> bool:
    return (
        any(fnmatchcase(request.action, pattern) for pattern in statement["Action"])
        and any(_like(request.resource, pattern) for pattern in listed(statement.get("Resource", "*")))
        and _is_principal(statement, request)
        and all(
            _holds(operator, key, listed(wanted), request.keys)
            for operator, keys in statement.get("Condition", {}).items()
            for key, wanted in keys.items()
        )
    )


def _is_principal(statement: Statement, request: Request) -> bool:
    principal = statement.get("Principal", "*")
    if isinstance(principal, str):
        return principal == "*"
    named = [value for values in principal.values() for value in listed(values)]
    root = f"{':'.join(request.principal.split(':')[:5])}:root" if request.principal.startswith("arn:") else ""
    return any(name in ("*", request.principal, root) for name in named)


def _like(value: str, pattern: str) -> bool:
    return fnmatchcase(value, pattern.replace("[", "[[]"))


def _holds(operator: str, key: str, wanted: list[str], context: Mapping[str, list[str]]) -> bool:
    """A negated operator holds when the key is absent, as in IAM."""
    values = context.get(key)
    if operator == "Null":
        return (values is None) == (wanted == ["true"])
    if values is None:
        return "Not" in operator and not operator.startswith("ForAnyValue")
    test = _TESTS[operator.removeprefix("ForAnyValue:")]
    return any(test(value, wanted) for value in values)


_TESTS: Final[Mapping[str, Callable[[str, list[str]], bool]]] = {
    "StringEquals": lambda value, wanted: value in wanted,
    "StringNotEquals": lambda value, wanted: value not in wanted,
    "StringLike": lambda value, wanted: any(_like(value, pattern) for pattern in wanted),
    "StringNotLike": lambda value, wanted: not any(_like(value, pattern) for pattern in wanted),
    "ArnEquals": lambda value, wanted: any(_like(value, pattern) for pattern in wanted),
    "ArnLike": lambda value, wanted: any(_like(value, pattern) for pattern in wanted),
    "ArnNotLike": lambda value, wanted: not any(_like(value, pattern) for pattern in wanted),
    "Bool": lambda value, wanted: value in wanted,
    "NumericLessThan": lambda value, wanted: float(value) < float(wanted[0]),
}
