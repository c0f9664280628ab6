"""How steps are put together: the same one for several stacks, and the names of those that it needs."""

from collections.abc import Callable, Iterable

from rehearsal.scenarios.scene import Scene


def on(do: Callable[[Scene, str], None], stack: str) -> Callable[[Scene], None]:
    """Return what a step does on one stack."""
    return lambda scene: do(scene, stack)


def named(what: str, stacks: Iterable[str]) -> tuple[str, ...]:
    """Return the names of the steps that do the same on several stacks."""
    return tuple(f"{what} {stack}" for stack in stacks)
