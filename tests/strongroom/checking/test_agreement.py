from collections.abc import Mapping
from typing import Any

import pytest

from strongroom.checking.agreement import compare
from strongroom.checking.check import file_of
from strongroom.checking.findings import Finding, Level
from strongroom.config import stackfile
from strongroom.config.settings import Settings, parse
from tests.stacks import world


def stacks(**changes: Mapping[str, Any]) -> dict[str, Settings]:
    return {
        file_of(name): parse({**stackfile.values(world.file(name)), **changes.get(name, {})}, file=file_of(name))
        for name in world.STACKS
    }


def found(**changes: Mapping[str, Any]) -> list[Finding]:
    settings = stacks(**changes)
    return compare(settings, set(settings))


def sources(**changes: object) -> dict[str, Any]:
    """The central stack's sources, with the first one changed."""
    first, *others = stackfile.values(world.file("backup"))["sources"]  # pyright: ignore[reportGeneralTypeIssues, reportUnknownVariableType]
    return {"sources": [{**first, **changes}, *others]}


def accounts(name: str, **changes: str) -> dict[str, Any]:
    said: Any = stackfile.values(world.file(name))["accounts"]
    return {"accounts": {**said, **changes}}


def test_the_stacks_of_the_checkout_agree() -> None:
    assert found() == []


@pytest.mark.parametrize(
    ("changes", "file", "sentence"),
    [
        (
            {"prod": {"retentionDays": {"weekly": 120}}},
            "Pulumi.prod.yaml",
            "strongroom:retentionDays.weekly sends copies to vault strongroom-prod-weekly-120-366, and"
            " Pulumi.backup.yaml makes strongroom-prod-weekly-90-366; both must say the same days",
        ),
        (
            {"prod": {"pipeline": {"repository": "theirs/strongroom"}}},
            "Pulumi.prod.yaml",
            "strongroom:pipeline is {'repository': 'theirs/strongroom', 'issuer':"
            " 'https://token.actions.githubusercontent.com', 'audience': 'sts.amazonaws.com'}, and Pulumi.backup.yaml"
            " says {'repository': 'example/strongroom', 'issuer': 'https://token.actions.githubusercontent.com',"
            " 'audience': 'sts.amazonaws.com'}; both must say the same",
        ),
        (
            {"backup": sources(account="999999999999")},
            "Pulumi.backup.yaml",
            "strongroom:sources (prod).account is 999999999999, and Pulumi.prod.yaml lies in 111111111111; correct it",
        ),
        (
            {"backup": sources(tiers=["daily", "weekly"])},
            "Pulumi.backup.yaml",
            "strongroom:sources (prod).tiers lacks 'monthly', which tables of Pulumi.prod.yaml are copied to; add it",
        ),
        (
            {"backup": sources(archive={"managedBy": "central", "retentionDays": 2192})},
            "Pulumi.backup.yaml",
            "strongroom:sources (prod).archive is {'managed_by': 'central', 'retention_days': 2192, 'mode':"
            " 'governance'}, and Pulumi.prod.yaml says",
        ),
        (
            {"prod": {"region": "eu-west-1"}},
            "Pulumi.prod.yaml",
            "strongroom:region is 'eu-west-1', and Pulumi.backup.yaml says 'eu-west-2'; both must say the same",
        ),
        (
            {"prod": accounts("prod", pipeline="555555555555")},
            "Pulumi.prod.yaml",
            "strongroom:accounts.pipeline is '555555555555', and Pulumi.backup.yaml says '444444444444'",
        ),
        (
            {"prod": accounts("prod", backup="555555555555")},
            "Pulumi.prod.yaml",
            "strongroom:accounts.backup is 555555555555, where no central stack of this project lies; correct it",
        ),
        (
            {"prod": {"environment": "live"}},
            "Pulumi.backup.yaml",
            "strongroom:sources lacks 'live' of Pulumi.prod.yaml, whose copies have nowhere to go; add it",
        ),
    ],
)
def test_fails_when_source_and_central_stack_disagree(
    changes: Mapping[str, Mapping[str, Any]], file: str, sentence: str
) -> None:
    first = next(one for one in found(**changes) if one.level is Level.ERROR)
    assert first.file == file
    assert first.sentence.startswith(f"{file}: {sentence}")


def test_a_source_that_does_not_look_is_told_and_stops_nothing() -> None:
    (said,) = found(prod={"central": {"check": "off"}})
    assert said.level is Level.WARNING
    assert "strongroom:central.check is off" in said.sentence


def test_a_source_without_a_stack_file_is_told_and_stops_nothing() -> None:
    settings = stacks()
    del settings["Pulumi.ci.yaml"]
    (said,) = compare(settings, set(settings))
    assert (said.file, said.level) == ("Pulumi.backup.yaml", Level.WARNING)
    assert "names 'ci', and no stack file here is that source's" in said.sentence


@pytest.mark.parametrize(("asked", "pairs"), [("prod", 1), ("backup", 1), ("ci", 0)])
def test_a_pair_is_compared_when_either_of_it_is_asked_about(asked: str, pairs: int) -> None:
    settings = stacks(prod={"retentionDays": {"weekly": 120}})
    assert len(compare(settings, {file_of(asked)})) == pairs
