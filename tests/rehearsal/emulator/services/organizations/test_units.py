import pytest

from tests.emulator_people import refuses
from tests.emulator_process import MANAGEMENT, PROD, Emulator

pytestmark = pytest.mark.emulator


def test_a_unit_is_made_below_a_unit_and_deleted_when_empty(emulator: Emulator) -> None:
    organizations = emulator.client("organizations", account=MANAGEMENT)
    made = organizations.create_organizational_unit(ParentId="ou-exam-sources1", Name="Ireland")["OrganizationalUnit"]
    below = organizations.list_children(ParentId="ou-exam-sources1", ChildType="ORGANIZATIONAL_UNIT")["Children"]
    assert [unit["Id"] for unit in below] == [made["Id"]]
    organizations.delete_organizational_unit(OrganizationalUnitId=made["Id"])
    with refuses("OrganizationalUnitNotFoundException"):
        organizations.describe_organizational_unit(OrganizationalUnitId=made["Id"])


def test_fails_when_the_parent_of_a_unit_does_not_exist(emulator: Emulator) -> None:
    organizations = emulator.client("organizations", account=MANAGEMENT)
    with refuses("ParentNotFoundException"):
        organizations.create_organizational_unit(ParentId="ou-exam-absent000", Name="Ireland")


def test_fails_when_a_unit_has_the_name_of_its_sibling(emulator: Emulator) -> None:
    organizations = emulator.client("organizations", account=MANAGEMENT)
    with refuses("DuplicateOrganizationalUnitException"):
        organizations.create_organizational_unit(ParentId="r-exam", Name="Sources")
    organizations.create_organizational_unit(ParentId="ou-exam-sources1", Name="Sources")


def test_fails_when_a_unit_with_accounts_is_deleted(emulator: Emulator) -> None:
    organizations = emulator.client("organizations", account=MANAGEMENT)
    with refuses("OrganizationalUnitNotEmptyException"):
        organizations.delete_organizational_unit(OrganizationalUnitId="ou-exam-sources1")


def test_fails_when_an_account_is_moved_from_where_it_is_not(emulator: Emulator) -> None:
    organizations = emulator.client("organizations", account=MANAGEMENT)
    with refuses("SourceParentNotFoundException"):
        organizations.move_account(
            AccountId=PROD, SourceParentId="ou-exam-pipeline", DestinationParentId="ou-exam-backup01"
        )
