"""Examples of the rules about vaults."""

import json

import pulumi_aws as aws
from strongroom_policies import vaults

from tests.policies.example import Broken, Example
from tests.policies.judging import GONE, Made

VAULT = Made(
    aws.backup.Vault,
    {"name": "central", "region": "eu-west-2", "kmsKeyArn": "arn:aws:kms:eu-west-2:333333333333:key/k"},
)
POINTS = ["backup:DeleteRecoveryPoint", "backup:UpdateRecoveryPointLifecycle"]
KEEP = {"Sid": "Keep", "Effect": "Deny", "Principal": "*", "Action": POINTS, "Resource": "*"}
KEEP_ONE = {**KEEP, "Action": POINTS[0]}
WITHIN = {"ForAnyValue:StringLike": {"aws:PrincipalOrgPaths": ["o-exampleorg1/r-exam/ou-exam-sources1/*"]}}


def copy_in(**changes: object) -> dict[str, object]:
    statement = {
        "Sid": "In",
        "Effect": "Allow",
        "Principal": {"AWS": "*"},
        "Action": "backup:CopyIntoBackupVault",
        "Resource": "*",
        "Condition": WITHIN,
    }
    return {**statement, **changes}


def document(*statements: object) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


EXAMPLES = [
    Example(
        vaults.CUSTOMER_KEY,
        VAULT,
        [
            Broken(
                "kmsKeyArn",
                GONE,
                (
                    "backup.Vault 'it' lies under the key aws/backup; a customer managed key is required, because"
                    " copies to another account need one: set kms_key_arn"
                ),
            ),
            Broken(
                "kmsKeyArn",
                "arn:aws:kms:eu-west-2:333333333333:alias/aws/backup",
                (
                    "backup.Vault 'it' lies under arn:aws:kms:eu-west-2:333333333333:alias/aws/backup; a customer"
                    " managed key is required, because copies to another account need one: set kms_key_arn"
                ),
            ),
        ],
    ),
    Example(
        vaults.POLICY,
        Made(aws.backup.VaultPolicy, {"backupVaultName": "central", "policy": document(KEEP, copy_in())}),
        [
            Broken(
                "policy",
                document({**KEEP, "Action": POINTS[1:]}, copy_in()),
                (
                    "backup.VaultPolicy 'it' lets backup:DeleteRecoveryPoint pass; it must be denied to everybody: add"
                    " a Deny for principal '*' without a condition"
                ),
            ),
            Broken(
                "policy",
                document({**KEEP, "Action": POINTS[:1]}, copy_in()),
                (
                    "backup.VaultPolicy 'it' lets backup:UpdateRecoveryPointLifecycle pass; it must be denied to"
                    " everybody: add a Deny for principal '*' without a condition"
                ),
            ),
            Broken(
                "policy",
                document(KEEP, copy_in(Condition={})),
                (
                    "backup.VaultPolicy 'it' lets anybody in by statement In; only accounts of the organization may:"
                    " add a condition on aws:PrincipalOrgPaths or aws:PrincipalOrgID"
                ),
            ),
            Broken(
                "policy",
                document(KEEP, copy_in(Condition={"StringLike": {"aws:PrincipalArn": "*"}})),
                (
                    "backup.VaultPolicy 'it' lets anybody in by statement In; only accounts of the organization may:"
                    " add a condition on aws:PrincipalOrgPaths or aws:PrincipalOrgID"
                ),
            ),
            Broken(
                "policy",
                document(KEEP, copy_in(Action="backup:Copy*")),
                (
                    "backup.VaultPolicy 'it' has 'backup:copy*' in statement In; AWS Backup takes no wildcard in an"
                    " action: name each action"
                ),
            ),
            Broken(
                "policy",
                document({**KEEP, "Condition": WITHIN}, KEEP_ONE),
                (
                    "backup.VaultPolicy 'it' lets backup:UpdateRecoveryPointLifecycle pass; it must be denied to"
                    " everybody: add a Deny for principal '*' without a condition"
                ),
            ),
            Broken(
                "policy",
                document({**KEEP, "Action": None, "NotAction": "backup:List"}, KEEP_ONE),
                (
                    "backup.VaultPolicy 'it' lets backup:UpdateRecoveryPointLifecycle pass; it must be denied to"
                    " everybody: add a Deny for principal '*' without a condition"
                ),
            ),
            Broken(
                "policy",
                document({**KEEP, "Resource": "arn:aws:backup:::x"}, KEEP_ONE),
                (
                    "backup.VaultPolicy 'it' lets backup:UpdateRecoveryPointLifecycle pass; it must be denied to"
                    " everybody: add a Deny for principal '*' without a condition"
                ),
            ),
        ],
        [
            ("policy", document(KEEP)),
            ("policy", document(KEEP, copy_in(Principal={"AWS": "111111111111"}, Condition={}))),
        ],
    ),
    Example(
        vaults.POLICY,
        Made(
            aws.backup.VaultPolicy,
            {"policy": document(KEEP, copy_in(Principal={"AWS": "111111111111"}))},
            provider={"allowedAccountIds": '["333333333333"]'},
        ),
        [
            Broken(
                "policy",
                document(KEEP, copy_in(Principal={"AWS": ["111111111111", "arn:aws:iam::999999999999:root"]})),
                (
                    "backup.VaultPolicy 'it' lets account 999999999999 in by statement In; only 111111111111,"
                    " 333333333333 may be: take it out, or add it to accounts of backup-vault-policy"
                ),
            ),
            Broken(
                "policy",
                document(KEEP, copy_in(Condition={"StringEquals": {"aws:PrincipalAccount": "999999999999"}})),
                (
                    "backup.VaultPolicy 'it' lets account 999999999999 in by statement In; only 111111111111,"
                    " 333333333333 may be: take it out, or add it to accounts of backup-vault-policy"
                ),
            ),
        ],
        [
            ("policy", document(KEEP, copy_in(Principal={"AWS": "arn:aws:iam::333333333333:root"}))),
            ("policy", document(KEEP, copy_in(Condition={"StringEquals": {"aws:PrincipalAccount": "111111111111"}}))),
        ],
        configuration={"accounts": ["111111111111"]},
    ),
]
