"""Edits of the program that weaken tables, backups, vaults and keys."""

from typing import Final

from tests.mutations.edits import NOTHING, central, checked, edit, gated
from tests.mutations.mutation import Judge

_KEPT: Final = "opts=Options(self, disposable).kept(),"

_TABLES: Final = (
    edit(
        "copies go to another Region",
        "components/plans",
        "arns.vault(self.region, self.backup_account",
        'arns.vault("us-east-1", self.backup_account',
    ),
    edit(
        "one backup starts by another clock",
        "components/plans",
        '"schedule_expression_timezone": route.time_zone,',
        '"schedule_expression_timezone": "Asia/Riyadh" if tier.name == "daily" else route.time_zone,',
    ),
    edit(
        "recovery is off", "components/protected_table", '{"enabled": True, "recovery', '{"enabled": False, "recovery'
    ),
    edit(
        "recovery is left out",
        "components/protected_table",
        "point_in_time_recovery={",
        "point_in_time_recovery=None and {",
    ),
    edit("recovery's window is a week", "components/protected_table", "table.pitr_days}", "7}"),
    edit("tables can be deleted", "components/protected_table", "enabled=not disposable", "enabled=False"),
    edit(
        "tables have no data class", "components/protected_table", "names.TAG_DATA_CLASS: table.data_class.value, ", ""
    ),
    edit("tables are not kept", "components/protected_table", _KEPT, "opts=Options(self).plain(),"),
    checked(
        "tables are protected, but not retained",
        "components/options",
        "retain_on_delete=keep",
        "retain_on_delete=None",
    ),
    gated(
        "items of a table go by the time they were made",
        "components/protected_table",
        '"attribute_name": table.ttl_attribute}',
        '"attribute_name": "madeAt"}',
    ),
    gated(
        "items go that were kept for good",
        "components/protected_table",
        "if table.ttl_attribute else None",
        'if table.ttl_attribute else {"enabled": True, "attribute_name": "madeAt"}',
    ),
    edit("tables are retained, but not protected", "components/options", "protect=keep", "protect=None"),
)
_BACKUPS: Final = (
    edit("a selection takes one table", "components/local_backup", 'account_id, "*")', 'account_id, "x")'),
    edit("a selection takes everything but", "components/local_backup", '"string_equals"', '"string_not_equals"'),
    edit(
        "a vault is emptied to be deleted",
        "components/local_backup",
        "force_destroy=options.disposable",
        "force_destroy=True",
    ),
    edit(
        "a vault's policy keeps nothing",
        "components/local_backup",
        "json.dumps(vaults.local(caretakers))",
        "json.dumps({**vaults.local(caretakers), 'Statement': []})",
    ),
    gated("nobody hears of failed copies", "components/local_backup", "if topic_arn is not None:", "if False:"),
    checked(
        "a role has no boundary",
        "components/local_backup",
        "permissions_boundary=arns.policy(site.account_id, names.BOUNDARY),",
        "",
    ),
    edit(
        "points live for a week",
        "components/plans",
        '"lifecycle": {"delete_after": delete_after},',
        '"lifecycle": {"delete_after": 7},',
    ),
    edit(
        "points live for ever", "components/plans", '            "lifecycle": {"delete_after": delete_after},\n'[4:], ""
    ),
    edit(
        "copies live for a week",
        "components/plans",
        '"lifecycle": {"delete_after": delete_after}}',
        '"lifecycle": {"delete_after": 7}}',
    ),
    edit("copies live for ever", "components/plans", ', "lifecycle": {"delete_after": delete_after}}', "}"),
    edit("nothing is copied", "components/plans", '"copy_actions": [\n', '"copy_actions": [] and [\n'),
    edit(
        "copies stay in the account",
        "components/plans",
        "self.region, self.backup_account,",
        "self.region, '111111111111',",
    ),
    edit(
        "copies go to a stranger's vault",
        "components/plans",
        "self.backup_account, self.retention",
        "'999999999999', self.retention",
    ),
    edit(
        "points go cold and cannot be copied",
        "components/plans",
        '"lifecycle": {"delete_after": delete_after}}',
        '"lifecycle": {"delete_after": delete_after, "cold_storage_after": 1}}',
    ),
    edit("backups are taken once a month", "components/plans", "tier.schedule.cron()", '"cron(0 3 1 * ? *)"'),
    edit(
        "backups have no time to start",
        "components/plans",
        "limits.START_WINDOW_MINUTES.check(tier.schedule.start_window_minutes)",
        "5",
    ),
    edit(
        "a tier is left out",
        "strongroom/config/tiers",
        "DataClass.CRITICAL: (DAILY, WEEKLY, MONTHLY)",
        "DataClass.CRITICAL: (DAILY,)",
    ),
    edit(
        "locks accept a shorter life than the copies have",
        "strongroom/config/retention",
        "LockBounds(self.days(tier)",
        "LockBounds(tier.floor_days - 1",
    ),
    edit(
        "advanced features are off",
        "stacks/opt_ins",
        "resource_type_management_preference={_TABLES: True}",
        "resource_type_management_preference={_TABLES: False}",
    ),
)
_VAULTS: Final = (
    central("central vaults have no lock", "components/central_vault", "aws.backup.VaultLockConfiguration(", NOTHING),
    central("a lock has no shortest retention", "components/central_vault", "min_retention_days=bounds.min_days,", ""),
    central(
        "a lock's shortest retention is a day",
        "components/central_vault",
        "min_retention_days=bounds.min_days",
        "min_retention_days=1",
        Judge.GATE,
    ),
    central("a lock has no longest retention", "components/central_vault", "max_retention_days=bounds.max_days,", ""),
    central("a lock is put over the old one", "components/central_vault", "put_over(options.kept())", "options.kept()"),
    central("central vaults have no policy", "components/central_vault", "aws.backup.VaultPolicy(", NOTHING),
    central(
        "central vaults are emptied to be deleted",
        "components/central_vault",
        "force_destroy=options.disposable",
        "force_destroy=True",
    ),
    central(
        "anybody may copy in",
        "strongroom/documents/principals",
        'by_role([arns.role("*", name) for name in role_names]),\n        within(origin.organization_path),\n',
        "",
        Judge.CHECK,
    ),
    central(
        "points can be deleted from the vaults",
        "strongroom/documents/vaults",
        "return [points, guards]",
        "return [guards]",
    ),
    central(
        "a vault's lock can be deleted",
        "strongroom/documents/vaults",
        '    "backup:DeleteBackupVaultLockConfiguration",\n',
        "",
        Judge.GATE,
    ),
    edit("keys are not rotated", "components/keys", "enable_key_rotation=True", "enable_key_rotation=False"),
    edit("a key is gone in a week", "components/keys", "KEY_DELETION_WINDOW_DAYS.high", "KEY_DELETION_WINDOW_DAYS.low"),
    edit(
        "anybody may use a key",
        "strongroom/documents/principals",
        'return {"AWS": arns.account_root(account)}',
        'return {"AWS": "*"}',
    ),
    gated(
        "anybody of the account may destroy a key",
        "strongroom/documents/key_parts",
        "return [account, pipeline, guarded]",
        "return [account, pipeline]",
    ),
)
MUTATIONS: Final = (*_TABLES, *_BACKUPS, *_VAULTS)
