"""What `fake_checkout` puts in the emulator's place: its command line and control path, and no AWS."""

import argparse
import json
import os
import signal
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import FrameType

KEY = {"access_key_id": "AKIAFAKE", "secret_access_key": "x", "arn": "arn:aws:iam::100000000001:user/administrator"}


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--state", type=Path, required=True)
    return parser.parse_args()


def handler(sealed: Path) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            if self.path.endswith("/seal"):
                sealed.touch()
            content = {
                "pid": os.getpid(),
                "endpoint": f"http://127.0.0.1:{self.connection.getsockname()[1]}",
                "now": "2026-11-22T12:00:00Z",
                "sealed": sealed.exists(),
                "administrator": KEY,
            }
            body = json.dumps(content).encode()
            self.send_response(200)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST = do_PUT = _answer  # noqa: N815 - names that http.server prescribes

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - http.server's own name
            """Say nothing."""

    return Handler


def ended(_number: int, _frame: FrameType | None) -> None:
    sys.exit(0)


def main() -> None:
    given = options()
    given.state.mkdir(parents=True, exist_ok=True)
    try:
        server = ThreadingHTTPServer(("127.0.0.1", given.port), handler(given.state / "sealed"))
    except OSError as taken:
        sys.exit(f"cannot listen on 127.0.0.1:{given.port}: {taken}")
    signal.signal(signal.SIGTERM, ended)
    signal.signal(signal.SIGINT, ended)
    sys.stdout.write(f"ready http://127.0.0.1:{server.server_address[1]}\n")
    sys.stdout.flush()
    server.serve_forever(poll_interval=0.01)


if __name__ == "__main__":
    main()
