"""The rules of a backup plan: one for each tier, and each says where its copy goes and how long both live."""

from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from strongroom.config.retention import Retention
from strongroom.config.tiers import DataClass, Tier
from strongroom.facts import arns, limits


@dataclass(frozen=True)
class Route:
    """From where copies go to where, when, and for how long."""

    environment: str
    region: str
    backup_account: str
    retention: Retention
    time_zone: str

    def central_vault_arn(self, tier: Tier) -> str:
        """ARN of the vault in the backup account that takes copies of `tier`."""
        return arns.vault(self.region, self.backup_account, self.retention.central_vault(self.environment, tier))


def rules(data_class: DataClass, vault_name: pulumi.Input[str], route: Route) -> list[aws.backup.PlanRuleArgsDict]:
    """Rules of the plan of one data class, from the most frequent tier to the rarest."""
    return [_rule(tier, vault_name, route) for tier in data_class.tiers]


def _rule(tier: Tier, vault_name: pulumi.Input[str], route: Route) -> aws.backup.PlanRuleArgsDict:
    delete_after = route.retention.lifecycle(tier).delete_after_days
    return {
        "rule_name": tier.name,
        "target_vault_name": vault_name,
        "schedule": tier.schedule.cron(),
        "schedule_expression_timezone": route.time_zone,
        "start_window": limits.START_WINDOW_MINUTES.check(tier.schedule.start_window_minutes),
        "completion_window": tier.schedule.completion_window_minutes,
        "lifecycle": {"delete_after": delete_after},
        # A copy action without a lifecycle of its own would keep its copies for ever.
        "copy_actions": [
            {"destination_vault_arn": route.central_vault_arn(tier), "lifecycle": {"delete_after": delete_after}}
        ],
    }
