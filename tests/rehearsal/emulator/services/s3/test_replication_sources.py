import pytest

from tests.rehearsal.emulator.services.asking import BUCKET, make_key, trust
from tests.rehearsal.emulator.services.s3.replicating import ARCHIVE, KEY, READS, WRITES, Pair, destination, rule

pytestmark = pytest.mark.emulator

_WITHOUT = {
    "s3:GetReplicationConfiguration": "SrcBucketReplicationConfigMissing",
    "s3:ListBucket": "SrcHeadObjectNotPermitted",
    "s3:GetObjectVersionForReplication": "SrcGetObjectNotPermitted",
    "s3:GetObjectVersionAcl": "SrcGetAclNotPermitted",
}


def _encrypt(pair: Pair) -> str:
    key = make_key(pair.emulator)
    default = {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": key}
    pair.source.put_bucket_encryption(
        Bucket=BUCKET,
        ServerSideEncryptionConfiguration={"Rules": [{"ApplyServerSideEncryptionByDefault": default}]},
    )
    criteria = {"SseKmsEncryptedObjects": {"Status": "Enabled"}}
    pair.replicate(
        rule(
            SourceSelectionCriteria=criteria,
            Destination=destination(EncryptionConfiguration={"ReplicaKmsKeyID": make_key(pair.emulator)}),
        )
    )
    return key


def test_a_role_with_every_right_replicates(pair: Pair) -> None:
    pair.listen()
    pair.put()
    assert (pair.status(), pair.heard()) == ("COMPLETED", [])


@pytest.mark.parametrize(("right", "reason"), _WITHOUT.items())
def test_fails_when_the_role_lacks_a_right_on_the_source(pair: Pair, right: str, reason: str) -> None:
    pair.listen()
    pair.give_role(*(other for other in (*READS, *WRITES) if other != right))
    pair.put()
    assert (pair.status(), pair.reasons(), pair.replicas()) == ("FAILED", [reason], [])


@pytest.mark.parametrize(
    ("right", "reason"),
    [
        ("s3:GetObjectRetention", "SrcGetRetentionNotPermitted"),
        ("s3:GetObjectLegalHold", "SrcGetLegalHoldNotPermitted"),
    ],
)
def test_fails_when_the_role_may_not_read_locks(locked_pair: Pair, right: str, reason: str) -> None:
    locked_pair.listen()
    locked_pair.put("before")
    assert locked_pair.status("before") == "COMPLETED"
    locked_pair.give_role(*(other for other in (*READS, *WRITES) if other != right))
    locked_pair.put()
    assert (locked_pair.status(), locked_pair.reasons()) == ("FAILED", [reason])


def test_locks_are_not_read_from_a_bucket_without_lock(pair: Pair) -> None:
    pair.give_role(*(right for right in (*READS, *WRITES) if "Retention" not in right and "Hold" not in right))
    pair.put()
    assert pair.status() == "COMPLETED"


def test_without_the_right_to_read_tags_the_object_goes_and_its_tags_stay(pair: Pair) -> None:
    pair.give_role(*(right for right in (*READS, *WRITES) if right != "s3:GetObjectVersionTagging"))
    pair.put(Tagging="tier=gold")
    assert pair.status() == "COMPLETED"
    assert pair.archive.get_object_tagging(Bucket=ARCHIVE, Key=KEY)["TagSet"] == []


def test_fails_when_s3_may_not_assume_the_role(pair: Pair) -> None:
    pair.listen()
    iam = pair.emulator.client("iam")
    iam.update_assume_role_policy(RoleName="replication", PolicyDocument=trust("backup.amazonaws.com"))
    pair.put()
    assert (pair.status(), pair.reasons()) == ("FAILED", ["AssumeRoleNotPermitted"])


def test_fails_when_the_role_is_gone(pair: Pair) -> None:
    pair.listen()
    iam = pair.emulator.client("iam")
    iam.delete_role_policy(RoleName="replication", PolicyName="test")
    iam.delete_role(RoleName="replication")
    pair.put()
    assert (pair.status(), pair.reasons()) == ("FAILED", ["AssumeRoleNotPermitted"])


def test_fails_when_the_rule_is_taken_away_before_the_replica_is_there(pair: Pair) -> None:
    pair.emulator.control("PUT", "durations", {"replication": {"seconds": 60}})
    pair.put()
    pair.source.delete_bucket_replication(Bucket=BUCKET)
    pair.wait(61)
    assert (pair.status(), pair.replicas()) == ("FAILED", [])


def test_get_object_version_will_do_for_what_no_key_encrypts(pair: Pair) -> None:
    rights = [right for right in (*READS, *WRITES) if right != "s3:GetObjectVersionForReplication"]
    pair.give_role(*rights, "s3:GetObjectVersion")
    pair.put()
    assert pair.status() == "COMPLETED"


def test_fails_when_get_object_version_is_all_there_is_for_what_a_key_encrypts(pair: Pair) -> None:
    _encrypt(pair)
    pair.listen()
    rights = [right for right in (*READS, *WRITES) if right != "s3:GetObjectVersionForReplication"]
    pair.give_role(*rights, "s3:GetObjectVersion", "kms:*")
    pair.put()
    assert (pair.status(), pair.reasons()) == ("FAILED", ["SrcGetObjectNotPermitted"])


def test_what_a_key_encrypts_is_replicated_by_a_role_that_may_decrypt(pair: Pair) -> None:
    _encrypt(pair)
    pair.give_role(*READS, *WRITES, "kms:Decrypt", "kms:Encrypt")
    pair.put()
    assert pair.status() == "COMPLETED"


def test_fails_when_the_role_may_not_decrypt(pair: Pair) -> None:
    _encrypt(pair)
    pair.listen()
    pair.give_role(*READS, *WRITES, "kms:Encrypt")
    pair.put()
    assert (pair.status(), pair.reasons()) == ("FAILED", ["SrcGetObjectNotPermitted"])


def test_fails_when_the_key_of_the_source_is_disabled(pair: Pair) -> None:
    key = _encrypt(pair)
    pair.listen()
    pair.emulator.control("PUT", "durations", {"replication": {"seconds": 60}})
    pair.put()
    pair.emulator.client("kms").disable_key(KeyId=key)
    pair.wait(61)
    assert (pair.status(), pair.reasons()) == ("FAILED", ["SrcKmsKeyInvalidState"])


def test_fails_when_the_rule_no_longer_names_a_replica_key(pair: Pair) -> None:
    _encrypt(pair)
    pair.listen()
    pair.emulator.control("PUT", "durations", {"replication": {"seconds": 60}})
    pair.put()
    pair.replicate()
    pair.wait(61)
    assert (pair.status(), pair.reasons()) == ("FAILED", ["SrcObjectNotEligible"])
