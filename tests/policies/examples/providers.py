"""Examples of the rule about what a provider is told."""

import pulumi_aws as aws
from strongroom_policies import providers

from tests.policies.example import Broken, Example
from tests.policies.judging import Made

KNOWN = ["region", "assumeRoles", "allowedAccountIds"]
ROLE = '[{"roleArn": "arn:aws:iam::111111111111:role/deploy"}]'


def told(name: str) -> str:
    """What is said of a property that nobody has named."""
    return (
        f"aws.Provider 'it' is told {name}; only region, assumeRoles, allowedAccountIds may be set, because others can"
        " send calls elsewhere or hide what is there: take it out, or add it to properties of aws-provider-properties"
    )


EXAMPLES = [
    Example(
        providers.PROPERTIES,
        Made(
            aws.Provider,
            {
                "region": "eu-west-2",
                "allowedAccountIds": '["111111111111"]',
                "assumeRoles": ROLE,
                "token": "planted",
            },
        ),
        [
            Broken("endpoints", '[{"backup": "https://example.com"}]', told("endpoints")),
            Broken("httpsProxy", "https://example.com", told("httpsProxy")),
            Broken("insecure", "true", told("insecure")),
            Broken("insecure", True, told("insecure")),
            Broken("skipRequestingAccountId", "true", told("skipRequestingAccountId")),
            Broken("ignoreTags", '{"keys": ["owner"]}', told("ignoreTags")),
            Broken(
                "assumeRoles",
                ROLE.replace("111111111111", "999999999999"),
                (
                    "aws.Provider 'it' takes a role of account 999999999999; only 111111111111 may be worked in: name a"
                    " role of one of them, or correct allowed_account_ids"
                ),
            ),
            Broken(
                "assumeRoles",
                [{"roleArn": "arn:aws:iam::999999999999:role/deploy"}],
                (
                    "aws.Provider 'it' takes a role of account 999999999999; only 111111111111 may be worked in: name a"
                    " role of one of them, or correct allowed_account_ids"
                ),
            ),
        ],
        [
            ("skipCredentialsValidation", "false"),
            ("endpoints", "[]"),
            ("__internal", {"version": "7.51.0"}),
            ("insecure", False),
            ("allowedAccountIds", ""),
            ("assumeRoles", [{"roleArn": "arn:aws:iam::111111111111:role/deploy"}]),
            ("assumeRoles", f"{ROLE.replace('111111111111', '999999999999')[:-1]}, {ROLE[1:]}"),
        ],
        configuration={"properties": KNOWN},
    ),
]
