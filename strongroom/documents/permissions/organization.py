"""What the deploy role of the management account may do: turn on copies between accounts, and nothing else."""

from strongroom.documents.policy import Document, allow, document
from strongroom.facts import services


def policies() -> dict[str, Document]:
    """Policies of the role, by the last part of their names."""
    return {
        "switch": document(
            allow("SwitchCopies", ["backup:DescribeGlobalSettings", "backup:UpdateGlobalSettings"], "*"),
            allow(
                "TrustBackup",
                ["organizations:EnableAWSServiceAccess"],
                "*",
                {"StringEquals": {"organizations:ServicePrincipal": services.BACKUP}},
            ),
            allow(
                "ReadOrganization",
                ["organizations:DescribeOrganization", "organizations:ListAWSServiceAccessForOrganization"],
                "*",
            ),
        )
    }
