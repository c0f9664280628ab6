"""aws.kms.Alias: a name for a key."""

from typing import Final

from rehearsal.provider.context import Context
from rehearsal.provider.errors import GoneError, codes
from rehearsal.provider.schema import Autoname, Computed, Operations, Properties, Property, ResourceType, Update
from rehearsal.provider.validation import matching
from rehearsal.provider.waiting import retried

_NAME: Final = matching(r"alias/(?!aws/)[0-9A-Za-z_/-]+", "must begin with 'alias/' and not with 'alias/aws/'")


def create(context: Context, inputs: Properties) -> str:
    """Name the key; a key that was just made may not be found for a while."""
    kms = context.clients.client("kms", context.region)
    retried(
        context.pace,
        10 * 60,
        codes("NotFoundException"),
        lambda: kms.create_alias(AliasName=inputs["name"], TargetKeyId=inputs["targetKeyId"]),
    )
    return str(inputs["name"])


def read(context: Context, resource_id: str, prior: Properties) -> Properties:
    """Scan the aliases of the region, as the service has no call for one."""
    kms = context.clients.client("kms", context.region)
    for page in kms.get_paginator("list_aliases").paginate():
        for alias in page["Aliases"]:
            if alias.get("AliasName") == resource_id:
                arn, key_id = alias.get("AliasArn", ""), alias.get("TargetKeyId", "")
                return {
                    "name": resource_id,
                    "arn": arn,
                    "targetKeyId": _as_given(prior.get("targetKeyId"), key_id),
                    "targetKeyArn": arn.replace(resource_id, f"key/{key_id}"),
                }
    raise GoneError


def update(context: Context, update: Update) -> None:
    """Point the name at another key."""
    kms = context.clients.client("kms", context.region)
    if "targetKeyId" in update.changed:
        kms.update_alias(AliasName=update.id, TargetKeyId=update.new["targetKeyId"])


def delete(context: Context, resource_id: str, _state: Properties) -> None:
    """Take the name away."""
    context.clients.client("kms", context.region).delete_alias(AliasName=resource_id)


def key_id(value: str) -> str:
    """The key id in a key's id or ARN: both name the same key."""
    return str(value).rpartition("/")[2]


def _as_given(given: str | None, found: str) -> str:
    return given if given and key_id(given) == found else found


TYPE: Final = ResourceType(
    type="aws:kms/alias:Alias",
    label="KMS Alias",
    source="https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/kms/alias.go",
    properties={
        "name": Property(optional_computed=True, replaces=True, conflicts_with=("namePrefix",), checks=(_NAME,)),
        "namePrefix": Property(optional_computed=True, replaces=True),
        "targetKeyId": Property(required=True, canonical=key_id),
    },
    outputs={"arn": Computed(), "targetKeyArn": Computed(changes_with=("targetKeyId",))},
    operations=Operations(create=create, read=read, update=update, delete=delete),
    autoname=Autoname(),
    gone=codes("NotFoundException"),
)
