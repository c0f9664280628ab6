"""The service control policies that stand above an account, as they are attached at this moment."""

# https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html (read 2026-11-22)

from typing import Final

from rehearsal.emulator import door
from rehearsal.emulator.authorization.principals import Statement, statements_of
from rehearsal.emulator.membership import membership

KIND: Final = "SERVICE_CONTROL_POLICY"
SERVICE_LINKED: Final = ":role/aws-service-role/"
"""In the ARN of a service-linked role, which no service control policy binds."""


def controls(account: str, role_arn: str = "") -> list[list[Statement]]:
    """Return the statements of each level from the root down to the account.

    Args:
        account: Whose principal asks.
        role_arn: The role that asks. Default: no role.

    Returns:
        One list a level; none for the management account, service-linked roles, and where the type is not enabled.
    """
    place = membership(account)
    if place is None or place.management == account or SERVICE_LINKED in role_arn:
        return []
    tables = door.organizations
    with door.request_scope(place.management, "us-east-1"):
        if not tables._policy_type_enabled(KIND):  # noqa: SLF001 - MiniStack has no public look-up
            return []
        levels = [*place.path.strip("/").split("/")[1:], account]
        return [_attached(level) for level in levels]


def _attached(target: str) -> list[Statement]:
    tables = door.organizations
    return [
        statement
        for name, targets in tables._attachments.items()  # noqa: SLF001 - as above
        if target in targets and tables._policies[name]["Type"] == KIND  # noqa: SLF001 - as above
        for statement in statements_of(tables._policies[name]["_Content"])  # noqa: SLF001 - as above
    ]
