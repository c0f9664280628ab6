"""Edits of the program's files, by who has to refuse them."""

from typing import Final

from tests.mutations.mutation import Judge, Mutation

NOTHING: Final = "(lambda *_, **__: None)("
"""In the place of a resource that is left out."""


def edit(name: str, file: str, old: str, new: str, by: Judge = Judge.PACK) -> Mutation:
    """An edit of what a source makes, which the pack refuses unless another judge is named."""
    return Mutation(name, f"{file}.py", old, new, by)


def central(name: str, file: str, old: str, new: str, by: Judge = Judge.PACK) -> Mutation:
    """An edit of what the central stack makes."""
    return Mutation(name, f"{file}.py", old, new, by, "backup")


def checked(name: str, file: str, old: str, new: str) -> Mutation:
    """An edit that the pack cannot see."""
    return edit(name, file, old, new, Judge.CHECK)


def gated(name: str, file: str, old: str, new: str) -> Mutation:
    """An edit that only the change itself shows."""
    return edit(name, file, old, new, Judge.GATE)
