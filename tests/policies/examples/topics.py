"""Examples of the rules about topics."""

from typing import Any

import pulumi_aws as aws
from strongroom_policies import topics

from tests.policies.example import Broken, Example
from tests.policies.examples.keys import EVENTS, OF_OWN, OTHER, OWN, document
from tests.policies.judging import GONE, Made

BACKUP: dict[str, Any] = {
    "Sid": "Backup",
    "Effect": "Allow",
    "Principal": {"Service": "backup.amazonaws.com"},
    "Action": "sns:Publish",
    "Resource": "*",
    "Condition": OF_OWN,
}

EXAMPLES = [
    Example(
        topics.CUSTOMER_KEY,
        Made(aws.sns.Topic, {"kmsMasterKeyId": "arn:aws:kms:eu-west-2:111111111111:key/k"}),
        [
            Broken(
                "kmsMasterKeyId",
                GONE,
                (
                    "sns.Topic 'it' lies under no key; a customer managed key is required, because AWS's services may"
                    " use no other: set kms_master_key_id"
                ),
            ),
            Broken(
                "kmsMasterKeyId",
                "alias/aws/sns",
                (
                    "sns.Topic 'it' lies under alias/aws/sns; a customer managed key is required, because AWS's"
                    " services may use no other: set kms_master_key_id"
                ),
            ),
        ],
    ),
    Example(
        topics.POLICY,
        Made(aws.sns.TopicPolicy, {"arn": "t", "policy": document(BACKUP, EVENTS)}),
        [
            Broken(
                "policy",
                document({**BACKUP, "Principal": "*", "Condition": {}}),
                (
                    "sns.TopicPolicy 'it' lets anybody in by statement Backup; only services and accounts of yours may:"
                    " name them, or add a condition on aws:PrincipalOrgID"
                ),
            ),
            Broken(
                "policy",
                document({**BACKUP, "Condition": {}}),
                (
                    "sns.TopicPolicy 'it' lets backup.amazonaws.com of every account publish by statement Backup; only"
                    " yours may: add a condition on aws:SourceAccount"
                ),
            ),
            Broken(
                "policy",
                document(BACKUP, {**EVENTS, "Condition": OF_OWN}),
                (
                    "sns.TopicPolicy 'it' asks EventBridge for its source in statement Events, which it never sends:"
                    " its messages would be lost; none is required: put it into a statement without a condition on the"
                    " source"
                ),
            ),
        ],
    ),
    Example(
        topics.POLICY,
        Made(aws.sns.Topic, {"policy": document(BACKUP, EVENTS)}),
        [
            Broken(
                "policy",
                document({**BACKUP, "Condition": {}}),
                (
                    "sns.Topic 'it' lets backup.amazonaws.com of every account publish by statement Backup; only yours"
                    " may: add a condition on aws:SourceAccount"
                ),
            )
        ],
        [("policy", GONE)],
    ),
    Example(
        topics.POLICY,
        Made(aws.sns.TopicPolicy, {"policy": document(BACKUP, EVENTS)}),
        [
            Broken(
                "policy",
                document({**BACKUP, "Principal": {"AWS": f"arn:aws:iam::{OTHER}:root"}}),
                (
                    "sns.TopicPolicy 'it' lets account 999999999999 in by statement Backup; only 111111111111 may be:"
                    " take it out, or add it to accounts of sns-topic-policy"
                ),
            ),
            Broken(
                "policy",
                document({**BACKUP, "Condition": {"StringEquals": {"aws:SourceAccount": [OWN, OTHER]}}}),
                (
                    "sns.TopicPolicy 'it' lets account 999999999999 in by statement Backup; only 111111111111 may be:"
                    " take it out, or add it to accounts of sns-topic-policy"
                ),
            ),
        ],
        [("policy", document({**BACKUP, "Principal": {"AWS": f"arn:aws:iam::{OWN}:root"}}))],
        configuration={"accounts": [OWN]},
    ),
]
