import pytest

from rehearsal.provider.errors import GoneError
from rehearsal.provider.schema import Update
from rehearsal.provider.types import kms_alias
from tests.rehearsal.provider.stubbed import REGION, World

NAME = "alias/strongroom/prod/vault"
KEY = "11111111-2222-3333-4444-555555555555"
KEY_ARN = f"arn:aws:kms:{REGION}:111111111111:key/{KEY}"
ALIAS_ARN = f"arn:aws:kms:{REGION}:111111111111:{NAME}"
FOUND = {"Aliases": [{"AliasName": NAME, "AliasArn": ALIAS_ARN, "TargetKeyId": KEY}]}


def test_a_create_names_the_key_and_waits_for_a_new_key_to_be_found() -> None:
    world = World()
    world.refuse("kms", "create_alias", "NotFoundException")
    world.expect("kms", "create_alias", {"AliasName": NAME, "TargetKeyId": KEY}, {})
    assert kms_alias.create(world.context(), {"name": NAME, "targetKeyId": KEY}) == NAME
    assert world.clock.slept == [0.1]
    world.done()


@pytest.mark.parametrize("given", [KEY, KEY_ARN])
def test_a_read_keeps_the_key_as_the_program_spells_it(given: str) -> None:
    world = World()
    world.expect("kms", "list_aliases", {}, FOUND)
    read = kms_alias.read(world.context(), NAME, {"targetKeyId": given})
    assert read == {"name": NAME, "arn": ALIAS_ARN, "targetKeyId": given, "targetKeyArn": KEY_ARN}


def test_a_read_tells_another_key() -> None:
    world = World()
    world.expect("kms", "list_aliases", {}, FOUND)
    assert kms_alias.read(world.context(), NAME, {"targetKeyId": "another"})["targetKeyId"] == KEY


def test_a_name_on_no_page_is_gone() -> None:
    world = World()
    world.expect("kms", "list_aliases", {}, {"Aliases": [], "Truncated": True, "NextMarker": "2"})
    world.expect("kms", "list_aliases", {"Marker": "2"}, {"Aliases": []})
    with pytest.raises(GoneError):
        kms_alias.read(world.context(), NAME, {})
    world.done()


def test_an_update_points_at_the_new_key() -> None:
    world = World()
    world.expect("kms", "update_alias", {"AliasName": NAME, "TargetKeyId": "new"}, {})
    new = {"name": NAME, "targetKeyId": "new"}
    kms_alias.update(world.context(), Update(id=NAME, old={}, new=new, changed=frozenset({"targetKeyId"})))
    world.done()


@pytest.mark.parametrize("name", ["strongroom", "alias/aws/backup", "alias/with space"])
def test_fails_when_the_name_is_no_alias(name: str) -> None:
    assert kms_alias.TYPE.properties["name"].checks[0](name)


def test_the_id_and_the_arn_of_a_key_are_the_same_key() -> None:
    same = kms_alias.TYPE.properties["targetKeyId"].canonical
    assert same(KEY) == same(KEY_ARN)
    assert same(KEY) != same("another")
