"""Examples of the rules about vaults and copies together."""

import pulumi_aws as aws
from strongroom_policies import bounds, vaults

from tests.policies.example import BrokenStack, StackExample
from tests.policies.examples.stack_selections import CENTRAL, PLAN
from tests.policies.judging import GONE, Made

VAULT = Made(aws.backup.Vault, {"name": "local"}, "vault")

LOCK = Made(
    aws.backup.VaultLockConfiguration,
    {"backupVaultName": "local", "minRetentionDays": 35, "maxRetentionDays": 90},
    "lock",
)

AIR_GAPPED = Made(
    aws.backup.LogicallyAirGappedVault,
    {"name": "apart", "region": "eu-west-2", "minRetentionDays": 7, "maxRetentionDays": 90},
    "air-gapped",
    provider={"allowedAccountIds": '["111111111111"]'},
)

APART = "arn:aws:backup:eu-west-2:111111111111:backup-vault:apart"

VAULT_POLICY = Made(aws.backup.VaultPolicy, {"backupVaultName": "local"}, "vault-policy")

EXAMPLES = [
    StackExample(
        bounds.WITHIN_LOCKS,
        [PLAN, LOCK],
        [
            BrokenStack(
                "lock",
                "minRetentionDays",
                36,
                "plan",
                (
                    "rule 'daily' of backup.Plan 'plan' lives 35 days; the lock of local accepts 36 to 90 days and lets"
                    " every other job fail: change delete_after"
                ),
            ),
            BrokenStack(
                "lock",
                "maxRetentionDays",
                89,
                "plan",
                (
                    "rule 'weekly' of backup.Plan 'plan' lives 90 days; the lock of local accepts 35 to 89 days and"
                    " lets every other job fail: change delete_after"
                ),
            ),
            BrokenStack(
                "plan",
                "rules.0.copyActions.0.lifecycle.deleteAfter",
                34,
                "plan",
                (
                    "the copy of rule 'daily' of backup.Plan 'plan' lives 34 days; the lock of"
                    " arn:aws:backup:eu-west-2:333333333333:backup-vault:central accepts 35 to 90 days and lets every"
                    " other job fail: change delete_after"
                ),
            ),
            BrokenStack(
                "plan",
                "rules.0.copyActions.0.lifecycle.deleteAfter",
                91,
                "plan",
                (
                    "the copy of rule 'daily' of backup.Plan 'plan' lives 91 days; the lock of"
                    " arn:aws:backup:eu-west-2:333333333333:backup-vault:central accepts 35 to 90 days and lets every"
                    " other job fail: change delete_after"
                ),
            ),
            BrokenStack(
                "plan",
                "rules.0.copyActions.0.lifecycle",
                GONE,
                "plan",
                (
                    "the copy of rule 'daily' of backup.Plan 'plan' lives for ever; the lock of"
                    " arn:aws:backup:eu-west-2:333333333333:backup-vault:central accepts 35 to 90 days and lets every"
                    " other job fail: change delete_after"
                ),
            ),
            BrokenStack(
                "plan",
                "rules.0.copyActions.0.destinationVaultArn",
                f"{CENTRAL}-2",
                "plan",
                (
                    "the copy of rule 'daily' of backup.Plan 'plan' goes to"
                    " arn:aws:backup:eu-west-2:333333333333:backup-vault:central-2, and nothing says which retention"
                    " the lock there accepts: add the vault to locks of backup-retention-within-locks"
                ),
            ),
        ],
        [
            ("plan", "rules.0.copyActions.0.lifecycle.deleteAfter", 90),
            ("plan", "rules.0.targetVaultName", "elsewhere"),
        ],
        {"locks": [{"vault": CENTRAL, "minRetentionDays": 35, "maxRetentionDays": 90}]},
    ),
    StackExample(
        bounds.WITHIN_LOCKS,
        [
            PLAN.but("rules.0.copyActions", []).but("rules.1.targetLogicallyAirGappedBackupVaultArn", APART),
            AIR_GAPPED,
        ],
        [
            BrokenStack(
                "air-gapped",
                "minRetentionDays",
                91,
                "plan",
                (
                    "rule 'weekly' of backup.Plan 'plan' lives 90 days; the lock of apart accepts 91 to 90 days and"
                    " lets every other job fail: change delete_after"
                ),
            ),
            BrokenStack(
                "air-gapped",
                "maxRetentionDays",
                89,
                "plan",
                (
                    "rule 'weekly' of backup.Plan 'plan' lives 90 days; the lock of apart accepts 7 to 89 days and"
                    " lets every other job fail: change delete_after"
                ),
            ),
        ],
        [
            ("plan", "rules.0.copyActions", [{"destinationVaultArn": APART, "lifecycle": {"deleteAfter": 90}}]),
            ("air-gapped", "minRetentionDays", 90),
        ],
    ),
    StackExample(
        bounds.WITHIN_LOCKS,
        [PLAN.but("rules.0.copyActions.0.destinationVaultArn", APART), AIR_GAPPED],
        [
            BrokenStack(
                "air-gapped",
                "minRetentionDays",
                36,
                "plan",
                (
                    f"the copy of rule 'daily' of backup.Plan 'plan' lives 35 days; the lock of {APART} accepts 36 to"
                    " 90 days and lets every other job fail: change delete_after"
                ),
            ),
            BrokenStack(
                "air-gapped",
                "region",
                "eu-west-1",
                "plan",
                (
                    f"the copy of rule 'daily' of backup.Plan 'plan' goes to {APART}, and nothing says which retention"
                    " the lock there accepts: add the vault to locks of backup-retention-within-locks"
                ),
            ),
            BrokenStack(
                "air-gapped",
                "name",
                "another",
                "plan",
                (
                    f"the copy of rule 'daily' of backup.Plan 'plan' goes to {APART}, and nothing says which retention"
                    " the lock there accepts: add the vault to locks of backup-retention-within-locks"
                ),
            ),
        ],
    ),
    StackExample(
        vaults.LOCKED,
        [VAULT, LOCK],
        [
            BrokenStack(
                "lock",
                "",
                GONE,
                "vault",
                (
                    "backup.Vault 'vault' has no lock; one is required: add a backup.VaultLockConfiguration for it, or"
                    " name 'local' in unlockedVaults of backup-vault-locked"
                ),
                "backupVaultName",
            ),
            BrokenStack(
                "lock",
                "backupVaultName",
                "another",
                "vault",
                (
                    "backup.Vault 'vault' has no lock; one is required: add a backup.VaultLockConfiguration for it, or"
                    " name 'local' in unlockedVaults of backup-vault-locked"
                ),
            ),
        ],
    ),
    StackExample(
        vaults.LOCKED,
        [VAULT],
        [
            BrokenStack(
                "vault",
                "name",
                "central",
                "vault",
                (
                    "backup.Vault 'vault' has no lock; one is required: add a backup.VaultLockConfiguration for it, or"
                    " name 'central' in unlockedVaults of backup-vault-locked"
                ),
            )
        ],
        configuration={"unlockedVaults": ["lo*"]},
    ),
    StackExample(
        vaults.POLICY_PRESENT,
        [VAULT, VAULT_POLICY],
        [
            BrokenStack(
                "vault-policy",
                "",
                GONE,
                "vault",
                (
                    "backup.Vault 'vault' has no access policy; one that denies backup:DeleteRecoveryPoint and"
                    " backup:UpdateRecoveryPointLifecycle is required: add a backup.VaultPolicy"
                ),
                "backupVaultName",
            )
        ],
    ),
]
