"""Service Quotas as a service of the emulator: from HTTP to operations and back."""

import json
from collections.abc import Mapping
from typing import Final

from rehearsal.emulator import door
from rehearsal.emulator.patching import adds
from rehearsal.emulator.registry import SERVICES, Answer
from rehearsal.emulator.rules import Refused
from rehearsal.emulator.services.backup import wire
from rehearsal.emulator.services.backup.store import Place
from rehearsal.emulator.services.servicequotas.operations import OPERATIONS

_NAME: Final = "servicequotas"
_WIRE: Final = wire.Wire("service-quotas")
_JSON: Final = "application/x-amz-json-1.1"

adds(f"core.iam_actions:SERVICE_TO_IAM_NAMESPACE[{_NAME}]", _NAME)
adds(f"core.iam_actions:_BOTOCORE_SERVICE_MAP[{_NAME}]", ["service-quotas"])


class QuotasService:
    """Service Quotas of all accounts and regions; it keeps nothing."""

    async def handle_request(
        self, method: str, path: str, headers: dict[str, str], body: bytes, query: dict[str, list[str]]
    ) -> Answer:
        """Answer one request whose caller is known and allowed."""
        name = headers.get("x-amz-target", "").rpartition(".")[2]
        try:
            answer = _answer(name, wire.Request(method, path, query, body))
        except Refused as refused:
            return _refusal(refused)
        return 200, {"Content-Type": _JSON}, _WIRE.write(name, answer)

    def reset(self) -> None:
        """Forget nothing: there is nothing."""

    def get_state(self) -> Mapping[str, object]:
        """Return nothing to be saved."""
        return {}

    def load_persisted_state(self, data: Mapping[str, object]) -> None:
        """Take back nothing."""


def _answer(name: str, request: wire.Request) -> Mapping[str, object]:
    if name not in OPERATIONS:
        raise Refused("NotImplemented", f"the local Service Quotas does not have {name or request.path}")
    return OPERATIONS[name](Place(door.account(), door.region()), _WIRE.read(name, request))


def _refusal(refused: Refused) -> Answer:
    status = 501 if refused.code == "NotImplemented" else 400
    return status, {"Content-Type": _JSON}, json.dumps({"__type": refused.code, "message": str(refused)}).encode()


SERVICES[_NAME] = QuotasService()
