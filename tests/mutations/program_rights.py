"""Edits of the program by which those who take, copy and tell of backups lose the right to, or begin too rarely."""

from typing import Final

from tests.mutations.edits import central, edit, gated
from tests.mutations.mutation import Judge

MUTATIONS: Final = (
    central(
        "nothing may be copied into the central vaults",
        "strongroom/documents/vaults",
        '"CopyIn", ["backup:CopyIntoBackupVault"])',
        '"CopyIn", ["backup:DescribeBackupVault"])',
        Judge.GATE,
    ),
    central(
        "copies cannot be sealed with the vaults' keys",
        "strongroom/documents/keys",
        '"UsedForCopies", USE)',
        '"UsedForCopies", ["kms:DescribeKey"])',
        Judge.GATE,
    ),
    gated(
        "objects may not be replicated",
        "strongroom/documents/roles",
        '"s3:ReplicateObject", "s3:ReplicateTags"',
        '"s3:ReplicateTags"',
    ),
    edit(
        "the backup role is denied everything",
        "components/local_backup",
        "policy_arn=services.RESTORE_POLICY",
        'policy_arn="arn:aws:iam::aws:policy/AWSDenyAll"',
    ),
    gated(
        "a role is taken by another service than AWS Backup",
        "strongroom/documents/roles",
        "_service(services.BACKUP,",
        "_service(services.S3,",
    ),
    gated(
        "alarms may not be told of",
        "strongroom/documents/topics",
        "[services.CLOUDWATCH, services.BACKUP, services.S3]",
        "[services.BACKUP, services.S3]",
    ),
    gated(
        "replicas may come whenever they come",
        "components/exports_end",
        '"replication_time": {"status": "Enabled", "time": {"minutes": minutes}},',
        "",
    ),
    gated(
        "backups are given up after an hour",
        "components/plans",
        "tier.schedule.completion_window_minutes",
        "limits.START_WINDOW_MINUTES.check(tier.schedule.start_window_minutes) + 1",
    ),
    gated("backups begin in another time zone", "components/plans", "route.time_zone", '"Pacific/Auckland"'),
)
