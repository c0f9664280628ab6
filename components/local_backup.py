"""Backups of one account's tables: taken into a vault beside them, and pushed to the backup account."""

import json
from collections.abc import Sequence
from typing import NotRequired, TypedDict

import pulumi
import pulumi_aws as aws
from pydantic import Field

from components.checks import OwnedSite, checked
from components.keys import KeyPlan, key
from components.options import Options, put_over
from components.plans import Route, rules
from strongroom.config.fields import AccountId, Section
from strongroom.config.retention import Retention
from strongroom.config.settings import Clock
from strongroom.config.tiers import DataClass
from strongroom.documents import keys, roles, vaults
from strongroom.documents.principals import Caretakers
from strongroom.facts import arns, names, services


class RetentionDaysArgs(TypedDict, total=False):
    """Days that points and their copies are kept, by tier. The central vaults' names hold them."""

    daily: int
    """35 to 90. Default: 35."""
    weekly: int
    """90 to 366. Default: 90."""
    monthly: int
    """2192 to 3653. Default: 2557."""


class LocalBackupArgs(TypedDict):
    """What a caller decides about an account's backups."""

    environment: str
    """Environment whose tables are backed up."""
    region: str
    """Region of the tables, of the vault and of the copies."""
    account_id: str
    """Account of the tables, twelve digits."""
    backup_account_id: str
    """Account that copies go to, twelve digits."""
    data_classes: Sequence[str]
    """Data classes that tables of this account have: critical, standard, short. Each gets a plan."""
    retention_days: NotRequired[RetentionDaysArgs]
    """How long points and copies are kept; the central stack must say the same."""
    time_zone: NotRequired[str]
    """IANA time zone of the schedules. Default: Etc/UTC."""
    topic_arn: NotRequired[pulumi.Input[str]]
    """Topic of this account that hears of failed copies from the vault itself. Absent: none."""
    disposable: NotRequired[bool]
    """Whether destroying the stack may destroy the points. Default: no."""


class _BackupAccount(Section):
    backup_account_id: AccountId


class _DataClasses(Section):
    data_classes: frozenset[DataClass] = Field(min_length=1)


class LocalBackup(pulumi.ComponentResource):
    """A vault under its own key, the role of AWS Backup, and for each data class a plan and its selection."""

    vault_name: pulumi.Output[str]
    """Name of the vault beside the tables."""
    vault_arn: pulumi.Output[str]
    """ARN of the vault beside the tables."""
    role_arn: pulumi.Output[str]
    """ARN of the role that backs up, copies and restores."""

    def __init__(self, name: str, args: LocalBackupArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        site = checked(OwnedSite, {part: args[part] for part in ("environment", "region", "account_id")})
        route = _route(args)
        classes = _classes(args["data_classes"])
        options = Options(self, args.get("disposable") or False)
        super().__init__("strongroom:index:LocalBackup", name, {}, opts)

        caretakers = Caretakers(site.account_id)
        policy = keys.local_vault(keys.Place(site.region, caretakers), site.environment, route.backup_account)
        alias = names.key_alias(site.environment, "vault")
        sealing = key(name, KeyPlan(alias, "Recovery points of this account", policy, site.region), options)
        vault = aws.backup.Vault(
            f"{name}-vault",
            region=site.region,
            name=names.local_vault(site.environment),
            kms_key_arn=sealing.arn,
            force_destroy=options.disposable,
            opts=options.kept(),
        )
        aws.backup.VaultPolicy(
            f"{name}-vault-policy",
            region=site.region,
            backup_vault_name=vault.name,
            policy=json.dumps(vaults.local(caretakers)),
            opts=options.kept(),
        )
        role = aws.iam.Role(
            f"{name}-role",
            name=names.backup_role(site.environment),
            assume_role_policy=json.dumps(roles.trusted_by_backup(site.account_id)),
            permissions_boundary=arns.policy(site.account_id, names.BOUNDARY),
            # Without its role AWS Backup can no longer delete what has expired.
            opts=options.kept(),
        )
        may_back_up = aws.iam.RolePolicyAttachment(
            f"{name}-backs-up", role=role.name, policy_arn=services.BACKUP_POLICY, opts=options.kept()
        )
        may_restore = aws.iam.RolePolicyAttachment(
            f"{name}-restores", role=role.name, policy_arn=services.RESTORE_POLICY, opts=options.kept()
        )
        for data_class in classes:
            plan = aws.backup.Plan(
                f"{name}-{data_class}-plan",
                region=site.region,
                name=names.backup_plan(site.environment, data_class),
                rules=rules(data_class, vault.name, route),
                opts=options.plain(),
            )
            aws.backup.Selection(
                f"{name}-{data_class}-selection",
                region=site.region,
                name=names.backup_plan(site.environment, data_class),
                plan_id=plan.id,
                iam_role_arn=role.arn,
                resources=[arns.table(site.region, site.account_id, "*")],
                conditions=[{"string_equals": _tagged(site.environment, data_class)}],
                opts=options.plain(after=[may_back_up, may_restore]),
            )
        topic_arn = args.get("topic_arn")
        if topic_arn is not None:
            # A second way beside the event rules, because EventBridge delivers these events on best effort only.
            aws.backup.VaultNotifications(
                f"{name}-notifications",
                region=site.region,
                backup_vault_name=vault.name,
                sns_topic_arn=topic_arn,
                backup_vault_events=["COPY_JOB_FAILED"],
                opts=put_over(options.plain()),
            )

        self.vault_name = vault.name
        self.vault_arn = vault.arn
        self.role_arn = role.arn
        self.register_outputs({"vault_name": self.vault_name, "vault_arn": self.vault_arn, "role_arn": self.role_arn})


def _route(args: LocalBackupArgs) -> Route:
    return Route(
        environment=args["environment"],
        region=args["region"],
        backup_account=checked(_BackupAccount, {"backup_account_id": args["backup_account_id"]}).backup_account_id,
        retention=checked(Retention, args.get("retention_days") or {}),
        time_zone=checked(Clock, {"time_zone": args.get("time_zone")}).time_zone,
    )


def _classes(given: Sequence[str]) -> list[DataClass]:
    """Each class once, in one order, so that the order of tables changes nothing.

    Raises:
        ValueError: there is none, or one that does not exist.
    """
    wanted = checked(_DataClasses, {"data_classes": given}).data_classes
    return [data_class for data_class in DataClass if data_class in wanted]


def _tagged(environment: str, data_class: DataClass) -> list[aws.backup.SelectionConditionStringEqualArgsDict]:
    """Conditions that all must hold: a selection's tag list would take a table that has any of the tags."""
    tags = {names.TAG_DATA_CLASS: data_class.value, names.TAG_ENVIRONMENT: environment}
    return [{"key": f"aws:ResourceTag/{tag}", "value": value} for tag, value in tags.items()]
