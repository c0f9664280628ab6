"""What every restore of one table holds to, whatever it is brought back from."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from strongroom.aws.errors import WrongAccountError
from strongroom.cli.exits import Exit
from strongroom.cli.faults import RefusedError, UsageError
from strongroom.cli.restore_site import Where
from strongroom.recovery.errors import GuardError, RequestError
from tests.strongroom.aws.memory_calls import NOON
from tests.strongroom.cli.bringing_back import pitr, point, writes
from tests.strongroom.cli.restoring import PASSES, PROD, RESTORED, Counter, item


@pytest.fixture
def counter(tmp_path: Path) -> Counter:
    return Counter(tmp_path)


@pytest.mark.parametrize("status", ["ACTIVE", "CREATING"])
def test_fails_when_the_new_name_is_taken_and_leaves_that_table_alone(counter: Counter, status: str) -> None:
    counter.have("other", item("z"))
    counter.table("other").busy = None if status == "ACTIVE" else (status, NOON + timedelta(days=1))
    for run in (pitr, point):
        with pytest.raises(GuardError, match=rf"table other exists already \({status}\)"):
            run(counter, into="other")
    assert set(counter.held("other")) == {"z"}
    assert writes(counter) == 0


def test_fails_when_the_table_itself_is_to_be_written_over(counter: Counter) -> None:
    with pytest.raises(GuardError, match="exists already"):
        pitr(counter, into=PASSES)
    assert writes(counter) == 0


def test_fails_for_a_name_that_no_table_can_have(counter: Counter) -> None:
    with pytest.raises(RequestError, match="--into"):
        pitr(counter, into="a b")


def test_fails_for_a_table_that_is_not_declared(counter: Counter) -> None:
    with pytest.raises(RequestError, match=f"table nothing is not declared in prod; there are .*{PASSES}"):
        pitr(counter, where=Where("nothing", stack="prod"))


@pytest.mark.parametrize(
    ("where", "sentence"),
    [
        (Where(PASSES), "give --stack"),
        (Where(PASSES, "prod", "prod"), "give --stack"),
        (Where(PASSES, "ci"), "--stack must be one of prod"),
    ],
)
def test_fails_when_it_is_not_said_whose_settings_count(counter: Counter, where: Where, sentence: str) -> None:
    with pytest.raises(UsageError, match=sentence):
        pitr(counter, where=where)


def test_the_settings_come_from_the_archive_where_there_is_no_checkout(counter: Counter) -> None:
    counter.declare_in_the_archive()
    for file in counter.folder.iterdir():
        file.unlink()
    assert pitr(counter, where=Where(PASSES, environment="prod")) is Exit.OK
    assert counter.table(RESTORED).ttl_attribute == "ttl"


def test_fails_when_the_profile_is_in_another_account_before_anything_else(counter: Counter) -> None:
    counter.sessions.profiles["strongroom-prod"] = "222222222222"
    with pytest.raises(WrongAccountError, match=PROD):
        pitr(counter)
    assert [call.operation for call in counter.aws.wire.made] == ["sts.identity"]


@pytest.mark.parametrize("typed", ["", PROD, "prod", "yes"])
def test_fails_when_account_and_environment_are_not_typed(counter: Counter, typed: str) -> None:
    counter.typed = typed
    with pytest.raises(RefusedError, match="nothing was changed"):
        pitr(counter)
    assert writes(counter) == 0


def test_yes_asks_nobody(counter: Counter) -> None:
    assert pitr(counter, yes=True) is Exit.OK
    assert counter.questions == []


def test_a_dry_run_prints_the_same_plan_and_changes_nothing(counter: Counter) -> None:
    assert pitr(counter, dry_run=True) is Exit.OK
    plan = counter.out.getvalue()
    assert (writes(counter), counter.questions) == (0, [])
    pitr(counter)
    assert counter.out.getvalue().removeprefix(plan).startswith(plan)


def test_one_document_is_printed(counter: Counter) -> None:
    assert pitr(counter, as_json=True, yes=True) is Exit.OK
    said = json.loads(counter.out.getvalue())
    assert (said["table"], said["target"], said["items"], said["left"], said["exit"]) == (PASSES, RESTORED, 3, [], 0)
    counter.out.truncate(0)
    counter.out.seek(0)
    assert pitr(counter, as_json=True, dry_run=True, into="other") is Exit.OK
    assert json.loads(counter.out.getvalue())["target"] == "other"


def test_a_key_of_another_account_is_not_asked_for(counter: Counter) -> None:
    file = counter.folder / "Pulumi.prod.yaml"
    arn = "arn:aws:kms:eu-west-2:{}:key/1234abcd-12ab-34cd-56ef-1234567890ab"
    for account, expected in (("999999999999", None), (PROD, arn.format(PROD))):
        said = file.read_text().replace(
            f"name: {PASSES}\n", f"name: {PASSES}\n      kmsKeyArn: {arn.format(account)}\n"
        )
        (counter.folder / f"Pulumi.x{account[0]}.yaml").write_text(said)
        where = Where(PASSES, stack=f"x{account[0]}")
        assert pitr(counter, where=where, into=f"to-{account}") is Exit.OK
        assert counter.table(f"to-{account}").kms_key_arn == expected
