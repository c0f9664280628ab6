from pathlib import Path

import yaml

from rehearsal.local import program, world
from rehearsal.local.place import CHECKOUT, Place


def test_the_program_folder_holds_copies_of_what_pulumi_writes_and_links_to_the_rest(tmp_path: Path) -> None:
    place = Place(tmp_path)
    program.write(place, world.read(CHECKOUT))
    assert (place.program / "components").resolve() == CHECKOUT / "components"
    stack = place.program / "Pulumi.prod.yaml"
    assert not stack.is_symlink()
    assert stack.read_text() == (CHECKOUT / "Pulumi.prod.yaml").read_text()


def test_the_project_runs_the_stand_in_provider_and_is_otherwise_the_checkouts(tmp_path: Path) -> None:
    place = Place(tmp_path)
    program.write(place, world.read(CHECKOUT))
    ours = yaml.safe_load((place.program / "Pulumi.yaml").read_text())
    theirs = yaml.safe_load((CHECKOUT / "Pulumi.yaml").read_text())
    assert ours.pop("plugins") == {"providers": [{"name": "aws", "path": str(CHECKOUT / "rehearsal/provider")}]}
    assert ours["runtime"]["options"].pop("virtualenv") == str(CHECKOUT / ".venv")
    theirs["runtime"]["options"].pop("virtualenv")
    assert ours == theirs
