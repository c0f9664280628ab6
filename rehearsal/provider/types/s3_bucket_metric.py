"""aws.s3.BucketMetric: request metrics of a bucket or of a part of it."""

from typing import Any, Final

from rehearsal.provider.context import Context
from rehearsal.provider.errors import ProviderError, codes, during
from rehearsal.provider.schema import Autoname, Imported, Kind, Operations, Properties, Property, ResourceType, Update
from rehearsal.provider.types.s3_parts import BUCKET, put
from rehearsal.provider.validation import length
from rehearsal.provider.values import tag_list, tag_map

_ABSENT: Final = codes("NoSuchBucket", "NoSuchConfiguration")
_PARTS: Final = ("accessPoint", "prefix", "tags")


def create(context: Context, inputs: Properties) -> str:
    """Write the configuration."""
    _put(context, inputs)
    return f"{inputs['bucket']}:{inputs['name']}"


def read(context: Context, resource_id: str, _prior: Properties) -> Properties:
    """Ask for the configuration."""
    bucket, name = _split(resource_id)
    answer = context.clients.client("s3", context.region).get_bucket_metrics_configuration(Bucket=bucket, Id=name)
    asked: Any = answer.get("MetricsConfiguration", {}).get("Filter")
    return {"bucket": bucket, "name": name, **({"filter": _found(asked)} if asked else {})}


def update(context: Context, update: Update) -> None:
    """Write the configuration anew."""
    _put(context, update.new)


def delete(context: Context, resource_id: str, _state: Properties) -> None:
    """Take the configuration away."""
    bucket, name = _split(resource_id)
    context.clients.client("s3", context.region).delete_bucket_metrics_configuration(Bucket=bucket, Id=name)


def imported(resource_id: str) -> Imported:
    """Take an import id `bucket:name`.

    Raises:
        ProviderError: the id has another form.
    """
    bucket, name = _split(resource_id)
    return Imported(id=resource_id, known={"bucket": bucket, "name": name})


def _split(resource_id: str) -> tuple[str, str]:
    bucket, _, name = resource_id.partition(":")
    if not bucket or not name or ":" in name:
        raise ProviderError(f"unexpected format for ID ({resource_id}), expected BUCKET:NAME")
    return bucket, name


def _put(context: Context, inputs: Properties) -> None:
    s3, bucket = context.clients.client("s3", context.region), inputs["bucket"]
    configuration: Any = {"Id": inputs["name"]}
    if inputs.get("filter"):
        configuration["Filter"] = _asked(inputs["filter"])
    with during(f"putting S3 Bucket ({bucket}) Metrics Configuration ({inputs['name']})"):
        put(
            context,
            lambda: s3.put_bucket_metrics_configuration(
                Bucket=bucket, Id=inputs["name"], MetricsConfiguration=configuration
            ),
        )


def _asked(given: Properties) -> Any:
    """One condition stands alone, several stand in `And`."""
    tags = tag_list(given.get("tags"))
    parts: dict[str, Any] = {"AccessPointArn": given.get("accessPoint"), "Prefix": given.get("prefix")}
    parts = {name: value for name, value in parts.items() if value}
    if len(tags) + len(parts) > 1:
        return {"And": {**parts, **({"Tags": tags} if tags else {})}}
    return {"Tag": tags[0]} if tags else parts


def _found(asked: Any) -> Properties:
    inside = asked.get("And", asked)
    tags = inside.get("Tags", [inside["Tag"]] if "Tag" in inside else [])
    found = {"accessPoint": inside.get("AccessPointArn"), "prefix": inside.get("Prefix"), "tags": tag_map(tags)}
    return {name: value for name, value in found.items() if value}


def _some(value: Any) -> str | None:
    return None if any(value.get(part) for part in _PARTS) else f"expected at least one of {list(_PARTS)}, got none"


TYPE: Final = ResourceType(
    type="aws:s3/bucketMetric:BucketMetric",
    label="S3 Bucket Metric",
    source="https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/s3/bucket_metric.go",
    properties={
        "bucket": BUCKET,
        "name": Property(optional_computed=True, replaces=True, checks=(length(1, 64),)),
        "filter": Property(
            kind=Kind.OBJECT,
            checks=(_some,),
            fields={"accessPoint": Property(), "prefix": Property(), "tags": Property(kind=Kind.MAP)},
        ),
    },
    outputs={},
    operations=Operations(create=create, read=read, update=update, delete=delete),
    autoname=Autoname(),
    import_id=imported,
    gone=_ABSENT,
)
