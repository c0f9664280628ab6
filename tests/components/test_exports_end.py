import json
from typing import Any

from components.replicated_export_bucket import BucketEnds, ReplicatedExportBucket, ReplicatedExportBucketArgs
from tests.recorder import Recording, run

EXPORTS: ReplicatedExportBucketArgs = {
    "ends": BucketEnds.EXPORTS,
    "region": "eu-west-2",
    "source": {
        "environment": "prod",
        "account_id": "111111111111",
        "sources_path": "o-exampleorg1/r-exam/ou-exam-sources1/",
    },
    "archive_account_id": "333333333333",
}
EXPORTS_NAME = "strongroom-prod-exports-111111111111-eu-west-2"
ARCHIVE_NAME = "strongroom-prod-archive-333333333333-eu-west-2"


def bucket(args: ReplicatedExportBucketArgs = EXPORTS) -> Recording:
    return run(lambda: ReplicatedExportBucket("prod", args))


def rule(seen: Recording) -> dict[str, Any]:
    (only,) = seen["prod-exports-replication"].inputs["rules"]
    return only


def test_objects_under_a_key_are_replicated_under_the_archives_key() -> None:
    only = rule(bucket())
    assert only["sourceSelectionCriteria"] == {"sseKmsEncryptedObjects": {"status": "Enabled"}}
    assert only["destination"]["encryptionConfiguration"] == {
        "replicaKmsKeyId": "arn:aws:kms:eu-west-2:333333333333:alias/strongroom/prod/archive"
    }


def test_replicas_belong_to_the_backup_account() -> None:
    destination = rule(bucket())["destination"]
    assert destination["bucket"] == f"arn:aws:s3:::{ARCHIVE_NAME}"
    assert destination["account"] == "333333333333"
    assert destination["accessControlTranslation"] == {"owner": "Destination"}


def test_a_deletion_is_not_replicated() -> None:
    assert rule(bucket())["deleteMarkerReplication"] == {"status": "Disabled"}


def test_replication_is_timed_and_measured() -> None:
    destination = rule(bucket())["destination"]
    assert destination["replicationTime"] == {"status": "Enabled", "time": {"minutes": 15}}
    assert destination["metrics"] == {"status": "Enabled", "eventThreshold": {"minutes": 15}}


def test_s3_takes_the_replication_role_for_this_bucket_within_the_boundary() -> None:
    role = bucket()["prod-exports-replication-role"].inputs
    (trusted,) = json.loads(role["assumeRolePolicy"])["Statement"]
    assert trusted["Principal"] == {"Service": "s3.amazonaws.com"}
    assert trusted["Condition"]["ArnLike"] == {"aws:SourceArn": f"arn:aws:s3:::{EXPORTS_NAME}"}
    assert role["name"] == "strongroom-replication-prod"
    assert role["permissionsBoundary"] == "arn:aws:iam::111111111111:policy/strongroom-boundary"


def test_the_replication_role_deletes_nowhere() -> None:
    policy = bucket()["prod-exports-replicates"].inputs["policy"]
    assert "s3:ReplicateObject" in policy
    assert "Delete" not in policy


def test_replication_waits_for_versioning() -> None:
    seen = bucket()
    assert seen["prod-exports-versioning"].urn in seen["prod-exports-replication"].depends_on


def test_a_document_is_written_when_replication_is_on_and_kept() -> None:
    seen = bucket({**EXPORTS, "documents": {"manifest/prod/settings.json": "{}"}})
    document = seen["prod-exports-manifest/prod/settings.json"]
    assert {document.inputs["key"], document.inputs["content"]} == {"manifest/prod/settings.json", "{}"}
    assert {seen["prod-exports-replication"].urn, seen["prod-exports-encryption"].urn} <= document.depends_on
    assert document.protect
