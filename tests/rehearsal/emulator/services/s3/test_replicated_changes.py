from typing import Any

import pytest

from tests.rehearsal.emulator.services.asking import BUCKET
from tests.rehearsal.emulator.services.s3.replicating import ARCHIVE, KEY, READS, WRITES, Pair, rule

pytestmark = pytest.mark.emulator

_GOLD: Any = {"TagSet": [{"Key": "tier", "Value": "gold"}]}
_NAMED = {"Bucket": BUCKET, "Key": KEY}
_REPLICA = {"Bucket": ARCHIVE, "Key": KEY}


def _retention(year: int) -> dict[str, str]:
    return {"Mode": "GOVERNANCE", "RetainUntilDate": f"{year}-01-01T00:00:00Z"}


def test_new_tags_follow(pair: Pair) -> None:
    pair.put(Tagging="tier=lead")
    pair.source.put_object_tagging(**_NAMED, Tagging=_GOLD)
    assert pair.archive.get_object_tagging(**_REPLICA)["TagSet"] == _GOLD["TagSet"]
    pair.source.delete_object_tagging(**_NAMED)
    assert pair.archive.get_object_tagging(**_REPLICA)["TagSet"] == []


def test_a_changed_object_is_pending_again_until_its_replica_has_the_change(pair: Pair) -> None:
    pair.put()
    assert pair.status() == "COMPLETED"
    pair.emulator.control("PUT", "durations", {"replication": {"seconds": 60}})
    pair.source.put_object_tagging(**_NAMED, Tagging=_GOLD)
    assert pair.status() == "PENDING"
    pair.wait(61)
    assert pair.status() == "COMPLETED"


def test_fails_when_the_role_may_not_read_the_new_tags(pair: Pair) -> None:
    pair.put()
    pair.status()
    pair.listen()
    pair.give_role(*(right for right in (*READS, *WRITES) if right != "s3:GetObjectVersionTagging"))
    pair.source.put_object_tagging(**_NAMED, Tagging=_GOLD)
    assert (pair.status(), pair.reasons()) == ("FAILED", ["SrcGetTaggingNotPermitted"])


def test_fails_when_the_replica_of_a_changed_object_is_gone(pair: Pair) -> None:
    version_id = pair.put()
    pair.listen()
    pair.archive.delete_object(**_REPLICA, VersionId=version_id)
    pair.source.put_object_tagging(**_NAMED, Tagging=_GOLD)
    assert (pair.status(), pair.reasons()) == ("FAILED", ["DstVersionNotFound"])


def test_a_longer_retention_and_a_legal_hold_follow(locked_pair: Pair) -> None:
    locked_pair.put()
    locked_pair.source.put_object_retention(**_NAMED, Retention=_retention(2098))
    locked_pair.source.put_object_legal_hold(**_NAMED, LegalHold={"Status": "ON"})
    assert locked_pair.archive.get_object_retention(**_REPLICA)["Retention"]["RetainUntilDate"].year == 2098
    assert locked_pair.archive.get_object_legal_hold(**_REPLICA)["LegalHold"]["Status"] == "ON"
    locked_pair.source.put_object_legal_hold(**_NAMED, LegalHold={"Status": "OFF"})
    assert locked_pair.archive.get_object_legal_hold(**_REPLICA)["LegalHold"]["Status"] == "OFF"


def test_fails_when_a_retention_would_get_shorter_on_the_replica(locked_pair: Pair) -> None:
    locked_pair.put(ObjectLockMode="GOVERNANCE", ObjectLockRetainUntilDate="2098-01-01T00:00:00Z")
    locked_pair.status()
    locked_pair.listen()
    locked_pair.source.put_object_retention(**_NAMED, Retention=_retention(2097), BypassGovernanceRetention=True)
    assert (locked_pair.status(), locked_pair.reasons()) == ("FAILED", ["DstPutRetentionNotPermitted"])
    assert locked_pair.archive.get_object_retention(**_REPLICA)["Retention"]["RetainUntilDate"].year == 2098


def test_a_change_follows_by_the_rule_that_the_bucket_has_now(pair: Pair) -> None:
    pair.put()
    pair.status()
    pair.replicate(rule(ID="renamed"))
    pair.source.put_object_tagging(**_NAMED, Tagging=_GOLD)
    assert pair.archive.get_object_tagging(**_REPLICA)["TagSet"] == _GOLD["TagSet"]
    pair.source.delete_bucket_replication(Bucket=BUCKET)
    pair.source.delete_object_tagging(**_NAMED)
    assert pair.archive.get_object_tagging(**_REPLICA)["TagSet"] == _GOLD["TagSet"]
