"""Examples of the rules about switches of an account."""

import pulumi_aws as aws
from strongroom_policies import accounts

from tests.policies.example import Broken, Example
from tests.policies.judging import GONE, Made

ORGANIZATION = Made(
    aws.organizations.Organization,
    {"awsServiceAccessPrincipals": ["backup.amazonaws.com"], "enabledPolicyTypes": ["SERVICE_CONTROL_POLICY"]},
)

OPT_INS = Made(
    aws.backup.RegionSettings,
    {"resourceTypeOptInPreference": {"DynamoDB": True}, "resourceTypeManagementPreference": {"DynamoDB": True}},
)

EXAMPLES = [
    Example(
        accounts.ORGANIZATION,
        ORGANIZATION,
        [
            Broken(
                "awsServiceAccessPrincipals",
                [],
                (
                    "organizations.Organization 'it' leaves backup.amazonaws.com out of awsServiceAccessPrincipals, and"
                    " so switches it off for every account; it is required: add it to awsServiceAccessPrincipals"
                ),
            ),
            Broken(
                "enabledPolicyTypes",
                GONE,
                (
                    "organizations.Organization 'it' leaves SERVICE_CONTROL_POLICY out of enabledPolicyTypes, and so"
                    " switches it off for every account; it is required: add it to enabledPolicyTypes"
                ),
            ),
        ],
    ),
    Example(
        accounts.OPT_INS,
        OPT_INS,
        [
            Broken(
                "resourceTypeOptInPreference.DynamoDB",
                False,
                (
                    "backup.RegionSettings 'it' does not opt DynamoDB in by resourceTypeOptInPreference; its points"
                    " could be neither copied nor locked: set it to true there"
                ),
            ),
            Broken(
                "resourceTypeManagementPreference",
                GONE,
                (
                    "backup.RegionSettings 'it' does not opt DynamoDB in by resourceTypeManagementPreference; its"
                    " points could be neither copied nor locked: set it to true there"
                ),
            ),
        ],
    ),
    Example(
        accounts.OPT_INS,
        Made(aws.backup.GlobalSettings, {"globalSettings": {"isCrossAccountBackupEnabled": "true"}}),
        [
            Broken(
                "globalSettings.isCrossAccountBackupEnabled",
                "false",
                (
                    "backup.GlobalSettings 'it' has isCrossAccountBackupEnabled false, and no account can copy to"
                    " another; 'true' is required: set it in global_settings"
                ),
            )
        ],
    ),
]
