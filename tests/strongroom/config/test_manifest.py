import json
from pathlib import Path

import pytest

from strongroom.config import manifest, stackfile
from strongroom.config.manifest import ManifestError
from strongroom.config.settings import SourceSettings, parse

CHECKOUT = Path(__file__).parents[3]


def settings(**changes: object) -> SourceSettings:
    found = parse({**stackfile.values(CHECKOUT / "Pulumi.prod.yaml"), **changes}, file="Pulumi.prod.yaml")
    assert isinstance(found, SourceSettings)
    return found


def text(**changes: object) -> str:
    return manifest.text(manifest.of(settings(**changes)))


def test_the_same_settings_give_the_same_text() -> None:
    assert text() == text()


def test_the_order_of_tags_changes_nothing() -> None:
    assert text(tags={"owner": "platform", "cost": "1"}) == text(tags={"cost": "1", "owner": "platform"})


def test_it_reads_back_as_it_was_written() -> None:
    assert manifest.read(text()) == manifest.of(settings())


def test_it_says_what_every_table_was_declared_as() -> None:
    assert manifest.read(text()).settings.tables == settings().tables


def test_it_names_vaults_buckets_keys_and_roles_without_asking_anybody() -> None:
    written = json.loads(text())
    assert written["vaults"]["local"] == "strongroom-prod"
    assert written["vaults"]["central"]["daily"] == "strongroom-prod-daily-35-90"
    assert written["buckets"]["archive"] == "strongroom-prod-archive-333333333333-eu-west-2"
    assert written["keys"]["archive"] == "arn:aws:kms:eu-west-2:333333333333:alias/strongroom/prod/archive"
    assert written["keys"]["central"]["weekly"] == "arn:aws:kms:eu-west-2:333333333333:alias/strongroom/prod/weekly"
    assert written["roles"]["backup"] == "arn:aws:iam::111111111111:role/strongroom-backup-prod"
    assert written["dataClasses"]["standard"] == ["daily", "weekly"]


def test_a_tier_that_no_table_is_copied_to_is_left_out() -> None:
    table = {"name": "prod-submit-async", "dataClass": "short", "hashKey": {"name": "id"}}
    assert set(manifest.read(text(tables=[table])).vaults.central) == {"daily"}


def test_what_is_adopted_is_left_out() -> None:
    assert text(adopt=[{"name": "backup-vault", "id": "strongroom-prod"}]) == text()


@pytest.mark.parametrize("document", ["", "{", "not json"])
def test_fails_when_it_is_no_json(document: str) -> None:
    with pytest.raises(ManifestError, match="is not JSON"):
        manifest.read(document)


@pytest.mark.parametrize(("document", "version"), [("[]", "None"), ("{}", "None"), ('{"version": 2}', "2")])
def test_fails_when_it_has_another_version(document: str, version: str) -> None:
    with pytest.raises(ManifestError, match=f"has version {version}, this program reads 1"):
        manifest.read(document)


def test_fails_when_a_part_is_missing_or_unknown() -> None:
    written = json.loads(text())
    with pytest.raises(ManifestError, match="vaults"):
        manifest.read(json.dumps({part: value for part, value in written.items() if part != "vaults"}))
    with pytest.raises(ManifestError, match="more"):
        manifest.read(json.dumps({**written, "more": 1}))
