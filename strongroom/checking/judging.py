"""Runs a program and the policy pack without the engine, and turns what they say into findings."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from strongroom.checking import configuration
from strongroom.checking.errors import CheckingError
from strongroom.checking.findings import Finding, Level
from strongroom.checking.processes import Asking

PROGRAM: Final = "program-runs"
_RECORDING: Final = "stacks.recording"
_OFFLINE: Final = "strongroom_policies.offline"

Resources = Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Case:
    """Resources that the pack judges, and by which configuration."""

    file: str
    """File that findings are told of."""
    resources: Resources
    configuration: Mapping[str, Any]
    configuration_file: str
    left_out: Sequence[str] = ()
    """Rules that cannot be judged by these resources."""


@dataclass(frozen=True)
class Judged:
    """What the pack says."""

    findings: Sequence[Finding] = ()
    faults: Sequence[Finding] = ()
    """What is wrong with a configuration; the pack then judges nothing of its case."""
    rules: Mapping[str, str] = field(default_factory=dict[str, str])
    """What each rule of the pack checks, by name."""


def record(folder: Path, stacks: Sequence[str], asking: Asking) -> Mapping[str, Mapping[str, Any]]:
    """What each stack asks for, or why its program ended; the form is that of `stacks.recording`.

    Raises:
        CheckingError: the folder holds no program, or the program could not be run to its end.
    """
    if not stacks:
        return {}
    if not (folder / "stacks" / "recording.py").exists():
        raise CheckingError(f"{folder} holds no stacks/recording.py; run in the folder of the program")
    question = {"folder": str(folder.resolve()), "stacks": list(stacks)}
    answer = asking.ask(_RECORDING, folder, question, "running the program without an engine")
    _refuse_missing(stacks, answer, "the program")
    return answer


def judge(pack: Path, cases: Sequence[Case], asking: Asking) -> Judged:
    """What the pack says of each case.

    Raises:
        CheckingError: the folder holds no pack that judges without the engine, or it did not answer.
    """
    if not (pack / "strongroom_policies" / "offline.py").exists():
        raise CheckingError(f"{pack} holds no strongroom_policies/offline.py; name the folder of the pack with --pack")
    asked = {
        str(number): {
            "resources": list(case.resources),
            "configuration": case.configuration,
            "leftOut": list(case.left_out),
        }
        for number, case in enumerate(cases)
    }
    answer = asking.ask(_OFFLINE, pack, {"judged": asked}, "judging by the policy pack")
    found: Mapping[str, Any] = answer["judged"]
    _refuse_missing(asked, found, "the policy pack")
    answered = [(case, found[str(number)]) for number, case in enumerate(cases)]
    return Judged(
        findings=[finding for case, said in answered for finding in _violations(case, said)],
        faults=[finding for case, said in answered for finding in _faults(case, said)],
        rules={name: str(one["description"]) for name, one in answer["rules"].items()},
    )


def _faults(case: Case, said: Mapping[str, Any]) -> Iterator[Finding]:
    file = case.configuration_file
    for fault in said["faults"]:
        yield Finding(
            configuration.RULE, file, f"{file}: {fault}; the pack judges nothing of {case.file} until it is mended"
        )


def _violations(case: Case, said: Mapping[str, Any]) -> Iterator[Finding]:
    for one in said["violations"]:
        level = Level.ERROR if one["mandatory"] else Level.WARNING
        yield Finding(one["rule"], case.file, f"{case.file}: {one['sentence']}", one["urn"], level)


def _refuse_missing(asked: Sequence[str] | Mapping[str, object], answer: Mapping[str, Any], who: str) -> None:
    missing = [name for name in asked if name not in answer]
    if missing:
        raise CheckingError(f"{who} said nothing of {', '.join(missing)}; report it, because nothing was judged")
