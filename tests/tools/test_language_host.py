import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

pytestmark = pytest.mark.engine

REPOSITORY = Path(__file__).parents[2]
RUNTIME = f"runtime: {{name: python, options: {{toolchain: pip, virtualenv: {sys.prefix}}}}}\n"

COMPONENTS = """
from typing import TypedDict
import pulumi
from pulumi.provider.experimental import component_provider_host

class PairArgs(TypedDict):
    left: pulumi.Input[str]

class Pair(pulumi.ComponentResource):
    right: pulumi.Output[str]
    def __init__(self, name: str, args: PairArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("parts:index:Pair", name, {}, opts)
        self.right = pulumi.Output.concat(args["left"], "!")
        self.register_outputs({"right": self.right})

component_provider_host(name="parts", components=[Pair])
"""

POLICIES = """
from pulumi_policy import EnforcementLevel, PolicyPack, StackValidationPolicy

def check(args, report):
    report("nothing may pass")

PolicyPack("parts", [StackValidationPolicy("never", "Checks that nothing passes.", check, EnforcementLevel.MANDATORY)])
"""


@dataclass(frozen=True)
class Project:
    """A Pulumi project with one stack, whose state is in a folder beside it."""

    folder: Path

    def write(self, path: str, text: str) -> None:
        """Writes a file of the project."""
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)

    def pulumi(self, *args: str) -> subprocess.CompletedProcess[str]:
        """Runs the engine that setup chose."""
        engine = json.loads((REPOSITORY / "build" / "setup.json").read_text())["engine"]
        environ = os.environ | {
            "PATH": f"{engine}{os.pathsep}{os.environ['PATH']}",
            "PULUMI_BACKEND_URL": f"file://{self.folder}",
            "PULUMI_CONFIG_PASSPHRASE": "only for this test",
            "PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION": "true",
            "PULUMI_HOME": str(self.folder / "home"),
            "PULUMI_PYTHON_NO_REQUIRED_PACKAGES": "1",
            "PULUMI_SKIP_UPDATE_CHECK": "1",
        }
        return subprocess.run(
            ["pulumi", "--non-interactive", *args],
            cwd=self.folder,
            env=environ,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )


@pytest.fixture
def project(tmp_path: Path) -> Project:
    made = Project(tmp_path)
    made.write("Pulumi.yaml", f"name: parts\n{RUNTIME}")
    assert made.pulumi("stack", "init", "trial").returncode == 0
    return made


def test_a_program_gets_its_configuration_and_keeps_its_secrets(project: Project) -> None:
    project.write(
        "__main__.py",
        "import pulumi\nconfig = pulumi.Config()\npulumi.export('plain', config.require('plain'))\n"
        "pulumi.export('hidden', config.require_secret('hidden'))\n",
    )
    project.pulumi("config", "set", "plain", "to be seen")
    project.pulumi("config", "set", "--secret", "hidden", "not to be seen")
    up = project.pulumi("up", "--yes", "--skip-preview")
    assert up.returncode == 0, up.stdout + up.stderr
    assert json.loads(project.pulumi("stack", "output", "--json").stdout) == {
        "plain": "to be seen",
        "hidden": "[secret]",
    }
    assert "not to be seen" not in project.pulumi("stack", "export").stdout


def test_a_programs_error_is_shown_once(project: Project) -> None:
    project.write("__main__.py", "raise ValueError('this and no more')\n")
    preview = project.pulumi("preview")
    assert preview.returncode != 0
    assert (preview.stdout + preview.stderr).count("ValueError: this and no more") == 1
    assert "exit code" not in preview.stdout + preview.stderr


def test_a_policy_pack_stops_an_update(project: Project) -> None:
    project.write("__main__.py", "import pulumi\npulumi.export('made', 1)\n")
    project.write("pack/PulumiPolicy.yaml", RUNTIME)
    project.write("pack/__main__.py", POLICIES)
    preview = project.pulumi("preview", "--policy-pack", str(project.folder / "pack"))
    assert preview.returncode != 0
    assert "nothing may pass" in preview.stdout


def test_a_program_uses_a_component_of_a_plugin_in_a_folder(project: Project) -> None:
    project.write("parts/PulumiPlugin.yaml", RUNTIME)
    project.write("parts/__main__.py", COMPONENTS)
    project.write("Pulumi.yaml", f"name: parts\n{RUNTIME}plugins: {{providers: [{{name: parts, path: parts}}]}}\n")
    project.write(
        "__main__.py",
        "import pulumi\n"
        "class Pair(pulumi.ComponentResource):\n"
        "    right: pulumi.Output[str]\n"
        "pair = Pair('parts:index:Pair', 'pair', {'left': 'a', 'right': None}, remote=True)\n"
        "pulumi.export('right', pair.right)\n",
    )
    up = project.pulumi("up", "--yes", "--skip-preview")
    assert up.returncode == 0, up.stdout + up.stderr
    assert project.pulumi("stack", "output", "right").stdout.strip() == "a!"


def test_the_schema_of_components_is_given_and_their_shared_environment_left_alone(project: Project) -> None:
    project.write("parts/PulumiPlugin.yaml", RUNTIME)
    project.write("parts/requirements.txt", "a-package-that-is-nowhere==0\n")
    project.write("parts/__main__.py", COMPONENTS)
    schema = project.pulumi("package", "get-schema", str(project.folder / "parts"))
    assert schema.returncode == 0, schema.stderr
    pair = json.loads(schema.stdout)["resources"]["parts:index:Pair"]
    assert (pair["isComponent"], pair["requiredInputs"], list(pair["properties"])) == (True, ["left"], ["right"])
