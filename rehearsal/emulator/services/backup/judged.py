"""Shows vaults and plans to MiniStack's judgement of requests: the policies of vaults, and the tags of both."""

from collections.abc import Iterator
from typing import Any

from rehearsal.emulator import door
from rehearsal.emulator.patching import adds, replaces
from rehearsal.emulator.services.backup.access_policies import policy_in_force
from rehearsal.emulator.services.backup.router import BACKUP
from rehearsal.emulator.services.backup.store import Place


@replaces("core.iam_evaluator:_resource_policy", read="dec265f9a9030695")
def resource_policy(original: Any, service: str, resource_arn: str) -> Any:
    """Return a vault's policy as it binds the caller's account; for other services what MiniStack finds."""
    if service == "backup":
        return policy_in_force(BACKUP.store, resource_arn, door.account())
    return original(service, resource_arn)


def tags_of_backup() -> Iterator[tuple[str, list[dict[str, str]]]]:
    """Yield the tags of the caller's vaults and plans, for conditions on aws:ResourceTag."""
    place = Place(door.account(), door.region())
    for vault in BACKUP.store.vaults.of(place):
        yield vault["BackupVaultArn"], _listed(vault["Tags"])
    for plan in BACKUP.store.plans.of(place):
        yield plan["BackupPlanArn"], _listed(plan["Tags"])


adds("services.tagging:_RESOURCE_TAG_COLLECTORS[backup]", tags_of_backup)


@replaces("services.tagging:_COLLECTORS[backup]", read="a942f6c055f1e9d3")
def tagged_resources(_original: Any) -> Iterator[tuple[str, list[dict[str, str]]]]:
    """Yield the same to the tagging service; MiniStack looks in the service that is replaced."""
    return tags_of_backup()


def _listed(tags: dict[str, str]) -> list[dict[str, str]]:
    return [{"Key": key, "Value": value} for key, value in tags.items()]
