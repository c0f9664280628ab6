"""aws.backup.RegionSettings: which services AWS Backup may back up in one region of an account."""

from typing import Final

from rehearsal.provider.context import Context
from rehearsal.provider.schema import Imported, Kind, Operations, Properties, Property, ResourceType, Update
from rehearsal.provider.values import present

_FLAG: Final = Property(kind=Kind.BOOLEAN)


def create(context: Context, inputs: Properties) -> str:
    """Write the program's keys; the others stay as they are."""
    request = {
        "ResourceTypeOptInPreference": inputs["resourceTypeOptInPreference"],
        "ResourceTypeManagementPreference": inputs.get("resourceTypeManagementPreference"),
    }
    context.clients.client("backup", context.region).update_region_settings(**present(request))
    return context.region


def read(context: Context, _resource_id: str, _prior: Properties) -> Properties:
    """Read the whole maps: a key that the program leaves out is a standing difference."""
    answer = context.clients.client("backup", context.region).describe_region_settings()
    return {
        "resourceTypeOptInPreference": answer["ResourceTypeOptInPreference"],
        "resourceTypeManagementPreference": answer.get("ResourceTypeManagementPreference"),
    }


def update(context: Context, update: Update) -> None:
    """Do as create does."""
    create(context, update.new)


def delete(_context: Context, _resource_id: str, _state: Properties) -> None:
    """Change nothing: the settings outlive the resource."""


def region_alone(text: str) -> Imported:
    """Take the region's name as the import id."""
    return Imported(id=text, region=text)


TYPE: Final = ResourceType(
    type="aws:backup/regionSettings:RegionSettings",
    label="Backup Region Settings",
    source="https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/backup/region_settings.go",
    properties={
        "resourceTypeOptInPreference": Property(kind=Kind.MAP, required=True, item=_FLAG),
        "resourceTypeManagementPreference": Property(kind=Kind.MAP, optional_computed=True, item=_FLAG),
    },
    outputs={},
    operations=Operations(create=create, read=read, update=update, delete=delete),
    import_id=region_alone,
)
