"""The roles that AWS makes for its own services, and the services that have one."""

# https://docs.aws.amazon.com/aws-backup/latest/devguide/using-service-linked-roles.html (read 2026-11-22)
# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_aws-services-that-work-with-iam.html (read 2026-11-22)

from typing import Final

_POLICIES: Final = "arn:aws:iam::aws:policy/aws-service-role/"
PATH: Final = "/aws-service-role/"
"""Begins the path of every service-linked role."""
ROLES: Final = {
    "backup.amazonaws.com": ("AWSServiceRoleForBackup", f"{_POLICIES}AWSBackupServiceLinkedRolePolicyForBackup"),
    "contributorinsights.dynamodb.amazonaws.com": ("AWSServiceRoleForDynamoDBContributorInsights", ""),
    "dynamodb.application-autoscaling.amazonaws.com": (
        "AWSServiceRoleForApplicationAutoScaling_DynamoDBTable",
        "",
    ),
    "organizations.amazonaws.com": ("AWSServiceRoleForOrganizations", ""),
    "replication.dynamodb.amazonaws.com": ("AWSServiceRoleForDynamoDBReplication", ""),
    "reports.backup.amazonaws.com": ("AWSServiceRoleForBackupReports", ""),
    "restore-testing.backup.amazonaws.com": ("AWSServiceRoleForBackupRestoreTesting", ""),
}
"""Service principal -> name of its role, and the policy that AWS attaches; "" for one that is left out here."""


def name_of(service: str) -> str:
    """Return the name of a service's role; for a service that has none, what IAM would judge."""
    return ROLES[service][0] if service in ROLES else "*"
