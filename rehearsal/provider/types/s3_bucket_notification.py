"""aws.s3.BucketNotification: where S3 tells its events; one call writes all of them, so what others added goes away."""

from hashlib import sha256
from typing import Any, Final

from rehearsal.provider.context import Context
from rehearsal.provider.errors import codes, during
from rehearsal.provider.schema import Kind, Operations, Properties, Property, ResourceType, Update
from rehearsal.provider.types.s3_parts import BUCKET, bucket_import, put
from rehearsal.provider.validation import arn

_KINDS: Final = {
    "lambdaFunctions": ("LambdaFunctionConfigurations", "lambdaFunctionArn", "LambdaFunctionArn", "tf-s3-lambda-"),
    "queues": ("QueueConfigurations", "queueArn", "QueueArn", "tf-s3-queue-"),
    "topics": ("TopicConfigurations", "topicArn", "TopicArn", "tf-s3-topic-"),
}
"""For each property: the API's list, the target's two names, and how an id begins that the program left out."""


def create(context: Context, inputs: Properties) -> str:
    """Write all notifications; S3 tries each target at once."""
    bucket = str(inputs["bucket"])
    with during(f"creating S3 Bucket ({bucket}) Notification"):
        _put(context, bucket, _asked(inputs))
    return bucket


def read(context: Context, resource_id: str, _prior: Properties) -> Properties:
    """Ask for all notifications."""
    answer = context.clients.client("s3", context.region).get_bucket_notification_configuration(Bucket=resource_id)
    told: Any = answer
    found = {name: [_found(name, one) for one in told.get(kind[0], [])] for name, kind in _KINDS.items()}
    return {
        "bucket": resource_id,
        "eventbridge": "EventBridgeConfiguration" in answer,
        **{name: ones for name, ones in found.items() if ones},
    }


def update(context: Context, update: Update) -> None:
    """Write all notifications anew."""
    _put(context, update.id, _asked(update.new))


def delete(context: Context, resource_id: str, _state: Properties) -> None:
    """Write no notification at all."""
    _put(context, resource_id, {})


def _put(context: Context, bucket: str, configuration: Any) -> None:
    s3 = context.clients.client("s3", context.region)
    put(
        context,
        lambda: s3.put_bucket_notification_configuration(Bucket=bucket, NotificationConfiguration=configuration),
    )


def _asked(inputs: Properties) -> Any:
    sent: dict[str, Any] = {"EventBridgeConfiguration": {}} if inputs.get("eventbridge") else {}
    for name, (their_list, target, their_target, prefix) in _KINDS.items():
        ones: list[Properties] = inputs.get(name) or []
        if ones:
            sent[their_list] = [
                {
                    "Id": one.get("id") or f"{prefix}{sha256(f'{at} {one[target]}'.encode()).hexdigest()[:26]}",
                    their_target: one[target],
                    "Events": one["events"],
                    **_asked_filter(one),
                }
                for at, one in enumerate(ones)
            ]
    return sent


def _asked_filter(one: Properties) -> Any:
    given = {"prefix": one.get("filterPrefix"), "suffix": one.get("filterSuffix")}
    rules = [{"Name": name, "Value": value} for name, value in given.items() if value]
    return {"Filter": {"Key": {"FilterRules": rules}}} if rules else {}


def _found(name: str, one: Any) -> Properties:
    _list, target, their_target, _prefix = _KINDS[name]
    rules = one.get("Filter", {}).get("Key", {}).get("FilterRules", [])
    filters = {f"filter{rule['Name'].capitalize()}": rule["Value"] for rule in rules}
    return {"id": one.get("Id"), target: one[their_target], "events": one["Events"], **filters}


def _targets(target: str) -> Property:
    return Property(
        kind=Kind.LIST,
        item=Property(
            kind=Kind.OBJECT,
            fields={
                "id": Property(optional_computed=True),
                "events": Property(kind=Kind.SET, required=True),
                "filterPrefix": Property(),
                "filterSuffix": Property(),
                target: Property(required=True, checks=(arn,)),
            },
        ),
    )


TYPE: Final = ResourceType(
    type="aws:s3/bucketNotification:BucketNotification",
    label="S3 Bucket Notification",
    source="https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/s3/bucket_notification.go",
    properties={
        "bucket": BUCKET,
        "eventbridge": Property(kind=Kind.BOOLEAN, default=False),
        **{name: _targets(kind[1]) for name, kind in _KINDS.items()},
    },
    outputs={},
    operations=Operations(create=create, read=read, update=update, delete=delete),
    import_id=bucket_import,
    gone=codes("NoSuchBucket"),
)
