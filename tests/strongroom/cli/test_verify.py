import io
import json
from datetime import timedelta
from pathlib import Path

import pytest

from strongroom.aws.errors import AwsError, DeniedError, FailedError, NotThereError, TimedOutError
from strongroom.aws.groups import Watching
from strongroom.cli import status_tell, verify_judge
from strongroom.cli.exits import Exit
from strongroom.cli.faults import UsageError
from strongroom.cli.output import Output
from strongroom.cli.verify_look import Doors, Form, Options
from strongroom.config.problems import SettingsError
from tests.stacks import world
from tests.strongroom.cli.test_main import elsewhere, helped, ran
from tests.strongroom.evidence.kept import BACKUP, PROD, RECEIPTS, Kept

__all__ = ["elsewhere"]


class Screen:
    """What a command wrote, and the doors that it was given."""

    def __init__(self, kept: Kept, folder: Path = world.CHECKOUT) -> None:
        self.kept, self.folder = kept, folder
        self.out, self.err = io.StringIO(), io.StringIO()
        self.regions: list[str] = []

    @property
    def doors(self) -> Doors:
        def opened(region: str) -> Watching:
            self.regions.append(region)
            return self.kept.sessions

        clock = self.kept.aws.clock
        return Doors(self.folder, opened, lambda _: "eu-west-2", clock.monotonic, Output(self.out, self.err))

    def verify(self, form: Form = Form.TEXT, *, publish: bool = False, environment: str = "prod") -> Exit:
        return verify_judge.run(Options(environment, form=form, publish=publish), self.doors)

    def status(self, form: Form = Form.TEXT) -> Exit:
        return status_tell.run(Options("prod", form=form), self.doors)

    @property
    def said(self) -> str:
        return self.out.getvalue()


def stale() -> Kept:
    kept = Kept()
    kept.change("daily", RECEIPTS, created=kept.at - timedelta(hours=40))
    return kept


def warned() -> Kept:
    kept = Kept()
    kept.change("daily", RECEIPTS, deleted_at=kept.at - timedelta(days=1))
    return kept


def blind(fault: AwsError, kept: Kept | None = None) -> Kept:
    kept = kept or Kept()
    kept.aws.wire.trouble(1, fault, operation="backups.recent")
    return kept


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


def test_status_tells_every_place_and_judges_nothing() -> None:
    screen = Screen(stale())
    assert screen.status() is Exit.OK
    lines = screen.said.splitlines()
    assert lines[0] == "prod in account 111111111111 at 2026-11-22T12:00:00Z, declared by Pulumi.prod.yaml"
    assert lines[1].split() == ["place", "subject", "newest", "age", "limit"]
    assert ["daily", RECEIPTS, "2026-11-20T20:00:00Z", "40.0", "h", "39.0", "h"] in [line.split() for line in lines]
    assert any(line.split()[:2] == ["monthly", RECEIPTS] and "21.0 d  31.6 d" in line for line in lines)
    assert any(line.endswith("none scheduled") for line in lines)
    assert lines[-1] == "prod: 1 failure, 0 warnings"
    places = [line.split()[0] for line in lines[2 : lines.index("")]]
    assert list(dict.fromkeys(places)) == ["pitr", "export", "local", "daily", "weekly", "monthly", "archive"]
    assert places == sorted(places, key=list(dict.fromkeys(places)).index)


def test_json_is_one_document_with_all_that_was_seen() -> None:
    screen = Screen(stale())
    assert screen.verify(Form.JSON) is Exit.MISMATCH
    said = json.loads(screen.said)
    assert (said["version"], said["environment"], said["exit"], said["unseen"]) == (1, "prod", 4, [])
    (found,) = said["findings"]
    assert (found["kind"], found["place"], found["subject"]) == ("stale", "daily", RECEIPTS)
    (row,) = [row for row in said["rows"] if (row["place"], row["subject"]) == ("daily", RECEIPTS)]
    assert (row["ageSeconds"], row["limitSeconds"]) == (40 * 3600, 39 * 3600)


@pytest.mark.parametrize(
    ("kept", "code", "state"),
    [
        (Kept(), 0, "OK"),
        (warned(), 1, "WARNING"),
        (stale(), 2, "CRITICAL"),
        (blind(DeniedError("no")), 3, "UNKNOWN"),
        (blind(DeniedError("no"), stale()), 2, "CRITICAL"),
    ],
)
def test_monitoring_hears_one_line_and_one_of_four_codes(kept: Kept, code: int, state: str) -> None:
    screen = Screen(kept)
    assert screen.verify(Form.NAGIOS) == code
    (line,) = screen.said.splitlines()
    words, performance = line.split(" | ")
    assert words.startswith(f"STRONGROOM {state} - prod: ")
    assert "'local'=32400s;;140400" in performance.split()
    assert "'pitr'=300s;;900" in performance.split()


def test_monitoring_hears_unknown_when_nothing_could_be_looked_at() -> None:
    kept = Kept()
    kept.aws.wire.trouble(1, DeniedError("no | credentials"), operation="sts.identity", times=2)
    screen = Screen(kept)
    assert screen.verify(Form.NAGIOS) == 3
    assert screen.said == "STRONGROOM UNKNOWN - no / credentials\n"


def test_long_lists_are_cut_in_the_line_of_monitoring() -> None:
    kept = Kept()
    kept.own.backups.clear()
    screen = Screen(kept)
    screen.verify(Form.NAGIOS)
    assert "6 failures, 0 warnings, " in screen.said
    assert ", 3 more | failures=6;;0 " in screen.said


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


def test_fails_when_a_form_is_unknown() -> None:
    code, _, err = ran("verify", "prod", "--output", "sarif")
    assert code is Exit.USAGE
    assert "'sarif' is not one of 'text', 'json', 'nagios'" in err


@pytest.mark.usefixtures("elsewhere")
@pytest.mark.parametrize("asked", [["--json"], ["--output", "json"]])
def test_json_tells_errors_as_a_document_too(asked: list[str]) -> None:
    code, out, _ = ran("verify", "backup", *asked)
    assert code is Exit.USAGE
    assert "has no manifest" in json.loads(out)["errors"][0]


def test_status_as_a_plugin_ends_with_the_state_that_it_prints() -> None:
    screen = Screen(stale())
    code = screen.status(Form.NAGIOS)
    assert "CRITICAL" in screen.said
    assert code.value == 2
