"""Resource shares: made, changed, deleted and shown."""
# ruff: noqa: N815 - the members of inputs have AWS RAM's own names

from typing import NotRequired, TypedDict, cast

from rehearsal.emulator.membership import membership
from rehearsal.emulator.services.backup.operations import new_id
from rehearsal.emulator.services.ram import rules
from rehearsal.emulator.services.ram.associations import add_principals, add_resources, shown_association
from rehearsal.emulator.services.ram.operations import Answer, Call, Paged, operation, page
from rehearsal.emulator.services.ram.records import Association, Share

_SHOWN_AFTER_DELETION: float = 3600


class Tag(TypedDict):
    """A tag."""

    key: str
    value: str


class TagFilter(TypedDict, total=False):
    """Tags that a share must have."""

    tagKey: str
    tagValues: list[str]


class CreateShare(TypedDict):
    """Input of CreateResourceShare."""

    name: str
    resourceArns: NotRequired[list[str]]
    principals: NotRequired[list[str]]
    tags: NotRequired[list[Tag]]
    allowExternalPrincipals: NotRequired[bool]
    clientToken: NotRequired[str]


class GetShares(Paged):
    """Input of GetResourceShares."""

    resourceOwner: str
    resourceShareArns: NotRequired[list[str]]
    resourceShareStatus: NotRequired[str]
    name: NotRequired[str]
    tagFilters: NotRequired[list[TagFilter]]


class Associate(TypedDict):
    """Input of AssociateResourceShare and DisassociateResourceShare."""

    resourceShareArn: str
    resourceArns: NotRequired[list[str]]
    principals: NotRequired[list[str]]
    clientToken: NotRequired[str]


@operation("CreateResourceShare")
def create_resource_share(call: Call, asked: CreateShare) -> Answer:
    """Make a share; the same request again, told by its token, is answered as before."""
    token = asked.get("clientToken")
    known = [share for share in call.store.shares.of(call.place) if token and share["ClientToken"] == token]
    if known:
        rules.refuse_another_request_under_the_same_token(known[0]["Asked"] == dict(asked))
        return {"resourceShare": _shown(known[0]), "clientToken": token}
    share: Share = {
        "Arn": f"arn:aws:ram:{call.place.region}:{call.place.account}:resource-share/{new_id()}",
        "Name": asked["name"],
        "Owner": call.place.account,
        "AllowExternalPrincipals": asked.get("allowExternalPrincipals", True),
        "Status": "ACTIVE",
        "Tags": {tag["key"]: tag["value"] for tag in asked.get("tags", [])},
        "CreationTime": call.timestamp,
        "LastUpdatedTime": call.timestamp,
        "Resources": {},
        "Principals": {},
        "ClientToken": token,
        "Asked": dict(asked),
    }
    share = add_principals(call, add_resources(call, share, asked.get("resourceArns", [])), asked.get("principals", []))
    call.store.shares.put(call.place, share["Arn"], share)
    return {"resourceShare": _shown(share), "clientToken": token}


@operation("AssociateResourceShare")
def associate_resource_share(call: Call, asked: Associate) -> Answer:
    """Put resources and accounts into a share."""
    share = own_share(call, asked["resourceShareArn"])
    share = add_principals(call, add_resources(call, share, asked.get("resourceArns", [])), asked.get("principals", []))
    call.store.shares.put(call.place, share["Arn"], {**share, "LastUpdatedTime": call.timestamp})
    return _associations(share, asked)


@operation("DisassociateResourceShare")
def disassociate_resource_share(call: Call, asked: Associate) -> Answer:
    """Take resources and accounts out of a share; who had access has none any more."""
    share = own_share(call, asked["resourceShareArn"])
    left: Share = {
        **share,
        "Resources": _without(call, share["Resources"], asked.get("resourceArns", [])),
        "Principals": _without(call, share["Principals"], asked.get("principals", [])),
        "LastUpdatedTime": call.timestamp,
    }
    call.store.shares.put(call.place, share["Arn"], left)
    return _associations(left, asked)


@operation("DeleteResourceShare")
def delete_resource_share(call: Call, asked: Associate) -> Answer:
    """Delete a share; who had access has none any more."""
    share = own_share(call, asked["resourceShareArn"])
    deleted: Share = {
        **share,
        "Status": "DELETED",
        "LastUpdatedTime": call.timestamp,
        "Resources": _without(call, share["Resources"], list(share["Resources"])),
        "Principals": _without(call, share["Principals"], list(share["Principals"])),
    }
    call.store.shares.put(call.place, share["Arn"], deleted)
    return {"returnValue": True, "clientToken": asked.get("clientToken")}


@operation("GetResourceShares")
def get_resource_shares(call: Call, asked: GetShares) -> Answer:
    """List the account's own shares, or those by which other accounts share with it."""
    if asked["resourceOwner"] == "SELF":
        shares = [share for share in call.store.shares.of(call.place) if _is_visible(share, call.timestamp)]
    else:
        theirs = call.store.shared(call.place.region, call.place.account)
        shares = list({share["Arn"]: share for share, _ in theirs}.values())
    return page("resourceShares", [_shown(share) for share in shares if _meets(share, asked)], asked)


@operation("EnableSharingWithAwsOrganization")
def enable_sharing_with_aws_organization(call: Call, _asked: object) -> Answer:
    """Let the accounts of the organization share among themselves without invitations."""
    place = membership(call.place.account)
    rules.refuse_another_account_than_management(place is not None and place.management == call.place.account)
    call.store.share_inside(call.place.account)
    return {"returnValue": True}


def own_share(call: Call, arn: str) -> Share:
    """Return one of the caller's shares.

    Raises:
        Refused: there is none of that ARN.
    """
    share = call.store.shares.get(call.place, arn)
    rules.refuse_an_absent_share(arn, share is not None and share["Status"] == "ACTIVE")
    return cast("Share", share)


def _without(call: Call, associations: dict[str, Association], gone: list[str]) -> dict[str, Association]:
    for entity in gone:
        rules.refuse_an_absent_association(entity, entity in associations)
    ended: dict[str, Association] = {
        entity: {**associations[entity], "Status": "DISASSOCIATED", "LastUpdatedTime": call.timestamp}
        for entity in gone
    }
    return associations | ended


def _associations(share: Share, asked: Associate) -> Answer:
    entities = [
        *(("RESOURCE", share["Resources"][arn]) for arn in asked.get("resourceArns", [])),
        *(("PRINCIPAL", share["Principals"][account]) for account in asked.get("principals", [])),
    ]
    return {
        "resourceShareAssociations": [shown_association(share, kind, entity) for kind, entity in entities],
        "clientToken": asked.get("clientToken"),
    }


def _is_visible(share: Share, now: float) -> bool:
    return share["Status"] == "ACTIVE" or now <= share["LastUpdatedTime"] + _SHOWN_AFTER_DELETION


def _meets(share: Share, asked: GetShares) -> bool:
    wanted = asked.get("resourceShareArns")
    return (
        (wanted is None or share["Arn"] in wanted)
        and asked.get("resourceShareStatus", share["Status"]) == share["Status"]
        and asked.get("name", share["Name"]) == share["Name"]
        and all(_has_tag(share, tag) for tag in asked.get("tagFilters", []))
    )


def _has_tag(share: Share, wanted: TagFilter) -> bool:
    value = share["Tags"].get(wanted.get("tagKey", ""))
    return value is not None and (not wanted.get("tagValues") or value in wanted.get("tagValues", []))


def _shown(share: Share) -> dict[str, object]:
    return {
        "resourceShareArn": share["Arn"],
        "name": share["Name"],
        "owningAccountId": share["Owner"],
        "allowExternalPrincipals": share["AllowExternalPrincipals"],
        "status": share["Status"],
        "tags": [{"key": key, "value": value} for key, value in share["Tags"].items()],
        "creationTime": share["CreationTime"],
        "lastUpdatedTime": share["LastUpdatedTime"],
        "featureSet": "STANDARD",
    }
