"""How the emulator refuses: each rule is one function that raises what AWS answers, and says where AWS says so."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, ParamSpec

P = ParamSpec("P")


class Refused(Exception):  # noqa: N818 - reads as what it does: raise Refused(code, message)
    """What the caller of an AWS operation gets instead of an answer."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True)
class Rule:
    """An entry of docs/emulator.md."""

    name: str
    says: str
    source: str
    read: str
    module: str
    """Where it stands, in Python's notation."""


@dataclass(frozen=True)
class Difference:
    """Something that AWS does otherwise; an entry of docs/emulator.md."""

    service: str
    """AWS's name of it, as a heading."""
    says: str


RULES: Final[list[Rule]] = []
DIFFERENCES: Final[list[Difference]] = []


def rule(source: str, *, read: str) -> Callable[[Callable[P, None]], Callable[P, None]]:
    """List a function as a rule; its docstring is the sentence that the documentation shows."""

    def listed(refuse: Callable[P, None]) -> Callable[P, None]:
        says = (refuse.__doc__ or "").strip()
        RULES.append(Rule(refuse.__name__, says, source, read, refuse.__module__))
        return refuse

    return listed


def differs(service: str, *sentences: str) -> None:
    """Say what AWS does otherwise; stands beside the code that could be stricter."""
    DIFFERENCES.extend(Difference(service, sentence) for sentence in sentences)
