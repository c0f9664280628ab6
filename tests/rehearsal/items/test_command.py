"""The oracle as a process of its own: what it prints is what is computed here, and it needs no AWS for it."""

import json
import subprocess
import sys
from datetime import timedelta

import pytest

from rehearsal.items.expected import ExpectedSource
from rehearsal.items.history import History
from rehearsal.local.place import CHECKOUT
from strongroom.evidence import reading
from strongroom.evidence.expiry import Living
from strongroom.evidence.sources import Only
from tests.rehearsal.items.settings import BEGIN, BUNDLES

pytestmark = pytest.mark.processes

_ARGUMENTS = ("--seed", "9", "--begin", "2026-11-22T00:00:00Z", "--items", "40", "--table", BUNDLES.name)


def _run(*arguments: str) -> "subprocess.CompletedProcess[str]":
    # No variable at all: no credentials, no endpoint, no seed of Python's own hashes.
    command = [sys.executable, "-m", "rehearsal.items", *arguments]
    return subprocess.run(command, cwd=CHECKOUT, env={}, capture_output=True, text=True, timeout=60, check=False)


def test_prints_what_this_process_computes() -> None:
    ended = _run(*_ARGUMENTS, "--instant", "2026-11-22T00:20:00Z", "--empty", "ci-submit-passes")
    assert ended.returncode == 0, ended.stderr
    source = ExpectedSource(History(9, BEGIN, items=40), BUNDLES, BEGIN + timedelta(minutes=20))
    living = Only(source, Living("ttl", source.instant))
    told = json.loads(ended.stdout)
    assert list(told) == [BUNDLES.name]
    for summary, part in ((told[BUNDLES.name], source), (told[BUNDLES.name]["live"], living)):
        computed = reading.digest(part).summary()
        assert summary["digest"] == computed.digest
        assert summary["count"] == computed.count
        assert summary["canonical_bytes"] == computed.canonical_bytes


def test_the_items_of_a_seed_never_change() -> None:
    """A digest that is kept as evidence must be computable years later; change it only with its version."""
    digest = reading.digest(ExpectedSource(History(9, BEGIN, items=40), BUNDLES, BEGIN)).summary().digest
    assert digest == "29d79f7d85b6bc95d0f942f66d549387a988ad6442bf482eabc018747732c96f"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--table", "other"), "a table must be one of "),
        (("--empty", "other"), "a table must be one of "),
        (("--instant", "2026-11-21T00:00:00Z"), "the instant must not lie before"),
        (("--instant", "2026-11-22T00:00:00"), "an instant must have a time zone"),
        (("--instant", "today"), "Invalid isoformat string"),
    ],
)
def test_fails_when_an_option_cannot_be_used(arguments: tuple[str, str], sentence: str) -> None:
    ended = _run(*_ARGUMENTS, *arguments)
    assert ended.returncode == 2
    assert sentence in ended.stderr
    assert ended.stdout == ""
