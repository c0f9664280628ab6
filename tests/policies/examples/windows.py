"""Examples of the rules about when the rules of a plan start."""

from strongroom_policies import plans

from tests.policies.example import Broken, Example
from tests.policies.examples.plans import PLAN

EXAMPLES = [
    Example(
        plans.WINDOWS,
        PLAN,
        [
            Broken(
                "rules.0.startWindow",
                59,
                (
                    "rule 'daily' of backup.Plan 'it' may start within 59 minutes; AWS takes 60 or more: set"
                    " start_window to 60"
                ),
            ),
            Broken(
                "rules.0.startWindow",
                "59",
                (
                    "rule 'daily' of backup.Plan 'it' may start within 59 minutes; AWS takes 60 or more: set"
                    " start_window to 60"
                ),
            ),
            Broken(
                "rules.0.completionWindow",
                60,
                (
                    "rule 'daily' of backup.Plan 'it' is cancelled after 60 minutes and may start within 60; time to"
                    " run is required: set completion_window above start_window"
                ),
            ),
            Broken(
                "rules.0.enableContinuousBackup",
                True,
                (
                    "rule 'daily' of backup.Plan 'it' asks for continuous backup, which DynamoDB does not have;"
                    " snapshots are required: leave enable_continuous_backup out, or set allowContinuousBackup of"
                    " backup-plan-windows"
                ),
            ),
            Broken(
                "rules.0.startWindow",
                121,
                (
                    "rules 'daily' and 'monthly' of backup.Plan 'it' may start at the same time, and AWS then runs only"
                    " the one that keeps its points longest; windows apart are required: move one schedule or shorten a"
                    " start_window"
                ),
            ),
            Broken(
                "rules.0.schedule",
                "cron(59 5 * * ? *)",
                (
                    "rules 'daily' and 'monthly' of backup.Plan 'it' may start at the same time, and AWS then runs only"
                    " the one that keeps its points longest; windows apart are required: move one schedule or shorten a"
                    " start_window"
                ),
            ),
            Broken(
                "rules.0.schedule",
                "rate(12 hours)",
                (
                    "rules 'daily' and 'monthly' of backup.Plan 'it' may start at the same time, and AWS then runs only"
                    " the one that keeps its points longest; windows apart are required: move one schedule or shorten a"
                    " start_window"
                ),
            ),
            Broken(
                "rules.0.scheduleExpressionTimezone",
                "Asia/Riyadh",
                (
                    "rules 'daily' and 'monthly' of backup.Plan 'it' may start at the same time, and AWS then runs only"
                    " the one that keeps its points longest; windows apart are required: move one schedule or shorten a"
                    " start_window"
                ),
            ),
        ],
        [
            ("rules.0.completionWindow", 61),
            ("rules.0.startWindow", 120),
            ("rules.0.schedule", "cron(0 6 * * ? *)"),
            ("rules.0.schedule", "cron(0 4 * * ? *)"),
        ],
    ),
    Example(
        plans.WINDOWS,
        PLAN.but("rules.0.schedule", "cron(0 5 ? * SUN *)").but("rules.1.schedule", "cron(0 5 ? * MON *)"),
        [
            Broken(
                "rules.1.schedule",
                "cron(0 5 ? * SUN,WED *)",
                (
                    "rules 'daily' and 'monthly' of backup.Plan 'it' may start at the same time, and AWS then runs only"
                    " the one that keeps its points longest; windows apart are required: move one schedule or shorten a"
                    " start_window"
                ),
            )
        ],
    ),
]
