from collections.abc import Callable
from dataclasses import replace
from typing import Final

import pytest

from strongroom.evidence.places import archives, manifests
from strongroom.evidence.places.archives import Held
from strongroom.evidence.places.manifests import Where
from strongroom.evidence.places.sights import Kind
from strongroom.facts import names
from tests.strongroom.aws.fakes import FakeBuckets
from tests.strongroom.aws.memory_others import put_object
from tests.strongroom.evidence.kept import BACKUP, HOUR, SECOND, Kept, looked, only, told

MANIFEST: Final = names.manifest_key("prod")


def unlocked(kept: Kept) -> None:
    kept.document(kept.wanted.buckets.archive, locked_until=None)


def lock_over(kept: Kept) -> None:
    kept.document(kept.wanted.buckets.archive, locked_until=kept.at)


def hidden(kept: Kept) -> None:
    put_object(kept.aws, kept.wanted.buckets.archive, MANIFEST, None)


def absent(kept: Kept) -> None:
    kept.aws.buckets[kept.wanted.buckets.archive].objects.clear()


def unversioned(kept: Kept) -> None:
    bucket = kept.aws.buckets[kept.wanted.buckets.archive]
    assert bucket.setup
    bucket.setup = replace(bucket.setup, versioned=False)


def without_lock(kept: Kept) -> None:
    bucket = kept.aws.buckets[kept.wanted.buckets.archive]
    assert bucket.setup
    bucket.setup = replace(bucket.setup, locked=False)


def other_lock(kept: Kept) -> None:
    bucket = kept.aws.buckets[kept.wanted.buckets.archive]
    assert bucket.setup
    assert bucket.setup.retention
    bucket.setup = replace(bucket.setup, retention=replace(bucket.setup.retention, days=2556))


def older(kept: Kept) -> None:
    kept.document(kept.wanted.buckets.archive, version_id="version-of-before")


def failed(kept: Kept) -> None:
    kept.document(kept.wanted.buckets.exports, replication_status="FAILED")


def unsent(kept: Kept) -> None:
    kept.document(kept.wanted.buckets.exports, replication_status=None)


def waiting(kept: Kept) -> None:
    kept.document(kept.wanted.buckets.exports, replication_status="PENDING")


@pytest.mark.parametrize(
    ("spoil", "kind", "says"),
    [
        (unlocked, Kind.WRONG, "does not lock version"),
        (lock_over, Kind.WRONG, "does not lock version"),
        (hidden, Kind.WRONG, "delete marker of 2026-11-22T12:00:00Z"),
        (absent, Kind.MISSING, "holds no settings manifest"),
        (unversioned, Kind.WRONG, "keeps no versions"),
        (without_lock, Kind.WRONG, "has no Object Lock"),
        (other_lock, Kind.WRONG, "for 2556 days, mode GOVERNANCE for 2557 days is declared"),
        (older, Kind.STALE, "has version version-of-before"),
        (failed, Kind.WRONG, "could not send its settings manifest"),
        (unsent, Kind.WRONG, "does not send its settings manifest"),
        (waiting, Kind.STALE, "has waited 48.0 h to send"),
    ],
)
def test_an_archive_that_is_not_as_declared_is_found(spoil: Callable[[Kept], None], kind: Kind, says: str) -> None:
    kept = Kept()
    spoil(kept)
    report = looked(kept)
    assert [(one, place) for one, place, _ in told(report)] == [(kind, "archive")]
    assert says in only(report)


def test_a_manifest_may_be_on_its_way_for_an_hour() -> None:
    kept = Kept()
    for ago, found in ((HOUR, 0), (HOUR + SECOND, 2)):
        kept.document(
            kept.wanted.buckets.exports, modified=kept.at - ago, replication_status="PENDING", version_id="newer"
        )
        assert len(told(looked(kept))) == found


def test_a_manifest_that_says_something_else_than_the_stack_file_is_wrong() -> None:
    kept = Kept()
    other = kept.settings.model_copy(update={"tags": {"owner": "somebody else"}})
    kept.wanted = kept.wanted.model_copy(update={"settings": other})
    for table in kept.own.tables.values():
        table.tags["owner"] = "somebody else"
    report = looked(kept)
    assert told(report) == [(Kind.WRONG, "archive", kept.wanted.buckets.exports)]
    assert "something else than what is declared now" in only(report)


def test_an_archive_that_is_not_there_is_missing() -> None:
    kept = Kept()
    del kept.aws.buckets[kept.wanted.buckets.archive]
    assert told(looked(kept)) == [(Kind.MISSING, "archive", kept.wanted.buckets.archive)]


def test_an_archive_that_goes_while_it_is_looked_at_is_missing() -> None:
    kept = Kept()
    where = Where(kept.wanted.buckets.archive, BACKUP, "prod")
    found = manifests.standing(where, kept.sessions.objects("strongroom-backup"))
    seen = archives.look(Held(where, kept.settings.archive, found), FakeBuckets(BACKUP), kept.at)
    assert [(one.kind, one.subject) for one in seen.findings] == [(Kind.MISSING, where.bucket)]
    assert [row.newest for row in seen.rows] == [None]
