from collections.abc import Callable

import pytest

from strongroom.aws.errors import FailedError
from strongroom.aws.opt_ins import OptIn
from strongroom.facts import arns, names
from strongroom.recovery.checks.findings import Level
from strongroom.recovery.doctor import Purpose
from tests.strongroom.recovery.loss import ARCHIVE, BACKUP, FRESH, KEY, REGION
from tests.strongroom.recovery.ready import LINKED, Ready

BACKUP_OPTIONS = f"--profile strongroom-backup --region {REGION}"
RECOVER = names.ROLE_RECOVER
TABLE = "prod-submit-receipts"


def test_a_fresh_account_that_is_ready_has_no_findings() -> None:
    report = Ready().look()
    assert report.findings == ()
    assert report.unseen == ()
    assert not report.stops
    assert (report.target, report.backup) == (FRESH, BACKUP)
    assert {"cross-account", "opt-ins", "linked-role", "keys", "points", "quotas", "tables"} <= set(report.looked_at)


def test_f20_each_missing_switch_is_named_at_once_and_nothing_is_changed() -> None:
    ready = Ready()
    ready.sessions.seen_opt_ins[BACKUP].across = False
    ready.sessions.seen_opt_ins[FRESH].found = OptIn(protects=False, manages=False)
    del ready.sessions.seen_roles[FRESH].roles[LINKED]
    ready.sessions.seen_organizations[FRESH].organization = "o-another001"
    report = ready.look()
    assert {finding.check for finding in report.findings} == {
        "cross-account",
        "opt-ins",
        "linked-role",
        "organization",
    }
    made = {call.operation.partition(".")[2] for call in ready.aws.wire.made}
    assert made <= {
        "identity",
        "versions",
        "read",
        "vault",
        "key",
        "in_vault",
        "names",
        "copies",
        "restores",
        "tables",
        "lock",
    }


def lost_bucket(ready: Ready) -> None:
    del ready.aws.buckets[ARCHIVE]


def stranger(ready: Ready) -> None:
    ready.aws.buckets[ARCHIVE].owner = "999999999999"


def emptied(ready: Ready) -> None:
    ready.aws.buckets[ARCHIVE].objects.clear()


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (lost_bucket, f"there is no archive bucket {ARCHIVE}, so nothing tells what prod was like"),
        (stranger, f"archive bucket {ARCHIVE} is not account {BACKUP}'s, or this role may not list it"),
        (emptied, f"archive bucket {ARCHIVE} holds no settings manifest ({KEY})"),
    ],
    ids=["missing", "of a stranger", "empty"],
)
def test_f27_without_the_archive_nothing_that_hangs_on_it_passes_for_healthy(
    change: Callable[[Ready], object], what: str
) -> None:
    ready = Ready()
    change(ready)
    found = ready.only()
    assert (found.check, found.level) == ("manifest", Level.STOPS)
    assert found.what.startswith(what)
    assert found.fix == (
        f"aws s3api list-object-versions --bucket {ARCHIVE} --prefix {KEY}"
        f" --expected-bucket-owner {BACKUP} {BACKUP_OPTIONS}"
    )
    assert {"vaults", "keys", "points", "tables", "quotas", "rights"} <= set(ready.look().unseen)


def test_a_profile_that_is_not_there_stops_everything_else() -> None:
    ready = Ready()
    del ready.sessions.profiles["strongroom-backup"]
    found = ready.only()
    assert found.what.startswith("profile strongroom-backup cannot be used: ")
    assert found.fix == f"aws configure set role_arn {arns.role('<account>', RECOVER)} --profile strongroom-backup"
    assert ready.look().looked_at == ("profiles",)


def test_one_account_for_both_profiles_is_the_wrong_account() -> None:
    ready = Ready()
    ready.sessions.profiles["strongroom-prod"] = BACKUP
    found = ready.only()
    assert (found.check, found.level) == ("profiles", Level.STOPS)
    assert "must be two" in found.what


def test_the_management_account_is_no_account_to_restore_in() -> None:
    ready = Ready()
    for seen in (ready.sessions.seen_roles, ready.sessions.seen_opt_ins, ready.sessions.seen_organizations):
        seen["100000000001"] = seen[FRESH]  # type: ignore[index,assignment]
    ready.sessions.profiles["strongroom-prod"] = "100000000001"
    report = ready.look()
    assert "profiles" in {finding.check for finding in report.findings}
    assert report.stops


@pytest.mark.parametrize("operation", ["vaults.vault", "keys.key", "points.in_vault", "quotas.tables"])
def test_what_cannot_be_looked_at_is_a_finding(operation: str) -> None:
    ready = Ready()
    cut = FailedError("reading it: AWS gave an answer without X; it may have been cut off; try again")
    ready.aws.wire.trouble(1, cut, operation=operation)
    found = ready.look().findings
    assert len(found) == 1
    assert found[0].what == f"this could not be looked at: {cut}"
    assert found[0].level is Level.STOPS


def test_no_room_is_asked_of_the_account_that_the_tables_live_in() -> None:
    ready = Ready()
    ready.aws.account(FRESH).table(TABLE)
    ready.aws.account(FRESH).most_tables = 1
    report = ready.look(Purpose.BACKUP)
    assert report.findings == ()
    assert not {"tables", "quotas"} & set(report.looked_at)
