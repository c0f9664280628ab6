import io
import json
from dataclasses import dataclass, field, replace

import pytest

from strongroom.cli import doctor_examine
from strongroom.cli.doctor_examine import Doors, Options
from strongroom.cli.exits import Exit
from strongroom.cli.output import Output
from tests.strongroom.recovery.loss import BACKUP, FRESH, REGION
from tests.strongroom.recovery.ready import LINKED, Ready


@dataclass
class Desk:
    """The command's doors onto accounts in memory, and what it wrote."""

    ready: Ready = field(default_factory=Ready)

    def __post_init__(self) -> None:
        self.out, self.err = io.StringIO(), io.StringIO()

    def run(self, **options: object) -> Exit:
        clock = self.ready.aws.clock
        doors = Doors(self.ready.sessions, clock.now, clock.monotonic, Output(self.out, self.err))
        return doctor_examine.run(replace(Options("prod", REGION), **options), doors)


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_all_is_well_in_one_line(desk: Desk) -> None:
    assert desk.run() is Exit.OK
    assert desk.out.getvalue() == "prod: 16 checks, nothing to mend\n"


def test_a_finding_says_what_where_why_and_the_command_and_the_command_fails(desk: Desk) -> None:
    del desk.ready.sessions.seen_roles[FRESH].roles[LINKED]
    desk.ready.sessions.seen_organizations[BACKUP].paths.clear()
    assert desk.run() is Exit.FAILED
    lines = desk.out.getvalue().splitlines()
    assert lines[:4] == [
        "STOPS linked-role: role AWSServiceRoleForBackup is not there",
        f"  where: account {FRESH}",
        "  why:   AWS Backup writes copies with it in the account that receives them",
        "  fix:   aws iam create-service-linked-role --aws-service-name backup.amazonaws.com --profile strongroom-prod",
    ]
    assert lines[5].startswith("WARNS unit: ")
    assert lines[-1] == "prod: 16 checks, 1 finding that would stop a recovery, 1 warning"


def test_warnings_alone_end_well(desk: Desk) -> None:
    desk.ready.sessions.seen_organizations[BACKUP].paths.clear()
    assert desk.run() is Exit.OK
    assert desk.out.getvalue().endswith("0 findings that would stop a recovery, 1 warning\n")


def test_what_could_not_be_looked_at_is_told(desk: Desk) -> None:
    desk.ready.aws.buckets.clear()
    assert desk.run() is Exit.FAILED
    assert "\nnot looked at, because of the above: unit, rights, " in desk.out.getvalue()


def test_the_document_holds_the_same(desk: Desk) -> None:
    del desk.ready.sessions.seen_roles[FRESH].roles[LINKED]
    assert desk.run(as_json=True) is Exit.FAILED
    found = json.loads(desk.out.getvalue())
    assert (found["version"], found["environment"], found["for"], found["exit"]) == (1, "prod", "recovery", 1)
    assert (found["targetAccount"], found["backupAccount"], found["unchecked"]) == (FRESH, BACKUP, [])
    assert [finding["check"] for finding in found["findings"]] == ["linked-role"]
    assert set(found["findings"][0]) == {"check", "level", "what", "where", "why", "fix"}
