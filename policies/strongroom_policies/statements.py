"""Policy documents, as rules about keys, vaults, buckets, topics and roles read them."""

from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Final

from strongroom_policies.properties import Properties

_CALLER: Final = (
    "aws:principalaccount",
    "aws:principalarn",
    "aws:principalorgid",
    "aws:principalorgpaths",
    "aws:sourceaccount",
    "aws:sourcearn",
    "aws:sourceorgid",
    "aws:sourceowner",
    "kms:calleraccount",
)
"""Condition keys that bind a caller to an account or an organization."""
_PRINCIPAL: Final = (
    "aws:principalaccount",
    "aws:principalarn",
    "aws:principalorgid",
    "aws:principalorgpaths",
    "kms:calleraccount",
)
"""Condition keys that speak of roles and users, and so of no service."""
_ANY_ACTION: Final = "\n"
"""No action has this name, so that only what holds every action holds it."""
_SERVICE_CALLS: Final = ("aws:sourceaccount", "aws:sourcearn", "aws:sourceorgid", "aws:sourceorgpaths")
_NARROWING: Final = ("stringequals", "stringlike", "arnequals", "arnlike", "stringequalsignorecase")


@dataclass(frozen=True)
class Statement:
    """One statement."""

    said: Properties

    @property
    def name(self) -> str:
        """Its Sid, or what it is called in a sentence when it has none."""
        return self.said.text("Sid") or "without a Sid"

    @property
    def allows(self) -> bool:
        """Whether its effect is Allow."""
        return self.said.text("Effect") == "Allow"

    @property
    def actions(self) -> tuple[str, ...]:
        """Its actions in lower case, as IAM compares them; NotAction allows every one and denies none for certain."""
        if "NotAction" in self.said:
            return self._for_certain
        return tuple(one.lower() for one in self.said.texts("Action"))

    @property
    def resources(self) -> tuple[str, ...]:
        """Its resources; NotResource allows every one and denies none for certain."""
        return self._for_certain if "NotResource" in self.said else self.said.texts("Resource")

    @property
    def principals(self) -> dict[str, tuple[str, ...]]:
        """Its principals by kind; NotPrincipal allows everybody and denies nobody for certain."""
        if "NotPrincipal" in self.said:
            return {"AWS": self._for_certain}
        if self.said.said("Principal") == "*":
            return {"AWS": ("*",)}
        named = self.said.part("Principal")
        return {kind: named.texts(kind) for kind in named}

    @property
    def anybody(self) -> bool:
        """Whether it names every principal."""
        return "*" in self.principals.get("AWS", ())

    @property
    def services(self) -> tuple[str, ...]:
        """Its service principals."""
        return self.principals.get("Service", ())

    def meets(self, service: str) -> bool:
        """Whether it speaks of a service: by its name, or of everybody without a condition that no service meets."""
        return service in self.services or (self.anybody and not any(self._narrows(key) for key in _PRINCIPAL))

    @property
    def bound_to_callers(self) -> bool:
        """Whether a condition binds the caller to an account, an organization or a role."""
        return any(self._narrows(key) for key in _CALLER)

    @property
    def bound_to_source(self) -> bool:
        """Whether a condition binds a service to the account or thing that it works for."""
        return any(self._narrows(key) for key in _SERVICE_CALLS)

    @property
    def conditional(self) -> bool:
        """Whether there is any condition."""
        return any(True for _ in self.said.part("Condition"))

    def value(self, operator: str, key: str) -> tuple[str, ...]:
        """Values of one condition; none when it is not there."""
        condition = self.said.part("Condition").part(operator)
        found = next((one for one in condition if one.lower() == key.lower()), None)
        if found is None:
            return ()
        value = condition.said(found)
        return (str(value).lower(),) if isinstance(value, bool) else condition.texts(found)

    def narrowed_to(self, key: str) -> Iterator[str]:
        """Values that conditions on a key let in, whatever their operator."""
        return (value for values in self._narrowing(key) for value in values)

    def covers(self, action: str) -> bool:
        """Whether one of its actions is this one or a pattern that holds it."""
        return any(fnmatchcase(action.lower(), one) for one in self.actions)

    def owns(self, service: str) -> bool:
        """Whether one of its actions is a pattern that holds every action of a service, such as kms."""
        return self.covers(f"{service}:{_ANY_ACTION}")

    @property
    def _for_certain(self) -> tuple[str, ...]:
        return ("*",) if self.allows else ()

    def _narrows(self, key: str) -> bool:
        return any(all(_is_narrow(key, value) for value in values) for values in self._narrowing(key))

    def _narrowing(self, key: str) -> Iterator[tuple[str, ...]]:
        """Values of each condition on a key that lets in nobody else."""
        condition = self.said.part("Condition")
        for operator in condition:
            if operator.lower().removeprefix("foranyvalue:") in _NARROWING:
                tests = condition.part(operator)
                yield from (tests.texts(named) for named in tests if named.lower() == key.lower())


def _is_narrow(key: str, value: str) -> bool:
    """Whether one value of a condition names an account or an organization, not a pattern that anybody can meet."""
    if not key.endswith("arn"):
        return len(value.split("*")[0]) > len("o-")
    parts = value.split(":", 5)
    if len(parts) < 6 or "*" in parts[4]:
        return False
    # The ARN of a bucket names no account, and no two buckets have one name.
    return bool(parts[4]) or (key != "aws:principalarn" and parts[5] != "*")


def statements(owner: Properties, key: str) -> Iterator[Statement]:
    """Statements of the document in property `key`."""
    return (Statement(one) for one in owner.json(key).parts("Statement"))


def account_of(principal: str) -> str:
    """Account of a principal: itself, or the one in its ARN; empty when there is none."""
    if principal.isdigit():
        return principal
    parts = principal.split(":")
    return parts[4] if len(parts) > 4 else ""
