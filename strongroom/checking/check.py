"""All that can be judged of stack files with no cloud and no Pulumi login, in one report."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from strongroom.checking import (
    actions,
    agreement,
    bounded,
    configuration,
    documents,
    judging,
    kept,
    plugins,
    projects,
    sources,
)
from strongroom.checking.findings import Finding, Report, once
from strongroom.checking.judging import Case
from strongroom.checking.processes import Asking
from strongroom.config import stackfile
from strongroom.config.problems import SettingsError
from strongroom.config.settings import Settings

SETTINGS: Final = "settings"
RULES: Final[Mapping[str, str]] = {
    SETTINGS: "Checks that a stack file can be read, and holds settings that can be used.",
    projects.RULE: "Checks that Pulumi's own files lead to no other program, plugin, key or configuration.",
    sources.RULE: "Checks that the program does the same at preview and at `pulumi up`.",
    agreement.RULE: "Checks that sources and their central stack say the same of each other.",
    configuration.RULE: "Checks that the pack configuration of a stack is what its settings ask for.",
    judging.PROGRAM: "Checks that the program runs to its end.",
    kept.RULE: "Checks that Pulumi leaves what holds data in AWS.",
    bounded.RULE: "Checks that every role has a permissions boundary.",
    plugins.RULE: "Checks that no resource names another plugin, or other variables for it.",
    documents.RULE: "Checks that policy documents name actions that exist, and nobody by a wildcard.",
}
"""Rules of the check itself; the others are the pack's."""


@dataclass(frozen=True)
class Checked:
    """What is checked."""

    folder: Path
    """Where the program lies."""
    stacks: Sequence[str]
    """Names of the stacks whose findings are told."""
    pack: Path
    """Folder of the policy pack, whose configuration lies in configuration/<stack>.json."""


def check(asked: Checked, asking: Asking) -> tuple[Report, Mapping[str, str]]:
    """Check stacks.

    Returns:
        The report, and what every rule checks by its name.

    Raises:
        CheckingError: something could not be judged at all.
    """
    there = sorted({*_names(asked.folder), *asked.stacks})
    settings, findings = _settings(asked.folder, there)
    findings += agreement.compare(settings, {file_of(name) for name in asked.stacks})
    usable = [name for name in asked.stacks if file_of(name) in settings]
    findings += [*projects.of_project(asked.folder), *sources.differing(asked.folder)]
    for name in usable:
        findings += projects.of_stack(asked.folder / file_of(name), settings[file_of(name)].region)
    said = {name: configuration.read(_pack_file(asked.pack, name), _shown(asked, name)) for name in usable}
    for name, read in said.items():
        findings += (
            [read]
            if isinstance(read, Finding)
            else configuration.differences(read, settings[file_of(name)], _shown(asked, name))
        )
    recorded = judging.record(asked.folder, usable, asking)
    findings += [one for name in usable for one in _of_program(file_of(name), recorded[name])]
    judged = judging.judge(asked.pack, _cases(asked, recorded, said), asking)
    findings += [*judged.faults, *judged.findings]
    looked_at = [f"{file_of(name)}: {_count(recorded.get(name))}" for name in asked.stacks]
    return Report("check", looked_at, list(once(findings))), {**RULES, **judged.rules}


def file_of(stack: str) -> str:
    """Name of a stack's file."""
    return f"Pulumi.{stack}.yaml"


def _names(folder: Path) -> list[str]:
    return [file.name.removeprefix("Pulumi.").removesuffix(".yaml") for file in folder.glob("Pulumi.*.yaml")]


def _settings(folder: Path, stacks: Sequence[str]) -> tuple[dict[str, Settings], list[Finding]]:
    found: dict[str, Settings] = {}
    faults: list[Finding] = []
    for name in stacks:
        try:
            found[file_of(name)] = stackfile.read(folder / file_of(name))
        except SettingsError as wrong:
            faults += [Finding(SETTINGS, file_of(name), fault) for fault in _whole_lines(wrong)]
    return found, faults


def _whole_lines(wrong: SettingsError) -> list[str]:
    """What a YAML parser says takes several lines, and a finding has one."""
    return [" ".join(fault.split()) for fault in wrong.faults]


def _of_program(file: str, recorded: Mapping[str, Any]) -> Iterator[Finding]:
    for says in recorded.get("error", ()):
        yield Finding(judging.PROGRAM, file, f"{file}: {' '.join(str(says).split())}; mend the program or its settings")
    yield from kept.lost(recorded.get("up", ()), file)
    yield from bounded.unbounded(recorded.get("up", ()), file)
    yield from plugins.elsewhere(recorded.get("up", ()), file)
    yield from documents.lint(recorded.get("up", ()), file, actions.of_service)


def _cases(
    asked: Checked,
    recorded: Mapping[str, Mapping[str, Any]],
    said: Mapping[str, configuration.Configuration | Finding],
) -> list[Case]:
    """Each stack twice: as a first preview sees it, and with every value known, because a preview knows few of them."""
    return [
        Case(file_of(name), recorded[name][form], read, _shown(asked, name))
        for name, read in said.items()
        if not isinstance(read, Finding)
        for form in ("preview", "up")
        if form in recorded[name]
    ]


def _pack_file(pack: Path, stack: str) -> Path:
    return pack / "configuration" / f"{stack}.json"


def _shown(asked: Checked, stack: str) -> str:
    file = _pack_file(asked.pack, stack)
    return str(file.relative_to(asked.folder) if file.is_relative_to(asked.folder) else file)


def _count(recorded: Mapping[str, Any] | None) -> str:
    made = (recorded or {}).get("up")
    return "its program was not run to its end" if made is None else f"{len(made)} resources"
