import io
import json

import pytest

from strongroom.cli.bootstrap_template import Doors, Options, run
from strongroom.cli.exits import Exit
from strongroom.cli.faults import UsageError
from strongroom.cli.output import Output
from strongroom.documents.bootstrap.duties import NoDutyError
from strongroom.documents.bootstrap.template import template
from tests.strongroom.documents.example import BACKUP, MANAGEMENT, PIPELINE, PROD, account, stack

STACKS = {name: stack(name) for name in ("backup", "ci", "prod")}


def printed(options: Options) -> object:
    out = io.StringIO()
    assert run(options, Doors(STACKS, Output(out, io.StringIO()))) is Exit.OK
    return json.loads(out.getvalue())


@pytest.mark.parametrize(
    ("asked", "id_"),
    [
        ("backup", BACKUP),
        ("pipeline", PIPELINE),
        ("management", MANAGEMENT),
        ("prod", PROD),
        (PROD, PROD),
    ],
)
def test_the_template_of_an_account_holds_what_every_stack_asks_of_it(asked: str, id_: str) -> None:
    assert printed(Options(asked)) == template(account(id_))


def test_scripts_get_the_account_and_its_stacks_too() -> None:
    found = printed(Options("backup", as_json=True))
    assert isinstance(found, dict)
    assert (found["account"], found["region"], found["stacks"]) == (BACKUP, "eu-west-2", ["backup", "ci", "prod"])


def test_fails_when_there_is_no_such_account() -> None:
    with pytest.raises(UsageError, match="or an id, got 'dev'"):
        run(Options("dev"), Doors(STACKS, Output()))


def test_fails_when_no_stack_names_the_id() -> None:
    with pytest.raises(NoDutyError, match="account 999999999999 is named by no stack file"):
        run(Options("999999999999"), Doors(STACKS, Output()))
