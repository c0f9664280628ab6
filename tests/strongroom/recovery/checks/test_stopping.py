from collections.abc import Callable
from dataclasses import replace

import pytest

from strongroom.documents import keys
from strongroom.documents.policy import deny, document
from strongroom.documents.principals import Caretakers, Origin
from strongroom.facts import arns, names
from strongroom.recovery.checks.findings import Level
from tests.strongroom.documents.example import CI, PATH
from tests.strongroom.recovery.loss import BACKUP, FRESH, LOST, REGION, vault
from tests.strongroom.recovery.ready import LINKED, Ready

PROD_OPTIONS = f"--profile strongroom-prod --region {REGION}"
BACKUP_OPTIONS = f"--profile strongroom-backup --region {REGION}"
SERVICE = names.ROLE_RECOVERY_SERVICE
RECOVER = names.ROLE_RECOVER
TABLE = "prod-submit-receipts"
DAILY_ALIAS = "alias/strongroom/prod/daily"


def opted(**found: bool) -> Callable[[Ready], object]:
    def change(ready: Ready) -> None:
        switch = ready.sessions.seen_opt_ins[FRESH]
        switch.found = replace(switch.found, **found)

    return change


def role(account: str, name: str, **parts: object) -> Callable[[Ready], object]:
    def change(ready: Ready) -> None:
        roles = ready.sessions.seen_roles[account].roles
        roles[name] = replace(roles[name], **parts)

    return change


def without_role(account: str, name: str) -> Callable[[Ready], object]:
    return lambda ready: ready.sessions.seen_roles[account].roles.pop(name)


def key_policy(origin: Origin, account: str = BACKUP) -> Callable[[Ready], object]:
    def change(ready: Ready) -> None:
        place = keys.Place(REGION, Caretakers(account))
        ready.key("daily").policy = keys.central_vault(place, origin)

    return change


def off(ready: Ready) -> None:
    ready.sessions.seen_opt_ins[BACKUP].across = False


def elsewhere(ready: Ready) -> None:
    ready.sessions.seen_organizations[FRESH].organization = "o-another001"


def moved(ready: Ready) -> None:
    ready.sessions.seen_organizations[BACKUP].paths[FRESH] = "o-exampleorg1/r-exam/ou-exam-suspended/"


def gone_key(ready: Ready) -> None:
    ready.key("daily").deleted_at = ready.aws.clock.now()


def no_points(ready: Ready) -> None:
    for one in ready.aws.account(BACKUP).vaults.values():
        one.points = {arn: point for arn, point in one.points.items() if point.table != TABLE}


def in_the_way(ready: Ready) -> None:
    ready.aws.account(FRESH).table(TABLE)


def made_by_a_run(ready: Ready) -> None:
    ready.aws.account(FRESH).table(TABLE, tags={names.TAG_RUN: "abcd1234"})


def full(ready: Ready) -> None:
    ready.aws.account(FRESH).most_tables = 1


APPLY = "strongroom bootstrap apply --account {0} --profile <administrator of {0}>"
STOPPING: dict[str, tuple[Callable[[Ready], object], str, str, str]] = {
    "copies between accounts are off": (
        off,
        "cross-account",
        "the organization does not let AWS Backup copy between its accounts",
        "aws backup update-global-settings --global-settings isCrossAccountBackupEnabled=true"
        " (as the management account)",
    ),
    "not opted in": (
        opted(protects=False),
        "opt-ins",
        "AWS Backup is not opted in for DynamoDB",
        f"aws backup update-region-settings --resource-type-opt-in-preference DynamoDB=true {PROD_OPTIONS}",
    ),
    "advanced features off": (
        opted(manages=False),
        "opt-ins",
        "the advanced features of AWS Backup for DynamoDB are off",
        f"aws backup update-region-settings --resource-type-management-preference DynamoDB=true {PROD_OPTIONS}",
    ),
    "service-linked role missing": (
        without_role(FRESH, LINKED),
        "linked-role",
        "role AWSServiceRoleForBackup is not there",
        "aws iam create-service-linked-role --aws-service-name backup.amazonaws.com --profile strongroom-prod",
    ),
    "service role missing": (
        without_role(BACKUP, SERVICE),
        "service-role",
        f"role {SERVICE} is not there",
        APPLY.format(BACKUP),
    ),
    "service role trusts somebody else": (
        role(FRESH, SERVICE, trust=document()),
        "service-role",
        f"role {SERVICE} does not trust backup.amazonaws.com for account {FRESH} alone",
        APPLY.format(FRESH),
    ),
    "service role cannot restore": (
        role(FRESH, SERVICE, policies=("AWSBackupServiceRolePolicyForBackup",)),
        "service-role",
        f"role {SERVICE} lacks the policy AWSBackupServiceRolePolicyForRestores",
        APPLY.format(FRESH),
    ),
    "organization mismatch": (
        elsewhere,
        "organization",
        f"the accounts belong to different organizations: {FRESH} to o-another001 and {BACKUP} to o-exampleorg1",
        f"aws organizations invite-account-to-organization --target Id={FRESH},Type=ACCOUNT"
        " (as the management account)",
    ),
    "another unit": (
        moved,
        "unit",
        f"account {FRESH} stands in o-exampleorg1/r-exam/ou-exam-suspended/, not in {PATH}",
        f"aws organizations move-account --account-id {FRESH} --source-parent-id ou-exam-suspended"
        " --destination-parent-id ou-exam-sources1 (as the management account)",
    ),
    "rights missing": (
        lambda ready: ready.sessions.seen_roles[FRESH].policies.pop(arns.policy(FRESH, "strongroom-recover-landing")),
        "rights",
        f"role {RECOVER} may not backup:CreateBackupVault on"
        f" arn:aws:backup:{REGION}:{FRESH}:backup-vault:strongroom-prod-landing-abcd1234, "
        f"backup:PutBackupVaultAccessPolicy on"
        f" arn:aws:backup:{REGION}:{FRESH}:backup-vault:strongroom-prod-landing-abcd1234, kms:CreateKey on *",
        APPLY.format(FRESH),
    ),
    "vault missing": (
        lambda ready: ready.aws.account(BACKUP).vaults.pop(vault("weekly")),
        "vaults",
        f"central vault {vault('weekly')} is not there, or may not be seen",
        f"aws backup list-backup-vaults {BACKUP_OPTIONS}",
    ),
    "key on its way out": (
        gone_key,
        "keys",
        f"key {DAILY_ALIAS} is switched off, or waits for its deletion",
        f"aws kms cancel-key-deletion --key-id arn:aws:kms:{REGION}:{BACKUP}:key/daily {BACKUP_OPTIONS};"
        f" aws kms enable-key --key-id arn:aws:kms:{REGION}:{BACKUP}:key/daily {BACKUP_OPTIONS}",
    ),
    "key shuts out the copying role": (
        key_policy(Origin("prod", LOST, PATH, (CI,)), account="999999999999"),
        "keys",
        f"key {DAILY_ALIAS} does not let in role {SERVICE} of account {BACKUP}",
        "pulumi up --stack backup",
    ),
    "key shuts out the fresh account": (
        key_policy(Origin("prod", LOST, PATH, (CI, FRESH))),
        "keys",
        f"key {DAILY_ALIAS} does not let in AWS Backup of account {FRESH}",
        "pulumi up --stack backup",
    ),
    "a table without points": (
        no_points,
        "points",
        f"table {TABLE} has no recovery point that can be brought back",
        "strongroom verify prod",
    ),
    "a table in the way": (
        in_the_way,
        "tables",
        f"table {TABLE} exists already",
        f"aws dynamodb describe-table --table-name {TABLE} {PROD_OPTIONS}",
    ),
    "a table of an earlier run": (
        made_by_a_run,
        "tables",
        f"table {TABLE} exists already; run abcd1234 made it",
        "strongroom dr run prod --resume abcd1234",
    ),
    "no room for tables": (
        full,
        "quotas",
        "6 tables are to come to the 0 that are there, and the account may hold 1",
        "aws service-quotas request-service-quota-increase --service-code dynamodb --quota-code L-F98FE922"
        f" --desired-value 6 {PROD_OPTIONS}",
    ),
}


@pytest.mark.parametrize(("change", "check", "what", "fix"), STOPPING.values(), ids=list(STOPPING))
def test_names_what_would_stop_a_recovery_and_the_command_that_mends_it(
    change: Callable[[Ready], object], check: str, what: str, fix: str
) -> None:
    ready = Ready()
    change(ready)
    found = ready.only()
    assert (found.check, found.level, found.what, found.fix) == (check, Level.STOPS, what, fix)
    assert ready.look().stops


@pytest.mark.parametrize(("most", "fits"), [(6, True), (5, False)])
def test_an_account_may_be_filled_to_its_quota(most: int, fits: bool) -> None:
    ready = Ready()
    ready.aws.account(FRESH).most_tables = most
    assert (ready.look().findings == ()) is fits


@pytest.mark.parametrize("sid", ["UsedForBackups", "GrantedForBackups", "UsedForCopies", "GrantedForCopies"])
def test_a_key_must_let_be_used_and_granted(sid: str) -> None:
    ready = Ready()
    key = ready.key("daily")
    left = [one for one in key.policy["Statement"] if not one["Sid"].startswith(sid)]
    key.policy = document(*left)
    assert ready.only().check == "keys"


def test_a_vault_that_may_not_be_seen_counts_as_missing() -> None:
    ready = Ready()
    ready.aws.absent_vaults_are_denied = True
    del ready.aws.account(BACKUP).vaults[vault("weekly")]
    report = ready.look()
    assert f"central vault {vault('weekly')} is not there, or may not be seen" in {one.what for one in report.findings}


def test_what_a_policy_denies_is_no_right() -> None:
    ready = Ready()
    arn = arns.policy(FRESH, "strongroom-recover-landing")
    policies = ready.sessions.seen_roles[FRESH].policies
    denied = [deny(one["Sid"], one["Action"], one.get("Resource", "*")) for one in policies[arn]["Statement"]]
    policies[arn] = document(*denied)
    assert ready.only().check == "rights"
