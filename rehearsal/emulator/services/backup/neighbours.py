"""What AWS Backup asks of the services beside it: keys, roles, topics, the organization and the caller's rights."""

from typing import Any, Final

from rehearsal.emulator import door

_SERVICE: Final = "backup.amazonaws.com"


class Neighbours:
    """The services beside AWS Backup, for one request.

    Args:
        access_key: The caller's access key id.
        account: The caller's account.
        region: Region of the request.
    """

    def __init__(self, access_key: str, account: str, region: str) -> None:
        self._access_key = access_key
        self._account = account
        self._region = region

    def key_state(self, arn: str) -> str | None:
        """Return a key's state in AWS's word (`Enabled`, `PendingDeletion`, ...), None when there is no such key."""
        parts = arn.split(":")
        if len(parts) != 6 or not parts[5].startswith("key/"):
            return None
        key = _table("kms", "_keys").get_scoped(parts[4], parts[3], parts[5].removeprefix("key/"))
        return key["KeyState"] if key else None

    def trusts_backup(self, role_arn: str, source_arn: str) -> bool:
        """Return whether a role exists and lets AWS Backup assume it for a plan of this account."""
        role = self._role(role_arn)
        if role is None:
            return False
        context = door.evaluator.EvalContext(
            principal_arn="",
            principal_type="Service",
            principal_account="",
            action="sts:AssumeRole",
            resource_arn=role_arn,
            region=self._region,
            service_context={"aws:sourceaccount": self._account, "aws:sourcearn": source_arn},
        )
        result = door.evaluator.evaluate_resource_policy(role["AssumeRolePolicyDocument"], context, service=_SERVICE)
        return result.decision == "Allow"

    def role_may(self, role_arn: str, action: str) -> bool:
        """Return whether a role is allowed an action that has no resource."""
        role = self._role(role_arn)
        if role is None:
            return False
        name, account = role["RoleName"], role_arn.split(":")[4]
        context = door.evaluator.EvalContext(
            principal_arn=role_arn,
            principal_type="AssumedRole",
            principal_account=account,
            action=action,
            resource_arn="*",
            region=self._region,
        )
        policies = door.evaluator._gather_role_policies(name, account)  # noqa: SLF001 - all of a role's policies
        limits = door.evaluator._permissions_boundary(door.iam._roles, name, account)  # noqa: SLF001 - its boundary
        return door.evaluator.evaluate(context, policies, *limits).decision == "Allow"

    def is_topic(self, arn: str) -> bool:
        """Return whether a topic exists."""
        parts = arn.split(":")
        return len(parts) == 6 and _table("sns", "_topics").contains_scoped(parts[4], parts[3], arn)

    def management_account(self) -> str | None:
        """Return the management account of the caller's organization, None for an account in none."""
        for management, member in _table("organizations", "_accounts").to_dict():
            if member == self._account:
                return management
        return None

    def may(self, action: str, resource: str, context: dict[str, Any] | None = None) -> bool:
        """Return whether the caller may also do what this operation needs beside its own action.

        Args:
            action: As in a policy, with the service's prefix.
            resource: ARN, or `*` for an action without one.
            context: Condition keys of the request. Default: none.
        """
        service = action.partition(":")[0]
        denied = door.evaluator.enforce(
            self._access_key, action, service, self._region, resource_arn=resource, service_context=context
        )
        return denied is None

    def _role(self, arn: str) -> door.Record | None:
        parts = arn.split(":")
        if len(parts) != 6 or not parts[5].startswith("role/"):
            return None
        role: door.Record | None = _table("iam", "_roles").get_scoped(parts[4], None, parts[5].rpartition("/")[2])
        return role if role and role["Arn"] == arn else None


def _table(service: str, name: str) -> Any:
    # MiniStack has no public look-up across accounts; its tables are what its own services read.
    module: Any = door.module(f"services.{service}")
    return getattr(module, name)
