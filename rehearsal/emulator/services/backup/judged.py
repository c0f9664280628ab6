"""Shows AWS Backup to MiniStack's judgement of requests: the policies of its vaults, and the tags of all it keeps."""

from collections.abc import Iterator
from typing import Any

from rehearsal.emulator import clock, door
from rehearsal.emulator.patching import replaces
from rehearsal.emulator.services.backup.operations import Work
from rehearsal.emulator.services.backup.router import BACKUP
from rehearsal.emulator.services.backup.store import Place
from rehearsal.emulator.services.backup.tags import tags_of
from rehearsal.emulator.services.backup.vaults.access_policies import policy_in_force


@replaces("core.iam_evaluator:_resource_policy", read="dec265f9a9030695")
def resource_policy(original: Any, service: str, resource_arn: str) -> Any:
    """Return a vault's policy as it binds the caller's account; for other services what MiniStack finds."""
    if service == "backup":
        return policy_in_force(BACKUP.store, resource_arn, door.account())
    return original(service, resource_arn)


@replaces("services.tagging:resource_tags", read="5d98719f044cac9b")
def resource_tags(original: Any, arn: str) -> dict[str, str] | None:
    """Return the tags of a resource, for conditions on aws:ResourceTag; those of AWS Backup are found by their ARN."""
    parts = arn.split(":")
    if len(parts) < 7 or parts[2] != "backup":
        return original(arn)
    return tags_of(Work(Place(parts[4], parts[3]), clock.now(), BACKUP.store), arn)


@replaces("services.tagging:_COLLECTORS[backup]", read="a942f6c055f1e9d3")
def tagged_resources(_original: Any) -> Iterator[tuple[str, list[dict[str, str]]]]:
    """Yield the caller's resources of AWS Backup to the tagging service; MiniStack looks in what is replaced."""
    place, store = Place(door.account(), door.region()), BACKUP.store
    for vault in store.vaults.of(place):
        yield vault["BackupVaultArn"], _listed(vault["Tags"])
    for plan in store.plans.of(place):
        yield plan["BackupPlanArn"], _listed(plan["Tags"])
    for point in store.points.of(place):
        yield point["RecoveryPointArn"], _listed(point["Tags"])


def _listed(tags: dict[str, str]) -> list[dict[str, str]]:
    return [{"Key": key, "Value": value} for key, value in tags.items()]
