import pytest

from tests.emulator_people import refuses
from tests.emulator_process import BACKUP, CI, MANAGEMENT, PROD, Emulator

pytestmark = pytest.mark.emulator


@pytest.mark.parametrize("account", [MANAGEMENT, PROD])
def test_every_member_is_told_the_same_organization(emulator: Emulator, account: str) -> None:
    told = emulator.client("organizations", account=account).describe_organization()["Organization"]
    assert (told["Id"], told["MasterAccountId"], told["FeatureSet"]) == ("o-exampleorg1", MANAGEMENT, "ALL")


def test_fails_when_the_account_is_in_no_organization(emulator: Emulator) -> None:
    stranger = emulator.control("POST", "accounts", {"name": "stranger", "outside": True})["id"]
    with refuses("AWSOrganizationsNotInUseException"):
        emulator.client("organizations", account=stranger).describe_organization()


def test_fails_when_a_member_asks_what_the_management_account_may(emulator: Emulator) -> None:
    with refuses("AccessDeniedException"):
        emulator.client("organizations", account=PROD).list_accounts()


def test_an_account_alone_makes_one_organization_and_no_second(emulator: Emulator) -> None:
    stranger = emulator.control("POST", "accounts", {"name": "stranger", "outside": True})["id"]
    organizations = emulator.client("organizations", account=stranger)
    made = organizations.create_organization(FeatureSet="ALL")["Organization"]
    assert made["MasterAccountId"] == stranger
    with refuses("AlreadyInOrganizationException"):
        organizations.create_organization(FeatureSet="ALL")


def test_the_tree_holds_the_accounts_where_the_seed_put_them(emulator: Emulator) -> None:
    organizations = emulator.client("organizations", account=MANAGEMENT)
    [root] = organizations.list_roots()["Roots"]
    units = organizations.list_organizational_units_for_parent(ParentId=root["Id"])["OrganizationalUnits"]
    tree = {
        unit["Name"]: {
            child["Id"] for child in organizations.list_children(ParentId=unit["Id"], ChildType="ACCOUNT")["Children"]
        }
        for unit in units
    }
    assert root["Id"] == "r-exam"
    assert tree == {"Sources": {PROD, CI}, "Backup": {BACKUP}, "Pipelines": {"444444444444"}}
    children = organizations.list_children(ParentId="r-exam", ChildType="ORGANIZATIONAL_UNIT")["Children"]
    assert {child["Id"] for child in children} == {unit["Id"] for unit in units}
