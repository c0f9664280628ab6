import pytest

from tests.emulator_process import BACKUP, MANAGEMENT, PROD, Emulator
from tests.rehearsal.emulator.services.backup.asking import refusal

pytestmark = pytest.mark.emulator


def test_an_update_of_the_region_changes_what_it_names_and_keeps_the_rest(emulator: Emulator) -> None:
    backup = emulator.client("backup")
    before = backup.describe_region_settings()
    backup.update_region_settings(
        ResourceTypeOptInPreference={"DynamoDB": True, "S3": False},
        ResourceTypeManagementPreference={"DynamoDB": False},
    )
    after = backup.describe_region_settings()
    assert after["ResourceTypeOptInPreference"] == before["ResourceTypeOptInPreference"] | {"S3": False}
    assert after["ResourceTypeManagementPreference"] == {"DynamoDB": False, "EFS": True}
    for elsewhere in (emulator.client("backup", account=BACKUP), emulator.client("backup", region="eu-west-1")):
        assert elsewhere.describe_region_settings()["ResourceTypeOptInPreference"]["S3"]


def test_preferences_are_shown_for_every_supported_resource_type(emulator: Emulator) -> None:
    backup = emulator.client("backup")
    supported = backup.get_supported_resource_types()["ResourceTypes"]
    assert "DynamoDB" in supported
    assert set(supported) == set(backup.describe_region_settings()["ResourceTypeOptInPreference"])


def test_every_preference_that_is_shown_can_be_given_back(emulator: Emulator) -> None:
    backup = emulator.client("backup")
    turned = dict.fromkeys(backup.describe_region_settings()["ResourceTypeOptInPreference"], False)
    assert {"Storage Gateway", "SAP HANA on Amazon EC2"} <= set(turned)
    backup.update_region_settings(ResourceTypeOptInPreference=turned)
    assert backup.describe_region_settings()["ResourceTypeOptInPreference"] == turned


@pytest.mark.parametrize("unknown", ["Floppy", "Floppy Disk", "Storage  Gateway", ""])
def test_fails_when_a_preference_is_for_an_unknown_resource_type(emulator: Emulator, unknown: str) -> None:
    backup = emulator.client("backup")
    for member in ("ResourceTypeOptInPreference", "ResourceTypeManagementPreference"):
        assert refusal(backup.update_region_settings, **{member: {unknown: True}}) == "InvalidParameterValueException"


def test_the_management_account_changes_settings_that_every_account_reads(emulator: Emulator) -> None:
    management, member = emulator.client("backup", account=MANAGEMENT), emulator.client("backup", account=PROD)
    assert member.describe_global_settings()["GlobalSettings"]["isCrossAccountBackupEnabled"] == "false"
    management.update_global_settings(GlobalSettings={"isCrossAccountBackupEnabled": "true"})
    shown = member.describe_global_settings()
    assert (shown["GlobalSettings"]["isCrossAccountBackupEnabled"], shown["GlobalSettings"]["isMpaEnabled"]) == (
        "true",
        "false",
    )
    assert shown["LastUpdateTime"]


@pytest.mark.parametrize("account", [PROD, BACKUP])
def test_fails_when_a_member_changes_the_organizations_settings(emulator: Emulator, account: str) -> None:
    backup = emulator.client("backup", account=account)
    settings = {"isCrossAccountBackupEnabled": "true"}
    assert refusal(backup.update_global_settings, GlobalSettings=settings) == "InvalidRequestException"


@pytest.mark.parametrize("settings", [{"isCrossAccountBackupEnabled": "yes"}, {"isEverythingEnabled": "true"}])
def test_fails_when_a_global_setting_is_unknown(emulator: Emulator, settings: dict[str, str]) -> None:
    backup = emulator.client("backup", account=MANAGEMENT)
    assert refusal(backup.update_global_settings, GlobalSettings=settings) == "InvalidParameterValueException"


def test_fails_when_an_account_outside_the_organization_asks_for_its_settings(emulator: Emulator) -> None:
    emulator.control("POST", "accounts", {"name": "stranger", "id": "999999999999", "outside": True})
    stranger = emulator.root("backup", "999999999999")
    assert refusal(stranger.describe_global_settings) == "InvalidRequestException"
    code = refusal(stranger.update_global_settings, GlobalSettings={"isCrossAccountBackupEnabled": "true"})
    assert code == "InvalidRequestException"
