from typing import Any, Final

import pytest

from strongroom.gate.guarded import LOSS
from strongroom.gate.operations import Operation
from strongroom.gate.setting import Setting
from strongroom.gate.settings import SETTINGS
from tests.strict_inputs import refuse_wrong_inputs
from tests.strongroom.gate.previews import SECRET, TABLE, UNKNOWN, VAULT_POLICY, Inputs, found, state, step, weakened

KEY: Final = "aws:kms/key:Key"
LOCK: Final = "aws:backup/vaultLockConfiguration:VaultLockConfiguration"
PLAN: Final = "aws:backup/plan:Plan"
SELECTION: Final = "aws:backup/selection:Selection"
BUCKET: Final = "aws:s3/bucket:Bucket"
VERSIONING: Final = "aws:s3/bucketVersioning:BucketVersioning"
OBJECT_LOCK: Final = "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration"
LIFECYCLE: Final = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration"
REPLICATION: Final = "aws:s3/bucketReplicationConfig:BucketReplicationConfig"
ALARM: Final = "aws:cloudwatch/metricAlarm:MetricAlarm"
REGION: Final = "aws:backup/regionSettings:RegionSettings"


def days(number: int | None, **more: object) -> Inputs:
    return {"rules": [{"ruleName": "daily", "lifecycle": {"deleteAfter": number}, **more}]}


def copied(*vaults: str) -> Inputs:
    return days(35, copyActions=[{"destinationVaultArn": vault, "lifecycle": {"deleteAfter": 35}} for vault in vaults])


def lock_rule(**retention: object) -> Inputs:
    return {"rule": {"defaultRetention": retention}}


def replicating(status: str) -> Inputs:
    return {"rules": [{"id": "all", "status": status, "destination": {"bucket": "arn:aws:s3:::archive"}}]}


Case = tuple[str, str, Inputs, Inputs]
CASES: Final[list[Case]] = [
    (TABLE, "deletionProtectionEnabled would be switched off", {"deletionProtectionEnabled": True}, {}),
    (
        TABLE,
        "pointInTimeRecovery.enabled would be switched off",
        {"pointInTimeRecovery": {"enabled": True}},
        {"pointInTimeRecovery": {"enabled": False}},
    ),
    (TABLE, "pointInTimeRecovery.enabled would be switched off", {"pointInTimeRecovery": {"enabled": True}}, {}),
    (
        TABLE,
        "pointInTimeRecovery.recoveryPeriodInDays would become less",
        {"pointInTimeRecovery": {"recoveryPeriodInDays": 35}},
        {"pointInTimeRecovery": {"recoveryPeriodInDays": 34}},
    ),
    (TABLE, "ttl.enabled would be switched on", {}, {"ttl": {"enabled": True, "attributeName": "ttl"}}),
    (TABLE, "ttl.enabled would be switched on", {"ttl": {"enabled": False}}, {"ttl": {"enabled": True}}),
    (KEY, "isEnabled would be switched off", {}, {"isEnabled": False}),
    (KEY, "enableKeyRotation would be switched off", {"enableKeyRotation": True}, {"enableKeyRotation": False}),
    (KEY, "deletionWindowInDays would become less", {}, {"deletionWindowInDays": 29}),
    (LOCK, "minRetentionDays would become less", {"minRetentionDays": 35}, {"minRetentionDays": 34}),
    (LOCK, "maxRetentionDays would become less", {"maxRetentionDays": 90}, {"maxRetentionDays": 89}),
    (LOCK, "changeableForDays would become more", {"changeableForDays": 3}, {"changeableForDays": 4}),
    (LOCK, "changeableForDays would become more", {"changeableForDays": 3}, {}),
    (BUCKET, "forceDestroy would be switched on", {}, {"forceDestroy": True}),
    (
        VERSIONING,
        "versioningConfiguration.status would become something else, or nothing",
        {"versioningConfiguration": {"status": "Enabled"}},
        {"versioningConfiguration": {"status": "Suspended"}},
    ),
    (
        OBJECT_LOCK,
        "rule.defaultRetention.mode would become something else, or nothing",
        lock_rule(mode="COMPLIANCE"),
        lock_rule(mode="GOVERNANCE"),
    ),
    (OBJECT_LOCK, "rule.defaultRetention.days would become less", lock_rule(days=35), lock_rule(days=34)),
    (OBJECT_LOCK, "rule.defaultRetention.years would become less", lock_rule(years=7), {}),
    (PLAN, 'rules["daily"].lifecycle.deleteAfter would become less', days(35), days(34)),
    (PLAN, 'rules["daily"] would go', days(35), {"rules": []}),
    (PLAN, 'rules["daily"].copyActions["arn:a"] would go', copied("arn:a", "arn:b"), copied("arn:b")),
    (
        LIFECYCLE,
        'rules["all"].expiration.days would become less',
        {"rules": [{"id": "all", "expiration": {"days": 2600}}]},
        {"rules": [{"id": "all", "expiration": {"days": 2599}}]},
    ),
    (SELECTION, "resources would lose entries", {"resources": ["a", "b"]}, {"resources": ["b"]}),
    (SELECTION, "resources would lose entries", {"resources": ["a"]}, {}),
    (SELECTION, "notResources would get more entries", {}, {"notResources": ["a"]}),
    (SELECTION, "conditions would get more entries", {}, {"conditions": [{"stringEquals": []}]}),
    (
        REPLICATION,
        'rules["all"].status would become something else, or nothing',
        replicating("Enabled"),
        replicating("Disabled"),
    ),
    (ALARM, "actionsEnabled would be switched off", {}, {"actionsEnabled": False}),
    (ALARM, "alarmActions would lose entries", {"alarmActions": ["arn:topic"]}, {"alarmActions": []}),
    (
        REGION,
        "resourceTypeOptInPreference.DynamoDB would be switched off",
        {"resourceTypeOptInPreference": {"DynamoDB": True, "EFS": True}},
        {"resourceTypeOptInPreference": {"DynamoDB": False, "EFS": True}},
    ),
]


@pytest.mark.parametrize(("token", "worse", "old", "new"), CASES)
def test_a_setting_may_get_better_but_not_worse(token: str, worse: str, old: Inputs, new: Inputs) -> None:
    assert weakened(token, old, new) == [worse]
    assert weakened(token, new, old) == []
    assert weakened(token, old, old) == weakened(token, new, new) == []


def test_more_than_one_setting_may_get_worse() -> None:
    worse = weakened(LOCK, {"minRetentionDays": 35, "maxRetentionDays": 90}, {})
    assert worse == ["minRetentionDays would become less", "maxRetentionDays would become less"]


@pytest.mark.parametrize("op", ["same", "update", "replace", "create-replacement"])
def test_weakening_is_seen_in_every_step_that_changes(op: str) -> None:
    old, new = state(TABLE, inputs={"deletionProtectionEnabled": True}), state(TABLE)
    operations = [finding.operation for finding in found(step(op, TABLE, old=old, new=new))]
    assert Operation.WEAKEN in operations


ONLY_LATER: Final = "would become what is known only during `pulumi up`"
NOBODY_CAN_TELL: Final = "is secret, so that nobody can tell whether it would become worse"


def test_a_secret_that_the_provider_sees_change_cannot_be_judged() -> None:
    recovery = {"pointInTimeRecovery": {"enabled": SECRET}}
    worse = [f"pointInTimeRecovery.enabled {NOBODY_CAN_TELL}"]
    assert weakened(TABLE, recovery, recovery) == []
    assert weakened(TABLE, recovery, recovery, diffReasons=["pointInTimeRecovery"]) == worse
    place = {"pointInTimeRecovery.enabled": {"kind": "update", "inputDiff": True}}
    assert weakened(TABLE, recovery, recovery, detailedDiff=place) == worse
    assert weakened(TABLE, recovery, recovery, diffReasons=["tags"]) == []


def test_a_block_that_is_unknown_is_one_that_cannot_be_judged() -> None:
    recovery = {"pointInTimeRecovery": {"enabled": True}}
    assert f"pointInTimeRecovery {ONLY_LATER}" in weakened(TABLE, recovery, {"pointInTimeRecovery": UNKNOWN})
    assert f"rules {ONLY_LATER}" in weakened(PLAN, days(35), {"rules": UNKNOWN})


def test_an_unknown_entry_may_be_the_one_that_is_missed_and_may_not() -> None:
    resources = {"resources": ["arn:a"]}
    assert weakened(SELECTION, resources, {"resources": [UNKNOWN]}) == ["resources would lose entries"]
    assert weakened(SELECTION, resources, {"resources": ["arn:a", UNKNOWN]}) == []


def test_entries_without_a_key_are_compared_by_their_place() -> None:
    old = {"rules": [{"lifecycle": {"deleteAfter": 35}}]}
    new = {"rules": [{"lifecycle": {"deleteAfter": 7}}]}
    assert weakened(PLAN, old, new) == ['rules["0"].lifecycle.deleteAfter would become less']


def test_entries_of_the_same_key_are_not_mixed_up() -> None:
    def rules(*kept: int) -> Inputs:
        return {"rules": [{"ruleName": "daily", "lifecycle": {"deleteAfter": number}} for number in kept]}

    less = ['rules["daily"].lifecycle.deleteAfter would become less']
    assert weakened(PLAN, rules(35), rules(1, 35)) == less
    assert weakened(PLAN, rules(35, 90), rules(35)) == ['rules["daily#1"] would go']
    assert weakened(PLAN, rules(35), rules(35, 90)) == weakened(PLAN, rules(35, 90), rules(35, 90)) == []


@pytest.mark.parametrize("value", ["many", "nan", 10**400, None, [], True])
def test_what_is_no_number_is_less_than_one(value: object) -> None:
    assert weakened(LOCK, {"minRetentionDays": 35}, {"minRetentionDays": value}) == [
        "minRetentionDays would become less"
    ]


@pytest.mark.parametrize(
    ("path", "worse"),
    [
        ("pointInTimeRecovery", ["ignoreChanges[pointInTimeRecovery] would no longer follow the program"]),
        ("pointInTimeRecovery.enabled", ["ignoreChanges[pointInTimeRecovery] would no longer follow the program"]),
        ("*", ["ignoreChanges[*] would no longer follow the program"]),
        ("tableClass", []),
    ],
)
def test_a_guarded_setting_must_go_on_following_the_program(path: str, worse: list[str]) -> None:
    def ignoring(before: list[str], now: list[str]) -> list[str]:
        old, new = state(TABLE, ignoreChanges=before), state(TABLE, ignoreChanges=now)
        findings = found(step("same", TABLE, old=old, new=new))
        return [finding.sentence.partition("would be weakened: ")[2] for finding in findings]

    assert ignoring([], [path]) == worse
    assert ignoring([path], [path]) == ignoring([path], []) == []


def test_only_guarded_types_have_settings() -> None:
    assert set(SETTINGS) <= set(LOSS)


@pytest.mark.parametrize(
    ("token", "setting"), [(token, setting) for token, settings in SETTINGS.items() for setting in settings]
)
def test_every_setting_is_one_of_the_provider(token: str, setting: Setting) -> None:
    inputs: Any = None
    for part in reversed(setting.path.split(".")):
        name, _, key = part.partition("[")
        inputs = [{**(inputs or {}), key.strip("+]"): None}] if key else inputs
        inputs = {name.replace("*", "DynamoDB"): inputs}
    try:
        refuse_wrong_inputs(token, inputs)
    except TypeError as wrong:
        assert " has no " not in str(wrong)  # noqa: PT017 - what is missing beside it does not matter


def test_what_stands_in_a_setting_is_never_told() -> None:
    worse = weakened(VAULT_POLICY, {"policy": '{"Statement": ["hunter2"]}'}, {"policy": "hunter3"})
    worse += weakened(SELECTION, {"resources": ["hunter2"]}, {"resources": ["hunter3"]})
    assert len(worse) == 2
    assert "hunter" not in " ".join(worse)
