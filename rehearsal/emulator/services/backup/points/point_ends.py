"""How recovery points go cold and end by themselves."""

from datetime import timedelta
from typing import Final

from rehearsal.emulator import door
from rehearsal.emulator.rules import differs
from rehearsal.emulator.services.backup.engine import step
from rehearsal.emulator.services.backup.job_records import Point
from rehearsal.emulator.services.backup.operations import Work
from rehearsal.emulator.services.backup.points.legal_holds import holds_on
from rehearsal.emulator.services.backup.points.points import TO_COLD, TO_END, remove_point, replace_point

UNDELETED: Final = "AWS Backup lacks permission to delete the recovery point."
_HELD_FOR: Final = timedelta(days=1)

differs(
    "AWS Backup",
    "A point is deleted four hours after the end of its life; AWS deletes at a random moment of the eight hours after.",
    "A point that a legal hold kept past the end of its life is deleted within a day of the hold's end.",
)


@step(TO_COLD)
def go_cold(work: Work, arn: str) -> None:
    """Move a point to cold storage."""
    point = work.store.points.get(work.place, arn)
    if point and point["StorageClass"] == "WARM":
        replace_point(work, {**point, "StorageClass": "COLD"})


@step(TO_END)
def end(work: Work, arn: str) -> None:
    """Delete a point whose life is over, lock or not; without the role that made it, it is EXPIRED and stays."""
    point = work.store.points.get(work.place, arn)
    if point is None:
        return
    if holds_on(work, point):
        work.store.dues.set(work.place, TO_END, arn, work.now + _HELD_FOR)
    elif role_is_there(work, point):
        remove_point(work, point)
    else:
        replace_point(work, {**point, "Status": "EXPIRED", "StatusMessage": UNDELETED})


def role_is_there(work: Work, point: Point) -> bool:
    """Return whether the role that made a point is still there; one of another account counts as there."""
    parts = point["IamRoleArn"].split(":")
    if parts[4:5] != [work.place.account]:
        return True
    role = door.iam._roles.get_scoped(parts[4], None, parts[5].rpartition("/")[2])  # noqa: SLF001 - no public look-up
    return role is not None and role["Arn"] == point["IamRoleArn"]
