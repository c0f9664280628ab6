"""Serves the gateway on a socket until a signal ends it."""

import asyncio
import signal
import socket
import sys
from pathlib import Path
from typing import Final, cast

from hypercorn.asyncio import serve  # pyright: ignore[reportUnknownVariableType] - its WSGI half is untyped
from hypercorn.config import Config
from hypercorn.typing import Framework  # pyright: ignore[reportUnknownVariableType] - as above

from rehearsal.emulator import (
    door,
    durations,
    faults,
    holdings,
    orders,
    organization,
    patches,
    patching,
    registry,
    services,
)
from rehearsal.emulator.accounts import ACCOUNTS, Closures
from rehearsal.emulator.calls import Calls
from rehearsal.emulator.clock import CLOCK
from rehearsal.emulator.control import World
from rehearsal.emulator.gateway import Gateway
from rehearsal.emulator.state import State, StateInUseError
from rehearsal.emulator.timeline import AGENDAS, TIMELINE

_HOLDERS: Final[dict[str, object]] = {
    "accounts": ACCOUNTS,
    "durations": durations.SCENARIO,
    "orders": orders.ORDERS,
    "organization": organization,
}
"""What keeps resources, and is no service."""


def run(listener: socket.socket, folder: Path) -> int:
    """Serve until SIGTERM or SIGINT.

    Args:
        listener: A listening socket on 127.0.0.1.
        folder: Keeps the state; made when absent.

    Returns:
        The process's exit code.
    """
    endpoint = f"http://127.0.0.1:{listener.getsockname()[1]}"
    try:
        world = _world(endpoint, folder)
    except (patching.UnsupportedMiniStackError, StateInUseError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    asyncio.run(_serve(listener, Gateway(world)))
    return 0


def _world(endpoint: str, folder: Path) -> World:
    door.load_services()
    services.declare()
    registry.take_over()
    faults.stand_before_every_service()
    patches.declare()
    patching.install()
    every = holdings.adopt(_HOLDERS | registry.HOLDERS | registry.SERVICES)
    folder.mkdir(parents=True, exist_ok=True)
    state = State(folder, every, registry.SERVICES, CLOCK)
    state.load()
    AGENDAS["closed accounts"] = Closures(ACCOUNTS, every)
    TIMELINE.renew()
    return World(endpoint, ACCOUNTS, Calls(), TIMELINE, state, every)


async def _serve(listener: socket.socket, gateway: Gateway) -> None:
    ended = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, ended.set)
    config = Config()
    config.bind = [f"fd://{listener.fileno()}"]
    config.keep_alive_timeout = 75
    # The gateway tells the virtual clock's time.
    config.include_date_header = False
    config.accesslog = config.errorlog = None
    config.graceful_timeout = 1
    await serve(cast("Framework", gateway), config, shutdown_trigger=ended.wait)
