"""Legal holds: points under one are neither deleted nor expired until it is cancelled."""

from datetime import timedelta
from typing import Final, NotRequired, TypedDict, cast

from rehearsal.emulator.rules import Refused, differs, rule
from rehearsal.emulator.services.backup import tag_rules
from rehearsal.emulator.services.backup.engine import step
from rehearsal.emulator.services.backup.job_records import Point
from rehearsal.emulator.services.backup.operations import Answer, Call, Work, new_id, operation
from rehearsal.emulator.services.backup.paging import Paged, paged
from rehearsal.emulator.services.backup.points.legal_holds_chosen import is_chosen
from rehearsal.emulator.services.backup.points.points import replace_point
from rehearsal.emulator.services.backup.records import HeldPoints, LegalHold

_GUIDE: Final = "https://docs.aws.amazon.com/aws-backup/latest/devguide/legalhold.html"
_API: Final = "https://docs.aws.amazon.com/aws-backup/latest/APIReference"
_READ: Final = "2026-11-22"
_MOST: Final = 50
_LONGEST_DESCRIPTION: Final = 280
_RECORD_DAYS: Final = 180
_FORGET: Final = "legal hold is forgotten"
_SHOWN: Final = (
    "Title",
    "Status",
    "Description",
    "LegalHoldId",
    "LegalHoldArn",
    "CreationDate",
)

differs("AWS Backup", "A legal hold is ACTIVE, and a cancelled one CANCELED, at once.")


class CreateHold(TypedDict):
    """Input of CreateLegalHold."""

    Title: str
    Description: str
    IdempotencyToken: NotRequired[str]
    RecoveryPointSelection: NotRequired[HeldPoints]
    Tags: NotRequired[dict[str, str]]


class OfHold(Paged):
    """Input of an operation on one legal hold."""

    LegalHoldId: str


class CancelHold(OfHold):
    """Input of CancelLegalHold."""

    CancelDescription: str
    RetainRecordInDays: NotRequired[int]


@rule(_GUIDE, read=_READ)
def refuse_a_description_that_is_too_long(text: str) -> None:
    """A legal hold, and its end, are described in at most 280 characters."""
    if len(text) > _LONGEST_DESCRIPTION:
        raise Refused(
            "InvalidParameterValueException",
            f"A description has at most {_LONGEST_DESCRIPTION} characters, got {len(text)}.",
        )


@rule(f"{_API}/API_DateRange.html", read=_READ)
def refuse_a_date_range_that_is_none(start: float, end: float, now: float) -> None:
    """The dates of a legal hold are in order, and none is in the future."""
    if not start <= end <= now:
        raise Refused(
            "InvalidParameterValueException",
            "FromDate and ToDate must be in this order and must not be in the future.",
        )


@rule(_GUIDE, read=_READ)
def refuse_more_holds_than_an_account_has(active: int) -> None:
    """An account has at most 50 legal holds that are active."""
    if active >= _MOST:
        raise Refused("LimitExceededException", f"An account has at most {_MOST} active legal holds.")


@rule(f"{_API}/API_GetLegalHold.html", read=_READ)
def refuse_an_absent_hold(hold: str, exists: bool) -> None:
    """An operation on a legal hold that does not exist is refused."""
    if not exists:
        raise Refused("ResourceNotFoundException", f"Cannot find legal hold {hold}.")


@rule(f"{_API}/API_CancelLegalHold.html", read=_READ)
def refuse_to_cancel_twice(status: str) -> None:
    """A legal hold is cancelled once."""
    if status != "ACTIVE":
        raise Refused("InvalidResourceStateException", f"The legal hold is {status}.")


def holds_on(work: Work, point: Point) -> list[str]:
    """Return the ids of the active legal holds on a point; while there is one it is neither deleted nor expired."""
    kept = work.store.points.get(work.place, point["RecoveryPointArn"]) or point
    return list(kept["LegalHolds"])


@operation("CreateLegalHold")
def create_legal_hold(call: Call, asked: CreateHold) -> Answer:
    """Hold the points that the selection names and that exist now; the same request again is answered as before."""
    token = asked.get("IdempotencyToken")
    holds = call.store.legal_holds.of(call.place)
    known = [hold for hold in holds if token and hold["IdempotencyToken"] == token and hold["Asked"] == dict(asked)]
    hold = known[0] if known else _made(call, asked, holds)
    return {**{name: hold[name] for name in _SHOWN}, "RecoveryPointSelection": hold["RecoveryPointSelection"]}


@operation("GetLegalHold")
def get_legal_hold(call: Call, asked: OfHold) -> Answer:
    """Show a legal hold."""
    hold = _hold_of(call, asked)
    more = ("CancellationDate", "CancelDescription", "RetainRecordUntil", "RecoveryPointSelection")
    return {name: hold[name] for name in (*_SHOWN, *more)}


@operation("ListLegalHolds")
def list_legal_holds(call: Call, asked: Paged) -> Answer:
    """List the account's legal holds of this region, cancelled ones among them."""
    holds = call.store.legal_holds.of(call.place)
    return paged("LegalHolds", [{name: hold[name] for name in (*_SHOWN, "CancellationDate")} for hold in holds], asked)


@operation("ListRecoveryPointsByLegalHold")
def list_recovery_points_by_legal_hold(call: Call, asked: OfHold) -> Answer:
    """List the points under a legal hold."""
    hold = _hold_of(call, asked)["LegalHoldId"]
    members = ("RecoveryPointArn", "ResourceArn", "ResourceType", "BackupVaultName")
    held = [point for point in call.store.points.of(call.place) if hold in point["LegalHolds"]]
    return paged("RecoveryPoints", [{name: point[name] for name in members} for point in held], asked)


@operation("CancelLegalHold")
def cancel_legal_hold(call: Call, asked: CancelHold) -> None:
    """Release the points; what expired meanwhile ends within a day."""
    hold = _hold_of(call, asked)
    refuse_to_cancel_twice(hold["Status"])
    refuse_a_description_that_is_too_long(asked["CancelDescription"])
    end = call.now + timedelta(days=asked.get("RetainRecordInDays", _RECORD_DAYS))
    cancelled: LegalHold = {
        **hold,
        "Status": "CANCELED",
        "CancellationDate": call.timestamp,
        "CancelDescription": asked["CancelDescription"],
        "RetainRecordUntil": round(end.timestamp(), 3),
    }
    call.store.legal_holds.put(call.place, hold["LegalHoldId"], cancelled)
    call.store.dues.set(call.place, _FORGET, hold["LegalHoldId"], end)
    for point in call.store.points.of(call.place):
        if hold["LegalHoldId"] in point["LegalHolds"]:
            _release(call, point, hold["LegalHoldId"])


@step(_FORGET)
def forget(work: Work, hold: str) -> None:
    """Remove the record of a cancelled hold."""
    work.store.legal_holds.remove(work.place, hold)


def _hold_of(call: Call, asked: OfHold) -> LegalHold:
    hold = call.store.legal_holds.get(call.place, asked["LegalHoldId"])
    refuse_an_absent_hold(asked["LegalHoldId"], hold is not None)
    return cast("LegalHold", hold)


def _made(call: Call, asked: CreateHold, holds: list[LegalHold]) -> LegalHold:
    refuse_a_description_that_is_too_long(asked["Description"])
    tag_rules.check(asked.get("Tags", {}))
    refuse_more_holds_than_an_account_has(sum(hold["Status"] == "ACTIVE" for hold in holds))
    selection = asked.get("RecoveryPointSelection")
    dates = selection.get("DateRange") if selection else None
    if dates:
        refuse_a_date_range_that_is_none(dates["FromDate"], dates["ToDate"], call.timestamp)
    hold_id = new_id()
    hold: LegalHold = {
        "LegalHoldId": hold_id,
        "LegalHoldArn": call.arn("legal-hold", hold_id),
        "Title": asked["Title"],
        "Description": asked["Description"],
        "Status": "ACTIVE",
        "CreationDate": call.timestamp,
        "CancellationDate": None,
        "CancelDescription": None,
        "RetainRecordUntil": None,
        "RecoveryPointSelection": selection,
        "IdempotencyToken": asked.get("IdempotencyToken"),
        "Asked": dict(asked),
        "Tags": asked.get("Tags", {}),
    }
    call.store.legal_holds.put(call.place, hold_id, hold)
    for point in call.store.points.of(call.place):
        if is_chosen(selection, point):
            replace_point(call, {**point, "LegalHolds": [*point["LegalHolds"], hold_id]})
    return hold


def _release(call: Call, point: Point, hold: str) -> None:
    replace_point(call, {**point, "LegalHolds": [one for one in point["LegalHolds"] if one != hold]})
