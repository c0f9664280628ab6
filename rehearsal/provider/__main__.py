"""The plugin's process: serves the protocol on a free local port and tells the engine which."""

import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Final

import grpc

from rehearsal.provider.clients import SessionClients, environment, local_endpoint
from rehearsal.provider.errors import ProviderError
from rehearsal.provider.lean import skip_the_sdk
from rehearsal.provider.seat import Seat

_THREADS: Final = 32
_MESSAGE_BYTES: Final = 400 * 1024 * 1024
"""As large as the engine itself allows: a state may hold long documents."""


def main() -> int:
    """Serve until the engine ends the process."""
    try:
        endpoint = local_endpoint(environment())
    except ProviderError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    skip_the_sdk()
    from pulumi.runtime.proto import provider_pb2_grpc

    from rehearsal.provider.server import Servicer

    limits = [("grpc.max_receive_message_length", _MESSAGE_BYTES), ("grpc.max_send_message_length", _MESSAGE_BYTES)]
    server = grpc.server(ThreadPoolExecutor(_THREADS), options=limits)
    seat = Seat(lambda profile, region: SessionClients(endpoint, profile, region))
    provider_pb2_grpc.add_ResourceProviderServicer_to_server(Servicer(seat), server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    sys.stdout.write(f"{port}\n")
    sys.stdout.flush()
    threading.Thread(target=_warm_up, daemon=True).start()
    server.wait_for_termination()
    return 0


def _warm_up() -> None:
    """Load boto3 while the engine is still at work elsewhere."""
    __import__("boto3")


if __name__ == "__main__":
    sys.exit(main())
