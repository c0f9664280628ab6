"""AWS Backup as a service of the emulator: from HTTP to operations and back."""

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final

from rehearsal.emulator import clock, door
from rehearsal.emulator.registry import SERVICES, Answer
from rehearsal.emulator.rules import Refused
from rehearsal.emulator.services.backup import wire
from rehearsal.emulator.services.backup.engine import Engine
from rehearsal.emulator.services.backup.neighbours import Neighbours
from rehearsal.emulator.services.backup.operations import OPERATIONS, Call
from rehearsal.emulator.services.backup.store import Place, Store
from rehearsal.emulator.timeline import AGENDAS

WIRE: Final = wire.Wire("backup")
_STATUS: Final = {"AccessDeniedException": 403, "NotImplemented": 501}


class BackupService:
    """AWS Backup of all accounts and regions.

    Args:
        now: The time. Default: the emulator's clock.
    """

    def __init__(self, now: Callable[[], datetime] = clock.now) -> None:
        self._now = now
        self.store = Store()
        for name, records in self.store.records().items():
            # The emulator looks for scoped dictionaries among a service's own attributes.
            setattr(self, name, records.scoped)

    async def handle_request(
        self, method: str, path: str, headers: dict[str, str], body: bytes, query: dict[str, list[str]]
    ) -> Answer:
        """Answer one request whose caller is known and allowed."""
        request = wire.Request(method, path, query, body)
        try:
            name = _known(request)
            call = self._call(headers, query)
            answer = OPERATIONS[name](call, WIRE.read(name, request))
        except Refused as refused:
            return _refusal(refused)
        return 200, {"Content-Type": "application/json"}, WIRE.write(name, answer or {})

    def reset(self) -> None:
        """Forget everything."""
        for records in self.store.records().values():
            records.scoped.clear()

    def get_state(self) -> Mapping[str, object]:
        """Return nothing: the records are all in dictionaries that the emulator saves by itself."""
        return {}

    def load_persisted_state(self, data: Mapping[str, object]) -> None:
        """Take back nothing, as `get_state` returned nothing."""

    def _call(self, headers: dict[str, str], query: dict[str, list[str]]) -> Call:
        place = Place(door.account(), door.region())
        key: str = door.router.extract_access_key_id(headers, query)
        return Call(place, self._now(), self.store, Neighbours(key, place.account, place.region))


def _known(request: wire.Request) -> str:
    name = WIRE.operation_of(request)
    if name is None or name not in OPERATIONS:
        asked = name or f"{request.method} {request.path}"
        raise Refused("NotImplemented", f"the local AWS Backup does not have {asked}")
    return name


def _refusal(refused: Refused) -> Answer:
    body = {"Code": refused.code, "Message": str(refused)}
    headers = {"Content-Type": "application/json", "x-amzn-errortype": refused.code}
    return _STATUS.get(refused.code, 400), headers, json.dumps(body).encode()


BACKUP: Final = BackupService()
"""The one AWS Backup of this process."""
SERVICES["backup"] = BACKUP
AGENDAS["backup"] = Engine(BACKUP.store)
