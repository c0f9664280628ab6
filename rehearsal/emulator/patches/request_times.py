"""A request may be signed in the machine's time or in the virtual clock's, which every answer tells.

Clients sign by the machine's clock, and AWS's SDK for Go corrects its own by the Date of the answers.
"""

from typing import Any

from rehearsal.emulator import clock
from rehearsal.emulator.patching import replaces
from rehearsal.emulator.rules import differs

differs(
    "Every service",
    "A request that is signed by the machine's clock is taken as one that is signed by the virtual clock is.",
)


@replaces("core.sigv4:request_time_failure", read="0185b7962a6c8236")
def request_time_failure(original: Any, signature: Any) -> Any:
    """Refuse a request that is signed too far from both times."""
    failure = original(signature)
    return failure and original(signature, now=clock.now())
