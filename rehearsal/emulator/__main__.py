"""`python -m rehearsal.emulator`: serve the local AWS until a signal."""

import argparse
import os
import socket
import sys
from pathlib import Path

from rehearsal.emulator import environment


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser("rehearsal.emulator", description="Serve the local AWS on 127.0.0.1.")
    parser.add_argument("--port", type=int, required=True, help="TCP port; 0 takes any free one")
    parser.add_argument("--state", type=Path, required=True, help="folder that keeps the state between runs")
    return parser.parse_args()


def _listening(port: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(("127.0.0.1", port))
    listener.listen(128)
    return listener


def main() -> int:
    """Run the emulator.

    Returns:
        The process's exit code.
    """
    options = _options()
    try:
        listener = _listening(options.port)
    except (OSError, OverflowError) as error:
        sys.stderr.write(
            f"cannot listen on 127.0.0.1:{options.port}: {error}; give another --port, or 0 for any free one\n"
        )
        return 1
    environment.prepare(listener.getsockname()[1], os.environ)
    # MiniStack reads the environment while it is imported, so this import comes after it is set.
    from rehearsal.emulator import server

    return server.run(listener, options.state)


if __name__ == "__main__":
    sys.exit(main())
