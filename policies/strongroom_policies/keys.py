"""Rules about KMS keys."""

from collections.abc import Iterator
from typing import Final

from strongroom_policies.copies import own_accounts
from strongroom_policies.properties import Properties
from strongroom_policies.resource import Resource
from strongroom_policies.rule import Rule, Sentence, Severity, apart, number
from strongroom_policies.statements import Statement, account_of, statements
from strongroom_policies.strangers import ACCOUNTS, anybody, strange_principal, strangers
from strongroom_policies.tokens import TypeToken

_EVENTS: Final = "events.amazonaws.com"
_KEYS: Final = (
    TypeToken.KMS_KEY,
    TypeToken.KMS_REPLICA_KEY,
    TypeToken.KMS_EXTERNAL_KEY,
    TypeToken.KMS_REPLICA_EXTERNAL_KEY,
)
_OF_THE_ORGANIZATION: Final = (
    "only accounts of the organization may: add a condition on aws:PrincipalAccount or aws:PrincipalOrgPaths"
)
_DEFAULT_WINDOW_DAYS: Final = 30
"""https://docs.aws.amazon.com/kms/latest/APIReference/API_ScheduleKeyDeletion.html, read 2026-11-22."""


def _lasts(key: Resource, wanted: Properties) -> Iterator[Sentence]:
    # A replica is rotated with the key that it is one of, and imported material never by AWS.
    # https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-manage.html and
    # https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html, read 2026-11-23.
    rotation = (_rotates(key),) if key.type == TypeToken.KMS_KEY else ()
    yield from apart(*rotation, _can_be_saved(key, wanted), _is_on(key))


def _rotates(key: Resource) -> Iterator[Sentence]:
    spec = key.properties.text("customerMasterKeySpec") or "SYMMETRIC_DEFAULT"
    if spec == "SYMMETRIC_DEFAULT" and not key.properties.flag("enableKeyRotation"):
        yield f"{key} is never rotated; rotation is required: set enable_key_rotation to true"


def _can_be_saved(key: Resource, wanted: Properties) -> Iterator[Sentence]:
    days = key.properties.number("deletionWindowInDays") or _DEFAULT_WINDOW_DAYS
    least = wanted.number("minimumWindowDays") or 0
    if days < least:
        yield (
            f"{key} is gone {days} days after its deletion is asked for; {least} are required: set"
            f" deletion_window_in_days to {least}"
        )


def _is_on(key: Resource) -> Iterator[Sentence]:
    said, spelled = ("isEnabled", "is_enabled") if key.type == TypeToken.KMS_KEY else ("enabled", "enabled")
    if key.properties.said(said) is False:
        yield f"{key} is disabled, and nothing under it can be read; it must be enabled: leave {spelled} out"


LASTING: Final = Rule(
    name="kms-key-lasting",
    description="Checks that a key is rotated, enabled, and can be saved for as long as AWS allows.",
    why="A lock keeps every point and not its key: a key deleted after seven days makes them noise.",
    controls={
        "AWS Security Hub": ("KMS.4", "KMS.3"),
        "Checkov": ("CKV_AWS_7",),
        "CIS AWS Foundations": ("3.6",),
        "NIST 800-53": ("SC-12",),
    },
    severity=Severity.HIGH,
    on=_KEYS,
    check=_lasts,
    options={"minimumWindowDays": number(30, "Days for which a key's deletion must be revocable.")},
)


def _lets_in(resource: Resource, wanted: Properties) -> Iterator[Sentence]:
    if resource.type == TypeToken.KMS_GRANT:
        named = ("granteePrincipal", "retiringPrincipal")
        yield from apart(*(strange_principal(resource, by, wanted, POLICY.name) for by in named))
    else:
        yield from _policy_is_tight(resource, wanted)


def _policy_is_tight(key: Resource, wanted: Properties) -> Iterator[Sentence]:
    read = list(statements(key.properties, "policy"))
    yield from apart(
        _has_a_policy(key, read),
        *(anybody(key, statement, _OF_THE_ORGANIZATION) for statement in read),
        *(_no_foreign_owner(key, statement) for statement in read),
        *(_grants_to_services(key, statement) for statement in read),
        *(_events_unconditional(key, statement) for statement in read),
        *(strangers(key, statement, wanted, POLICY.name) for statement in read),
    )


def _has_a_policy(key: Resource, read: list[Statement]) -> Iterator[Sentence]:
    if "KeyPolicy" not in key.type and not read:
        yield (
            f"{key} has AWS's own policy, by which identity policies alone decide; one of its own is required:"
            " set policy"
        )


def _no_foreign_owner(key: Resource, statement: Statement) -> Iterator[Sentence]:
    own = own_accounts(key)
    named = {account_of(one) for one in statement.principals.get("AWS", ())} - {"", *own}
    if statement.allows and statement.owns("kms") and own and named:
        yield (
            f"{key} gives kms:* to account {', '.join(sorted(named))} by statement {statement.name}; a foreign"
            " account may use a key and never own it: name the actions that it needs"
        )


def _grants_to_services(key: Resource, statement: Statement) -> Iterator[Sentence]:
    if statement.owns("kms") or not statement.allows or not statement.covers("kms:CreateGrant"):
        return
    if statement.value("Bool", "kms:GrantIsForAWSResource") != ("true",):
        yield (
            f"{key} lets grants be made by statement {statement.name} for anything; only AWS services may have them:"
            " add a condition Bool kms:GrantIsForAWSResource true"
        )


def _events_unconditional(key: Resource, statement: Statement) -> Iterator[Sentence]:
    # https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html, read 2026-11-22.
    if statement.allows and _EVENTS in statement.services and statement.bound_to_source:
        yield (
            f"{key} asks EventBridge for its source in statement {statement.name}, which it never sends: its messages"
            " would be lost; none is required: put it into a statement without a condition on the source"
        )


POLICY: Final = Rule(
    name="kms-key-policy",
    description="Checks that a key's policy lets in whom it must, no stranger, and grants to AWS services only.",
    why="Whoever may decrypt needs no other right; and a condition on EventBridge loses every alarm without a word.",
    controls={
        "AWS Security Hub": ("KMS.5",),
        "Checkov": ("CKV_AWS_33",),
        "NIST 800-53": ("AC-6", "SC-12"),
        "ISO 27001:2022": ("A.8.24",),
    },
    severity=Severity.CRITICAL,
    on=(*_KEYS, TypeToken.KMS_KEY_POLICY, TypeToken.KMS_GRANT),
    check=_lets_in,
    options=ACCOUNTS,
)
