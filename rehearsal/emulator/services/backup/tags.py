"""Tags of what AWS Backup keeps: vaults, plans, recovery points, legal holds and restore testing plans."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, cast

from rehearsal.emulator.rules import Refused, rule
from rehearsal.emulator.services.backup.operations import Answer, Call, Work, operation
from rehearsal.emulator.services.backup.paging import Paged, paged
from rehearsal.emulator.services.backup.store import Records
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
    """Tags belong to a resource of AWS Backup that the account and region have."""
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


def tags_of(work: Work, arn: str) -> dict[str, str] | None:
    """Return the tags of a resource of AWS Backup, None when the ARN is none of the place."""
    kept = _kept(work, arn)
    return kept.record["Tags"] if kept else None


def _change(call: Call, arn: str, change: Callable[[dict[str, str]], dict[str, str]]) -> None:
    kept = _kept(call, arn)
    refuse_tags_of_an_absent_resource(arn, kept is not None)
    if kept:
        changed = change(kept.record["Tags"])
        check(changed)
        kept.records.put(call.place, kept.key, {**kept.record, "Tags": changed})


@dataclass(frozen=True)
class _Kept:
    """A record with tags, and where it is kept."""

    records: Records[Any]
    key: str
    record: Any


def _kept(work: Work, arn: str) -> _Kept | None:
    own = f"arn:aws:backup:{work.place.region}:{work.place.account}:"
    kind, _, name = arn.removeprefix(own).partition(":")
    store = work.store
    by_name: dict[str, tuple[Records[Any], str]] = {
        "backup-vault": (store.vaults, name),
        "backup-plan": (store.plans, name),
        "legal-hold": (store.legal_holds, name),
        # The name, which has no hyphen, is followed by an identifier.
        "restore-testing-plan": (store.testing_plans, name.partition("-")[0]),
    }
    # A point that DynamoDB made has an ARN of DynamoDB's.
    records, key = by_name.get(kind, (store.points, arn))
    record = records.get(work.place, key)
    return _Kept(records, key, record) if record else None
