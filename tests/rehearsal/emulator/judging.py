"""Asks the emulator's judgement from inside, in its own environment; run by test_judgement.py, prints JSON."""

import json
import sys
from collections.abc import Callable
from datetime import timedelta
from typing import Any, Final

from rehearsal.emulator import environment

environment.prepare(1)

from rehearsal.emulator import door, judgement, patches, patching, registry, services  # noqa: E402 - after prepare
from rehearsal.emulator.accounts import ACCOUNTS  # noqa: E402 - as above
from rehearsal.emulator.clock import CLOCK  # noqa: E402 - as above
from rehearsal.emulator.rules import Refused  # noqa: E402 - as above
from rehearsal.emulator.services.kms.using import is_usable, use_key  # noqa: E402 - as above
from rehearsal.emulator.timeline import TIMELINE  # noqa: E402 - as above

REGION: Final = "eu-west-2"
PROD, BACKUP = "111111111111", "333333333333"
ROLE: Final = f"arn:aws:iam::{PROD}:role/backup"
LINKED: Final = f"arn:aws:iam::{PROD}:role/aws-service-role/backup.amazonaws.com/AWSServiceRoleForBackup"
TABLE: Final = f"arn:aws:dynamodb:{REGION}:{PROD}:table/receipts"
START: Final = "dynamodb:StartAwsBackupJob"
POLICIES: Final = "arn:aws:iam::aws:policy"


def document(*statements: dict[str, Any]) -> str:
    """A policy."""
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def open_world(organization: dict[str, Any]) -> None:
    """Install the emulator into this process, with an organisation and two roles."""
    door.load_services()
    services.declare()
    registry.take_over()
    patches.declare()
    patching.install()
    ACCOUNTS.found(organization)
    condition = {"StringEquals": {"aws:SourceAccount": PROD}}
    service = {"Effect": "Allow", "Principal": {"Service": "backup.amazonaws.com"}, "Action": "sts:AssumeRole"}
    trust = document({**service, "Condition": condition})
    door.iam_call(PROD, "CreateRole", RoleName="backup", AssumeRolePolicyDocument=trust)
    policy = f"{POLICIES}/service-role/AWSBackupServiceRolePolicyForBackup"
    door.iam_call(PROD, "AttachRolePolicy", RoleName="backup", PolicyArn=policy)
    door.iam_call(PROD, "CreateServiceLinkedRole", AWSServiceName="backup.amazonaws.com")
    judgement.forget()


def make_key(account: str, *statements: dict[str, Any]) -> str:
    """Make a key and return its ARN; without statements its account's IAM decides."""
    with door.request_scope(account, REGION):
        policy = {"Policy": document(*statements), "BypassPolicyLockoutSafetyCheck": True} if statements else {}
        _, _, body = door.kms._create_key(policy)  # noqa: SLF001 - from inside
    judgement.forget()
    return json.loads(body)["KeyMetadata"]["Arn"]


def attach_control(target: str, *statements: dict[str, Any]) -> None:
    """Attach a service control policy."""
    with door.request_scope("100000000001", REGION):
        made = {"Name": target, "Description": "", "Type": "SERVICE_CONTROL_POLICY", "Content": document(*statements)}
        _, _, body = door.organizations._create_policy(made)  # noqa: SLF001 - as above
        policy = json.loads(body)["Policy"]["PolicySummary"]["Id"]
        door.organizations._attach_policy({"PolicyId": policy, "TargetId": target})  # noqa: SLF001 - as above
    judgement.forget()


def refusal(call: Callable[[], None]) -> str:
    """Return the code of a refusal, `allowed` without one."""
    try:
        call()
    except Refused as refused:
        return refused.code
    return "allowed"


def of_roles() -> dict[str, object]:
    """Who may what, without a policy on the resource."""
    return {
        "a role may what its policy allows": judgement.may(ROLE, START, TABLE),
        "a role may nothing else": judgement.may(ROLE, "dynamodb:DeleteTable", TABLE),
        "the sentence": judgement.refusal(ROLE, "dynamodb:DeleteTable", TABLE),
        "an absent role": judgement.may(ROLE.replace("backup", "absent"), START, TABLE),
        "another path": judgement.may(ROLE.replace("role/", "role/other/"), START, TABLE),
        "a session": judgement.may(f"arn:aws:sts::{PROD}:assumed-role/backup/job", START, TABLE),
        "the root": judgement.may(f"arn:aws:iam::{PROD}:root", "dynamodb:DeleteTable", TABLE),
        "the linked role": judgement.may(LINKED, "dynamodb:DescribeTable", TABLE),
        "a key in the context": judgement.may(
            ROLE, "kms:Decrypt", make_key(PROD), {"kms:ViaService": f"dynamodb.{REGION}.amazonaws.com"}
        ),
        "no key in the context": judgement.may(ROLE, "kms:Decrypt", make_key(PROD)),
    }


def of_trust() -> dict[str, object]:
    """Which service a role lets in."""
    let_in = judgement.service_may_assume
    return {
        "the trusted service": let_in(ROLE, "backup.amazonaws.com", PROD),
        "for another account": let_in(ROLE, "backup.amazonaws.com", BACKUP),
        "for nobody in particular": let_in(ROLE, "backup.amazonaws.com"),
        "another service": let_in(ROLE, "s3.amazonaws.com", PROD),
        "a role that is absent": let_in(f"{ROLE}s", "backup.amazonaws.com", PROD),
    }


def of_services() -> dict[str, object]:
    """What a service may by itself."""
    topic = f"arn:aws:sns:{REGION}:{PROD}:alarms"
    with door.request_scope(PROD, REGION):
        door.module("services.sns")._create_topic({"Name": ["alarms"]})  # noqa: SLF001 - from inside
        kept = door.module("services.sns")._topics[topic]  # noqa: SLF001 - as above
        source = {"ArnEquals": {"aws:SourceArn": f"arn:aws:backup:{REGION}:{PROD}:backup-vault:local"}}
        lets = {"Effect": "Allow", "Principal": {"Service": "backup.amazonaws.com"}, "Action": "SNS:Publish"}
        kept["attributes"]["Policy"] = document({**lets, "Resource": topic, "Condition": source})
    keys = judgement.source_keys(PROD, f"arn:aws:backup:{REGION}:{PROD}:backup-vault:local")
    other = judgement.source_keys(PROD, f"arn:aws:backup:{REGION}:{PROD}:backup-vault:other")
    may = judgement.may
    return {
        "the service that is let": may("service:backup.amazonaws.com", "sns:Publish", topic, keys),
        "for another source": may("service:backup.amazonaws.com", "sns:Publish", topic, other),
        "a service that is not let": may("service:events.amazonaws.com", "sns:Publish", topic, keys),
    }


def of_keys() -> dict[str, object]:
    """How services use keys for their callers."""
    own = {"Effect": "Allow", "Principal": {"AWS": f"arn:aws:iam::{BACKUP}:root"}, "Action": "kms:*", "Resource": "*"}
    through = {"kms:ViaService": f"backup.{REGION}.amazonaws.com", "kms:CallerAccount": PROD}
    lets = {"Effect": "Allow", "Principal": {"AWS": ROLE}, "Action": "kms:CreateGrant", "Resource": "*"}
    grants = {**lets, "Condition": {"Bool": {"kms:GrantIsForAWSResource": "true"}, "StringEquals": through}}
    delegating, foreign = make_key(PROD), make_key(BACKUP, own, grants)
    context = {"aws:backup:backup-vault": "central"}
    disabled, waiting = make_key(PROD), make_key(PROD)
    with door.request_scope(PROD, REGION):
        door.kms._disable_key({"KeyId": disabled})  # noqa: SLF001 - from inside
        door.kms._schedule_key_deletion({"KeyId": waiting, "PendingWindowInDays": 7})  # noqa: SLF001 - as above
    decrypt = ["kms:Decrypt"]
    found = {
        "through its service": refusal(lambda: use_key(ROLE, delegating, decrypt, "dynamodb")),
        "through another service": refusal(lambda: use_key(ROLE, delegating, decrypt, "s3")),
        "a grant on a foreign key": refusal(lambda: use_key(ROLE, foreign, ["kms:CreateGrant"], "backup", context)),
        "a direct grant on it": refusal(lambda: use_key(ROLE, foreign, ["kms:CreateGrant"])),
        "a disabled key": refusal(lambda: use_key(ROLE, disabled, decrypt, "dynamodb")),
        "a key that waits": refusal(lambda: use_key(ROLE, waiting, decrypt, "dynamodb")),
        "an absent key": refusal(lambda: use_key(ROLE, f"{delegating}0", decrypt, "dynamodb")),
        "usable": [is_usable(key) for key in (delegating, disabled, waiting)],
    }
    TIMELINE.advance(timedelta(days=8))
    return {**found, "a key that is gone": refusal(lambda: use_key(ROLE, waiting, decrypt, "dynamodb"))}


def of_controls() -> dict[str, object]:
    """What service control policies bind."""
    before = judgement.may(ROLE, "dynamodb:DescribeTable", TABLE)
    attach_control(PROD, {"Effect": "Deny", "Action": "dynamodb:*", "Resource": "*"})
    return {
        "before": before,
        "a role": judgement.refusal(ROLE, "dynamodb:DescribeTable", TABLE),
        "a linked role": judgement.may(LINKED, "dynamodb:DescribeTable", TABLE),
        "a root": judgement.may(f"arn:aws:iam::{PROD}:root", "dynamodb:DescribeTable", TABLE),
    }


def of_aliases() -> dict[str, object]:
    """What a policy allows on keys by their alias."""
    sealed, other = make_key(PROD), make_key(PROD)
    named = {"ForAnyValue:StringEquals": {"kms:ResourceAliases": "alias/sealed"}}
    allows = {"Effect": "Allow", "Action": "kms:Encrypt", "Resource": "*", "Condition": named}
    door.iam_call(PROD, "PutRolePolicy", RoleName="backup", PolicyName="named", PolicyDocument=document(allows))
    with door.request_scope(PROD, REGION):
        door.kms._create_alias({"AliasName": "alias/sealed", "TargetKeyId": sealed})  # noqa: SLF001 - from inside
    judgement.forget()
    return {key: judgement.may(ROLE, "kms:Encrypt", arn) for key, arn in {"named": sealed, "other": other}.items()}


def of_time() -> dict[str, object]:
    """What depends on the clock is asked anew."""
    end = CLOCK.now() + timedelta(days=1)
    until = {"DateLessThan": {"aws:CurrentTime": end.isoformat()}}
    allows = {"Effect": "Allow", "Action": "sqs:*", "Resource": "*", "Condition": until}
    door.iam_call(PROD, "PutRolePolicy", RoleName="backup", PolicyName="day", PolicyDocument=document(allows))
    judgement.forget()
    today = judgement.may(ROLE, "sqs:ListQueues")
    TIMELINE.advance(timedelta(days=2))
    return {"today": today, "the day after tomorrow": judgement.may(ROLE, "sqs:ListQueues")}


if __name__ == "__main__":
    open_world(json.loads(sys.argv[1]))
    asked = (of_roles, of_trust, of_services, of_keys, of_aliases, of_time, of_controls)
    sys.stdout.write(json.dumps({ask.__name__: ask() for ask in asked}))
