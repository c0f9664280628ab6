"""The oracle as a process of its own: what it prints is what is computed here, and it needs no AWS for it."""

import json
import subprocess
import sys
from datetime import timedelta

import pytest

from rehearsal.items.expected import ExpectedSource, keys
from rehearsal.items.history import History
from rehearsal.local.place import CHECKOUT
from strongroom.evidence.items import canonical, reading, sampling
from strongroom.evidence.items.expiry import Living
from strongroom.evidence.items.sources import Only
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


def test_prints_items_that_outlive_an_instant_whole() -> None:
    later = "2027-11-22T00:00:00Z"
    ended = _run(*_ARGUMENTS, "--living", later, "--sample", "3", "--salt", "one")
    assert ended.returncode == 0, ended.stderr
    told = json.loads(ended.stdout)[BUNDLES.name]
    source = ExpectedSource(History(9, BEGIN, items=40), BUNDLES, BEGIN)
    living = Only(source, Living("ttl", BEGIN + timedelta(days=365)))
    assert told["live"]["digest"] == reading.digest(living).summary().digest
    assert told["live"]["count"] < told["count"]
    wanted = sampling.sample(living.read(0), keys(BUNDLES), 3, b"one")
    assert [canonical.encode(item) for item in told["sample"]] == [canonical.encode(item) for item in wanted]


def test_the_items_of_a_seed_never_change() -> None:
    """A digest that is kept as evidence must be computable years later; change it only with its version."""
    digest = reading.digest(ExpectedSource(History(9, BEGIN, items=40), BUNDLES, BEGIN)).summary().digest
    assert digest == "3d5365e3373a42964ea46c0fd46d36f936be1ddaf5d95449009811bb510c3f91"


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
