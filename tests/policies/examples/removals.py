"""Examples of the rules about removals and replacements."""

import pulumi_aws as aws
from strongroom_policies import removals

from tests.policies.example import Broken, Example
from tests.policies.examples.regions import VAULT
from tests.policies.judging import GONE, Made

EXAMPLES = [
    Example(
        removals.PROTECTED,
        VAULT,
        [
            Broken(
                "@protect",
                False,
                (
                    "backup.Vault 'it' may be deleted or replaced by `pulumi up`, and what it holds with it; protection"
                    " is required: set protect to true in its resource options"
                ),
            )
        ],
    ),
    Example(
        removals.NOT_FORCED,
        VAULT,
        [
            Broken(
                "forceDestroy",
                True,
                (
                    "backup.Vault 'it' is emptied when it is destroyed, locked objects of governance mode and legal"
                    " holds included; data must stay: leave force_destroy out"
                ),
            )
        ],
        [("forceDestroy", False)],
    ),
    Example(
        removals.DELETED_FIRST,
        Made(aws.backup.VaultLockConfiguration, {}),
        [
            Broken(
                "@delete_before_replace",
                False,
                (
                    "backup.VaultLockConfiguration 'it' when replaced is put over the old one, and the old one's"
                    " deletion then removes it; the other order is required: set delete_before_replace to true in its"
                    " resource options"
                ),
            )
        ],
    ),
    Example(
        removals.NAMES,
        Made(aws.secretsmanager.Secret, {}, protect=False),
        [
            Broken(
                "name",
                "salt",
                (
                    "secretsmanager.Secret 'it' has the name 'salt', which AWS does not give again before its recovery"
                    " window ends; it must not be replaced: set protect to true in its resource options"
                ),
            )
        ],
    ),
    Example(
        removals.NAMES,
        Made(aws.secretsmanager.Secret, {"name": "salt-1a2b3c4", "__defaults": ["name"]}, protect=False),
        [
            Broken(
                "__defaults",
                [],
                (
                    "secretsmanager.Secret 'it' has the name 'salt-1a2b3c4', which AWS does not give again before its"
                    " recovery window ends; it must not be replaced: set protect to true in its resource options"
                ),
            )
        ],
        [("@protect", True)],
    ),
    Example(
        removals.POSSIBLE_NAMES,
        Made(aws.backup.RestoreTestingPlan, {"name": "weekly_test"}),
        [
            Broken(
                "name",
                GONE,
                (
                    "backup.RestoreTestingPlan 'it' has the name that Pulumi makes up; letters, digits and '_' alone"
                    " are required: set name"
                ),
            ),
            Broken(
                "name",
                "weekly-test-1a2b3c4",
                (
                    "backup.RestoreTestingPlan 'it' has the name weekly-test-1a2b3c4; letters, digits and '_' alone are"
                    " required: set name"
                ),
            ),
        ],
    ),
    Example(
        removals.REGION_SAID,
        VAULT,
        [
            Broken(
                "region", GONE, "backup.Vault 'it' takes its Region from its provider; its own is required: set region"
            )
        ],
    ),
]
