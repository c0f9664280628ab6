"""Metric math: what an expression makes of the series of a request."""

# https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html (read 2026-11-22)

import ast
import operator
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from rehearsal.emulator.services.cloudwatch import math_functions
from rehearsal.emulator.services.cloudwatch.math_functions import MathError, Series, Value, combined

_WORDS: Final = ((r"&&|\bAND\b", " and "), (r"\|\||\bOR\b", " or "), (r"\^", "**"))
_TEXT: Final = re.compile(r'("[^"]*"|\'[^\']*\')')
Operation = Callable[[float, float], float]

_ARITHMETIC: Final[Mapping[type[ast.operator], Operation]] = {
    ast.Add: lambda one, other: one + other,
    ast.Sub: lambda one, other: one - other,
    ast.Mult: lambda one, other: one * other,
    ast.Div: lambda one, other: one / other,
    ast.Pow: lambda one, other: one**other,
}
_COMPARISON: Final[Mapping[type[ast.cmpop], Callable[[float, float], bool]]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}


@dataclass(frozen=True)
class Names:
    """What the names in an expression stand for."""

    values: Mapping[str, Value]
    """Metrics and expressions by id."""
    metrics: Sequence[str]
    """Ids of the metrics, in the order of the request."""
    places: Sequence[int]
    """Places of the periods that the request is about."""
    period: int
    """Length of a period in seconds."""


def evaluate(expression: str, names: Names) -> Value:
    """Return what an expression comes to.

    Raises:
        MathError: It is none, uses a name or a function that there is not, or mixes what cannot be mixed.
    """
    return _Evaluation(names).of(_parsed(expression))


def references(expression: str) -> set[str]:
    """Return the ids that an expression names; METRICS() names none.

    Raises:
        MathError: It is none.
    """
    nodes = list(ast.walk(_parsed(expression)))
    called = {id(node.func) for node in nodes if isinstance(node, ast.Call)}
    found = {node.id for node in nodes if isinstance(node, ast.Name) and id(node) not in called}
    return found - set(math_functions.WORDS)


def functions(expression: str) -> set[str]:
    """Return the functions that an expression calls.

    Raises:
        MathError: It is none.
    """
    calls = (node for node in ast.walk(_parsed(expression)) if isinstance(node, ast.Call))
    return {call.func.id if isinstance(call.func, ast.Name) else "" for call in calls}


@lru_cache(maxsize=512)
def _parsed(expression: str) -> ast.expr:
    """Read metric math as Python, which it is but for a few words."""
    parts = _TEXT.split(expression)
    for word, replacement in _WORDS:
        parts[::2] = [re.sub(word, replacement, part) for part in parts[::2]]
    try:
        return ast.parse("".join(parts).strip(), mode="eval").body
    except (SyntaxError, ValueError) as error:
        raise MathError(f"{expression!r} is no expression") from error


class _Evaluation:
    """One evaluation; a method for each kind of node."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._kinds: Mapping[type[ast.expr], Callable[..., Value]] = {
            ast.Constant: self._constant,
            ast.Name: self._name,
            ast.List: self._list,
            ast.UnaryOp: self._unary,
            ast.BinOp: self._binary,
            ast.BoolOp: self._logical,
            ast.Compare: self._compare,
            ast.Call: self._call,
        }

    def of(self, node: ast.expr) -> Value:
        kind = self._kinds.get(type(node))
        if kind is None:
            raise MathError(f"{ast.unparse(node)!r} is no metric math")
        return kind(node)

    def _constant(self, node: ast.Constant) -> Value:
        if isinstance(node.value, bool) or not isinstance(node.value, int | float):
            raise MathError(f"{node.value!r} is not a number")
        return float(node.value)

    def _name(self, node: ast.Name) -> Value:
        if node.id not in self._names.values:
            raise MathError(f"the id {node.id!r} is not in the request")
        return self._names.values[node.id]

    def _list(self, node: ast.List) -> Value:
        members: list[Series] = []
        for element in node.elts:
            value = self.of(element)
            if isinstance(value, list):
                members += value
            elif isinstance(value, dict):
                members.append(value)
            else:
                raise MathError("a list is of time series")
        return members

    def _unary(self, node: ast.UnaryOp) -> Value:
        if not isinstance(node.op, ast.USub):
            raise MathError(f"{ast.unparse(node)!r} is no metric math")
        return combined(lambda one, other: one * other, -1.0, self.of(node.operand))

    def _binary(self, node: ast.BinOp) -> Value:
        do = _ARITHMETIC.get(type(node.op))
        if do is None:
            raise MathError(f"{ast.unparse(node)!r} is no metric math")
        return combined(do, self.of(node.left), self.of(node.right))

    def _logical(self, node: ast.BoolOp) -> Value:
        values = [self.of(value) for value in node.values]
        found = values[0]
        for value in values[1:]:
            found = combined(_both if isinstance(node.op, ast.And) else _either, found, value)
        return found

    def _compare(self, node: ast.Compare) -> Value:
        if len(node.ops) != 1:
            raise MathError(f"{ast.unparse(node)!r} compares more than two values")
        do = _COMPARISON.get(type(node.ops[0]))
        if do is None:
            raise MathError(f"{ast.unparse(node)!r} is no metric math")
        return combined(lambda one, other: float(do(one, other)), self.of(node.left), self.of(node.comparators[0]))

    def _call(self, node: ast.Call) -> Value:
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        if name == "METRICS":
            return self._metrics(node)
        if name == "PERIOD":
            return float(self._names.period)
        if name == "TIME_SERIES":
            return math_functions.time_series([self.of(one) for one in node.args], self._names.places)
        if name == "FILL":
            return self._fill(node)
        function = math_functions.FUNCTIONS.get(name)
        if function is None:
            raise MathError(f"the function {name!r} is not supported")
        return function([self.of(argument) for argument in node.args])

    def _metrics(self, node: ast.Call) -> Value:
        wanted = [argument.value for argument in node.args if isinstance(argument, ast.Constant)]
        found = [id_ for id_ in self._names.metrics if not wanted or str(wanted[0]) in id_]
        values = [self._names.values[id_] for id_ in found]
        return [value for value in values if isinstance(value, dict)]

    def _fill(self, node: ast.Call) -> Value:
        if len(node.args) != 2:
            raise MathError("FILL takes a time series and a filler")
        filler = node.args[1]
        word = filler.id if isinstance(filler, ast.Name) and filler.id in math_functions.WORDS else None
        return math_functions.fill(self.of(node.args[0]), word or self.of(filler), self._names.places)


def _both(one: float, other: float) -> float:
    return float(bool(one) and bool(other))


def _either(one: float, other: float) -> float:
    return float(bool(one) or bool(other))
