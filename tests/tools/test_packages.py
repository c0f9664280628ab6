import json
import subprocess
import sys
from pathlib import Path

SCRIPT = Path(__file__).parents[2] / "tools" / "engine" / "host" / "packages.py"


def packages(folder: Path) -> object:
    """What the language host sees in an environment that holds only this folder."""
    done = subprocess.run(
        [sys.executable, "-S", "-c", SCRIPT.read_text()],
        env={"PYTHONPATH": str(folder)},
        capture_output=True,
        timeout=30,
        check=True,
    )
    return json.loads(done.stdout)


def put(folder: Path, module: str, text: str) -> None:
    path = folder / module / "pulumi-plugin.json"
    path.parent.mkdir()
    path.write_text(text)


def test_packages_are_listed_with_what_their_file_says(tmp_path: Path) -> None:
    said = {"name": "own", "version": "1.2.3", "resource": True, "server": "here"}
    put(tmp_path, "pulumi_named", json.dumps(said))
    assert packages(tmp_path) == [said]


def test_a_missing_name_and_version_come_from_the_installed_package(tmp_path: Path) -> None:
    put(tmp_path, "pulumi_aws_native", '{"resource": true}')
    put(tmp_path, "pulumi_unknown", '{"resource": true}')
    metadata = tmp_path / "pulumi_aws_native-4.5.6.dist-info" / "METADATA"
    metadata.parent.mkdir()
    metadata.write_text("Metadata-Version: 2.1\nName: pulumi_aws_native\nVersion: 4.5.6\n")
    assert packages(tmp_path) == [
        {"name": "aws-native", "version": "4.5.6", "resource": True},
        {"name": "unknown", "version": "", "resource": True},
    ]


def test_other_packages_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / "yaml").mkdir()
    assert packages(tmp_path) == []
