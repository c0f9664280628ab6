"""A machine for setup to run on: a checkout, a home, and a PATH of stand-ins that keep a diary."""

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

REPOSITORY = Path(__file__).parents[2]
PINNED = "3.256.0"

# What the scripts use of the operating system. Nothing else of it is on the PATH, so that no client of it is found.
SYSTEM = """
awk bash cat chmod cp cut dirname env find flock grep install mkdir mktemp mv realpath rm sha256sum sleep sort tail
timeout touch uname xargs
"""

# A virtual environment's Python: all that setup asks of it is to run Pulumi's installer, which nobody reaches.
VENV_PYTHON = "echo 'urlopen error [Errno -2] Name or service not known' >&2; exit 1"

UV = """
case "$1" in
venv) mkdir -p "$4/bin"; printf '%s\\n' "$VENV_PYTHON" >"$4/bin/python"; chmod +x "$4/bin/python" ;;
esac
"""

GO = f"""
case "$1" in
build)
    while [ "$1" != -o ]; do shift; done
    printf '#!/bin/sh\\necho {PINNED}\\n' >"$2"; chmod +x "$2" ;;
list)
    mkdir -p "$HOME/sdk/python/cmd"; touch "$HOME/sdk/python/cmd/pulumi-language-python-exec"; echo "$HOME/sdk" ;;
esac
"""


@dataclass(frozen=True)
class Machine:
    """Folders of one machine. Names with a space and a quote are part of every test."""

    folder: Path

    @property
    def checkout(self) -> Path:
        """The project, as an export without its repository."""
        return self.folder / 'a "check"out'

    @property
    def bin(self) -> Path:
        """The one folder on PATH."""
        return self.folder / "bin"

    @property
    def home(self) -> Path:
        """A home without any cache in it."""
        return self.folder / "home"

    @property
    def engines(self) -> Path:
        """Where engines are kept between checkouts."""
        return self.home / ".cache" / "strongroom" / "engine"

    @property
    def answer(self) -> Path:
        """What setup tells others."""
        return self.checkout / "build" / "setup.json"

    def make(self) -> None:
        """Lays out the checkout and the stand-ins."""
        for part in ("scripts", "tools/engine"):
            shutil.copytree(REPOSITORY / part, self.checkout / part)
        for name in ("requirements.lock", "pyproject.toml", "rehearsal/emulator/requirements.lock"):
            path = self.checkout / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(name)
        self.home.mkdir()
        self.bin.mkdir()
        for name in SYSTEM.split():
            (self.bin / name).symlink_to(shutil.which(name) or f"/no/{name}")
        self.install("python3", "exit 0")
        self.install("uv", UV)
        self.install("go", GO)

    def install(self, name: str, script: str, folder: Path | None = None) -> None:
        """Puts a stand-in on PATH, or into another folder; it notes its arguments, then runs the shell script."""
        path = (folder or self.bin) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f'#!/bin/sh\necho "{name} $*" >>"$HOME/diary"\n{script}\n')
        path.chmod(0o755)

    def start(self, venv_python: str = VENV_PYTHON) -> subprocess.Popen[str]:
        """Starts setup."""
        environ = {"HOME": str(self.home), "PATH": str(self.bin), "VENV_PYTHON": f"#!/bin/sh\n{venv_python}"}
        return subprocess.Popen(
            [self.checkout / "scripts" / "setup"], env=environ, stderr=subprocess.PIPE, text=True, cwd=os.sep
        )

    def setup(self, venv_python: str = VENV_PYTHON) -> tuple[int, str]:
        """Runs setup to its end; gives its exit code and what it said."""
        process = self.start(venv_python)
        _, said = process.communicate(timeout=60)
        return process.returncode, said

    def diary(self) -> list[str]:
        """What the stand-ins were asked, one line a call."""
        path = self.home / "diary"
        return path.read_text().splitlines() if path.exists() else []
