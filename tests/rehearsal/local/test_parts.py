from pathlib import Path

import pytest

from rehearsal.local import parts
from rehearsal.local.errors import RehearsalError
from tests.rehearsal.local.fake_checkout import ENGINE, set_up


def test_what_setup_left_behind_is_found(tmp_path: Path) -> None:
    found = parts.read(set_up(tmp_path))
    assert found.engine == tmp_path / "engine"
    assert found.engine_version == "3.256.0"
    assert found.program_python == tmp_path / ".venv/bin/python"


def test_fails_when_setup_has_not_run(tmp_path: Path) -> None:
    with pytest.raises(RehearsalError, match=r"build/setup\.json is missing; run scripts/setup$"):
        parts.read(tmp_path)


@pytest.mark.parametrize("content", ["{", "[]", '{"engine": "/x"}'])
def test_fails_when_what_setup_wrote_cannot_be_read(tmp_path: Path, content: str) -> None:
    (set_up(tmp_path) / "build/setup.json").write_text(content)
    with pytest.raises(RehearsalError, match="run scripts/setup again"):
        parts.read(tmp_path)


@pytest.mark.parametrize("name", [*(f"engine/{name}" for name in ENGINE), ".venv/bin/python"])
def test_fails_when_a_part_is_gone(tmp_path: Path, name: str) -> None:
    (set_up(tmp_path) / name).unlink()
    with pytest.raises(RehearsalError, match=f"{name} is missing; run scripts/setup again"):
        parts.read(tmp_path)
