from typing import Any

import pytest

from tests.emulator_people import allow, make_role
from tests.emulator_process import BACKUP, CI, MANAGEMENT, PROD, REGION, Emulator
from tests.rehearsal.emulator.services.backup.asking import refusal
from tests.rehearsal.emulator.services.ram.sharing import (
    ARN,
    HOUR,
    VAULT,
    accept,
    make_vault,
    ram_of,
    sees,
    share,
    share_inside,
)

pytestmark = pytest.mark.emulator


@pytest.fixture
def owner(emulator: Emulator) -> Any:
    """RAM of the backup account, which has an air-gapped vault, in an organization that shares inside."""
    make_vault(emulator)
    share_inside(emulator)
    return ram_of(emulator, BACKUP)


def test_a_share_inside_the_organization_needs_no_invitation(emulator: Emulator, owner: Any) -> None:
    made = share(owner, CI, tags=[{"key": "owner", "value": "platform"}])
    [shown] = owner.get_resource_shares(resourceOwner="SELF")["resourceShares"]
    assert (shown["resourceShareArn"], shown["status"], shown["owningAccountId"]) == (made, "ACTIVE", BACKUP)
    assert shown["tags"] == [{"key": "owner", "value": "platform"}]
    assert (sees(emulator, CI), sees(emulator, PROD)) == (True, False)
    theirs = ram_of(emulator, CI)
    assert theirs.get_resource_share_invitations()["resourceShareInvitations"] == []
    [seen] = theirs.get_resource_shares(resourceOwner="OTHER-ACCOUNTS")["resourceShares"]
    assert seen["resourceShareArn"] == made


def test_shares_are_found_by_name_status_and_tag(owner: Any) -> None:
    made = share(owner, CI, tags=[{"key": "owner", "value": "platform"}])
    for asked, count in [
        ({"name": "points"}, 1),
        ({"name": "other"}, 0),
        ({"resourceShareStatus": "DELETED"}, 0),
        ({"resourceShareArns": [made]}, 1),
        ({"tagFilters": [{"tagKey": "owner", "tagValues": ["platform"]}]}, 1),
        ({"tagFilters": [{"tagKey": "owner", "tagValues": ["other"]}]}, 0),
    ]:
        assert len(owner.get_resource_shares(resourceOwner="SELF", **asked)["resourceShares"]) == count, asked


def test_what_is_shared_is_listed_on_both_sides(emulator: Emulator, owner: Any) -> None:
    made = share(owner, CI)
    theirs = ram_of(emulator, CI)
    for ram, whose, partner in ((owner, "SELF", CI), (theirs, "OTHER-ACCOUNTS", BACKUP)):
        [resource] = ram.list_resources(resourceOwner=whose, resourceType="backup:backup-vault")["resources"]
        assert (resource["arn"], resource["resourceShareArn"]) == (ARN, made)
        [principal] = ram.list_principals(resourceOwner=whose, resourceArn=ARN)["principals"]
        assert (principal["id"], principal["external"]) == (partner, False)
    for kind, entity in (("PRINCIPAL", CI), ("RESOURCE", ARN)):
        [one] = owner.get_resource_share_associations(associationType=kind)["resourceShareAssociations"]
        assert (one["associatedEntity"], one["status"]) == (entity, "ASSOCIATED")


def test_resources_and_accounts_come_and_go(emulator: Emulator, owner: Any) -> None:
    made = share(owner, resourceArns=[])
    owner.associate_resource_share(resourceShareArn=made, resourceArns=[ARN], principals=[CI])
    assert sees(emulator, CI)
    ended = owner.disassociate_resource_share(resourceShareArn=made, principals=[CI])
    assert [one["status"] for one in ended["resourceShareAssociations"]] == ["DISASSOCIATED"]
    assert not sees(emulator, CI)
    owner.associate_resource_share(resourceShareArn=made, principals=[CI])
    assert sees(emulator, CI)
    owner.disassociate_resource_share(resourceShareArn=made, resourceArns=[ARN])
    assert not sees(emulator, CI)


def test_a_deleted_share_gives_nothing_and_is_shown_for_an_hour(emulator: Emulator, owner: Any) -> None:
    made = share(owner, CI)
    assert owner.delete_resource_share(resourceShareArn=made)["returnValue"]
    assert not sees(emulator, CI)
    [shown] = owner.get_resource_shares(resourceOwner="SELF")["resourceShares"]
    assert shown["status"] == "DELETED"
    emulator.advance(HOUR + 60)
    assert owner.get_resource_shares(resourceOwner="SELF")["resourceShares"] == []
    assert refusal(owner.delete_resource_share, resourceShareArn=made) == "UnknownResourceException"


def test_a_share_ends_with_its_owner(emulator: Emulator, owner: Any) -> None:
    share(owner, CI)
    emulator.control("POST", "accounts/backup/lose")
    assert not sees(emulator, CI)


def test_the_same_request_again_makes_no_second_share(owner: Any) -> None:
    made = share(owner, CI, clientToken="one")
    assert share(owner, CI, clientToken="one") == made
    asked = {"name": "other", "clientToken": "one"}
    assert refusal(owner.create_resource_share, **asked) == "IdempotentParameterMismatchException"
    assert len(owner.get_resource_shares(resourceOwner="SELF")["resourceShares"]) == 1


@pytest.mark.parametrize(
    ("arn", "code"),
    [
        ("gapped", "MalformedArnException"),
        (f"arn:aws:backup:{REGION}:{BACKUP}:backup-vault:absent", "UnknownResourceException"),
        (f"arn:aws:backup:eu-west-1:{BACKUP}:backup-vault:{VAULT}", "UnknownResourceException"),
        (f"arn:aws:backup:{REGION}:{BACKUP}:backup-vault:standard", "InvalidParameterException"),
        (f"arn:aws:dynamodb:{REGION}:{BACKUP}:table/receipts", "InvalidParameterException"),
        (f"arn:aws:backup:{REGION}:{PROD}:backup-vault:theirs", "OperationNotPermittedException"),
    ],
)
def test_fails_when_the_resource_cannot_be_shared(emulator: Emulator, owner: Any, arn: str, code: str) -> None:
    emulator.client("backup", account=BACKUP).create_backup_vault(BackupVaultName="standard")
    assert refusal(owner.create_resource_share, name="points", resourceArns=[arn]) == code
    made = share(owner, resourceArns=[])
    assert refusal(owner.associate_resource_share, resourceShareArn=made, resourceArns=[arn]) == code


@pytest.mark.parametrize(
    "principal",
    [
        f"arn:aws:organizations::{MANAGEMENT}:organization/o-exampleorg1",
        f"arn:aws:organizations::{MANAGEMENT}:ou/o-exampleorg1/ou-exam-sources1",
        f"arn:aws:iam::{CI}:role/restore",
        "prod",
        BACKUP,
    ],
)
def test_fails_when_the_principal_is_no_other_account(owner: Any, principal: str) -> None:
    asked = {"name": "points", "resourceArns": [ARN], "principals": [principal]}
    assert refusal(owner.create_resource_share, **asked) == "InvalidParameterException"


def test_fails_when_a_share_without_externals_gets_one(emulator: Emulator, owner: Any) -> None:
    stranger = emulator.control("POST", "accounts", {"name": "stranger", "outside": True})["id"]
    asked = {"name": "points", "resourceArns": [ARN], "allowExternalPrincipals": False}
    assert refusal(owner.create_resource_share, **asked, principals=[stranger]) == "InvalidParameterException"
    assert share(owner, CI, allowExternalPrincipals=False)
    assert share(owner, stranger)


def test_fails_when_the_share_is_not_the_callers(emulator: Emulator, owner: Any) -> None:
    made = share(owner, CI)
    theirs = ram_of(emulator, CI)
    for call in (theirs.associate_resource_share, theirs.disassociate_resource_share, theirs.delete_resource_share):
        assert refusal(call, resourceShareArn=made) == "UnknownResourceException"


def test_fails_when_what_is_taken_out_was_never_in(owner: Any) -> None:
    made = share(owner, CI)
    call = owner.disassociate_resource_share
    assert refusal(call, resourceShareArn=made, principals=[PROD]) == "UnknownResourceException"


def test_fails_when_the_resource_type_cannot_be_shared(owner: Any) -> None:
    for call in (owner.list_resources, owner.list_principals):
        assert refusal(call, resourceOwner="SELF", resourceType="ec2:Subnet") == "InvalidResourceTypeException"


def test_only_management_lets_the_organization_share_inside(emulator: Emulator) -> None:
    make_vault(emulator)
    call = ram_of(emulator, BACKUP).enable_sharing_with_aws_organization
    assert refusal(call) == "OperationNotPermittedException"
    share(ram_of(emulator, BACKUP), CI)
    assert not sees(emulator, CI)
    accept(ram_of(emulator, CI))
    assert sees(emulator, CI)


def test_a_missing_parameter_is_refused_in_rams_words(emulator: Emulator, owner: Any) -> None:
    assert refusal(owner.get_resource_shares, resourceOwner="SELF", nextToken="9") == "InvalidNextTokenException"
    role = make_role(emulator, "reader", allow("ram:GetResourceShares"), account=BACKUP)
    reader = emulator.client("ram", role_arn=role)
    assert reader.get_resource_shares(resourceOwner="SELF")["resourceShares"] == []
    assert refusal(reader.create_resource_share, name="points") == "AccessDeniedException"


def test_what_the_local_ram_does_not_have_says_so(owner: Any) -> None:
    assert refusal(owner.list_permissions) == "NotImplemented"
