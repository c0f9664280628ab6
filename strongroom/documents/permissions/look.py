"""Permissions to see what stands around a recovery: quotas and the organization. Nothing is changed by them."""

from strongroom.config.settings import Settings
from strongroom.documents.permissions.scope import Scope, own
from strongroom.documents.policy import Statement, allow
from strongroom.facts import arns


def around(settings: Settings) -> list[Statement]:
    """See DynamoDB's quotas in this account, and where an account stands in the organization.

    AWS answers where it stands to delegated administrators of the organization alone.
    """
    scope = own(settings)
    members = f"arn:{arns.PARTITION}:organizations::{settings.accounts.management}"
    named = [f"{members}:{kind}/{settings.organization.id}/*" for kind in ("account", "ou")]
    return [
        allow("ReadQuotas", ["servicequotas:GetServiceQuota"], _quotas(scope)),
        allow("ReadDefaultQuotas", ["servicequotas:GetAWSDefaultServiceQuota"], "*"),
        allow("SeeTheOrganization", ["organizations:DescribeOrganization"], "*"),
        allow("SeeTheUnit", ["organizations:ListParents"], named),
    ]


def _quotas(scope: Scope) -> str:
    return f"arn:{arns.PARTITION}:servicequotas:{scope.region}:{scope.account}:dynamodb/*"
