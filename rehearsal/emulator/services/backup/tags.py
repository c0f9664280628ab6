"""Tags of vaults and plans."""

from collections.abc import Callable
from typing import Final, cast

from rehearsal.emulator.rules import Refused, rule
from rehearsal.emulator.services.backup.operations import Answer, Call, operation
from rehearsal.emulator.services.backup.paging import Paged, paged
from rehearsal.emulator.services.backup.store import Place
from rehearsal.emulator.services.backup.tag_rules import check

_API: Final = "https://docs.aws.amazon.com/aws-backup/latest/APIReference/API_TagResource.html"
_READ: Final = "2026-11-22"


class OfResource(Paged):
    """Input of an operation on a resource's tags."""

    ResourceArn: str


class Tag(OfResource):
    """Input of TagResource."""

    Tags: dict[str, str]


class Untag(OfResource):
    """Input of UntagResource."""

    TagKeyList: list[str]


@rule(_API, read=_READ)
def refuse_tags_of_an_absent_resource(arn: str, exists: bool) -> None:
    """Tags belong to a vault or plan of the account and region that exists."""
    if not exists:
        raise Refused("ResourceNotFoundException", f"Cannot find the resource {arn}.")


@operation("TagResource")
def tag_resource(call: Call, asked: Tag) -> None:
    """Add tags, and give those that exist their new value."""
    _change(call, asked["ResourceArn"], lambda tags: tags | asked["Tags"])


@operation("UntagResource")
def untag_resource(call: Call, asked: Untag) -> None:
    """Take tags away; those that are absent are no error."""
    gone = asked["TagKeyList"]
    _change(call, asked["ResourceArn"], lambda tags: {key: tag for key, tag in tags.items() if key not in gone})


@operation("ListTags")
def list_tags(call: Call, asked: OfResource) -> Answer:
    """Return a resource's tags."""
    tags = tags_of(call, asked["ResourceArn"])
    refuse_tags_of_an_absent_resource(asked["ResourceArn"], tags is not None)
    page = paged("Tags", list(tags or {}), asked)
    return page | {"Tags": {key: tag for key, tag in (tags or {}).items() if key in cast("list[str]", page["Tags"])}}


def tags_of(call: Call, arn: str) -> dict[str, str] | None:
    """Return a vault's or plan's tags, None when the ARN is none of this account's and region's."""
    kind, name = _named(call.place, arn)
    if kind == "backup-vault":
        vault = call.store.vaults.get(call.place, name)
        return vault["Tags"] if vault else None
    plan = call.store.plans.get(call.place, name) if kind == "backup-plan" else None
    return plan["Tags"] if plan else None


def _change(call: Call, arn: str, change: Callable[[dict[str, str]], dict[str, str]]) -> None:
    tags = tags_of(call, arn)
    refuse_tags_of_an_absent_resource(arn, tags is not None)
    changed = change(tags or {})
    check(changed)
    kind, name = _named(call.place, arn)
    vault, plan = call.store.vaults.get(call.place, name), call.store.plans.get(call.place, name)
    if kind == "backup-vault" and vault:
        call.store.vaults.put(call.place, name, {**vault, "Tags": changed})
    elif plan:
        call.store.plans.put(call.place, name, {**plan, "Tags": changed})


def _named(place: Place, arn: str) -> tuple[str, str]:
    kind, _, name = arn.removeprefix(f"arn:aws:backup:{place.region}:{place.account}:").partition(":")
    return kind, name
