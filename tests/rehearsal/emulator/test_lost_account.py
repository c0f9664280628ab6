import pytest

from tests.emulator_people import refuses
from tests.emulator_process import BACKUP, MANAGEMENT, PROD, REGION, ControlError, Emulator

pytestmark = pytest.mark.emulator


def test_the_credentials_of_a_lost_account_answer_no_more(emulator: Emulator) -> None:
    keys = emulator.administrator_of(PROD)
    emulator.control("POST", "accounts/prod/lose")
    with refuses("InvalidClientTokenId"):
        emulator.client_with(keys, "sts").get_caller_identity()


def test_nobody_gets_into_a_lost_account(emulator: Emulator) -> None:
    emulator.control("POST", "accounts/prod/lose")
    with refuses("AccessDenied"):
        emulator.administrator_of(PROD)


def test_the_root_key_of_a_lost_account_is_refused(emulator: Emulator) -> None:
    emulator.control("POST", "accounts/prod/lose")
    with refuses("InvalidClientTokenId"):
        emulator.root("iam", PROD).list_roles()


def test_a_lost_accounts_resources_are_gone_and_the_others_stay(emulator: Emulator) -> None:
    for account, bucket in ((PROD, "lost-bucket"), (BACKUP, "kept-bucket")):
        s3 = emulator.client("s3", account=account)
        s3.create_bucket(Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": REGION})
        s3.put_object(Bucket=bucket, Key="k", Body=b"v")
    emulator.control("POST", "accounts/prod/lose")
    kept = emulator.client("s3", account=BACKUP)
    assert kept.get_object(Bucket="kept-bucket", Key="k")["Body"].read() == b"v"
    with refuses("NoSuchBucket"):
        kept.get_object(Bucket="lost-bucket", Key="k")


def test_the_organization_lists_a_lost_account_as_suspended(emulator: Emulator) -> None:
    emulator.control("POST", "accounts/prod/lose")
    listed = emulator.client("organizations", account=MANAGEMENT).list_accounts()["Accounts"]
    assert {a["Name"]: a["Status"] for a in listed}["prod"] == "SUSPENDED"
    assert {a["name"]: a["lost"] for a in emulator.control("GET", "accounts")} == {
        "management": False,
        "prod": True,
        "ci": False,
        "backup": False,
        "pipeline": False,
    }


def test_fails_when_the_account_to_lose_is_unknown_or_the_management_account(emulator: Emulator) -> None:
    with pytest.raises(ControlError, match="no account is named 'nobody'"):
        emulator.control("POST", "accounts/nobody/lose")
    with pytest.raises(ControlError, match="the management account cannot be lost here"):
        emulator.control("POST", "accounts/management/lose")
