"""Everybody who could refuse an edit, asked without an engine or a cloud."""

import importlib.util
import inspect
import io
import json
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

from strongroom_policies import offline

from stacks import recording
from strongroom.checking import (
    actions,
    agreement,
    bounded,
    check,
    configuration,
    documents,
    kept,
    plugins,
    projects,
    sources,
)
from strongroom.checking.findings import Finding, Level
from strongroom.cli import gate_judge
from strongroom.cli.exits import Exit
from strongroom.cli.faults import FAULTS
from strongroom.cli.output import Output
from strongroom.config import stackfile
from strongroom.config.problems import SettingsError
from strongroom.config.settings import Settings
from strongroom.gate import pack as policy_pack
from strongroom.gate import preview
from strongroom.gate.findings import find
from tests.mutations.mutation import Judge, Mutation
from tests.mutations.tree import Tree
from tests.stacks import world

_TODAY: Final = date(2026, 11, 22)
_OF_WORKFLOWS: Final = ("test_workflows", "test_judging")
_TAKEN_AWAY: Final = "prod-submit-passes-table"

Resources = Sequence[Mapping[str, Any]]
Refusals = dict[Judge, list[str]]


def refusals(tree: Tree, mutation: Mutation) -> Refusals:
    """Everybody who refuses an edit, with what they say."""
    with tree.edited(mutation):
        if mutation.file.startswith(".github/"):
            found = {Judge.PIPELINE: _pipeline(tree.root)}
        elif mutation.file == gate_judge.OVERRIDES:
            found = {Judge.GATE: _overridden(tree.root, mutation.stack)}
        else:
            found = _judged(tree, mutation)
    return {judge: said for judge, said in found.items() if said}


def by_pack(stack: str, resources: Resources) -> list[str]:
    """Violations that stop, under the real configuration."""
    said = json.loads((world.CHECKOUT / "policies" / "configuration" / f"{stack}.json").read_text(encoding="utf-8"))
    return [f"{one.rule}: {one.sentence}" for one in offline.judge(resources, said) if one.mandatory]


def by_check(stack: str, resources: Resources) -> list[str]:
    """What the check sees in a program beside the pack."""
    linted = documents.lint(resources, stack, actions.of_service)
    led = plugins.elsewhere(resources, stack)
    return _errors([*kept.lost(resources, stack), *bounded.unbounded(resources, stack), *led, *linted])


def by_gate(before: Resources, after: Resources) -> list[str]:
    """What the gate sees in the change from one program to another."""
    whole = preview.read(json.dumps(_preview(before, after)), "preview.json")
    return [one.sentence for one in find(whole)]


@cache
def unmodified(stack: str) -> Resources:
    """What the real program asks for."""
    return recording.recorded(stack, stackfile.values(world.file(stack)), ("up",))["up"]


def _judged(tree: Tree, mutation: Mutation) -> Refusals:
    stack = mutation.stack
    found: Refusals = {Judge.GATE: policy_pack.differences(tree.base, Path("policies"))}
    settings, faults = _settings(tree.root)
    if faults:
        return {**found, Judge.CONSTRUCTION: faults}
    found[Judge.CHECK] = _errors(agreement.compare(settings, set(settings))) + _configured(
        tree.root, stack, settings[check.file_of(stack)]
    )
    found[Judge.CHECK] += _errors(
        [
            *projects.of_project(tree.root),
            *sources.differing(tree.root),
            *projects.of_stack(tree.root / check.file_of(stack), settings[check.file_of(stack)].region),
        ]
    )
    if mutation.file.startswith("policies/"):
        return found
    recorded = tree.recorded(mutation)
    if "error" in recorded:
        return {**found, Judge.CONSTRUCTION: list(recorded["error"])}
    found[Judge.CHECK] += by_check(stack, recorded["up"])
    found[Judge.PACK] = by_pack(stack, recorded["up"]) or by_pack(stack, recorded["preview"])
    found[Judge.GATE] += by_gate(unmodified(stack), recorded["up"])
    return found


def _settings(folder: Path) -> tuple[dict[str, Settings], list[str]]:
    try:
        return {check.file_of(name): stackfile.read(folder / check.file_of(name)) for name in world.STACKS}, []
    except SettingsError as wrong:
        return {}, list(wrong.faults)


def _configured(folder: Path, stack: str, settings: Settings) -> list[str]:
    said = configuration.read(folder / "policies" / "configuration" / f"{stack}.json", f"{stack}.json")
    if isinstance(said, Finding):
        return [said.sentence]
    return _errors(list(configuration.differences(said, settings, f"{stack}.json")))


def _errors(findings: Sequence[Finding]) -> list[str]:
    return [one.sentence for one in findings if one.level is Level.ERROR]


def _overridden(folder: Path, stack: str) -> list[str]:
    """What the gate says of a change that takes a table away and brings leave for it along."""
    before = unmodified(stack)
    gone = json.dumps(_preview(before, [one for one in before if not one["name"].startswith(_TAKEN_AWAY)]))
    output = Output(io.StringIO(), io.StringIO())
    doors = gate_judge.Doors(folder, lambda: gone, lambda: _TODAY, output)
    try:
        ended = gate_judge.run(gate_judge.Options(base="HEAD"), doors)
    except tuple(FAULTS) as fault:
        return str(fault).splitlines()
    return ["the override does not count"] if ended is Exit.REFUSED else []


def _preview(before: Resources, after: Resources) -> dict[str, Any]:
    """What the engine would print of the change, as far as that can be told without a provider."""
    old, new = ({one["urn"]: _state(one) for one in resources} for resources in (before, after))
    steps: list[dict[str, Any]] = []
    for urn in dict.fromkeys((*old, *new)):
        op = "create" if urn not in old else "delete" if urn not in new else "update"
        op = "same" if old.get(urn) == new.get(urn) else op
        states = {key: side[urn] for key, side in (("oldState", old), ("newState", new)) if urn in side}
        steps.append({"op": op, "urn": urn, "detailedDiff": None, **states})
    return {"steps": steps, "duration": 1, "changeSummary": dict(Counter(one["op"] for one in steps))}


def _state(one: Mapping[str, Any]) -> dict[str, Any]:
    same = ("urn", "type", "inputs", "protect", "retainOnDelete", "ignoreChanges")
    return {"custom": True, **{key: one[key] for key in same}}


def _pipeline(folder: Path) -> list[str]:
    """Tests of the workflows that fail for those of a folder; the slow auditor is left to its own tests."""
    place = folder / "tests" / "workflows"
    return [name for file in _OF_WORKFLOWS for name in _failing(place / f"{file}.py")] or _failing_of_scripts(folder)


def _failing_of_scripts(folder: Path) -> list[str]:
    """What the scripts' own tests say; they start processes, so they are asked last."""
    asked = [f"tests/workflows/test_{name}.py" for name in ("scripts", "signed_in", "deployed")]
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *asked]
    done = subprocess.run(command, cwd=folder, check=False, capture_output=True, text=True, timeout=300)
    return [] if done.returncode == 0 else done.stdout.splitlines()[-3:]


def _failing(file: Path) -> list[str]:
    spec = importlib.util.spec_from_file_location("edited", file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except (AssertionError, KeyError, AttributeError) as broken:
        return [f"the workflows cannot be read: {broken!r}"]
    tests = {name: one for name, one in vars(module).items() if name.startswith("test_") and "auditor" not in name}
    return [name for name, test in tests.items() if not _passes(test, module.WORKFLOWS)]


def _passes(test: Callable[..., None], workflows: Mapping[str, object]) -> bool:
    takes = list(inspect.signature(test).parameters)
    cases = {"name": list(workflows), "stack": list(world.STACKS)}[takes[0]] if takes else [None]
    try:
        for case in cases:
            test(*([case] if takes else []))
    except (AssertionError, KeyError, StopIteration, IndexError, ValueError):
        return False
    return True
