import json
from pathlib import Path

import pytest

from strongroom.aws.errors import AwsError, DeniedError, FailedError, NotThereError, TimedOutError
from strongroom.cli.exits import Exit
from strongroom.cli.faults import UsageError
from strongroom.cli.verify_look import Form
from strongroom.config.problems import SettingsError
from tests.strongroom.cli.test_main import helped
from tests.strongroom.cli.verifying import Screen, blind, stale, warned
from tests.strongroom.evidence.kept import BACKUP, PROD, RECEIPTS, Kept


def test_where_all_is_well_one_line_says_so() -> None:
    screen = Screen(Kept())
    assert screen.verify() is Exit.OK
    assert screen.said == "prod: all is well (30 looks)\n"


def test_what_is_stale_is_told_and_is_a_mismatch() -> None:
    screen = Screen(stale())
    assert screen.verify() is Exit.MISMATCH
    assert screen.said.splitlines() == [
        (
            f"stale: daily: {RECEIPTS} the newest recovery point is 40.0 h old, of 2026-11-20T20:00:00Z; 39.0 h is the"
            " most; look at the jobs of this table in AWS Backup"
        ),
        "prod: 1 failure, 0 warnings",
    ]


def test_a_warning_is_told_and_lets_the_verify_pass() -> None:
    screen = Screen(warned())
    assert screen.verify() is Exit.OK
    assert screen.said.startswith(f"warning: daily: {RECEIPTS} point ")
    assert screen.said.endswith("prod: 0 failures, 1 warning\n")


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (FailedError("cut off"), Exit.FAILED),
        (DeniedError("no"), Exit.DENIED),
        (TimedOutError("slow"), Exit.TIMEOUT),
        (NotThereError("gone"), Exit.NOT_FOUND),
    ],
)
def test_fails_when_it_could_not_look_everywhere(fault: AwsError, code: Exit) -> None:
    for run in (Screen(blind(fault)).verify, Screen(blind(fault)).status):
        assert run() is code


def test_what_could_not_be_seen_is_named() -> None:
    screen = Screen(blind(DeniedError("listing backup jobs: AccessDenied")))
    screen.verify()
    assert screen.said.splitlines() == [
        "unseen: jobs: listing backup jobs: AccessDenied",
        "prod: 0 failures, 0 warnings, 1 place that could not be looked at",
    ]


def test_what_is_known_to_be_bad_comes_before_what_could_not_be_seen() -> None:
    assert Screen(blind(DeniedError("no"), stale())).verify() is Exit.MISMATCH


def test_measurements_are_published_only_when_asked_for() -> None:
    kept = Kept()
    Screen(kept).verify()
    assert kept.own.measures == []
    assert Screen(kept).verify(publish=True) is Exit.OK
    assert {namespace for namespace, _ in kept.own.measures} == {"Strongroom"}
    assert "VerifyHeartbeat" in {measure.name for _, measure in kept.own.measures}
    assert kept.backup.measures == []


@pytest.mark.parametrize(("kept", "code"), [(stale(), Exit.MISMATCH), (Kept(), Exit.DENIED)])
def test_fails_when_measurements_cannot_be_published_and_tells_the_rest(kept: Kept, code: Exit) -> None:
    kept.aws.wire.trouble(1, DeniedError("putting measures: AccessDenied"), operation="metrics.put")
    screen = Screen(kept)
    assert screen.verify(Form.JSON, publish=True) is code
    said = json.loads(screen.said)
    assert said["unseen"] == [{"place": "CloudWatch", "sentence": "putting measures: AccessDenied"}]
    assert len(said["rows"]) == 30


def test_without_a_stack_file_the_manifest_in_the_archive_says_what_is_declared(tmp_path: Path) -> None:
    kept = Kept()
    screen = Screen(kept, tmp_path)
    assert screen.verify(Form.JSON) is Exit.OK
    assert json.loads(screen.said)["declared"].startswith("version ")
    assert screen.regions == ["eu-west-2"]


def test_fails_when_nothing_says_what_is_declared(tmp_path: Path) -> None:
    kept = Kept()
    kept.aws.buckets.clear()
    with pytest.raises(NotThereError, match="there is no archive bucket"):
        Screen(kept, tmp_path).verify()


def test_fails_when_the_backup_account_has_no_stack_file(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"Pulumi\.backup\.yaml is not in .* run in the project's folder"):
        Screen(Kept(), tmp_path).verify(environment="backup")


def test_fails_when_the_stack_file_cannot_be_used(tmp_path: Path) -> None:
    (tmp_path / "Pulumi.prod.yaml").write_text("config: {}", encoding="utf-8")
    with pytest.raises(SettingsError):
        Screen(Kept(), tmp_path).verify()


def test_the_backup_account_is_looked_at_for_all_sources() -> None:
    kept = Kept()
    screen = Screen(kept)
    assert screen.verify(Form.JSON, environment="backup") is Exit.MISMATCH
    said = json.loads(screen.said)
    assert said["account"] == BACKUP
    assert {finding["place"].split("-")[0] for finding in said["findings"]} == {"ci"}
    assert PROD not in {call.account for call in kept.aws.wire.made}


@pytest.mark.parametrize("command", ["verify", "status"])
def test_the_help_is_the_manual(command: str) -> None:
    said = " ".join(helped(command).split())
    assert "strongroom-backup" in said or "the same profiles" in said
    assert "EXIT STATUS: 0 done, 1 failed" in said
    assert ("4 what was found is not what it should be" in said) is (command == "verify")
    assert ("--publish" in said) is (command == "verify")
