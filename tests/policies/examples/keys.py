"""Examples of the rules about keys."""

import json
from typing import Any

import pulumi_aws as aws
from strongroom_policies import keys

from tests.policies.example import Broken, Example
from tests.policies.judging import GONE, Made

OWN, OTHER = "111111111111", "999999999999"

ROOT: dict[str, Any] = {
    "Sid": "Root",
    "Effect": "Allow",
    "Principal": {"AWS": f"arn:aws:iam::{OWN}:root"},
    "Action": "kms:*",
    "Resource": "*",
}

GRANT: dict[str, Any] = {
    "Sid": "Grant",
    "Effect": "Allow",
    "Principal": {"AWS": OTHER},
    "Action": ["kms:CreateGrant"],
    "Resource": "*",
    "Condition": {"Bool": {"kms:GrantIsForAWSResource": "true"}},
}

EVENTS: dict[str, Any] = {
    "Sid": "Events",
    "Effect": "Allow",
    "Principal": {"Service": "events.amazonaws.com"},
    "Action": "kms:Decrypt",
    "Resource": "*",
}

OF_OWN = {"StringEquals": {"aws:SourceAccount": OWN}}


def document(*statements: object) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


KEY = Made(
    aws.kms.Key,
    {"enableKeyRotation": True, "deletionWindowInDays": 30, "policy": document(ROOT, GRANT, EVENTS)},
    provider={"allowedAccountIds": f'["{OWN}"]'},
)


NO_POLICY = Broken(
    "policy",
    GONE,
    (
        "kms.Key 'it' has AWS's own policy, by which identity policies alone decide; one of its own is required: set"
        " policy"
    ),
)

EXAMPLES = [
    Example(
        keys.LASTING,
        KEY,
        [
            Broken(
                "enableKeyRotation",
                GONE,
                "kms.Key 'it' is never rotated; rotation is required: set enable_key_rotation to true",
            ),
            Broken(
                "deletionWindowInDays",
                29,
                (
                    "kms.Key 'it' is gone 29 days after its deletion is asked for; 30 are required: set"
                    " deletion_window_in_days to 30"
                ),
            ),
            Broken(
                "isEnabled",
                False,
                "kms.Key 'it' is disabled, and nothing under it can be read; it must be enabled: leave is_enabled out",
            ),
        ],
        [("deletionWindowInDays", GONE), ("isEnabled", True)],
    ),
    Example(
        keys.POLICY,
        KEY,
        [
            NO_POLICY,
            Broken(
                "policy",
                document(ROOT, {**GRANT, "Principal": "*"}),
                (
                    "kms.Key 'it' lets anybody in by statement Grant; only accounts of the organization may: add a"
                    " condition on aws:PrincipalAccount or aws:PrincipalOrgPaths"
                ),
            ),
            Broken(
                "policy",
                document(ROOT, {**GRANT, "Action": "kms:*"}),
                (
                    "kms.Key 'it' gives kms:* to account 999999999999 by statement Grant; a foreign account may use a"
                    " key and never own it: name the actions that it needs"
                ),
            ),
            *(
                Broken(
                    "policy",
                    document(ROOT, {**GRANT, "Action": every}),
                    (
                        "kms.Key 'it' gives kms:* to account 999999999999 by statement Grant; a foreign account may use"
                        " a key and never own it: name the actions that it needs"
                    ),
                )
                for every in ("*:*", "kms:**", "k*")
            ),
            Broken(
                "policy",
                document(ROOT, {**GRANT, "Condition": {}}),
                (
                    "kms.Key 'it' lets grants be made by statement Grant for anything; only AWS services may have them:"
                    " add a condition Bool kms:GrantIsForAWSResource true"
                ),
            ),
            Broken(
                "policy",
                document(ROOT, {**EVENTS, "Condition": OF_OWN}),
                (
                    "kms.Key 'it' asks EventBridge for its source in statement Events, which it never sends: its"
                    " messages would be lost; none is required: put it into a statement without a condition on the"
                    " source"
                ),
            ),
            Broken(
                "policy",
                document(ROOT, {**GRANT, "Action": "kms:Create*", "Condition": {}}),
                (
                    "kms.Key 'it' lets grants be made by statement Grant for anything; only AWS services may have them:"
                    " add a condition Bool kms:GrantIsForAWSResource true"
                ),
            ),
        ],
        configuration={"accounts": [OTHER]},
    ),
    Example(
        keys.POLICY,
        KEY.but("policy", document(ROOT)),
        [
            Broken(
                "policy",
                document(ROOT, GRANT),
                (
                    "kms.Key 'it' lets account 999999999999 in by statement Grant; only 111111111111 may be: take it"
                    " out, or add it to accounts of kms-key-policy"
                ),
            )
        ],
    ),
    Example(keys.POLICY, KEY.but("@provider", {}), [NO_POLICY]),
    Example(
        keys.POLICY,
        Made(aws.kms.KeyPolicy, {"policy": document(ROOT)}),
        [
            Broken(
                "policy",
                document(ROOT, GRANT),
                (
                    "kms.KeyPolicy 'it' lets account 999999999999 in by statement Grant; only 111111111111 may be: take"
                    " it out, or add it to accounts of kms-key-policy"
                ),
            )
        ],
        configuration={"accounts": [OWN]},
    ),
]
