"""Examples of the rule about locks of vaults."""

import pulumi_aws as aws
from strongroom_policies import vaults

from tests.policies.example import Broken, Example
from tests.policies.judging import GONE, Made

LOCK = Made(
    aws.backup.VaultLockConfiguration,
    {"backupVaultName": "central", "minRetentionDays": 35, "maxRetentionDays": 90},
)

AIR_GAPPED = Made(aws.backup.LogicallyAirGappedVault, {"name": "apart", "minRetentionDays": 7, "maxRetentionDays": 90})

EXAMPLES = [
    Example(
        vaults.LOCK,
        LOCK,
        [
            Broken(
                "minRetentionDays",
                GONE,
                (
                    "backup.VaultLockConfiguration 'it' accepts points of any short life; a minimum is required: set"
                    " min_retention_days"
                ),
            ),
            Broken(
                "minRetentionDays",
                -1,
                "backup.VaultLockConfiguration 'it' has min_retention_days -1; AWS takes 1 or more: raise it",
            ),
            Broken(
                "maxRetentionDays",
                GONE,
                (
                    "backup.VaultLockConfiguration 'it' accepts points that are never deleted; a maximum is required:"
                    " set max_retention_days"
                ),
            ),
            Broken(
                "maxRetentionDays",
                34,
                (
                    "backup.VaultLockConfiguration 'it' has max_retention_days 34; 35 to 36500 is required: raise or"
                    " lower it"
                ),
            ),
            Broken(
                "maxRetentionDays",
                36501,
                (
                    "backup.VaultLockConfiguration 'it' has max_retention_days 36501; 35 to 36500 is required: raise or"
                    " lower it"
                ),
            ),
            Broken(
                "changeableForDays",
                14,
                (
                    "backup.VaultLockConfiguration 'it' arms itself 14 days after `pulumi up`, and nobody can lift it"
                    " then; that must be meant: leave changeable_for_days out, or name 'central' in complianceVaults of"
                    " backup-vault-lock"
                ),
            ),
        ],
        [("maxRetentionDays", 35), ("maxRetentionDays", 36500)],
    ),
    Example(
        vaults.LOCK,
        LOCK.but("changeableForDays", 14),
        [
            Broken(
                "changeableForDays",
                13,
                (
                    "backup.VaultLockConfiguration 'it' can be changed for 13 days; 14 are required: set"
                    " changeable_for_days to 14 or more"
                ),
            )
        ],
        [("changeableForDays", GONE)],
        configuration={"complianceVaults": ["cent*"]},
    ),
    Example(
        vaults.LOCK,
        AIR_GAPPED,
        [
            Broken(
                "minRetentionDays",
                6,
                "backup.LogicallyAirGappedVault 'it' has min_retention_days 6; AWS takes 7 or more: raise it",
            ),
            Broken(
                "minRetentionDays",
                0,
                (
                    "backup.LogicallyAirGappedVault 'it' accepts points of any short life; a minimum is required: set"
                    " min_retention_days"
                ),
            ),
            Broken(
                "maxRetentionDays",
                GONE,
                (
                    "backup.LogicallyAirGappedVault 'it' accepts points that are never deleted; a maximum is required:"
                    " set max_retention_days"
                ),
            ),
            Broken(
                "maxRetentionDays",
                6,
                (
                    "backup.LogicallyAirGappedVault 'it' has max_retention_days 6; 7 to 36500 is required: raise or"
                    " lower it"
                ),
            ),
        ],
        [("maxRetentionDays", 7)],
    ),
]
