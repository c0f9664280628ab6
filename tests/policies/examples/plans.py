"""Examples of the rules about plans."""

import pulumi_aws as aws
from strongroom_policies import plans

from tests.policies.example import Broken, Example
from tests.policies.judging import GONE, Made

CENTRAL = "arn:aws:backup:eu-west-2:333333333333:backup-vault:strongroom-prod-daily-35-90"


def rule(name: str, days: int, hour: int, vault: str = CENTRAL) -> dict[str, object]:
    return {
        "ruleName": name,
        "targetVaultName": "strongroom-prod",
        "schedule": f"cron(0 {hour} * * ? *)",
        "startWindow": 60,
        "completionWindow": 720,
        "lifecycle": {"deleteAfter": days},
        "copyActions": [{"destinationVaultArn": vault, "lifecycle": {"deleteAfter": days}}],
    }


PLAN = Made(
    aws.backup.Plan,
    {
        "name": "strongroom-prod-critical",
        "region": "eu-west-2",
        "rules": [rule("daily", 35, 3), rule("monthly", 2557, 5)],
    },
    provider={"allowedAccountIds": '["111111111111"]', "region": "eu-west-2"},
)

EXAMPLES = [
    Example(
        plans.FREQUENCY,
        PLAN.but("rules", [rule("daily", 35, 3)]),
        [
            Broken(
                "rules",
                [],
                (
                    "backup.Plan 'it' has no rule at all, and none runs every 24 hours; a backup every 24 hours is"
                    " required: add a rule with a schedule such as cron(0 3 * * ? *)"
                ),
            ),
            Broken(
                "rules.0.schedule",
                "cron(0 3 ? * SUN *)",
                (
                    "backup.Plan 'it' has cron(0 3 ? * SUN *), and none runs every 24 hours; a backup every 24 hours is"
                    " required: add a rule with a schedule such as cron(0 3 * * ? *)"
                ),
            ),
            Broken(
                "rules.0.schedule",
                "rate(25 hours)",
                (
                    "backup.Plan 'it' has rate(25 hours), and none runs every 24 hours; a backup every 24 hours is"
                    " required: add a rule with a schedule such as cron(0 3 * * ? *)"
                ),
            ),
        ],
        [
            ("rules.0.schedule", "rate(24 hours)"),
            ("rules.0.schedule", "cron(0 0/12 * * ? *)"),
            ("rules.0.schedule", GONE),
        ],
    ),
    Example(
        plans.FREQUENCY,
        PLAN.but("rules", [{**rule("often", 35, 3), "schedule": "cron(0 0,12 * * ? *)"}]),
        [
            Broken(
                "rules.0.schedule",
                "cron(0 0,11 * * ? *)",
                (
                    "backup.Plan 'it' has cron(0 0,11 * * ? *), and none runs every 12 hours; a backup every 12 hours"
                    " is required: add a rule with a schedule such as cron(0 3 * * ? *)"
                ),
            )
        ],
        configuration={"maximumHours": 12},
    ),
    Example(
        plans.LIFECYCLE,
        PLAN,
        [
            Broken(
                "rules.0.lifecycle",
                GONE,
                (
                    "rule 'daily' of backup.Plan 'it' keeps its points for ever, and costs for ever; an end is"
                    " required: set delete_after in its lifecycle"
                ),
            ),
            Broken(
                "rules.0.lifecycle.deleteAfter",
                34,
                (
                    "rule 'daily' of backup.Plan 'it' keeps its points for 34 days; 35 to 36500 are required: change"
                    " delete_after"
                ),
            ),
            Broken(
                "rules.0.copyActions.0.lifecycle",
                GONE,
                (
                    "the copy of rule 'daily' of backup.Plan 'it' keeps its points for ever, and costs for ever; an end"
                    " is required: set delete_after in its lifecycle"
                ),
            ),
            Broken(
                "rules.0.copyActions.0.lifecycle.deleteAfter",
                34,
                (
                    "the copy of rule 'daily' of backup.Plan 'it' keeps its points for 34 days; 35 to 36500 are"
                    " required: change delete_after"
                ),
            ),
            Broken(
                "rules.1.copyActions.0.lifecycle.deleteAfter",
                36501,
                (
                    "the copy of rule 'monthly' of backup.Plan 'it' keeps its points for 36501 days; 35 to 36500 are"
                    " required: change delete_after"
                ),
            ),
            Broken(
                "rules.1.lifecycle",
                {"deleteAfter": 97, "coldStorageAfter": 8},
                (
                    "rule 'monthly' of backup.Plan 'it' deletes after 97 days what goes cold after 8; 90 days in cold"
                    " storage are AWS's minimum: set delete_after to 98 or more"
                ),
                "rules.1.lifecycle.deleteAfter",
            ),
            Broken(
                "rules.1.lifecycle",
                {"deleteAfter": 2557, "coldStorageAfter": 7},
                (
                    "rule 'monthly' of backup.Plan 'it' goes cold after 7 days; 8 warm days are required: raise"
                    " cold_storage_after or leave it out"
                ),
            ),
        ],
        [
            ("rules.1.lifecycle.deleteAfter", 36500),
            ("rules.1.lifecycle", {"deleteAfter": 98, "coldStorageAfter": 8}),
        ],
    ),
    Example(
        plans.TIER_RETENTION,
        PLAN,
        [
            Broken(
                "rules.0.lifecycle.deleteAfter",
                34,
                (
                    "rule 'daily' of backup.Plan 'it' keeps its points for 34 days; 35 to 90 are required in this tier:"
                    " change delete_after"
                ),
            ),
            Broken(
                "rules.0.lifecycle.deleteAfter",
                91,
                (
                    "rule 'daily' of backup.Plan 'it' keeps its points for 91 days; 35 to 90 are required in this tier:"
                    " change delete_after"
                ),
            ),
            Broken(
                "rules.1.copyActions.0.lifecycle.deleteAfter",
                2191,
                (
                    "the copy of rule 'monthly' of backup.Plan 'it' keeps its points for 2191 days; 2192 to 3653 are"
                    " required in this tier: change delete_after"
                ),
            ),
            Broken(
                "rules.1.copyActions.0.lifecycle.deleteAfter",
                3654,
                (
                    "the copy of rule 'monthly' of backup.Plan 'it' keeps its points for 3654 days; 2192 to 3653 are"
                    " required in this tier: change delete_after"
                ),
            ),
        ],
        [
            ("rules.0.lifecycle.deleteAfter", 90),
            ("rules.1.copyActions.0.lifecycle.deleteAfter", 2192),
            ("rules.1.copyActions.0.lifecycle.deleteAfter", 3653),
            ("rules.1.ruleName", "another"),
        ],
    ),
]
