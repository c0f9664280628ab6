"""The program that a source stack is compared with: as many registrations, and nothing else in it.

Pulumi runs it with two settings: the number of tables, and the number of further custom resources and components that
the source stack registers whatever its tables are.
"""

import pulumi
import pulumi_aws as aws


def register() -> None:
    """Register what the configuration asks for."""
    config = pulumi.Config()
    account, components = config.require("account"), config.require_bool("components")
    prefix = config.require("prefix")
    provider = aws.Provider(
        "bare", profile=config.require("profile"), region="eu-west-2", allowed_account_ids=[account]
    )
    for number in range(config.require_int("tables")):
        parent = _Component(f"{prefix}{number}") if components else None
        _table(f"{prefix}{number}", pulumi.ResourceOptions(provider=provider, parent=parent))
    for number in range(config.require_int("others")):
        aws.sns.Topic(
            f"strongroom-prod-{number}",
            region="eu-west-2",
            name=f"strongroom-prod-{number}",
            opts=pulumi.ResourceOptions(provider=provider),
        )
    for number in range(config.require_int("parents") if components else 0):
        _Component(f"parent-{number}")


class _Component(pulumi.ComponentResource):
    """The least that Pulumi asks of a component: to say when it is complete."""

    def __init__(self, name: str) -> None:
        super().__init__("bench:index:Component", name)
        self.register_outputs({})


def _table(name: str, opts: pulumi.ResourceOptions) -> None:
    aws.dynamodb.Table(
        f"{name}-table",
        region="eu-west-2",
        name=name,
        billing_mode="PAY_PER_REQUEST",
        attributes=[{"name": "id", "type": "S"}],
        hash_key="id",
        point_in_time_recovery={"enabled": True, "recovery_period_in_days": 35},
        deletion_protection_enabled=True,
        tags={"strongroom:data-class": "short", "strongroom:environment": "prod"},
        opts=opts,
    )


register()
