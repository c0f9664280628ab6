from dataclasses import replace

import pytest

from strongroom.aws.buckets import Bucket, Retention
from strongroom.aws.central import missing
from strongroom.aws.vaults import Vault
from strongroom.config.settings import SourceSettings
from strongroom.documents import vaults
from strongroom.documents.policy import document
from strongroom.documents.principals import Caretakers, Origin
from tests.strongroom.aws.fakes import FakeBuckets, FakeSessions, FakeVaults
from tests.strongroom.documents.example import BACKUP, CI, MANAGEMENT, PATH, PIPELINE, PROD, source

ARCHIVE = f"strongroom-prod-archive-{BACKUP}-eu-west-2"
BOUNDS = {"daily": (35, 90), "weekly": (90, 366), "monthly": (2557, 3653)}
NAMES = {tier: f"strongroom-prod-{tier}-{low}-{high}" for tier, (low, high) in BOUNDS.items()}
DAILY = NAMES["daily"]


def sessions() -> FakeSessions:
    """A backup account in which all is well."""
    policy = vaults.central(Origin("prod", PROD, PATH, (CI,)), Caretakers(BACKUP))
    made = {NAMES[tier]: Vault(NAMES[tier], True, *bounds) for tier, bounds in BOUNDS.items()}
    archive = Bucket(ARCHIVE, versioned=True, locked=True, retention=Retention("GOVERNANCE", 2557))
    return FakeSessions(
        seen_vaults=FakeVaults(made, dict.fromkeys(made, policy)), seen_buckets=FakeBuckets(BACKUP, {ARCHIVE: archive})
    )


def only(found: list[str]) -> str:
    assert len(found) == 1, found
    return found[0]


def test_nothing_is_missing_when_all_is_there() -> None:
    there = sessions()
    assert missing(source("prod"), there) == []
    assert set(there.profiles) == {"strongroom-backup"}


def test_every_vault_and_the_archive_are_missing_before_the_central_stack() -> None:
    empty = FakeSessions(seen_buckets=FakeBuckets(BACKUP))
    found = missing(source("prod"), empty)
    assert [sentence.split(" in account")[0] for sentence in found] == [
        *(f"vault {name}" for name in NAMES.values()),
        f"bucket {ARCHIVE}",
    ]
    assert all("is not there" in sentence and "pulumi up --stack backup" in sentence for sentence in found)


def test_only_tiers_that_some_table_uses_are_looked_for() -> None:
    there = sessions()
    del there.seen_vaults.vaults[NAMES["monthly"]]
    short = [{"name": "prod-a", "dataClass": "standard", "hashKey": {"name": "k"}}]
    assert missing(source("prod", tables=short), there) == []
    assert NAMES["monthly"] in only(missing(source("prod"), there))


def test_fails_when_a_vault_is_not_locked() -> None:
    there = sessions()
    there.seen_vaults.vaults[DAILY] = replace(there.seen_vaults.vaults[DAILY], locked=False)
    assert f"vault {DAILY} in account {BACKUP} is not locked; " in only(missing(source("prod"), there))


@pytest.mark.parametrize("bounds", [(34, 90), (35, 91), (35, None), (None, None)])
def test_fails_when_a_lock_has_other_bounds(bounds: tuple[int | None, int | None]) -> None:
    there = sessions()
    there.seen_vaults.vaults[DAILY] = Vault(DAILY, True, *bounds)
    said = only(missing(source("prod"), there))
    assert f"is locked from {bounds[0]} to {bounds[1]} days, not 35 to 90" in said


def test_fails_when_a_vault_lets_another_account_in() -> None:
    there = sessions()
    there.seen_vaults.policies[DAILY] = vaults.central(Origin("prod", CI, PATH, (PROD,)), Caretakers(BACKUP))
    said = only(missing(source("prod"), there))
    assert f"does not let role strongroom-backup-prod of account {PROD} copy in" in said


FRESH = "555555555555"
ELSEWHERE = "o-exampleorg1/r-exam/ou-exam-backup01/"


def fresh() -> SourceSettings:
    """Settings of prod in an account that the central stack has never heard of."""
    ids = {"own": FRESH, "backup": BACKUP, "pipeline": PIPELINE, "management": MANAGEMENT}
    return source("prod", accounts=ids)


def test_a_fresh_account_in_place_of_a_lost_one_passes_without_a_change_of_the_central_stack() -> None:
    assert missing(fresh(), sessions()) == []


@pytest.mark.parametrize(
    "origin",
    [Origin("prod", PROD, PATH, (FRESH,)), Origin("prod", PROD, ELSEWHERE, (CI,)), Origin("ci", CI, PATH, (PROD,))],
    ids=["it is another source's account", "another unit", "another source"],
)
def test_fails_when_a_vault_does_not_let_the_fresh_account_in(origin: Origin) -> None:
    there = sessions()
    there.seen_vaults.policies[DAILY] = vaults.central(origin, Caretakers(BACKUP))
    said = only(missing(fresh(), there))
    assert f"does not let role strongroom-backup-prod of account {FRESH} copy in" in said


def test_fails_when_only_the_lost_account_is_let_in() -> None:
    there = sessions()
    known = vaults.copy_in(Origin("prod", PROD, PATH, (CI,)))
    there.seen_vaults.policies[DAILY] = document(known[0])
    assert "does not let role" in only(missing(fresh(), there))


def test_fails_when_a_vault_has_no_policy() -> None:
    there = sessions()
    del there.seen_vaults.policies[DAILY]
    assert "does not let role strongroom-backup-prod" in only(missing(source("prod"), there))


def test_a_vault_that_may_not_be_seen_counts_as_missing() -> None:
    there = sessions()
    there.seen_vaults.hidden.add(DAILY)
    assert "is not there, or may not be seen (reading vault" in only(missing(source("prod"), there))


@pytest.mark.parametrize(
    ("archive", "fault"),
    [
        (Bucket(ARCHIVE, versioned=True), "has no Object Lock"),
        (
            Bucket(ARCHIVE, versioned=True, locked=True),
            "keeps objects by no default retention, not GOVERNANCE for 2557 days",
        ),
        (
            Bucket(ARCHIVE, versioned=True, locked=True, retention=Retention("GOVERNANCE", 2556)),
            "keeps objects by GOVERNANCE for 2556 days, not GOVERNANCE for 2557 days",
        ),
        (
            Bucket(ARCHIVE, versioned=True, locked=True, retention=Retention("COMPLIANCE", 2557)),
            "keeps objects by COMPLIANCE for 2557 days, not",
        ),
    ],
)
def test_fails_when_the_archive_keeps_objects_otherwise(archive: Bucket, fault: str) -> None:
    there = sessions()
    there.seen_buckets.buckets[ARCHIVE] = archive
    assert f"bucket {ARCHIVE} in account {BACKUP} {fault}" in only(missing(source("prod"), there))


def test_a_source_that_makes_its_own_archive_does_not_look_for_it() -> None:
    there = sessions()
    there.seen_buckets.buckets.clear()
    archive = {"managedBy": "source", "retentionDays": 2557}
    assert missing(source("prod", archive=archive), there) == []
