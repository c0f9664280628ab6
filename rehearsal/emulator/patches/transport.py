"""`aws:SecureTransport` is true: the loopback stands for TLS, and the usual deny must not shut every bucket."""

from typing import Any

from rehearsal.emulator.patching import replaces
from rehearsal.emulator.rules import differs

differs("Every service", "The loopback counts as TLS: aws:SecureTransport is always true.")


@replaces("core.iam_evaluator:pin_request_origin", read="de819c1bd9ac2be4", also=("app",))
def pin_request_origin(original: Any, source_ip: str, _secure: bool) -> None:
    """Pin the caller's address, and a secure transport whatever the wire was."""
    original(source_ip, True)
