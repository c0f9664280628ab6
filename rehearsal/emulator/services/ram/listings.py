"""What is shared, and with whom, across shares."""
# ruff: noqa: N815 - the members of inputs have AWS RAM's own names

from typing import NotRequired

from rehearsal.emulator.services.ram import rules
from rehearsal.emulator.services.ram.associations import shown_association
from rehearsal.emulator.services.ram.operations import Answer, Call, Paged, operation, page
from rehearsal.emulator.services.ram.records import Association, Share
from rehearsal.emulator.services.ram.shareable import RESOURCE_TYPES

_VAULT_TYPE = "backup:backup-vault"


class ListResources(Paged):
    """Input of ListResources."""

    resourceOwner: str
    principal: NotRequired[str]
    resourceType: NotRequired[str]
    resourceArns: NotRequired[list[str]]
    resourceShareArns: NotRequired[list[str]]


class ListPrincipals(Paged):
    """Input of ListPrincipals."""

    resourceOwner: str
    resourceArn: NotRequired[str]
    principals: NotRequired[list[str]]
    resourceType: NotRequired[str]
    resourceShareArns: NotRequired[list[str]]


class GetAssociations(Paged):
    """Input of GetResourceShareAssociations."""

    associationType: str
    resourceShareArns: NotRequired[list[str]]
    resourceArn: NotRequired[str]
    principal: NotRequired[str]
    associationStatus: NotRequired[str]


@operation("ListResources")
def list_resources(call: Call, asked: ListResources) -> Answer:
    """List the resources that the account shares, or that are shared with it."""
    _check_type(asked.get("resourceType"))
    arns = asked.get("resourceArns")
    found = [
        _resource(share, arn)
        for share, arn in _shared(call, asked["resourceOwner"])
        if _is_wanted(share, asked.get("resourceShareArns"))
        and (arns is None or arn in arns)
        and ("principal" not in asked or _is_in(share["Principals"].get(asked["principal"])))
    ]
    return page("resources", found, asked)


@operation("ListPrincipals")
def list_principals(call: Call, asked: ListPrincipals) -> Answer:
    """List the accounts that the account shares with, or those that share with it."""
    _check_type(asked.get("resourceType"))
    found: dict[tuple[str, str], dict[str, object]] = {}
    for share, arn in _shared(call, asked["resourceOwner"]):
        if not _is_wanted(share, asked.get("resourceShareArns")) or asked.get("resourceArn", arn) != arn:
            continue
        for account, association in _partners(share, asked["resourceOwner"]):
            if account in asked.get("principals", [account]):
                found[share["Arn"], account] = _principal(share, account, association)
    return page("principals", list(found.values()), asked)


@operation("GetResourceShareAssociations")
def get_resource_share_associations(call: Call, asked: GetAssociations) -> Answer:
    """List what is in the account's own shares: the resources, or the accounts."""
    kind = asked["associationType"]
    entity = asked.get("resourceArn") if kind == "RESOURCE" else asked.get("principal")
    found = [
        shown_association(share, kind, association)
        for share in call.store.shares.of(call.place)
        if _is_wanted(share, asked.get("resourceShareArns"))
        for association in share["Resources" if kind == "RESOURCE" else "Principals"].values()
        if (entity is None or association["Entity"] == entity)
        and asked.get("associationStatus", association["Status"]) == association["Status"]
    ]
    return page("resourceShareAssociations", found, asked)


def _shared(call: Call, owner: str) -> list[tuple[Share, str]]:
    if owner != "SELF":
        return call.store.shared(call.place.region, call.place.account)
    own = [share for share in call.store.shares.of(call.place) if share["Status"] == "ACTIVE"]
    return [(share, arn) for share in own for arn, found in share["Resources"].items() if _is_in(found)]


def _partners(share: Share, owner: str) -> list[tuple[str, Association]]:
    if owner == "SELF":
        return [(account, found) for account, found in share["Principals"].items() if _is_in(found)]
    return [(share["Owner"], next(iter(share["Resources"].values())))]


def _is_in(association: Association | None) -> bool:
    return association is not None and association["Status"] == "ASSOCIATED"


def _is_wanted(share: Share, arns: list[str] | None) -> bool:
    return arns is None or share["Arn"] in arns


def _check_type(name: str | None) -> None:
    if name is not None:
        rules.refuse_an_unknown_resource_type(name, known=name in RESOURCE_TYPES)


def _resource(share: Share, arn: str) -> dict[str, object]:
    association = share["Resources"][arn]
    return {
        "arn": arn,
        "type": _VAULT_TYPE,
        "resourceShareArn": share["Arn"],
        "status": "AVAILABLE",
        "creationTime": association["CreationTime"],
        "lastUpdatedTime": association["LastUpdatedTime"],
        "resourceRegionScope": "REGIONAL",
    }


def _principal(share: Share, account: str, association: Association) -> dict[str, object]:
    return {
        "id": account,
        "resourceShareArn": share["Arn"],
        "creationTime": association["CreationTime"],
        "lastUpdatedTime": association["LastUpdatedTime"],
        "external": association["External"],
    }
