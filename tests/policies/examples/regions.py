"""Examples of the rules about Regions and accounts."""

from dataclasses import replace

import pulumi_aws as aws
from strongroom_policies import regions

from tests.policies.example import Broken, Example
from tests.policies.examples.copies import ELSEWHERE
from tests.policies.examples.plans import CENTRAL, PLAN, rule
from tests.policies.examples.replication import REPLICATION
from tests.policies.judging import GONE, Made

VAULT = Made(aws.backup.Vault, {"name": "central", "region": "eu-west-2"}, provider={"allowedAccountIds": '["1"]'})

BEYOND = {
    "regions": ["eu-west-2"],
    "accounts": ["111111111111"],
    "copyRegions": ["eu-west-1"],
    "copyAccounts": ["333333333333"],
}

EXAMPLES = [
    Example(
        regions.PLACES,
        VAULT,
        [
            Broken(
                "region",
                "us-east-1",
                (
                    "backup.Vault 'it' lies in us-east-1; only eu-west-2, eu-west-1 may hold data: set region to one of"
                    " them"
                ),
            ),
            Broken(
                "@provider",
                {"allowedAccountIds": '["2"]'},
                "backup.Vault 'it' goes to account 2; only 1 may be used: change its provider",
            ),
            Broken(
                "@provider",
                {"allowedAccountIds": ""},
                (
                    "backup.Vault 'it' goes to whatever account is at hand; one of 1 is required: give it a provider"
                    " with allowed_account_ids"
                ),
            ),
            Broken(
                "@provider",
                {"allowedAccountIds": "["},
                (
                    "backup.Vault 'it' goes to whatever account is at hand; one of 1 is required: give it a provider"
                    " with allowed_account_ids"
                ),
            ),
            Broken(
                "@provider",
                {},
                (
                    "backup.Vault 'it' goes to whatever account is at hand; one of 1 is required: give it a provider"
                    " with allowed_account_ids"
                ),
            ),
        ],
        [("region", GONE)],
        configuration={"regions": ["eu-west-2", "eu-west-1"], "accounts": ["1"]},
    ),
    Example(
        regions.PLACES,
        Made(aws.dynamodb.Table, {"region": "eu-west-2", "replicas": [{"regionName": "eu-west-1"}]}),
        [
            Broken(
                "replicas.0.regionName",
                "us-east-1",
                (
                    "dynamodb.Table 'it' has a replica in us-east-1; only eu-west-2, eu-west-1 may hold data: take it"
                    " out of replicas"
                ),
            )
        ],
        configuration={"regions": ["eu-west-2", "eu-west-1"]},
    ),
    Example(
        regions.PLACES,
        PLAN.but("rules", [rule("daily", 35, 3)]),
        [
            Broken(
                "rules.0.copyActions.0.destinationVaultArn",
                "arn:aws:backup:us-east-1:333333333333:backup-vault:central",
                (
                    "rule 'daily' of backup.Plan 'it' copies to"
                    " arn:aws:backup:us-east-1:333333333333:backup-vault:central, in us-east-1; only eu-west-2,"
                    " eu-west-1 may hold copies: change destination_vault_arn, or copyRegions of aws-allowed-places"
                ),
            ),
            Broken(
                "rules.0.copyActions.0.destinationVaultArn",
                "arn:aws:backup:eu-west-2:999999999999:backup-vault:central",
                (
                    "rule 'daily' of backup.Plan 'it' copies to"
                    " arn:aws:backup:eu-west-2:999999999999:backup-vault:central, in account 999999999999; only"
                    " 111111111111, 333333333333 may hold copies: change destination_vault_arn, or copyAccounts of"
                    " aws-allowed-places"
                ),
            ),
        ],
        [
            ("rules.0.copyActions.0.destinationVaultArn", ELSEWHERE),
            ("rules.0.copyActions.0.destinationVaultArn", CENTRAL.replace("333333333333", "111111111111")),
        ],
        configuration=BEYOND,
    ),
    Example(
        regions.PLACES,
        replace(REPLICATION, provider={"allowedAccountIds": '["111111111111"]'}),
        [
            Broken(
                "rules.0.destination.account",
                "999999999999",
                (
                    "rule 'archive' of s3.BucketReplicationConfig 'it' replicates to account 999999999999; only"
                    " 111111111111, 333333333333 may hold copies: change account of its destination, or copyAccounts"
                    " of aws-allowed-places"
                ),
            )
        ],
        [("rules.0.destination.account", "111111111111"), ("rules.0.destination.account", GONE)],
        configuration=BEYOND,
    ),
    Example(
        regions.PLACES,
        Made(aws.Provider, {"region": "eu-west-2"}),
        [
            Broken(
                "region",
                "us-east-1",
                "aws.Provider 'it' lies in us-east-1; only eu-west-2 may hold data: set region to one of them",
            )
        ],
        configuration={"regions": ["eu-west-2"], "accounts": ["1"]},
    ),
    Example(
        regions.PROVIDERS,
        Made(aws.Provider, {"allowedAccountIds": '["111111111111"]'}),
        [
            Broken(
                "allowedAccountIds",
                GONE,
                (
                    "aws.Provider 'it' works in whatever account its credentials reach; one account is required: set"
                    " allowed_account_ids"
                ),
            ),
            Broken(
                "allowedAccountIds",
                "",
                (
                    "aws.Provider 'it' works in whatever account its credentials reach; one account is required: set"
                    " allowed_account_ids"
                ),
            ),
            Broken(
                "allowedAccountIds",
                "[",
                (
                    "aws.Provider 'it' works in whatever account its credentials reach; one account is required: set"
                    " allowed_account_ids"
                ),
            ),
            Broken(
                "allowedAccountIds",
                "[]",
                (
                    "aws.Provider 'it' works in whatever account its credentials reach; one account is required: set"
                    " allowed_account_ids"
                ),
            ),
            Broken(
                "secretKey",
                "planted",
                (
                    "aws.Provider 'it' has secretKey, which is kept in Pulumi's state; none may be: use a profile or"
                    " the environment"
                ),
            ),
        ],
        [("allowedAccountIds", ["111111111111"])],
    ),
]
