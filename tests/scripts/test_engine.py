import subprocess
from pathlib import Path

import pytest

ENGINE = Path(__file__).parents[2] / "scripts" / "lib" / "engine.sh"


def recent_enough(version: str) -> bool:
    """Whether setup takes an engine of this version where 3.256.0 is pinned."""
    script = 'ROOT=; source "$1"; recent_enough "$2" 3.256.0'
    done = subprocess.run(["bash", "-c", script, "bash", ENGINE, version], capture_output=True, timeout=10, check=False)
    assert not done.stderr
    return done.returncode == 0


@pytest.mark.parametrize(
    "version", ["v3.256.0", "3.256.0", "v3.256.1", "v3.1000.0", "v3.257.0-alpha.1", "3.256.0+dirty"]
)
def test_an_engine_is_taken_from_the_pinned_version_on(version: str) -> None:
    assert recent_enough(version)


@pytest.mark.parametrize(
    "version", ["v3.255.9", "v3.99.0", "v3.256.0-alpha.1", "v4.0.0", "v2.999.0", "3.256", "", "of no"]
)
def test_fails_to_take_an_engine_that_does_not_fit(version: str) -> None:
    assert not recent_enough(version)
