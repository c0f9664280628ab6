"""Previews of programs in folders of their own, on the local AWS of a benchmark."""

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import yaml

from bench import measuring
from bench.measuring import Measured
from rehearsal.local.local import Local

STACK: Final = "prod"
PREFIX: Final = "prod-submit-bench-"
"""The deploy role may make tables whose names begin as those of the stack file do."""
_RUNS: Final = 5
"""Previews of each program; the one of median time counts."""


def source(local: Local, number: int) -> Path:
    """The program of a source with this many tables; its central side is not looked at."""
    folder = local.place.root / "source"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(local.place.program, folder, symlinks=True)
    file = folder / f"Pulumi.{STACK}.yaml"
    config: dict[str, object] = yaml.safe_load(file.read_text(encoding="utf-8"))["config"]
    config["strongroom:central"] = {"check": "off"}
    # No more than must be said: the engine hands the configuration over in one variable of 128 KiB at most.
    config["strongroom:tables"] = [
        {"name": f"{PREFIX}{each}", "dataClass": "short", "hashKey": {"name": "id"}} for each in range(number)
    ]
    file.write_text(yaml.safe_dump({"config": config}), encoding="utf-8")
    return folder


def run(local: Local, folder: Path, *ways: Sequence[str]) -> list[Measured]:
    """Preview the program of a folder a few times in each of several ways, each time as if nothing were deployed.

    The ways take turns, so that a machine that is slower for a while is slower for all of them.

    Args:
        local: the local AWS.
        folder: what `source` made, or a folder like it.
        ways: further options of `pulumi preview`, for each way.

    Returns:
        The preview of median time, for each way.
    """
    state = folder / "state"
    state.mkdir()
    environment = {
        **local.operation(STACK, "bench", ()).environment,
        "PULUMI_BACKEND_URL": state.as_uri(),
        "PULUMI_CONFIG_PASSPHRASE": "",
    }
    pulumi = str(local.parts.engine / "pulumi")
    measuring.run([pulumi, "stack", "init", STACK, "--non-interactive"], environment, folder)
    command = [pulumi, "preview", "--stack", STACK, "--json", "--non-interactive"]
    rounds = [[measuring.run([*command, *way], environment, folder) for way in ways] for _ in range(_RUNS)]
    return [sorted(taken, key=lambda one: one.seconds)[_RUNS // 2] for taken in zip(*rounds, strict=True)]
