import contextlib
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from rehearsal.local import lifecycle, lock
from rehearsal.local.control import Control
from rehearsal.local.errors import AlreadyRunningError, NotFoundError, RehearsalError
from rehearsal.local.lifecycle import How, Opening
from rehearsal.local.local import Local
from rehearsal.local.place import CHECKOUT, Place
from rehearsal.local.presence import Presence
from rehearsal.local.progress import Progress, Silent
from tests.rehearsal.local import fake_checkout

pytestmark = pytest.mark.processes


def sealed(local: Local, _: Progress) -> None:
    local.control.seal()


def opening(place: Place, port: int = 0) -> Opening:
    return Opening(place, port, Silent(), sealed)


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    place = fake_checkout.make(tmp_path)
    yield place
    with contextlib.suppress(NotFoundError):
        Presence(place).end()


def killed(place: Place, command: str, also: str = "") -> str:
    """Start `command` in a process, kill -9 it while it works, and return the endpoint that it served."""
    arguments = [sys.executable, "-m", "tests.rehearsal.local.killed", command, str(place.checkout)]
    with subprocess.Popen(arguments, cwd=CHECKOUT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        endpoint = process.stdout.readline().strip()
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
        process.kill()
        if also == "guard":
            os.kill(int(children[0]), signal.SIGKILL)
    return endpoint


def answers(endpoint: str) -> bool:
    try:
        Control(endpoint, seconds=2).status()
    except RehearsalError:
        return False
    return True


def test_it_serves_for_as_long_as_the_block_and_not_longer(place: Place) -> None:
    with lifecycle.attended(opening(place)) as local:
        assert local.control.status().pid == Presence(place).found().pid
    assert not answers(local.control.endpoint)
    assert Presence(place).running() is None


def test_it_ends_when_the_block_fails(place: Place) -> None:
    with pytest.raises(RehearsalError) as failed, lifecycle.attended(opening(place)) as local:
        raise RehearsalError(local.control.endpoint)
    assert not answers(str(failed.value))


def test_fails_when_a_run_is_under_way_beside_it(place: Place) -> None:
    with (
        lifecycle.attended(opening(place)) as local,
        pytest.raises(
            AlreadyRunningError, match=rf"process {os.getpid()}\) is under way in .*{local.control.endpoint}"
        ),
        lifecycle.attended(opening(place)),
    ):
        pass


def test_fails_when_the_port_is_in_use(place: Place) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with (
            pytest.raises(RehearsalError, match=rf"cannot listen on 127\.0\.0\.1:{port}"),
            lifecycle.attended(opening(place, port)),
        ):
            pass
    free = lock.take(place.lock)
    assert free
    free.release()


def test_fails_when_setup_has_not_run_and_leaves_nothing(place: Place) -> None:
    (place.checkout / "build/setup.json").unlink()
    with pytest.raises(RehearsalError, match="run scripts/setup"), lifecycle.attended(opening(place)):
        pass
    assert not place.root.exists()


@pytest.mark.parametrize("also", ["", "guard"])
def test_a_run_that_was_killed_leaves_nothing_running_and_the_next_one_works(place: Place, also: str) -> None:
    endpoint = killed(place, "run", also)
    with lifecycle.attended(opening(place)) as local:
        assert answers(local.control.endpoint)
        assert not answers(endpoint)


def test_up_stays_and_is_found_again(place: Place) -> None:
    local, how = lifecycle.up(opening(place), fresh=False)
    assert how is How.SEEDED
    again, how = lifecycle.up(opening(place), fresh=False)
    assert how is How.ALREADY
    assert again.control.endpoint == local.control.endpoint
    assert Presence(place).end().endpoint == local.control.endpoint
    assert not answers(local.control.endpoint)
    with pytest.raises(NotFoundError):
        Presence(place).end()


def test_the_next_up_goes_on_with_the_state_also_after_a_kill(place: Place) -> None:
    local, _ = lifecycle.up(opening(place), fresh=False)
    os.kill(local.control.status().pid, signal.SIGKILL)
    resumed, how = lifecycle.up(opening(place), fresh=False)
    assert how is How.RESUMED
    assert resumed.control.status().sealed


def test_up_that_was_killed_while_it_seeded_is_begun_anew(place: Place) -> None:
    endpoint = killed(place, "up")
    local, how = lifecycle.up(opening(place), fresh=False)
    assert how is How.SEEDED
    assert not answers(endpoint)
    assert answers(local.control.endpoint)


def test_up_that_fails_leaves_nothing_running(place: Place) -> None:
    def broken(local: Local, _: Progress) -> None:
        raise RehearsalError(local.control.endpoint)

    with pytest.raises(RehearsalError) as failed:
        lifecycle.up(Opening(place, 0, Silent(), broken), fresh=False)
    assert not answers(str(failed.value))
    assert lifecycle.up(opening(place), fresh=False)[1] is How.SEEDED


def test_fails_when_the_stack_files_are_no_longer_those_of_the_state(place: Place) -> None:
    lifecycle.up(opening(place), fresh=False)
    file = place.checkout / "Pulumi.ci.yaml"
    file.write_text(file.read_text().replace("owner: platform", "owner: someone"))
    with pytest.raises(RehearsalError, match="have changed since"):
        lifecycle.up(opening(place), fresh=False)
    Presence(place).end()
    with pytest.raises(RehearsalError, match="begin anew with: rehearsal up --fresh"):
        lifecycle.up(opening(place), fresh=False)
    assert lifecycle.up(opening(place), fresh=True)[1] is How.SEEDED


def test_fails_when_a_fresh_one_is_asked_for_while_one_is_up(place: Place) -> None:
    lifecycle.up(opening(place), fresh=False)
    with pytest.raises(AlreadyRunningError, match="end it first with: rehearsal down"):
        lifecycle.up(opening(place), fresh=True)


def test_nobody_else_reads_the_folder(place: Place) -> None:
    with lifecycle.attended(opening(place)):
        assert place.root.stat().st_mode & 0o077 == 0
