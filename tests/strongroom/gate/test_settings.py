"""What starts, keeps, copies and tries out backups is not made rarer, shorter or narrower by the way."""

from typing import Final

import pytest

from tests.strongroom.gate.previews import TABLE, UNKNOWN, VAULT_POLICY, Inputs, weakened

FRAMEWORK: Final = "aws:backup/framework:Framework"
GLOBAL: Final = "aws:backup/globalSettings:GlobalSettings"
LIFECYCLE: Final = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration"
PLAN: Final = "aws:backup/plan:Plan"
REPLICATION: Final = "aws:s3/bucketReplicationConfig:BucketReplicationConfig"
SCHEDULE: Final = "aws:scheduler/schedule:Schedule"
SUBSCRIPTION: Final = "aws:sns/topicSubscription:TopicSubscription"
TARGET: Final = "aws:cloudwatch/eventTarget:EventTarget"
TEST_PLAN: Final = "aws:backup/restoreTestingPlan:RestoreTestingPlan"
TEST_SELECTION: Final = "aws:backup/restoreTestingSelection:RestoreTestingSelection"
OTHER: Final = "would become something else, or nothing"
ORGANIZATION: Final = "aws:organizations/organization:Organization"
TRAIL: Final = "aws:cloudtrail/trail:Trail"
ROLE: Final = "aws:iam/role:Role"


def at(path: str, value: object) -> Inputs:
    """Inputs that hold one value below dots, where a name in brackets is an entry of a list; None leaves it out."""
    *way, last = path.split(".")
    found: Inputs = {} if value is None else {last: value}
    for part in reversed(way):
        name, _, key = part.partition("[")
        found = {name: [{key.rstrip("]"): "one", **found}]} if key else {name: found}
    return found


def shown(path: str) -> str:
    return ".".join(f'{part.partition("[")[0]}["one"]' if "[" in part else part for part in path.split("."))


CHANGED: Final[list[tuple[str, str, object, object]]] = [
    (PLAN, "rules[ruleName].schedule", "cron(0 3 * * ? *)", "cron(0 3 1 1 ? *)"),
    (PLAN, "rules[ruleName].scheduleExpressionTimezone", None, "Pacific/Auckland"),
    (TEST_PLAN, "scheduleExpression", "cron(0 3 * * ? *)", "cron(0 3 1 1 ? *)"),
    (TEST_PLAN, "recoveryPointSelection.algorithm", "LATEST_WITHIN_WINDOW", "RANDOM_WITHIN_WINDOW"),
    (TEST_SELECTION, "protectedResourceConditions", {"stringEquals": []}, {"stringEquals": [{"key": "a"}]}),
    (SCHEDULE, "scheduleExpression", "rate(1 hour)", "rate(365 days)"),
    (SCHEDULE, "scheduleExpressionTimezone", None, "Pacific/Auckland"),
    (SCHEDULE, "endDate", None, "2026-12-01T00:00:00Z"),
    (SCHEDULE, "startDate", None, "2036-12-01T00:00:00Z"),
    (SCHEDULE, "target.input", '{"tables": ["a"]}', "{}"),
    (TARGET, "input", '{"tables": ["a"]}', '{"tables": []}'),
    (TARGET, "inputPath", None, "$.detail"),
    (TARGET, "inputTransformer", None, {"inputTemplate": "nothing"}),
    (SUBSCRIPTION, "filterPolicy", None, '{"nothing": ["at all"]}'),
    (SUBSCRIPTION, "filterPolicyScope", None, "MessageBody"),
    (LIFECYCLE, "rules[id].filter", {"prefix": "tmp/"}, {"prefix": "tmp"}),
    (LIFECYCLE, "rules[id].expiration.date", None, "2026-12-01"),
    (REPLICATION, "rules[id].filter", {"prefix": ""}, {"prefix": "one"}),
    (REPLICATION, "rules[id].destination.storageClass", None, "DEEP_ARCHIVE"),
    (TRAIL, "advancedEventSelectors", [{"name": "all"}], None),
    ("aws:sns/topic:Topic", "kmsMasterKeyId", None, "alias/aws/sns"),
    (ROLE, "permissionsBoundary", None, "arn:aws:iam::aws:policy/AWSDenyAll"),
    (TABLE, "serverSideEncryption.kmsKeyArn", "arn:a", "arn:b"),
    ("aws:kms/externalKey:ExternalKey", "validTo", None, "2026-12-01T00:00:00Z"),
    ("aws:s3/bucketMetric:BucketMetric", "filter", None, {"prefix": "one"}),
    ("aws:backup/reportPlan:ReportPlan", "reportSetting", {"accounts": ["ROOT"]}, {"accounts": []}),
]


@pytest.mark.parametrize(("token", "path", "old", "new"), CHANGED)
def test_what_only_people_can_tell_is_not_changed_by_the_way(token: str, path: str, old: object, new: object) -> None:
    for before, after in ((old, new), (new, old)):
        assert weakened(token, at(path, before), at(path, after)) == [f"{shown(path)} would be changed"]
        assert weakened(token, at(path, after), at(path, after)) == []
    assert weakened(token, at(path, new), at(path, UNKNOWN)) == [
        f"{shown(path)} would become what is known only during `pulumi up`"
    ]


WORSE: Final[list[tuple[str, str, str, object, object]]] = [
    (SCHEDULE, "state", OTHER, None, "DISABLED"),
    (SCHEDULE, "target.roleArn", OTHER, "arn:a", None),
    (SCHEDULE, "target.arn", OTHER, "arn:a", None),
    (TARGET, "roleArn", OTHER, "arn:a", None),
    (PLAN, "rules[ruleName].lifecycle.deleteAfter", "would become less", None, 36500),
    (PLAN, "rules[ruleName].lifecycle.coldStorageAfter", "would become less", None, 30),
    (PLAN, "rules[ruleName].startWindow", "would become less", 480, 60),
    (PLAN, "rules[ruleName].completionWindow", "would become less", 720, 120),
    (PLAN, "rules[ruleName].enableContinuousBackup", "would be switched off", True, None),
    (
        PLAN,
        "rules[ruleName].copyActions[destinationVaultArn].lifecycle.deleteAfter",
        "would become less",
        None,
        36500,
    ),
    (TEST_PLAN, "recoveryPointSelection.includeVaults", "would lose entries", ["a", "b"], ["a"]),
    (TEST_PLAN, "recoveryPointSelection.excludeVaults", "would get more entries", None, ["a"]),
    (TEST_SELECTION, "protectedResourceArns", "would lose entries", ["arn:a"], None),
    (FRAMEWORK, "controls", "would lose entries", [{"name": "A"}], []),
    (GLOBAL, "globalSettings.isMpaEnabled", "would be switched off", "true", "false"),
    (TABLE, "replicas[regionName].pointInTimeRecovery", "would be switched off", True, None),
    (LIFECYCLE, "rules[id].expiration.days", "would become less", None, 36500),
    (LIFECYCLE, "rules[id].noncurrentVersionExpiration.noncurrentDays", "would become less", None, 36500),
    (LIFECYCLE, "rules[id].transitions", "would get more entries", None, [{"storageClass": "DEEP_ARCHIVE"}]),
    (LIFECYCLE, "rules[id].status", OTHER, "Disabled", "Enabled"),
    (
        REPLICATION,
        "rules[id].deleteMarkerReplication.status",
        OTHER,
        None,
        "Enabled",
    ),
    (REPLICATION, "rules[id].destination.account", OTHER, "1", None),
    (
        REPLICATION,
        "rules[id].destination.accessControlTranslation.owner",
        OTHER,
        "Destination",
        None,
    ),
    (REPLICATION, "rules[id].destination.metrics.status", OTHER, "Enabled", None),
    (
        REPLICATION,
        "rules[id].destination.replicationTime.status",
        OTHER,
        "Enabled",
        None,
    ),
    (ROLE, "managedPolicyArns", "would lose entries", ["arn:a", "arn:b"], ["arn:a"]),
    (ROLE, "inlinePolicies", "would lose entries", [{"name": "a", "policy": "{}"}], []),
    ("aws:kms/alias:Alias", "targetKeyId", OTHER, "a", None),
    (
        "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
        "rule.objectOwnership",
        OTHER,
        "BucketOwnerEnforced",
        "ObjectWriter",
    ),
    ("aws:s3/bucket:Bucket", "versioning", "would lose entries", {"enabled": True}, None),
    ("aws:s3/bucket:Bucket", "lifecycleRules", "would get more entries", None, [{"expiration": {"days": 1}}]),
    (TRAIL, "isMultiRegionTrail", "would be switched off", True, None),
    (ORGANIZATION, "awsServiceAccessPrincipals", "would lose entries", ["backup.amazonaws.com"], None),
    (ORGANIZATION, "enabledPolicyTypes", "would lose entries", ["BACKUP_POLICY"], []),
    (ORGANIZATION, "featureSet", OTHER, None, "CONSOLIDATED_BILLING"),
    ("aws:organizations/account:Account", "closeOnDeletion", "would be switched on", None, True),
    ("aws:organizations/account:Account", "parentId", OTHER, "ou-a", None),
    (TRAIL, "s3BucketName", OTHER, "a", None),
]


@pytest.mark.parametrize(("token", "path", "worse", "old", "new"), WORSE)
def test_it_may_get_better_but_not_worse(token: str, path: str, worse: str, old: object, new: object) -> None:
    assert weakened(token, at(path, old), at(path, new)) == [f"{shown(path)} {worse}"]
    assert weakened(token, at(path, new), at(path, old)) == []


def test_a_rule_that_comes_deletes_what_was_kept() -> None:
    def expiring(**more: object) -> Inputs:
        return {"rules": [{"id": "all", "status": "Enabled", **more}]}

    none: Inputs = {"rules": []}
    for said, days in (("expiration", "days"), ("noncurrentVersionExpiration", "noncurrentDays")):
        worse = [f'rules["all"].{said}.{days} would become less']
        assert weakened(LIFECYCLE, none, expiring(**{said: {days: 36500}})) == worse
    cold = expiring(transitions=[{"days": 1, "storageClass": "DEEP_ARCHIVE"}])
    assert weakened(LIFECYCLE, none, cold) == ['rules["all"].transitions would get more entries']
    assert weakened(LIFECYCLE, none, expiring(abortIncompleteMultipartUpload={"daysAfterInitiation": 7})) == []
    assert weakened(LIFECYCLE, expiring(), none) == ['rules["all"] would go']


def test_a_rule_that_comes_takes_one_more_backup() -> None:
    assert weakened(PLAN, {"rules": []}, at("rules[ruleName].lifecycle.deleteAfter", 1)) == []


def test_a_time_zone_that_is_said_is_the_one_that_was_meant() -> None:
    assert weakened(SCHEDULE, {}, {"scheduleExpressionTimezone": "UTC"}) == []
    assert (
        weakened(
            PLAN,
            at("rules[ruleName].startWindow", 60),
            {"rules": [{"ruleName": "one", "startWindow": 60, "scheduleExpressionTimezone": "Etc/UTC"}]},
        )
        == []
    )


def test_a_policy_in_place_of_another_is_compared_whole() -> None:
    assert weakened(VAULT_POLICY, {"policy": "{}"}, {"policy": '{"Statement": []}'}) == []
