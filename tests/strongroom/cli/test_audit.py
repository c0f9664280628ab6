import io
import json
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from strongroom.checking.errors import CheckingError, ConfigurationError, SlowError, StateError
from strongroom.cli.audit_judge import Doors, Options, run
from strongroom.cli.check_judge import Form
from strongroom.cli.exits import Exit
from strongroom.cli.faults import FAULTS, UsageError
from strongroom.cli.output import Output
from tests.stacks import world
from tests.strongroom.checking.exports import SECRET, Document, named, of_the_program
from tests.strongroom.cli.test_main import checkout, ran

pytestmark = pytest.mark.processes

__all__ = ["checkout"]

TABLE = "prod-submit-receipts-table"
LEFT_OUT = "note: setting-deleted-before-replaced is not judged, because a state does not keep what it asks for"


def audited(document: Document | None, form: Form = Form.TEXT, configuration: Path | None = None) -> tuple[Exit, str]:
    out = io.StringIO()
    text = None if document is None else json.dumps(document)
    doors = Doors(world.CHECKOUT, lambda: text, time.monotonic, Output(out, io.StringIO()))
    return run(Options(Path("-"), configuration=configuration, form=form), doors), out.getvalue()


@pytest.mark.parametrize("stack", world.STACKS)
def test_a_stack_that_was_deployed_as_the_program_says_passes(stack: str) -> None:
    code, out = audited(of_the_program(stack))
    lines = out.splitlines()
    assert code is Exit.OK
    assert lines[0] == LEFT_OUT
    assert lines[1].startswith(f"strongroom/{stack}: ")
    assert lines[2:] == ["audit: nothing is refused"]


def unrecoverable(document: Document) -> None:
    named(document, TABLE)["inputs"]["pointInTimeRecovery"]["enabled"] = False


def unprotected(document: Document) -> None:
    del named(document, TABLE)["protect"]


def unretained(document: Document) -> None:
    del named(document, TABLE)["retainOnDelete"]


def secret(document: Document) -> None:
    named(document, TABLE)["inputs"]["pointInTimeRecovery"] = SECRET


def pending(document: Document) -> None:
    resource = {"urn": named(document, TABLE)["urn"], "custom": True, "type": "aws:dynamodb/table:Table"}
    document["deployment"]["pending_operations"] = [{"resource": resource, "type": "creating"}]


def left_behind(document: Document) -> None:
    document["deployment"]["resources"].append({**named(document, TABLE), "delete": True})


def not_made_again(document: Document) -> None:
    named(document, TABLE)["pendingReplacement"] = True


def half_made(document: Document) -> None:
    named(document, TABLE)["initErrors"] = ["secret words"]


@pytest.mark.parametrize(
    ("edit", "rule", "says"),
    [
        (unrecoverable, "dynamodb-table-pitr", "has no point-in-time recovery"),
        (unprotected, "data-protected", "may be deleted or replaced by `pulumi up`"),
        (unretained, "data-retained", "has no retain_on_delete"),
        (secret, "dynamodb-table-pitr", "could not be checked: pointInTimeRecovery is secret in the state, and"),
        (pending, "pending-operation", "was being changed (creating) when an update broke off"),
        (left_behind, "pending-operation", "was replaced, and the old one is still there"),
        (not_made_again, "pending-operation", "was deleted to be replaced, and the new one is not there"),
        (half_made, "pending-operation", "was made, but not to its end (1 errors)"),
    ],
)
def test_fails_when_what_is_deployed_is_weaker(edit: Callable[[Document], None], rule: str, says: str) -> None:
    document = of_the_program("prod")
    edit(document)
    code, out = audited(document, Form.JSON)
    found = json.loads(out)["findings"]
    assert code is Exit.REFUSED
    assert any(one["rule"] == rule and says in one["sentence"] and TABLE in one["sentence"] for one in found)
    assert {one["file"] for one in found} == {"standard input"}
    assert "abcdef" not in out
    assert "secret words" not in out


@pytest.mark.usefixtures("checkout")
def test_a_file_is_read_as_well(tmp_path: Path) -> None:
    place = tmp_path / "prod.json"
    place.write_text(json.dumps(of_the_program("prod")), encoding="utf-8")
    code, out, _ = ran("audit", "--stack-state", str(place), "--output", "sarif")
    assert code is Exit.OK
    assert json.loads(out)["runs"][0]["tool"]["driver"]["name"] == "strongroom audit"


@pytest.mark.usefixtures("checkout")
@pytest.mark.parametrize(("text", "sentence"), [(b"\xff", "no text in UTF-8"), (b"", "is empty"), (b"{", "cut short")])
def test_fails_when_a_file_is_no_export(tmp_path: Path, text: bytes, sentence: str) -> None:
    place = tmp_path / "prod.json"
    place.write_bytes(text)
    code, out, err = ran("audit", "--stack-state", str(place))
    assert code in (Exit.USAGE, Exit.FAILED)
    assert out == ""
    assert sentence in err
    assert len(err.splitlines()) == 1


@pytest.mark.usefixtures("checkout")
def test_fails_when_there_is_no_such_file() -> None:
    code, _, err = ran("audit", "--stack-state", "nowhere.json")
    assert code is Exit.USAGE
    assert "nowhere.json cannot be read: No such file or directory" in err


def test_fails_when_nothing_is_piped_in() -> None:
    with pytest.raises(UsageError, match="an export is needed: pipe it in"):
        audited(None)


def test_fails_when_no_configuration_is_the_stack_s() -> None:
    document = json.loads(json.dumps(of_the_program("prod")).replace("urn:pulumi:prod::", "urn:pulumi:live::"))
    with pytest.raises(ConfigurationError, match=r"live\.json is not there.* or name another with --pack-config"):
        audited(document)
    named_ = Path("policies/configuration/prod.json")
    assert audited(document, configuration=named_)[0] is Exit.OK


@pytest.mark.usefixtures("checkout")
@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("{", "is cut short or is no JSON, at line 1; mend it, or name another with --pack-config"),
        ("[]", "holds no object; a level or options for each rule is required, or name another with --pack-config"),
        (
            '{"dynamodb-table-pitrs": "mandatory"}',
            "names 'dynamodb-table-pitrs', which is no rule of this pack; did you mean dynamodb-table-pitr?",
        ),
        ('{"dynamodb-table-pitr": "soft"}', "dynamodb-table-pitr has the level 'soft'; one of advisory,"),
    ],
)
@pytest.mark.parametrize("edit", [None, unrecoverable])
def test_fails_when_no_stack_can_be_judged_by_the_configuration(
    tmp_path: Path, edit: Callable[[Document], None] | None, text: str, sentence: str
) -> None:
    document = of_the_program("prod")
    if edit:
        edit(document)
    state, said = tmp_path / "state.json", tmp_path / "said.json"
    state.write_text(json.dumps(document), encoding="utf-8")
    said.write_text(text, encoding="utf-8")
    code, out, err = ran("audit", "--stack-state", str(state), "--pack-config", str(said))
    assert (code, out) == (Exit.USAGE, "")
    assert f"error: {said} {sentence}" in err.replace(".json: ", ".json ")
    assert len(err.splitlines()) == 1


def test_a_configuration_of_other_settings_judges_as_it_says() -> None:
    code, out = audited(of_the_program("prod"), configuration=Path("policies/configuration/ci.json"))
    assert code is Exit.REFUSED
    assert "aws-allowed-places" in out


def test_fails_when_the_name_of_a_stack_leads_elsewhere() -> None:
    document = json.loads(json.dumps(of_the_program("prod")).replace("urn:pulumi:prod::", "urn:pulumi:../prod::"))
    with pytest.raises(UsageError, match="the stack's name is no name of a file"):
        audited(document)


def test_nothing_that_could_not_be_judged_counts_as_passed() -> None:
    assert {FAULTS[one] for one in (CheckingError, StateError, SlowError)} == {Exit.FAILED, Exit.TIMEOUT}
    assert FAULTS[ConfigurationError] is Exit.USAGE
