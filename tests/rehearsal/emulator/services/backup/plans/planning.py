"""Short forms for tests of plans that run: a plan with a selection, one more selection, and the jobs of both."""

from typing import Any, Final

from tests.rehearsal.emulator.services.backup.asking import ROLE, plan
from tests.rehearsal.emulator.services.backup.backing_up import TABLE_ARN

DAILY: Final = "cron(0 5 * * ? *)"


def make_plan(backup: Any, *rules: dict[str, object], **selection: Any) -> str:
    """Make a plan with a selection of the table `receipts`, with changes, and return its id."""
    made = backup.create_backup_plan(BackupPlan=plan(*rules))["BackupPlanId"]
    select(backup, made, **{"Resources": [TABLE_ARN], **selection})
    return made


def select(backup: Any, plan_id: str, **chosen: Any) -> str:
    """Give a plan a selection and return its id."""
    selection = {"SelectionName": "tables", "IamRoleArn": ROLE, **chosen}
    return backup.create_backup_selection(BackupPlanId=plan_id, BackupSelection=selection)["SelectionId"]


def jobs(backup: Any, **asked: object) -> list[dict[str, Any]]:
    """Return the backup jobs that a filter of ListBackupJobs leaves, the newest first."""
    return backup.list_backup_jobs(**asked)["BackupJobs"]
