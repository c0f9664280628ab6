"""What AWS Backup infers for the restore of a test."""

from typing import Final, NotRequired, TypedDict

from rehearsal.emulator.services.backup.operations import Answer, Call, new_id, operation
from rehearsal.emulator.services.backup.restores import restore_rules
from rehearsal.emulator.services.backup.restores.restores import found

_NAME: Final = "awsbackup-restore-test-"


class OfPoint(TypedDict):
    """Input of GetRestoreTestingInferredMetadata."""

    BackupVaultName: str
    RecoveryPointArn: str
    BackupVaultAccountId: NotRequired[str]


@operation("GetRestoreTestingInferredMetadata")
def get_restore_testing_inferred_metadata(call: Call, asked: OfPoint) -> Answer:
    """Show what would be inferred for a point."""
    arn, account = asked["RecoveryPointArn"], asked.get("BackupVaultAccountId", call.place.account)
    there = found(call, arn)
    named = (asked["BackupVaultName"], account)
    fits = there is not None and (there[1]["BackupVaultName"], there[0].account) == named
    restore_rules.refuse_a_point_that_is_nobodys_here(arn, fits)
    return {"InferredMetadata": inferred({})}


def inferred(overrides: dict[str, str]) -> dict[str, str]:
    """Return the metadata of a tested table, with a new name.

    https://docs.aws.amazon.com/aws-backup/latest/devguide/restore-testing-inferred-metadata.html (read 2026-11-22).

    Args:
        overrides: What a selection puts in the place of what is inferred; its keys are in any case.
    """
    names = {"encryptiontype": "encryptionType", "kmsmasterkeyarn": "kmsMasterKeyArn"}
    return {
        "encryptionType": "Default",
        "deletionProtection": "false",
        "targetTableName": f"{_NAME}{new_id()}",
        **{names[name.lower()]: value for name, value in overrides.items()},
    }
