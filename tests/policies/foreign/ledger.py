"""A ledger whose team does make backups, in its own account and by a component of its own."""

from typing import Any

import pulumi
import pulumi_aws as aws


class Ledger(pulumi.ComponentResource):
    """A table and what belongs to it."""

    def __init__(self, name: str, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("acme:data:Ledger", name, {}, opts)
        inner = pulumi.ResourceOptions(parent=self)
        key = aws.kms.Key(f"{name}-key", deletion_window_in_days=7, opts=inner)
        self.table = aws.dynamodb.Table(
            f"{name}-entries",
            attributes=[{"name": "account", "type": "S"}, {"name": "at", "type": "N"}],
            hash_key="account",
            range_key="at",
            billing_mode="PAY_PER_REQUEST",
            point_in_time_recovery={"enabled": True, "recovery_period_in_days": 7},
            server_side_encryption={"enabled": True, "kms_key_arn": key.arn},
            deletion_protection_enabled=True,
            tags={"Backup": "yes"},
            opts=pulumi.ResourceOptions(parent=self, protect=True, retain_on_delete=True),
        )
        self.register_outputs({"table": self.table.name})


def program() -> None:
    """The team's `__main__.py`."""
    west = aws.Provider("west", region="us-west-2")
    books = [Ledger(book, pulumi.ResourceOptions(provider=west)) for book in ("sales", "purchases")]
    here = pulumi.ResourceOptions(provider=west)

    vault = aws.backup.Vault("ledgers", force_destroy=True, opts=here)
    plan = aws.backup.Plan("nightly", rules=[_rule(vault)], opts=here)
    aws.backup.Selection(
        "by-tag",
        plan_id=plan.id,
        iam_role_arn="arn:aws:iam::123456789012:role/service-role/AWSBackupDefaultServiceRole",
        selection_tags=[{"type": "STRINGEQUALS", "key": "Backup", "value": "yes"}],
        opts=here,
    )
    pulumi.export("tables", [book.table.name for book in books])


def _rule(vault: aws.backup.Vault) -> Any:
    return {
        "rule_name": "nightly",
        "target_vault_name": vault.name,
        "schedule": "cron(0 3 ? * SUN *)",
        "start_window": 30,
        "lifecycle": {"cold_storage_after": 3, "delete_after": 30},
    }
