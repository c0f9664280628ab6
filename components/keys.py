"""The key that each component encrypts with."""

import json
from dataclasses import dataclass

import pulumi_aws as aws

from components.options import Options
from strongroom.documents.policy import Document
from strongroom.facts import limits


@dataclass(frozen=True)
class KeyPlan:
    """What one key is for, and who may use it."""

    alias: str
    """Name that other accounts spell out; begins with alias/."""
    description: str
    policy: Document
    region: str


def key(name: str, plan: KeyPlan, options: Options) -> aws.kms.Key:
    """Register a key that is rotated each year, and its alias: `<name>-key` and `<name>-key-alias`."""
    made = aws.kms.Key(
        f"{name}-key",
        region=plan.region,
        description=plan.description,
        policy=json.dumps(plan.policy),
        enable_key_rotation=True,
        deletion_window_in_days=limits.KEY_DELETION_WINDOW_DAYS.high,
        opts=options.kept(),
    )
    aws.kms.Alias(
        f"{name}-key-alias", region=plan.region, name=plan.alias, target_key_id=made.key_id, opts=options.kept()
    )
    return made
