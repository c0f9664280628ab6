"""Examples of the rules about tables and selections together."""

import pulumi_aws as aws
from strongroom_policies import selections

from tests.policies.example import BrokenStack, StackExample
from tests.policies.judging import GONE, Made

CLASS = "strongroom:data-class"

CENTRAL = "arn:aws:backup:eu-west-2:333333333333:backup-vault:central"

TABLE = Made(
    aws.dynamodb.Table,
    {"name": "receipts", "region": "eu-west-2", "arn": "arn:table", "tags": {CLASS: "standard"}},
    "table",
)

PLAN = Made(
    aws.backup.Plan,
    {
        "id": "plan-id",
        "rules": [
            {
                "ruleName": "daily",
                "targetVaultName": "local",
                "lifecycle": {"deleteAfter": 35},
                "copyActions": [{"destinationVaultArn": CENTRAL, "lifecycle": {"deleteAfter": 35}}],
            },
            {"ruleName": "weekly", "targetVaultName": "local", "lifecycle": {"deleteAfter": 90}},
        ],
    },
    "plan",
)

SELECTION = Made(
    aws.backup.Selection,
    {
        "planId": "plan-id",
        "iamRoleArn": "arn:role",
        "resources": ["arn:aws:dynamodb:eu-west-2:111111111111:table/*"],
        "conditions": [{"stringEquals": [{"key": f"aws:ResourceTag/{CLASS}", "value": "standard"}]}],
    },
    "selection",
)

TEST = Made(
    aws.backup.RestoreTestingSelection,
    {
        "protectedResourceType": "DynamoDB",
        "protectedResourceArns": ["arn:aws:dynamodb:eu-west-2:111111111111:table/receipts"],
    },
    "test",
)

EXAMPLES = [
    StackExample(
        selections.TABLE_IN_A_PLAN,
        [TABLE, PLAN, SELECTION],
        [
            BrokenStack(
                "selection",
                "",
                GONE,
                "table",
                (
                    "dynamodb.Table 'table' is in no backup selection; one is required: give it the tags that a"
                    " selection of its environment looks for, or name 'receipts' in selectedElsewhere of"
                    " dynamodb-table-in-a-plan"
                ),
            ),
            BrokenStack(
                "table",
                "tags",
                GONE,
                "table",
                (
                    "dynamodb.Table 'table' is in no backup selection; one is required: give it the tags that a"
                    " selection of its environment looks for, or name 'receipts' in selectedElsewhere of"
                    " dynamodb-table-in-a-plan"
                ),
            ),
            BrokenStack(
                "table",
                f"tags.{CLASS}",
                "short",
                "table",
                (
                    "dynamodb.Table 'table' is in no backup selection; one is required: give it the tags that a"
                    " selection of its environment looks for, or name 'receipts' in selectedElsewhere of"
                    " dynamodb-table-in-a-plan"
                ),
            ),
            BrokenStack(
                "selection",
                "resources.0",
                "arn:aws:dynamodb:eu-west-2:1:table/other",
                "table",
                (
                    "dynamodb.Table 'table' is in no backup selection; one is required: give it the tags that a"
                    " selection of its environment looks for, or name 'receipts' in selectedElsewhere of"
                    " dynamodb-table-in-a-plan"
                ),
            ),
            BrokenStack(
                "selection",
                "resources.0",
                "arn:aws:dynamodb:us-east-1:1:table/*",
                "table",
                (
                    "dynamodb.Table 'table' is in no backup selection; one is required: give it the tags that a"
                    " selection of its environment looks for, or name 'receipts' in selectedElsewhere of"
                    " dynamodb-table-in-a-plan"
                ),
            ),
            BrokenStack(
                "selection",
                "notResources",
                ["arn:aws:dynamodb:*:*:table/rec*"],
                "table",
                (
                    "dynamodb.Table 'table' is in no backup selection; one is required: give it the tags that a"
                    " selection of its environment looks for, or name 'receipts' in selectedElsewhere of"
                    " dynamodb-table-in-a-plan"
                ),
            ),
            BrokenStack(
                "selection",
                "conditions.0",
                {"stringLikes": [{"key": "aws:ResourceTag/absent", "value": "*"}]},
                "table",
                (
                    "dynamodb.Table 'table' is in no backup selection; one is required: give it the tags that a"
                    " selection of its environment looks for, or name 'receipts' in selectedElsewhere of"
                    " dynamodb-table-in-a-plan"
                ),
            ),
            BrokenStack(
                "selection",
                "conditions.0",
                {"stringEquals": [{"key": "aws:ResourceTag/absent", "value": "None"}]},
                "table",
                (
                    "dynamodb.Table 'table' is in no backup selection; one is required: give it the tags that a"
                    " selection of its environment looks for, or name 'receipts' in selectedElsewhere of"
                    " dynamodb-table-in-a-plan"
                ),
            ),
            BrokenStack(
                "selection",
                "selectionTags",
                [{"key": CLASS, "value": "short"}],
                "table",
                (
                    "dynamodb.Table 'table' is in no backup selection; one is required: give it the tags that a"
                    " selection of its environment looks for, or name 'receipts' in selectedElsewhere of"
                    " dynamodb-table-in-a-plan"
                ),
            ),
        ],
        [
            ("selection", "resources", ["*"]),
            ("selection", "conditions", GONE),
            ("selection", "conditions.0", {"stringLikes": [{"key": f"aws:ResourceTag/{CLASS}", "value": "stand*"}]}),
            ("selection", "conditions.0", {"stringNotEquals": [{"key": f"aws:ResourceTag/{CLASS}", "value": "short"}]}),
            ("selection", "conditions.0", {"stringLikes": [{"key": f"aws:ResourceTag/{CLASS}", "value": "*"}]}),
            ("selection", "conditions.0", {"stringNotLikes": [{"key": "aws:ResourceTag/absent", "value": "None"}]}),
            ("selection", "selectionTags", [{"key": CLASS, "value": "standard"}]),
        ],
    ),
    StackExample(
        selections.TIERS,
        [PLAN, SELECTION],
        [
            BrokenStack(
                "plan",
                "rules.1.ruleName",
                "yearly",
                "selection",
                (
                    "backup.Plan 'plan' of backup.Selection 'selection' has no rule weekly; its data class needs daily,"
                    " weekly: add the missing rule"
                ),
            ),
            BrokenStack(
                "selection",
                "conditions.0.stringEquals.0.value",
                "critical",
                "selection",
                (
                    "backup.Plan 'plan' of backup.Selection 'selection' has no rule monthly; its data class needs"
                    " daily, weekly, monthly: add the missing rule"
                ),
            ),
        ],
        [("selection", "conditions.0.stringEquals.0.value", "short")],
    ),
    StackExample(
        selections.RESTORE_TESTS,
        [TABLE, TEST],
        [
            BrokenStack(
                "test",
                "",
                GONE,
                "table",
                (
                    "dynamodb.Table 'table' is in no restore test; one is wanted: add a backup.RestoreTestingSelection"
                    " that takes it in"
                ),
            ),
            BrokenStack(
                "test",
                "protectedResourceArns",
                ["arn:aws:dynamodb:*:*:table/other"],
                "table",
                (
                    "dynamodb.Table 'table' is in no restore test; one is wanted: add a backup.RestoreTestingSelection"
                    " that takes it in"
                ),
            ),
            BrokenStack(
                "test",
                "protectedResourceType",
                "S3",
                "table",
                (
                    "dynamodb.Table 'table' is in no restore test; one is wanted: add a backup.RestoreTestingSelection"
                    " that takes it in"
                ),
            ),
        ],
        [
            ("test", "protectedResourceArns", ["*"]),
            (
                "test",
                "protectedResourceConditions",
                {"stringEquals": [{"key": f"aws:ResourceTag/{CLASS}", "value": "standard"}]},
            ),
        ],
    ),
]
