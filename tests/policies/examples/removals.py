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
        Made(aws.secretsmanager.Secret, {"name": "it-1a2b3c4"}, protect=False),
        [
            Broken(
                "name",
                chosen,
                (
                    f"secretsmanager.Secret 'it' has the name {chosen!r}, which AWS does not give again before its"
                    " recovery window ends; it must not be replaced: set protect to true in its resource options"
                ),
            )
            for chosen in ("it", "salt-1a2b3c4", "it-1a2b3c", "it-1a2b3c4d", "it-1a2b3cg", "an-it-1a2b3c4")
        ],
        [("@protect", True), ("name", GONE), ("name", "it-0000000")],
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
