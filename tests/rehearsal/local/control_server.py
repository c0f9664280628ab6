"""A stand-in for the emulator's control path: canned answers over a real socket on the loopback."""

import json
import threading
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Served:
    """What was asked and where."""

    endpoint: str = ""
    asked: list[tuple[str, str, object]] = field(default_factory=list[tuple[str, str, object]])


@contextmanager
def serving(answers: Mapping[str, tuple[int, object]]) -> Generator[Served, None, None]:
    """Answer `METHOD path` (below /_rehearsal/) with a status and a JSON value; anything else with 404."""
    served = Served()

    class Handler(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length") or 0))
            path = self.path.removeprefix("/_rehearsal/")
            served.asked.append((self.command, path, json.loads(body) if body else None))
            status, content = answers.get(f"{self.command} {path}", (404, {"error": f"no such call: {path}"}))
            answer = json.dumps(content).encode()
            self.send_response(status)
            self.send_header("content-length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        do_DELETE = do_GET = do_POST = do_PUT = _answer  # noqa: N815 - names that http.server prescribes

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - http.server's own name
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    served.endpoint = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield served
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
