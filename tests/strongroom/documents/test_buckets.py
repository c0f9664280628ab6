from collections.abc import Mapping

import pytest

from strongroom.documents import buckets
from strongroom.documents.policy import Document
from tests.strongroom.documents.example import ALIAS_ARN, BACKUP, CARETAKERS, CI, HELD, KEY_ARN, PATH, PROD
from tests.strongroom.documents.judge import Request, allowed, denied

ARCHIVE = buckets.archive("archive", [KEY_ARN, ALIAS_ARN], HELD, CARETAKERS)
EXPORTS = buckets.exports("exports", KEY_ARN, CARETAKERS)
STATE = buckets.state("state", KEY_ARN)
ENCRYPTION = "s3:x-amz-server-side-encryption"
KEY = "s3:x-amz-server-side-encryption-aws-kms-key-id"
DAYS = "s3:object-lock-remaining-retention-days"
IN_UNIT = {"aws:PrincipalOrgID": ["o-exampleorg1"], "aws:PrincipalOrgPaths": [PATH]}


def by(
    account: str, role: str, action: str, resource: str, context: Mapping[str, str | list[str]] | None = None
) -> Request:
    return Request(f"arn:aws:iam::{account}:role/{role}", f"s3:{action}", f"arn:aws:s3:::{resource}", context or {})


@pytest.mark.parametrize("action", ["ReplicateObject", "ReplicateTags", "ObjectOwnerOverrideToBucketOwner"])
@pytest.mark.parametrize("account", [PROD, "555555555555"])
def test_the_source_and_a_fresh_account_replicate_into_the_archive(account: str, action: str) -> None:
    assert allowed(ARCHIVE, by(account, "strongroom-replication-prod", action, "archive/a", IN_UNIT))


@pytest.mark.parametrize("action", ["GetObject", "PutObject", "DeleteObject", "ReplicateDelete", "PutBucketVersioning"])
def test_the_source_does_nothing_else_in_the_archive(action: str) -> None:
    assert not allowed(ARCHIVE, by(PROD, "strongroom-replication-prod", action, "archive/a", IN_UNIT))
    assert not allowed(ARCHIVE, by(PROD, "strongroom-replication-prod", action, "archive", IN_UNIT))


def test_fails_when_another_source_replicates_into_the_archive() -> None:
    assert not allowed(ARCHIVE, by(CI, "strongroom-replication-prod", "ReplicateObject", "archive/a", IN_UNIT))


@pytest.mark.parametrize("action", ["DeleteObjectVersion", "BypassGovernanceRetention", "ReplicateDelete"])
def test_nobody_takes_a_version_out_of_the_archive(action: str) -> None:
    for role in ("strongroom-deploy", "strongroom-recover", "administrator"):
        assert denied(ARCHIVE, by(BACKUP, role, action, "archive/a"))


def test_only_caretakers_empty_a_disposable_archive() -> None:
    held = buckets.Held(HELD.origin, HELD.retention_days, disposable=True)
    archive = buckets.archive("archive", [KEY_ARN], held, CARETAKERS)
    assert not denied(archive, by(BACKUP, "strongroom-deploy", "DeleteObjectVersion", "archive/a"))
    assert denied(archive, by(BACKUP, "administrator", "DeleteObjectVersion", "archive/a"))


@pytest.mark.parametrize(("days", "refused"), [("2556", True), ("2557", False)])
def test_nobody_asks_for_a_shorter_retention(days: str, refused: bool) -> None:
    request = by(BACKUP, "strongroom-recover", "PutObjectRetention", "archive/a", {DAYS: days})
    assert denied(ARCHIVE, request) is refused


@pytest.mark.parametrize("policy", [ARCHIVE, EXPORTS])
@pytest.mark.parametrize(
    "action", ["PutBucketPolicy", "PutLifecycleConfiguration", "PutBucketVersioning", "DeleteBucket"]
)
def test_only_caretakers_change_the_guards(policy: Document, action: str) -> None:
    bucket = "archive" if policy is ARCHIVE else "exports"
    assert denied(policy, by(BACKUP, "administrator", action, bucket))
    assert not denied(policy, by(BACKUP, "strongroom-deploy", action, bucket))


@pytest.mark.parametrize(("policy", "bucket"), [(ARCHIVE, "archive"), (EXPORTS, "exports"), (STATE, "state")])
@pytest.mark.parametrize("action", ["PutObject", "ReplicateObject"])
def test_objects_lie_under_the_bucket_s_key_alone(policy: Document, bucket: str, action: str) -> None:
    def put(context: Mapping[str, str | list[str]]) -> Request:
        return by(BACKUP, "strongroom-deploy", action, f"{bucket}/a", context)

    assert not denied(policy, put({}))
    assert not denied(policy, put({ENCRYPTION: "aws:kms", KEY: KEY_ARN}))
    assert denied(policy, put({ENCRYPTION: "AES256"}))
    assert denied(policy, put({ENCRYPTION: "aws:kms", KEY: f"{KEY_ARN}2"}))


@pytest.mark.parametrize(("policy", "bucket"), [(ARCHIVE, "archive"), (EXPORTS, "exports"), (STATE, "state")])
@pytest.mark.parametrize("path", ["", "/a"])
def test_nothing_goes_over_plain_http(policy: Document, bucket: str, path: str) -> None:
    for secure, refused in (("false", True), ("true", False)):
        request = by(BACKUP, "strongroom-deploy", "GetObject", f"{bucket}{path}", {"aws:SecureTransport": secure})
        assert denied(policy, request) is refused


def test_a_damaged_state_can_be_taken_back_because_no_version_is_deleted() -> None:
    assert denied(STATE, by("444444444444", "strongroom-state-prod", "DeleteObjectVersion", "state/prod/x"))
    assert not denied(STATE, by("444444444444", "strongroom-state-prod", "DeleteObject", "state/prod/x"))


def test_the_archives_key_may_be_named_by_its_alias_as_the_source_does() -> None:
    def replicated(key: str) -> Request:
        sealed = {ENCRYPTION: "aws:kms", KEY: key}
        return by(PROD, "strongroom-replication-prod", "ReplicateObject", "archive/a", sealed)

    assert not denied(ARCHIVE, replicated(ALIAS_ARN))
    assert denied(ARCHIVE, replicated(f"{ALIAS_ARN}2"))
