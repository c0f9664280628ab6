import json
import shutil
from pathlib import Path
from typing import Any, Final

import pytest

from strongroom.checking.check import RULES, Checked, check
from strongroom.checking.configuration import differences, expected, read
from strongroom.checking.errors import CheckingError
from strongroom.checking.findings import Finding, Level
from strongroom.config import stackfile
from tests.stacks import world
from tests.strongroom.checking.asking import pack, patient, recording

EMPTY: Final[dict[str, Any]] = {"preview": [], "up": []}
TABLE: Final[dict[str, Any]] = {
    "type": "aws:dynamodb/table:Table",
    "name": "it",
    "urn": "urn:it",
    "inputs": {},
    "protect": True,
    "retainOnDelete": False,
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The stack files of the checkout, with a program that asks for nothing and a pack that says nothing."""
    for file in world.CHECKOUT.glob("Pulumi*.yaml"):
        shutil.copy(file, tmp_path)
    recording(tmp_path, dict.fromkeys(world.STACKS, EMPTY))
    pack(tmp_path, [])
    shutil.copytree(world.CHECKOUT / "policies" / "configuration", tmp_path / "policies" / "configuration")
    return tmp_path


def found(folder: Path, *stacks: str) -> list[Finding]:
    asked = Checked(folder, stacks or world.STACKS, folder / "policies")
    return list(check(asked, patient())[0].findings)


def edited(folder: Path, file: str, old: str, new: str) -> None:
    place = folder / file
    place.write_text(place.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


def test_what_is_right_passes(folder: Path) -> None:
    report, rules = check(Checked(folder, world.STACKS, folder / "policies"), patient())
    assert report.passes
    assert report.findings == []
    assert list(report.looked_at) == [f"Pulumi.{stack}.yaml: 0 resources" for stack in world.STACKS]
    assert set(rules) == {*RULES, "a-rule"}


def test_fails_when_a_stack_file_is_cut_short_and_judges_the_others(folder: Path) -> None:
    place = folder / "Pulumi.prod.yaml"
    place.write_text(place.read_text(encoding="utf-8")[:400] + '\n  "', encoding="utf-8")
    recording(folder, {"ci": {**EMPTY, "up": [TABLE]}, "backup": EMPTY})
    said = found(folder)
    assert [one.rule for one in said if one.file == "Pulumi.prod.yaml"] == ["settings"]
    assert "Pulumi.prod.yaml: is not YAML" in said[0].sentence
    assert "\n" not in said[0].sentence
    assert "data-retained" in {one.rule for one in said}


def test_fails_when_settings_cannot_be_used(folder: Path) -> None:
    edited(folder, "Pulumi.prod.yaml", "daily: 35", "daily: 7")
    (said,) = [one for one in found(folder, "prod") if one.level is Level.ERROR]
    assert (said.rule, said.sentence[:58]) == ("settings", "Pulumi.prod.yaml: strongroom:retentionDays.daily must be 3")


def test_fails_when_stacks_disagree(folder: Path) -> None:
    edited(folder, "Pulumi.backup.yaml", "{daily: 35, weekly: 90", "{daily: 40, weekly: 90")
    assert {one.rule for one in found(folder, "prod")} == {"stacks-agree"}


def test_fails_when_the_program_ends_in_an_error(folder: Path) -> None:
    recording(folder, {"prod": {"error": ["the program raised\nValueError"]}})
    (said,) = found(folder, "prod")
    assert said.rule == "program-runs"
    assert said.sentence.startswith("Pulumi.prod.yaml: the program raised ValueError; mend")


def test_fails_when_the_program_says_nothing_of_a_stack(folder: Path) -> None:
    recording(folder, {})
    with pytest.raises(CheckingError, match="the program said nothing of prod"):
        found(folder, "prod")


@pytest.mark.parametrize(
    ("place", "sentence"), [("stacks", "no stacks/recording"), ("policies", "no strongroom_policies")]
)
def test_fails_when_there_is_no_program_or_no_pack(folder: Path, place: str, sentence: str) -> None:
    shutil.rmtree(folder / place)
    with pytest.raises(CheckingError, match=sentence):
        found(folder, "prod")


def test_fails_when_the_pack_refuses(folder: Path) -> None:
    pack(folder, [{"rule": "a-rule", "mandatory": True, "urn": "urn:it", "sentence": "it is wrong"}])
    assert found(folder, "prod") == [Finding("a-rule", "Pulumi.prod.yaml", "Pulumi.prod.yaml: it is wrong", "urn:it")]


def test_what_the_pack_only_advises_stops_nothing(folder: Path) -> None:
    pack(folder, [{"rule": "a-rule", "mandatory": False, "urn": "", "sentence": "it could be better"}])
    report, _ = check(Checked(folder, ["prod"], folder / "policies"), patient())
    assert report.passes
    assert [one.level for one in report.findings] == [Level.WARNING]


def test_fails_when_the_pack_refuses_the_configuration(folder: Path) -> None:
    pack(folder, [], ["x has no option 'y'"])
    (said,) = found(folder, "prod")
    assert said.sentence == (
        "policies/configuration/prod.json: x has no option 'y'; the pack judges nothing of Pulumi.prod.yaml until it is"
        " mended"
    )


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (None, "is not there; every stack has one"),
        ("{", "is cut short or is no JSON, at line 1"),
        ("[]", "holds no object"),
    ],
)
def test_fails_when_the_configuration_cannot_be_read(folder: Path, text: str | None, sentence: str) -> None:
    place = folder / "policies" / "configuration" / "prod.json"
    place.unlink()
    if text is not None:
        place.write_text(text, encoding="utf-8")
    (said,) = found(folder, "prod")
    assert (said.rule, said.file) == ("pack-configuration", "policies/configuration/prod.json")
    assert sentence in said.sentence


@pytest.mark.parametrize(
    ("rule", "value", "says"),
    [
        ("dynamodb-table-pitr", "disabled", 'is "disabled", and the settings ask for nothing there; take it out'),
        ("backup-vault-locked", None, 'is not there, and the settings ask for {"unlockedVaults": ["strongroom-prod"]}'),
        ("backup-vault-locked", {"unlockedVaults": ["*"]}, 'is {"unlockedVaults": ["*"]}, and the settings ask for'),
    ],
)
def test_fails_when_the_configuration_is_not_what_the_settings_ask_for(rule: str, value: object, says: str) -> None:
    settings = stackfile.read(world.file("prod"))
    said = {**expected(settings), rule: value}
    if value is None:
        del said[rule]
    (one,) = differences(said, settings, "prod.json")
    assert one.sentence.startswith(f"prod.json: {rule} {says}")


@pytest.mark.parametrize("stack", world.STACKS)
def test_the_configuration_of_the_checkout_is_what_the_settings_ask_for(stack: str) -> None:
    said = read(world.CHECKOUT / "policies" / "configuration" / f"{stack}.json", stack)
    assert said == json.loads(json.dumps(expected(stackfile.read(world.file(stack)))))
