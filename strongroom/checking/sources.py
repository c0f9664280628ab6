"""Lints the program itself: what it does by where and when it runs, a preview does not show."""

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from strongroom.checking.findings import Finding

RULE: Final = "program-same-everywhere"
_PROGRAM: Final = (
    "__main__.py",
    "components",
    "stacks",
    "strongroom/config",
    "strongroom/documents",
    "strongroom/facts",
)
"""Modules that decide what is made; `strongroom.aws`, which they ask nothing of that they make, is the door to AWS."""
_MODULES: Final = frozenset(
    (
        *("boto3", "botocore", "ctypes", "http", "importlib", "os", "random", "socket", "subprocess", "time", "urllib"),
        *("stacks.recorder", "stacks.recording"),
    )
)
_NAMES: Final = frozenset(
    ("__import__", "argv", "dry_run", "environ", "eval", "exec", "getenv", "is_dry_run", "modules")
)
_MAY: Final[Mapping[str, frozenset[str]]] = {
    "stacks/recorder.py": frozenset({"os", "environ"}),
    "stacks/recording.py": frozenset({"stacks.recorder"}),
}
"""The two that `strongroom check` runs the program by: one hands it the configuration as the engine does."""


def differing(folder: Path) -> Iterator[Finding]:
    """A finding for each line by which a program could do at `pulumi up` what no preview shows.

    Args:
        folder: Where the program lies.
    """
    for place in _PROGRAM:
        root = folder / place
        for file in [root] if root.is_file() else sorted(root.rglob("*.py")):
            yield from _of(file, file.relative_to(folder).as_posix())


def _of(file: Path, shown: str) -> Iterator[Finding]:
    try:
        tree = ast.parse(file.read_text(encoding="utf-8"))
    except (SyntaxError, ValueError):
        yield Finding(RULE, shown, f"{shown} is no Python; mend it")
        return
    may = _MAY.get(shown, frozenset())
    for node in ast.walk(tree):
        for name in _used(node):
            if name not in may:
                where = f"{shown}, line {getattr(node, 'lineno', 1)}"
                yield Finding(
                    RULE,
                    shown,
                    f"{where}: {name} lets the program do at `pulumi up` what no preview shows; take it out, and take"
                    " what the program must know from the settings",
                )


def _used(node: ast.AST) -> Iterator[str]:
    """Modules and names in one part of a program that it may not use."""
    match node:
        case ast.Import(names=aliases):
            yield from (one for alias in aliases for one in _banned(alias.name))
        case ast.ImportFrom(module=module, names=aliases):
            for alias in aliases:
                # One of the two alone: `from os import environ` is told once.
                told = list(_banned(module or "")) or list(_banned(f"{module}.{alias.name}"))
                yield from told or [name for name in (alias.name,) if name in _NAMES]
        case ast.Attribute(attr=name) | ast.Name(id=name) if name in _NAMES:
            yield name
        case _:
            pass


def _banned(module: str) -> Iterator[str]:
    yield from (one for one in sorted(_MODULES) if module == one or module.startswith(f"{one}."))
