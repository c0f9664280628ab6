"""aws.backup.GlobalSettings: what the management account sets for the whole organisation."""

from typing import Final

from rehearsal.provider.context import Context
from rehearsal.provider.schema import Kind, Operations, Properties, Property, ResourceType, Update


def create(context: Context, inputs: Properties) -> str:
    """Write the program's keys; the others stay as they are."""
    backup = context.clients.client("backup", context.region)
    backup.update_global_settings(GlobalSettings=inputs["globalSettings"])
    return context.account


def read(context: Context, _resource_id: str, _prior: Properties) -> Properties:
    """Read the whole map: a key that the program leaves out is a standing difference."""
    return {
        "globalSettings": context.clients.client("backup", context.region).describe_global_settings()["GlobalSettings"]
    }


def update(context: Context, update: Update) -> None:
    """Do as create does."""
    create(context, update.new)


def delete(_context: Context, _resource_id: str, _state: Properties) -> None:
    """Change nothing: the settings outlive the resource."""


TYPE: Final = ResourceType(
    type="aws:backup/globalSettings:GlobalSettings",
    label="Backup Global Settings",
    source="https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/backup/global_settings.go",
    properties={"globalSettings": Property(kind=Kind.MAP, required=True)},
    outputs={},
    operations=Operations(create=create, read=read, update=update, delete=delete),
    regional=False,
)
