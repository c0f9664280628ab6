"""Settings of a region and of the organisation."""

from rehearsal.provider.lifecycle import imported
from rehearsal.provider.types import backup_global_settings as everywhere
from rehearsal.provider.types import backup_region_settings as here
from tests.rehearsal.provider.rules import change
from tests.rehearsal.provider.stubbed import ACCOUNT, REGION, World

OPTED = {"DynamoDB": True, "EFS": False}


def test_a_regions_settings_send_the_programs_keys_and_read_the_whole_map() -> None:
    world = World()
    world.expect("backup", "update_region_settings", {"ResourceTypeOptInPreference": {"DynamoDB": True}}, {})
    answer = {"ResourceTypeOptInPreference": OPTED, "ResourceTypeManagementPreference": {"DynamoDB": True}}
    world.expect("backup", "describe_region_settings", {}, answer)
    given = {"resourceTypeOptInPreference": {"DynamoDB": True}}
    assert here.create(world.context(), given) == REGION
    read = here.read(world.context(), REGION, {})
    assert read["resourceTypeOptInPreference"] == OPTED
    assert change(here.TYPE, given, given, **read) == ({"resourceTypeOptInPreference"}, set())
    assert change(here.TYPE, given, {"resourceTypeOptInPreference": OPTED}, **read) == (set(), set())


def test_a_regions_settings_are_imported_by_its_name() -> None:
    assert imported(here.TYPE, "eu-west-1", "eu-west-2") == ("eu-west-1", {"region": "eu-west-1"})


def test_global_settings_are_the_accounts_and_a_missing_key_is_a_standing_difference() -> None:
    world = World()
    given = {"globalSettings": {"isCrossAccountBackupEnabled": "true"}}
    whole = {"isCrossAccountBackupEnabled": "true", "isMpaEnabled": "false"}
    world.expect("backup", "update_global_settings", {"GlobalSettings": given["globalSettings"]}, {})
    world.expect("backup", "describe_global_settings", {}, {"GlobalSettings": whole})
    assert everywhere.create(world.context(), given) == ACCOUNT
    read = everywhere.read(world.context(), ACCOUNT, {})
    assert change(everywhere.TYPE, given, given, **read) == ({"globalSettings"}, set())


def test_a_delete_calls_nothing() -> None:
    world = World()
    here.delete(world.context(), REGION, {})
    everywhere.delete(world.context(), ACCOUNT, {})
    world.done()
