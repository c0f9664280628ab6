"""Examples of the rules about copies of plans."""

from strongroom_policies import copies

from tests.policies.example import Broken, Example
from tests.policies.examples.plans import CENTRAL, PLAN, rule
from tests.policies.judging import GONE

ELSEWHERE = "arn:aws:backup:eu-west-1:333333333333:backup-vault:far"

EXAMPLES = [
    Example(
        copies.COPIES_AWAY,
        PLAN,
        [
            Broken(
                "rules.0.copyActions",
                GONE,
                (
                    "rule 'daily' of backup.Plan 'it' copies nothing; a copy in another account is required: add"
                    " copy_actions with a vault of the backup account"
                ),
            ),
            Broken(
                "rules.1.copyActions",
                [],
                (
                    "rule 'monthly' of backup.Plan 'it' copies nothing; a copy in another account is required: add"
                    " copy_actions with a vault of the backup account"
                ),
            ),
            Broken(
                "rules.0.copyActions.0.destinationVaultArn",
                "arn:aws:backup:eu-west-2:111111111111:backup-vault:near",
                (
                    "rule 'daily' of backup.Plan 'it' copies to arn:aws:backup:eu-west-2:111111111111:backup-vault:near"
                    " in its own account; another account is required: name a vault of the backup account in"
                    " destination_vault_arn"
                ),
            ),
            Broken(
                "rules.0.copyActions.0.destinationVaultArn",
                "arn:aws:backup:eu-west-2:333333333333:backup-vault:Default",
                (
                    "rule 'daily' of backup.Plan 'it' copies to"
                    " arn:aws:backup:eu-west-2:333333333333:backup-vault:Default; AWS copies to no Default vault of"
                    " another account: name another one"
                ),
            ),
        ],
        [("rules.0.copyActions.0.destinationVaultArn", ELSEWHERE)],
    ),
    Example(
        copies.COPIES_AWAY,
        PLAN,
        [
            Broken(
                "rules.0.copyActions.0.destinationVaultArn",
                "central",
                (
                    "rule 'daily' of backup.Plan 'it' copies to central, which is no vault's ARN; a vault of another"
                    " account is required: set destination_vault_arn"
                ),
            ),
            Broken(
                "rules.0.copyActions.0.destinationVaultArn",
                GONE,
                (
                    "rule 'daily' of backup.Plan 'it' copies to nowhere, which is no vault's ARN; a vault of another"
                    " account is required: set destination_vault_arn"
                ),
            ),
        ],
    ),
    Example(
        copies.COPIES_AWAY,
        PLAN.but("rules", [rule("daily", 35, 3)]),
        [
            Broken(
                "@provider",
                {},
                (
                    "rule 'daily' of backup.Plan 'it' copies to"
                    " arn:aws:backup:eu-west-2:333333333333:backup-vault:strongroom-prod-daily-35-90, and nothing says"
                    " that this is another account: set allowed_account_ids of the provider, or allowedVaults of"
                    " backup-plan-copies-away"
                ),
            )
        ],
    ),
    Example(
        copies.COPIES_AWAY,
        PLAN,
        [
            Broken(
                "rules.0.copyActions.0.destinationVaultArn",
                ELSEWHERE,
                (
                    "rule 'daily' of backup.Plan 'it' copies to arn:aws:backup:eu-west-1:333333333333:backup-vault:far;"
                    " only arn:aws:backup:eu-west-2:333333333333:backup-vault:strongroom-prod-* may be copied to:"
                    " change destination_vault_arn, or allowedVaults of backup-plan-copies-away"
                ),
            )
        ],
        configuration={"allowedVaults": ["arn:aws:backup:eu-west-2:333333333333:backup-vault:strongroom-prod-*"]},
    ),
    Example(
        copies.OTHER_REGION,
        PLAN.but("rules.0.copyActions.0.destinationVaultArn", ELSEWHERE),
        [
            Broken(
                "rules.0.copyActions.0.destinationVaultArn",
                CENTRAL,
                (
                    "rule 'daily' of backup.Plan 'it' has no copy outside eu-west-2; one is wanted: add a copy action"
                    " to a vault of another Region"
                ),
            ),
            Broken(
                "rules.0.copyActions",
                [],
                (
                    "rule 'daily' of backup.Plan 'it' has no copy outside eu-west-2; one is wanted: add a copy action"
                    " to a vault of another Region"
                ),
            ),
        ],
        [("rules.1.copyActions", [])],
        configuration={"tiers": ["daily"]},
    ),
    Example(
        copies.OTHER_REGION,
        PLAN.but("rules.0.copyActions.0.destinationVaultArn", ELSEWHERE)
        .but("region", "eu-west-2")
        .but("@provider", {}),
        [
            Broken(
                "region",
                GONE,
                (
                    "rule 'daily' of backup.Plan 'it' lies in a Region that nobody says; one is wanted: set region of"
                    " the plan"
                ),
            )
        ],
        configuration={"tiers": ["daily"]},
    ),
    Example(
        copies.STAYS_WARM,
        PLAN,
        [
            Broken(
                "rules.1.copyActions.0.lifecycle.coldStorageAfter",
                "3652",
                (
                    "the copy of rule 'monthly' of backup.Plan 'it' goes cold after 3652 days, and a cold point cannot"
                    " be copied to a fresh account; 3653 warm days are required: leave cold_storage_after out"
                ),
            ),
            Broken(
                "rules.1.copyActions.0.lifecycle.coldStorageAfter",
                3652,
                (
                    "the copy of rule 'monthly' of backup.Plan 'it' goes cold after 3652 days, and a cold point cannot"
                    " be copied to a fresh account; 3653 warm days are required: leave cold_storage_after out"
                ),
            ),
        ],
        [
            ("rules.1.copyActions.0.lifecycle.coldStorageAfter", 3653),
            ("rules.1.copyActions.0.lifecycle.coldStorageAfter", "3653"),
        ],
    ),
]
