"""Which services of ours stand in the place of MiniStack's, and what such a service must offer."""

from collections.abc import Mapping
from typing import Final, Protocol

from rehearsal.emulator import door

Answer = tuple[int, dict[str, str], bytes]
"""Status, headers, body."""


class Service(Protocol):
    """An AWS service in MiniStack's module protocol.

    Attributes that are an AccountScopedDict or AccountRegionScopedDict (see `door`) are found by themselves: their
    entries are saved after each changing request, go back with a reset and vanish with their account. What else a
    service keeps it returns from `get_state` (saved after each request to it) and takes back in `load_persisted_state`.
    """

    async def handle_request(
        self, method: str, path: str, headers: dict[str, str], body: bytes, query: dict[str, list[str]]
    ) -> Answer:
        """Answer one request whose caller is already known and allowed."""
        ...

    def reset(self) -> None:
        """Forget everything."""
        ...

    def get_state(self) -> Mapping[str, object]:
        """Return what is to be saved besides the scoped dictionaries; plain picklable values."""
        ...

    def load_persisted_state(self, data: Mapping[str, object]) -> None:
        """Put what `get_state` once returned in the place of what is there; scoped dictionaries stay as they are."""
        ...


SERVICES: Final[dict[str, Service]] = {}
"""Name in MiniStack's registry (`backup`, ...) -> our service; each puts itself in when it is imported."""


HOLDERS: Final[dict[str, object]] = {}
"""Name -> an object that answers no request; its scoped dictionaries are saved, reset and emptied like a service's."""


def take_over() -> None:
    """Put each of our services in the place of MiniStack's, or beside them where MiniStack has none."""
    for name, service in SERVICES.items():
        if name not in door.app.SERVICE_REGISTRY:
            door.app.SERVICE_REGISTRY[name] = {"module": name}
            door.router.SERVICE_PATTERNS[name] = {"credential_scope": name}
        door.app.SERVICE_HANDLERS[name] = service.handle_request
        door.app._loaded_modules[door.app.SERVICE_REGISTRY[name]["module"]] = service  # noqa: SLF001
