"""The tests' door to the recorder: as it is, and strict, because mocks take inputs that the provider would refuse."""

from collections.abc import Callable

from stacks import recorder
from stacks.recorder import Recording, Resource, Stack
from tests.strict_inputs import refuse_wrong_inputs

__all__ = ["Recording", "Resource", "Stack", "record", "run"]

_ANY = Stack()


def run(program: Callable[[], object], stack: Stack = _ANY) -> Recording:
    """Run a program that registers resources to its end, and return what it registered.

    Raises:
        TypeError: inputs that the provider would refuse. What the program raises is raised too.
    """
    seen = Recording()
    record(program, seen, stack)
    return seen


def record(program: Callable[[], object], into: Recording, stack: Stack = _ANY) -> None:
    """As `run`, into a recording that can be looked at when the program raises."""
    recorder.record(program, into, stack)
    for resource in into.resources:
        refuse_wrong_inputs(resource.type, resource.inputs)
