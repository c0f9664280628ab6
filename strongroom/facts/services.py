"""Service principals and AWS managed policies, as AWS spells them."""

from typing import Final

BACKUP: Final = "backup.amazonaws.com"
S3: Final = "s3.amazonaws.com"
CLOUDWATCH: Final = "cloudwatch.amazonaws.com"
EVENTS: Final = "events.amazonaws.com"

BACKUP_SERVICE_LINKED_ROLE: Final = "aws-service-role/backup.amazonaws.com/AWSServiceRoleForBackup"
"""Path and name of the role with which AWS Backup writes copies in the account that receives them.

https://docs.aws.amazon.com/aws-backup/latest/devguide/using-service-linked-roles-AWSServiceRoleForBackup.html, read
2026-11-22.
"""

_MANAGED: Final = "arn:aws:iam::aws:policy/service-role"
# https://docs.aws.amazon.com/aws-backup/latest/devguide/security-iam-awsmanpol.html, read 2026-11-22.
BACKUP_POLICY: Final = f"{_MANAGED}/AWSBackupServiceRolePolicyForBackup"
RESTORE_POLICY: Final = f"{_MANAGED}/AWSBackupServiceRolePolicyForRestores"
