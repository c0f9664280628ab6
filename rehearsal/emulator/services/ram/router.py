"""AWS RAM as a service of the emulator: from HTTP to operations and back."""

import json
from collections.abc import Mapping
from typing import Final

from rehearsal.emulator import clock, door
from rehearsal.emulator.patching import adds
from rehearsal.emulator.registry import SERVICES, Answer
from rehearsal.emulator.rules import Refused, differs
from rehearsal.emulator.services.backup import wire
from rehearsal.emulator.services.backup.store import Place
from rehearsal.emulator.services.ram.operations import OPERATIONS, Call
from rehearsal.emulator.services.ram.store import STORE, Store

_WIRE: Final = wire.Wire("ram")
_STATUS: Final = {"NotImplemented": 501}
_OWN_CODES: Final = {
    "InvalidParameterValueException": "InvalidParameterException",
    "MissingParameterValueException": "MissingRequiredParameterException",
}
"""What RAM calls the refusals of the check against the model, which is AWS Backup's too."""

adds("core.iam_actions:SERVICE_TO_IAM_NAMESPACE[ram]", "ram")
adds("core.iam_actions:_BOTOCORE_SERVICE_MAP[ram]", ["ram"])
differs(
    "AWS RAM",
    "Only logically air-gapped vaults can be shared, and only with accounts; there are no managed permissions: a share "
    "gives what the default permission of a vault gives.",
)


class RamService:
    """AWS RAM of all accounts and regions."""

    def __init__(self, store: Store) -> None:
        self.store = store
        for name, records in store.records().items():
            # The emulator looks for scoped dictionaries among a service's own attributes.
            setattr(self, name, records.scoped)

    async def handle_request(
        self, method: str, path: str, headers: dict[str, str], body: bytes, query: dict[str, list[str]]
    ) -> Answer:
        """Answer one request whose caller is known and allowed."""
        del headers
        request = wire.Request(method, path, query, body)
        try:
            name = _known(request)
            call = Call(Place(door.account(), door.region()), clock.now(), self.store)
            answer = OPERATIONS[name](call, _WIRE.read(name, request))
        except Refused as refused:
            return _refusal(refused)
        return 200, {"Content-Type": "application/json"}, _WIRE.write(name, answer)

    def reset(self) -> None:
        """Forget everything."""
        for records in self.store.records().values():
            records.scoped.clear()

    def get_state(self) -> Mapping[str, object]:
        """Return nothing: the records are all in dictionaries that the emulator saves by itself."""
        return {}

    def load_persisted_state(self, data: Mapping[str, object]) -> None:
        """Take back nothing, as `get_state` returned nothing."""


def _known(request: wire.Request) -> str:
    name = _WIRE.operation_of(request)
    if name is None or name not in OPERATIONS:
        asked = name or f"{request.method} {request.path}"
        raise Refused("NotImplemented", f"the local AWS RAM does not have {asked}")
    return name


def _refusal(refused: Refused) -> Answer:
    code = _OWN_CODES.get(refused.code, refused.code)
    headers = {"Content-Type": "application/json", "x-amzn-errortype": code}
    return _STATUS.get(code, 400), headers, json.dumps({"message": str(refused)}).encode()


SERVICES["ram"] = RamService(STORE)
