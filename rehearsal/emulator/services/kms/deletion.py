"""KMS: a key waits for its deletion, and is gone when its time has come."""

from datetime import UTC, datetime, timedelta
from typing import Any, Final

from rehearsal.emulator import clock, door
from rehearsal.emulator.authorization.memory import MEMORY
from rehearsal.emulator.patching import replaces
from rehearsal.emulator.rules import Refused, rule
from rehearsal.emulator.services.refusing import refusing
from rehearsal.emulator.timeline import AGENDAS, Appointments

_API: Final = "https://docs.aws.amazon.com/kms/latest/APIReference/"
_READ: Final = "2026-11-22"
_PENDING: Final = "PendingDeletion"
_DEFAULT_DAYS: Final = 30

Place = tuple[str, str, str]
"""Account, region, key id."""


@rule(f"{_API}API_ScheduleKeyDeletion.html", read=_READ)
def refuse_a_waiting_period(days: int) -> None:
    """A key waits between 7 and 30 days for its deletion."""
    if not 7 <= days <= _DEFAULT_DAYS:
        raise Refused("ValidationException", "PendingWindowInDays must be between 7 and 30")


@rule("https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html", read=_READ)
def refuse_a_key_that_waits(key: door.Record | None) -> None:
    """A key that waits for its deletion is neither enabled, disabled nor scheduled again."""
    if key and key["KeyState"] == _PENDING:
        raise Refused("KMSInvalidStateException", f"{key['Arn']} is pending deletion.")


@rule(f"{_API}API_CancelKeyDeletion.html", read=_READ)
def refuse_to_cancel_what_is_not_scheduled(key: door.Record | None) -> None:
    """Only a deletion that is scheduled can be cancelled."""
    if key and key["KeyState"] not in {_PENDING, "PendingReplicaDeletion"}:
        raise Refused("KMSInvalidStateException", f"{key['Arn']} is not pending deletion.")


@replaces("services.kms:_schedule_key_deletion", read="5462496f0a55aa8a")
@refusing("kms")
def schedule_key_deletion(original: Any, asked: door.Record) -> Any:
    """Schedule a deletion on the emulator's clock."""
    days = asked.get("PendingWindowInDays", _DEFAULT_DAYS)
    refuse_a_waiting_period(days)
    key = _key(asked)
    refuse_a_key_that_waits(key)
    answer = original(asked)
    if key is None:
        return answer
    key["DeletionDate"] = int((clock.now() + timedelta(days=days)).timestamp())
    _AGENDA.renew()
    shown = {"KeyId": key["Arn"], "KeyState": key["KeyState"], "DeletionDate": key["DeletionDate"]}
    return door.responses.json_response({**shown, "PendingWindowInDays": days})


@replaces("services.kms:_cancel_key_deletion", read="cb8634482612a0bc")
@refusing("kms")
def cancel_key_deletion(original: Any, asked: door.Record) -> Any:
    """Let a key be; it stays disabled."""
    refuse_to_cancel_what_is_not_scheduled(_key(asked))
    answer = original(asked)
    _AGENDA.renew()
    return answer


@refusing("kms")
def _unless_it_waits(original: Any, asked: door.Record) -> Any:
    refuse_a_key_that_waits(_key(asked))
    return original(asked)


replaces("services.kms:_enable_key", read="66018297bbfbc857")(_unless_it_waits)
replaces("services.kms:_disable_key", read="16097654ccaaaefb")(_unless_it_waits)


class Deletions:
    """The keys that wait, by when they go."""

    def __init__(self) -> None:
        self._appointments: Appointments[Place] = Appointments()

    def next_due(self) -> datetime | None:
        """Return when the next key goes."""
        return self._appointments.next()

    def run_due(self, now: datetime) -> None:
        """Delete the keys whose time has come, with their aliases and grants."""
        for account, region, key_id in self._appointments.take(now):
            with door.request_scope(account, region):
                _delete(key_id)
            MEMORY.forget()

    def renew(self) -> None:
        """Look for the keys that wait."""
        self._appointments.clear()
        for place, key in door.kms._keys.to_dict().items():  # noqa: SLF001 - MiniStack has no public look-up
            if key["KeyState"] == _PENDING:
                self._appointments.set(place, datetime.fromtimestamp(key["DeletionDate"], UTC))


_AGENDA: Final = Deletions()
AGENDAS["deletions of keys"] = _AGENDA


def _delete(key_id: str) -> None:
    tables = door.kms
    key = tables._keys.pop(key_id, None)  # noqa: SLF001 - as above
    if key is None:
        return
    for alias in [alias for alias, target in tables._aliases.items() if target == key_id]:  # noqa: SLF001 - as above
        tables._aliases.pop(alias)  # noqa: SLF001 - as above
        tables._alias_dates.pop(alias, None)  # noqa: SLF001 - as above
    for grant in [one["GrantId"] for one in tables._grants.values() if one["KeyId"] == key["Arn"]]:  # noqa: SLF001
        tables._grants.pop(grant)  # noqa: SLF001 - as above


def _key(asked: door.Record) -> door.Record | None:
    return door.kms._resolve_key(asked.get("KeyId", ""))  # noqa: SLF001 - as above
