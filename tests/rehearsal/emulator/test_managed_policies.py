import pytest

from tests.emulator_people import make_role, refuses
from tests.emulator_process import Emulator

pytestmark = pytest.mark.emulator

BACKUP_POLICY = "arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup"


def test_the_policies_of_aws_backup_exist_and_grant(emulator: Emulator) -> None:
    emulator.client("dynamodb").create_table(
        TableName="receipts",
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        BillingMode="PAY_PER_REQUEST",
    )
    role = make_role(emulator, "service")
    with refuses("AccessDeniedException"):
        emulator.client("dynamodb", role_arn=role).describe_table(TableName="receipts")
    emulator.client("iam").attach_role_policy(RoleName="service", PolicyArn=BACKUP_POLICY)
    assert emulator.client("dynamodb", role_arn=role).describe_table(TableName="receipts")
    with refuses("AccessDeniedException"):
        emulator.client("dynamodb", role_arn=role).delete_table(TableName="receipts")


@pytest.mark.parametrize(
    "absent", ["arn:aws:iam::aws:policy/NoSuchThing", "arn:aws:iam::111111111111:policy/no-such-thing"]
)
def test_fails_when_the_policy_to_attach_does_not_exist(emulator: Emulator, absent: str) -> None:
    make_role(emulator, "service")
    with refuses("NoSuchEntity"):
        emulator.client("iam").attach_role_policy(RoleName="service", PolicyArn=absent)
