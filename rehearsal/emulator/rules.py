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


RULES: Final[list[Rule]] = []


def rule(source: str, *, read: str) -> Callable[[Callable[P, None]], Callable[P, None]]:
    """List a function as a rule; its docstring is the sentence that the documentation shows."""

    def listed(refuse: Callable[P, None]) -> Callable[P, None]:
        RULES.append(Rule(refuse.__name__, (refuse.__doc__ or "").strip(), source, read))
        return refuse

    return listed
