import re
from collections.abc import Mapping

import pytest

from strongroom.aws.identity import Identity
from strongroom.aws.sessions import Sessions
from tests.recorder import Recording, record, run
from tests.stacks import world


def refused(name: str, changes: Mapping[str, object], sentence: str, sessions: Sessions | None = None) -> str:
    seen = Recording()
    with pytest.raises(SystemExit) as ended:
        record(world.the(sessions or world.everything()), seen, world.stack(name, changes))
    (said,) = seen.errors
    assert ended.value.code == 32
    assert re.search(sentence, said)
    assert not seen.resources
    return said


@pytest.mark.parametrize("name", world.STACKS)
def test_a_preview_registers_what_up_registers(name: str) -> None:
    previewed = run(world.the(world.everything()), world.stack(name, preview=True))
    assert {one.urn for one in previewed.resources} == {one.urn for one in world.recorded(name).resources}


@pytest.mark.parametrize("name", world.STACKS)
def test_fails_when_an_account_id_is_none(name: str) -> None:
    accounts = {"own": "1234", "backup": "333333333333", "pipeline": "444444444444", "management": "100000000001"}
    refused(name, {"accounts": accounts}, rf"^Pulumi\.{name}\.yaml: strongroom:accounts\.own must be an account id")


@pytest.mark.parametrize("name", world.STACKS)
def test_fails_when_nobody_declared_a_key(name: str) -> None:
    refused(name, {"retentionDay": {"daily": 35}}, rf"^Pulumi\.{name}\.yaml: strongroom:retentionDay is not a key")


def test_fails_when_a_retention_is_below_its_floor() -> None:
    refused("prod", {"retentionDays": {"daily": 34}}, r"strongroom:retentionDays\.daily must be 35 to 90 days, got 34")


def test_fails_when_no_environment_can_have_the_name() -> None:
    refused("prod", {"environment": "Production"}, "strongroom:environment must be 1 to 16 of a-z")


def test_fails_when_the_role_is_none() -> None:
    refused("prod", {"role": "sink"}, "strongroom:role must be .*'source', 'central'")


def test_fails_when_a_profile_lands_in_another_account() -> None:
    sessions = world.everything()
    sessions.identities["strongroom-prod"] = Identity(
        "222222222222", "arn:aws:sts::222222222222:assumed-role/x/y", world.NOW
    )
    refused("prod", {}, "profile strongroom-prod must be in account 111111111111, got 222222222222", sessions)


def test_fails_when_the_central_side_is_missing() -> None:
    refused("prod", {}, "vault strongroom-prod-daily-35-90 in account 333333333333 is not there", world.nothing())


def test_says_of_everything_that_the_central_side_lacks_at_once() -> None:
    said = refused("prod", {}, "bucket strongroom-prod-archive-333333333333-eu-west-2", world.nothing())
    assert len(said.splitlines()) == 4


def test_a_source_can_do_without_its_central_side_while_that_is_lost() -> None:
    sessions = world.nothing()
    del sessions.identities["strongroom-backup"]
    seen = run(world.the(sessions), world.stack("prod", {"central": {"check": "off"}}))
    assert {one.urn for one in seen.resources} == {one.urn for one in world.recorded("prod").resources}


def test_fails_when_the_account_of_its_archive_cannot_be_reached_even_then() -> None:
    sessions = world.nothing()
    sessions.identities["strongroom-backup"] = Identity(
        "111111111111", "arn:aws:sts::111111111111:assumed-role/x/y", world.NOW
    )
    refused("ci", {"central": {"check": "off"}}, "must be in account 333333333333", sessions)


def test_a_text_that_reads_like_a_word_of_yaml_is_one() -> None:
    refused("prod", {"disposable": "yes"}, "strongroom:disposable must be true or false, got 'yes'")
    assert not run(world.the(world.everything()), world.stack("prod", {"disposable": True})).protected


def test_a_thing_that_exists_is_adopted_by_its_name() -> None:
    changes = {"adopt": [{"name": "prod-submit-receipts-table", "id": "prod-submit-receipts"}]}
    seen = run(world.the(world.everything()), world.stack("prod", changes))
    assert {one.name: one.import_id for one in seen.resources if one.import_id} == {
        "prod-submit-receipts-table": "prod-submit-receipts"
    }


def test_an_adopted_lock_keeps_what_cannot_be_read_back() -> None:
    changes = {"adopt": [{"name": "prod-daily-lock", "id": "strongroom-prod-daily-35-90"}]}
    seen = run(world.the(world.nothing()), world.stack("backup", changes))
    assert {one.name for one in seen.in_aws if "changeableForDays" in one.ignore_changes} == {"prod-daily-lock"}


@pytest.mark.parametrize("name", ["prod-submit-receipt-table", "backup"], ids=["a misspelt name", "a component"])
def test_fails_when_nothing_that_can_be_adopted_has_the_name(name: str) -> None:
    seen = Recording()
    adopting = world.stack("prod", {"adopt": [{"name": name, "id": "x"}]}, preview=True)
    with pytest.raises(SystemExit):
        record(world.the(world.everything()), seen, adopting)
    (said,) = seen.errors
    assert said.startswith(f"Pulumi.prod.yaml: strongroom:adopt names {name!r}, and no resource of this stack has")
