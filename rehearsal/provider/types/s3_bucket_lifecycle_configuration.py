"""aws.s3.BucketLifecycleConfiguration: when objects move and end; a write waits until S3 tells the same rules."""

from collections.abc import Callable
from typing import Any, Final

from rehearsal.provider.context import Context
from rehearsal.provider.errors import ProviderError, codes, during
from rehearsal.provider.schema import Kind, Operations, Properties, Property, ResourceType, Update
from rehearsal.provider.types import s3_lifecycle_rule as rule
from rehearsal.provider.types.s3_parts import (
    BUCKET,
    OWNER,
    PROPAGATION,
    addressed,
    named,
    owned_import,
    part_id,
    put,
    until_gone,
)
from rehearsal.provider.validation import length, one_of
from rehearsal.provider.waiting import Wait, until

_ABSENT: Final = codes("NoSuchBucket", "NoSuchLifecycleConfiguration")
_SETTLING: Final = Wait(target="true", pending=("false",), timeout=180.0, in_a_row=3, every=10.0)
_MINIMUM_SIZES: Final = ("all_storage_classes_128K", "varies_by_storage_class")


def create(context: Context, inputs: Properties) -> str:
    """Write the rules, over those that the bucket may have had."""
    with during(_doing("creating", inputs)):
        put(context, lambda: _put(context, part_id(inputs), inputs))
    return part_id(inputs)


def settle(context: Context, resource_id: str, inputs: Properties) -> None:
    """Wait until S3 tells what was sent."""
    _until_as_sent(context, resource_id, inputs, _doing("creating", inputs))


def read(context: Context, resource_id: str, _prior: Properties) -> Properties:
    """Look until two answers in a row are the same."""
    answers: list[Any] = []

    def look() -> str:
        answers.append(_get(context, resource_id))
        return "as before" if answers[-2:-1] == answers[-1:] else "new"

    until(context.pace, Wait(target="as before", timeout=PROPAGATION), look)
    return {**named(resource_id), **answers[-1]}


def update(context: Context, update: Update) -> None:
    """Write all rules anew and wait for them."""
    put(context, lambda: _put(context, update.id, update.new))
    _until_as_sent(context, update.id, update.new, _doing("updating", update.new))


def delete(context: Context, resource_id: str, _state: Properties) -> None:
    """Take all rules away and wait until they are no longer seen."""
    s3 = context.clients.client("s3", context.region)
    s3.delete_bucket_lifecycle(**addressed(resource_id))
    look: Callable[[], object] = lambda: s3.get_bucket_lifecycle_configuration(**addressed(resource_id))  # noqa: E731
    until_gone(context, _ABSENT, look)


def _doing(verb: str, inputs: Properties) -> str:
    return f"{verb} S3 Bucket ({inputs['bucket']}) Lifecycle Configuration"


def _put(context: Context, resource_id: str, inputs: Properties) -> None:
    rules: Any = {"Rules": [rule.asked(one) for one in inputs["rules"]]}
    context.clients.client("s3", context.region).put_bucket_lifecycle_configuration(
        **addressed(resource_id),
        LifecycleConfiguration=rules,
        TransitionDefaultMinimumObjectSize=_minimum_size(inputs),
    )


def _get(context: Context, resource_id: str) -> Properties:
    answer = context.clients.client("s3", context.region).get_bucket_lifecycle_configuration(**addressed(resource_id))
    size = answer.get("TransitionDefaultMinimumObjectSize")
    return {"rules": [rule.found(one) for one in answer["Rules"]], "transitionDefaultMinimumObjectSize": size}


def _until_as_sent(context: Context, resource_id: str, inputs: Properties, doing: str) -> None:
    sent = rule.comparable(inputs["rules"]), _minimum_size(inputs)

    def look() -> str:
        got = _get(context, resource_id)
        told = rule.comparable(got["rules"]), got["transitionDefaultMinimumObjectSize"]
        return "true" if told == sent else "false"

    try:
        until(context.pace, _SETTLING, look)
    except ProviderError as error:
        raise ProviderError(f"{doing}: While waiting: {error}") from error


def _minimum_size(inputs: Properties) -> Any:
    return inputs.get("transitionDefaultMinimumObjectSize") or _MINIMUM_SIZES[0]


TYPE: Final = ResourceType(
    type="aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
    label="S3 Bucket Lifecycle Configuration",
    source="https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/s3/bucket_lifecycle_configuration.go",
    properties={
        "bucket": BUCKET,
        "expectedBucketOwner": OWNER,
        "rules": Property(kind=Kind.LIST, required=True, item=rule.RULE, checks=(length(1, 1000),)),
        "transitionDefaultMinimumObjectSize": Property(optional_computed=True, checks=(one_of(*_MINIMUM_SIZES),)),
    },
    outputs={},
    operations=Operations(create=create, settle=settle, read=read, update=update, delete=delete),
    framework=True,
    import_id=owned_import,
    gone=_ABSENT,
)
