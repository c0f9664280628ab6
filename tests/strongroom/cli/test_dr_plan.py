import io
import json
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random

import pytest

from strongroom.cli import dr_plan
from strongroom.cli.dr_plan import Doors, Options
from strongroom.cli.exits import Exit
from strongroom.cli.faults import FAULTS, UsageError
from strongroom.cli.output import Output
from strongroom.config.manifest import ManifestError
from strongroom.recovery.errors import GuardError, RequestError
from strongroom.recovery.plans import plan as plans
from strongroom.recovery.plans.plan import PlanError
from tests.strongroom.recovery.loss import FRESH, NIGHT, REGION, Loss, point

RECEIPTS = "prod-submit-receipts"


@dataclass
class Desk:
    """The command's doors onto a loss in memory, and what it wrote."""

    folder: Path
    loss: Loss = field(default_factory=Loss)

    def __post_init__(self) -> None:
        self.out, self.err = io.StringIO(), io.StringIO()

    def run(self, **options: object) -> Exit:
        seeded = Random(1)  # noqa: S311 - the same run id every time
        output = Output(self.out, self.err)
        doors = Doors(self.loss.sessions, seeded, self.loss.aws.clock.monotonic, self.folder, output)
        return dr_plan.run(replace(Options("prod", REGION), **options), doors)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_the_page_is_printed_and_the_command_ends_well(desk: Desk) -> None:
    assert desk.run() is Exit.OK
    assert desk.out.getvalue().startswith("RECOVERY OF prod\n")
    assert desk.out.getvalue().endswith("  strongroom dr run prod --region eu-west-2\n")
    assert desk.err.getvalue() == ""
    assert list(desk.folder.iterdir()) == []


def test_the_document_is_the_plan_itself(desk: Desk) -> None:
    assert desk.run(as_json=True) is Exit.OK
    assert plans.read(desk.out.getvalue()) == desk.loss.plan()
    assert json.loads(desk.out.getvalue())["targetAccount"] == FRESH


def test_a_table_without_a_point_ends_in_part_with_the_page_still_printed(desk: Desk) -> None:
    for one in list(desk.loss.aws.account("333333333333").vaults.values()):
        for arn, stored in list(one.points.items()):
            if stored.table == RECEIPTS:
                del one.points[arn]
    assert desk.run() is Exit.PARTIAL
    assert f"  !! {RECEIPTS}: no point of it is in the central vaults" in desk.out.getvalue()
    assert desk.run(as_json=True) is Exit.PARTIAL


def test_a_plan_that_was_written_is_what_the_next_command_takes(desk: Desk) -> None:
    assert desk.run(out=Path("my plan.json")) is Exit.OK
    assert plans.read((desk.folder / "my plan.json").read_text()).environment == "prod"
    assert desk.out.getvalue().endswith("  strongroom dr run prod --plan 'my plan.json'\n")


def test_fails_when_the_file_is_there_and_leaves_it_alone(desk: Desk) -> None:
    (desk.folder / "plan.json").write_text("mine")
    with pytest.raises(UsageError, match=r"--out plan.json is there already"):
        desk.run(out=Path("plan.json"))
    assert (desk.folder / "plan.json").read_text() == "mine"
    assert desk.loss.aws.wire.count() == 0


def test_fails_when_the_file_cannot_be_written(desk: Desk) -> None:
    with pytest.raises(UsageError, match=r"--out .*plan.json cannot be written: No such file or directory"):
        desk.run(out=Path("nowhere/plan.json"))


def test_the_next_command_says_again_all_that_was_asked_for() -> None:
    options = Options(
        "prod",
        REGION,
        at="2026-11-22 03:00Z",
        points=(f"{RECEIPTS}=arn:x",),
        only=(RECEIPTS, "b"),
        settings_version="v1",
    )
    assert dr_plan.command(options) == (
        "strongroom dr run prod --region eu-west-2 --at '2026-11-22 03:00Z' --settings-version v1"
        f" --point {RECEIPTS}=arn:x --only {RECEIPTS} --only b"
    )


def test_options_reach_the_plan(desk: Desk) -> None:
    old = point(RECEIPTS, NIGHT.replace(day=21))
    desk.run(as_json=True, at="2026-11-22T04:00Z", points=(f"{RECEIPTS}={old.arn}",), only=(RECEIPTS,))
    (found,) = plans.read(desk.out.getvalue()).chosen
    assert found.point_arn == old.arn


@pytest.mark.parametrize("given", ["arn:x", "=arn:x", f"{RECEIPTS}="])
def test_fails_when_a_point_is_not_given_with_its_table(given: str) -> None:
    with pytest.raises(UsageError, match="--point must be TABLE=ARN"):
        dr_plan.request(Options("prod", REGION, points=(given,)))


def test_fails_when_a_table_is_given_two_points() -> None:
    with pytest.raises(UsageError, match=f"--point names table {RECEIPTS} twice"):
        dr_plan.request(Options("prod", REGION, points=(f"{RECEIPTS}=arn:x", f"{RECEIPTS}=arn:y")))


@pytest.mark.parametrize("at", ["2026-11-22T03:00", "2026-11-22", ""])
def test_fails_when_an_instant_has_no_zone(at: str) -> None:
    with pytest.raises(RequestError, match="--at must "):
        dr_plan.request(Options("prod", REGION, at=at))


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (RequestError, Exit.USAGE),
        (GuardError, Exit.REFUSED),
        (PlanError, Exit.FAILED),
        (ManifestError, Exit.FAILED),
    ],
)
def test_faults_end_with_their_codes(fault: type[Exception], code: Exit) -> None:
    assert FAULTS[fault] is code
