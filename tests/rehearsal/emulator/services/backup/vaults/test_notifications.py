from typing import Any

import pytest

from tests.emulator_process import BACKUP, PROD, Emulator
from tests.rehearsal.emulator.services.backup.asking import VAULT, refusal, vault_arn

pytestmark = pytest.mark.emulator

_EVENTS = ["BACKUP_JOB_COMPLETED", "COPY_JOB_FAILED"]


def _topic(emulator: Emulator, account: str = PROD, **asked: object) -> str:
    return emulator.client("sns", account=account).create_topic(**{"Name": "alarms", **asked})["TopicArn"]


def test_notifications_are_returned_as_they_were_put_and_can_be_taken_away(emulator: Emulator, backup: Any) -> None:
    topic = _topic(emulator)
    backup.put_backup_vault_notifications(BackupVaultName=VAULT, SNSTopicArn=topic, BackupVaultEvents=_EVENTS)
    shown = backup.get_backup_vault_notifications(BackupVaultName=VAULT)
    assert (shown["SNSTopicArn"], shown["BackupVaultEvents"]) == (topic, _EVENTS)
    assert shown["BackupVaultArn"] == vault_arn()
    backup.delete_backup_vault_notifications(BackupVaultName=VAULT)
    assert refusal(backup.get_backup_vault_notifications, BackupVaultName=VAULT) == "ResourceNotFoundException"


def test_fails_when_the_topic_is_absent_of_another_account_or_fifo(emulator: Emulator, backup: Any) -> None:
    fifo = _topic(emulator, Name="alarms.fifo", Attributes={"FifoTopic": "true"})
    for topic in (f"{_topic(emulator)}-absent", _topic(emulator, BACKUP), fifo, "no-arn"):
        code = refusal(
            backup.put_backup_vault_notifications, BackupVaultName=VAULT, SNSTopicArn=topic, BackupVaultEvents=_EVENTS
        )
        assert code == "InvalidParameterValueException"


def test_fails_when_an_event_is_unknown(emulator: Emulator, backup: Any) -> None:
    code = refusal(
        backup.put_backup_vault_notifications,
        BackupVaultName=VAULT,
        SNSTopicArn=_topic(emulator),
        BackupVaultEvents=["BACKUP_JOB_LOST"],
    )
    assert code == "InvalidParameterValueException"
