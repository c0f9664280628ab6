import json
from dataclasses import replace
from pathlib import Path
from typing import Final

import pytest

from strongroom.cli.exits import Exit
from strongroom.cli.faults import UsageError
from strongroom.cli.gate_judge import Form, Options
from strongroom.gate.errors import BaseError, OverridesError, UnreadableError
from tests.strongroom.cli.gating import DELETED, OVERRIDE, UNCHANGED, Gate
from tests.strongroom.gate.previews import TABLE, urn
from tests.strongroom.gate.repository import commit, git, write


@pytest.fixture
def gate(tmp_path: Path) -> Gate:
    return Gate(tmp_path)


def test_what_takes_nothing_away_passes(gate: Gate) -> None:
    assert gate(UNCHANGED) == (Exit.OK, "gate: passed (stack prod, 2 resources)\n")


def test_what_takes_something_away_is_refused(gate: Gate) -> None:
    code, out = gate(DELETED)
    assert code is Exit.REFUSED
    assert out == (
        f"refused: {urn(TABLE)} would be deleted; its items and their point-in-time recovery go with it\n"
        "gate: refused (stack prod, 2 resources, 1 reason)\n"
        "Take the change back, or have an override with the exact URN, the operation, a reason and an expiry date"
        " merged first, by itself; docs/gate.md says how.\n"
    )


def test_the_preview_may_lie_in_a_file(gate: Gate) -> None:
    write(gate.folder, {"preview.json": DELETED})
    assert gate(None, Options(Path("preview.json")))[0] is Exit.REFUSED


def test_an_override_gives_leave(gate: Gate) -> None:
    write(gate.folder, {"gate-overrides.yaml": OVERRIDE})
    code, out = gate(DELETED)
    assert code is Exit.OK
    assert out == (
        f"allowed: {urn(TABLE)} would be deleted; its items and their point-in-time recovery go with it; allowed until"
        " 2026-12-01 because ticket 12: moved to the new account\n"
        "gate: passed (stack prod, 2 resources, 1 by override)\n"
    )


def test_overrides_may_lie_elsewhere(gate: Gate) -> None:
    write(gate.folder, {"leave.yaml": OVERRIDE})
    assert gate(DELETED)[0] is Exit.REFUSED
    assert gate(DELETED, Options(overrides=Path("leave.yaml")))[0] is Exit.OK


@pytest.mark.parametrize(
    ("preview", "options", "fault", "sentence"),
    [
        (None, Options(), UsageError, "a preview is needed: name its file, or pipe it in"),
        (None, Options(Path("none.json")), UsageError, "none.json cannot be read: No such file or directory"),
        (None, Options(Path("raw.json")), UsageError, "raw.json is no text in UTF-8"),
        (UNCHANGED, Options(stack="ci"), UsageError, "--stack is 'ci', but the preview is of stack 'prod'"),
        (UNCHANGED, Options(pack=(Path("policies"),)), UsageError, "--pack is compared with a base: add --base"),
        (
            UNCHANGED,
            Options(base="main", overrides=Path("/leave.yaml")),
            UsageError,
            "--overrides must be seen from the current folder with --base, got /leave.yaml",
        ),
        (UNCHANGED, Options(overrides=Path("none.yaml")), UsageError, "none.yaml cannot be read: No such file"),
        (UNCHANGED, Options(overrides=Path("raw.json")), UsageError, "raw.json is no text in UTF-8"),
        ("", Options(), UnreadableError, "standard input is empty; "),
        (UNCHANGED[:-1], Options(), UnreadableError, "standard input is cut short or is no JSON at line 1; "),
        (UNCHANGED, Options(base="main"), BaseError, "--base main means no commit, or more than one, in "),
    ],
)
def test_fails_when_it_cannot_judge(
    gate: Gate, preview: str | None, options: Options, fault: type[Exception], sentence: str
) -> None:
    (gate.folder / "raw.json").write_bytes(b"\xff")
    with pytest.raises(fault) as refused:
        gate(preview, options)
    assert str(refused.value).startswith(sentence)


def test_the_stack_that_was_asked_for_may_be_judged(gate: Gate) -> None:
    assert gate(UNCHANGED, Options(stack="prod"))[0] is Exit.OK


BASE: Final = Options(base="main")


def test_an_override_of_the_base_counts(gate: Gate) -> None:
    commit(gate.folder, {"gate-overrides.yaml": OVERRIDE})
    assert gate(DELETED, BASE)[0] is Exit.OK


@pytest.mark.parametrize("committed", [True, False])
def test_an_override_that_the_change_brings_along_does_not_count(gate: Gate, committed: bool) -> None:
    base = commit(gate.folder, {"other.txt": ""})
    (commit if committed else write)(gate.folder, {"gate-overrides.yaml": OVERRIDE})
    code, out = gate(DELETED, Options(base=base))
    assert code is Exit.REFUSED
    assert "; the override for it is added in the same change and does not count: merge it first, by itself\n" in out
    assert gate(UNCHANGED, Options(base=base))[0] is Exit.OK


def test_overrides_that_nobody_reviewed_are_told_of(gate: Gate) -> None:
    commit(gate.folder, {"other.txt": ""})
    assert "note" not in gate(UNCHANGED)[1]
    write(gate.folder, {"gate-overrides.yaml": OVERRIDE})
    code, out = gate(DELETED)
    assert code is Exit.OK
    note = (
        "overrides were read from the work tree, not from a base, so that one that nobody reviewed counts too:"
        " add --base"
    )
    assert f"note: {note}\n" in out
    assert json.loads(gate(DELETED, Options(form=Form.JSON))[1])["notes"] == [note]
    assert "work tree" not in gate(DELETED, BASE)[1]
    assert gate(DELETED, BASE)[0] is Exit.REFUSED


def test_an_override_that_the_change_prolongs_does_not_count(gate: Gate) -> None:
    commit(gate.folder, {"gate-overrides.yaml": OVERRIDE})
    write(gate.folder, {"gate-overrides.yaml": OVERRIDE.replace("12-01", "12-02")})
    assert gate(DELETED, BASE)[0] is Exit.REFUSED


def test_a_change_may_take_a_spent_override_away(gate: Gate) -> None:
    commit(gate.folder, {"gate-overrides.yaml": OVERRIDE.replace("2026-12-01", "2026-11-21")})
    with pytest.raises(OverridesError, match="is past, today is 2026-11-22; remove the override"):
        gate(UNCHANGED, BASE)
    write(gate.folder, {"gate-overrides.yaml": "overrides: []\n"})
    assert gate(UNCHANGED, BASE)[0] is Exit.OK
    assert gate(DELETED, BASE)[0] is Exit.REFUSED


def test_a_spent_override_in_the_base_does_not_spoil_another_one(gate: Gate) -> None:
    spent = OVERRIDE.partition("\n")[2].replace("2026-12-01", "2026-11-21").replace("::it", "::gone")
    commit(gate.folder, {"gate-overrides.yaml": OVERRIDE + spent})
    write(gate.folder, {"gate-overrides.yaml": OVERRIDE})
    assert gate(DELETED, BASE)[0] is Exit.OK


def test_a_change_may_mend_a_file_that_cannot_be_used(gate: Gate) -> None:
    commit(gate.folder, {"gate-overrides.yaml": "overrides: ["})
    write(gate.folder, {"gate-overrides.yaml": OVERRIDE})
    assert gate(UNCHANGED, BASE)[0] is Exit.OK
    assert gate(DELETED, BASE)[0] is Exit.REFUSED


def test_fails_when_an_override_matches_nothing(gate: Gate) -> None:
    write(gate.folder, {"gate-overrides.yaml": OVERRIDE.replace("::it", "::its")})
    with pytest.raises(OverridesError, match="matches nothing in the preview"):
        gate(UNCHANGED)


def test_the_pack_of_a_change_may_not_judge_it(gate: Gate) -> None:
    commit(gate.folder, {"policies/rules.py": "RULES = 60\n"})
    options = replace(BASE, pack=(Path("policies"),))
    assert gate(UNCHANGED, options)[0] is Exit.OK
    git(gate.folder, "worktree", "add", "--quiet", "../base", "main~0")
    write(gate.folder, {"policies/rules.py": "RULES = 0\n"})
    code, out = gate(UNCHANGED, options)
    assert code is Exit.REFUSED
    assert out.startswith("refused: policies: rules.py is not what it is in main; the pack that judges a change is the")
    assert gate(UNCHANGED, replace(BASE, pack=(Path("../base/policies"),)))[0] is Exit.OK
