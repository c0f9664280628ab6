"""aws.s3.BucketObjectv2: one object; its content is never read back, and all versions go with it."""

from base64 import b64decode
from typing import Any, Final
from urllib.parse import urlencode

from rehearsal.provider.context import Context
from rehearsal.provider.errors import codes, during
from rehearsal.provider.schema import (
    Autoname,
    Computed,
    Operations,
    Properties,
    ResourceType,
    TagChange,
    Update,
)
from rehearsal.provider.types import s3_object_table as table
from rehearsal.provider.types.s3_emptying import delete_versions_of_key
from rehearsal.provider.values import present, tag_list, tag_map

_LOCK: Final = ("objectLockLegalHoldStatus", "objectLockMode", "objectLockRetainUntilDate")


def create(context: Context, inputs: Properties) -> str:
    """Write the object with its tags."""
    with during(f"uploading S3 Object ({inputs['key']}) to Bucket ({inputs['bucket']})"):
        _upload(context, inputs)
    return str(inputs["key"])


def read(context: Context, resource_id: str, prior: Properties) -> Properties:
    """Ask for the head and the tags; a key that is the account's own `aws/s3` is not told."""
    s3 = context.clients.client("s3", context.region)
    address: dict[str, Any] = {"Bucket": prior["bucket"], "Key": resource_id}
    asked: dict[str, Any] = {"ChecksumMode": "ENABLED"} if prior.get("checksumAlgorithm") else {}
    head: Any = s3.head_object(**address, **asked)
    told = {name: head.get(theirs) for name, theirs in table.HEAD.items()}
    until = head.get("ObjectLockRetainUntilDate")
    return present(told) | {
        "bucket": prior["bucket"],
        "key": resource_id,
        "arn": f"arn:aws:s3:::{prior['bucket']}/{resource_id}",
        "etag": head["ETag"].strip('"'),
        "storageClass": head.get("StorageClass", "STANDARD"),
        "bucketKeyEnabled": bool(head.get("BucketKeyEnabled")),
        "kmsKeyId": _custom_key(context, head.get("SSEKMSKeyId")),
        "objectLockRetainUntilDate": table.instant(until) if until else None,
        "tagsAll": tag_map(s3.get_object_tagging(**address)["TagSet"]),
    }


def update(context: Context, update: Update) -> None:
    """Write a new version if the content or what hangs on it changed, else only what changed."""
    if update.changed & table.CONTENT:
        _upload(context, update.new)
        return
    s3 = context.clients.client("s3", context.region)
    address: dict[str, Any] = {"Bucket": update.new["bucket"], "Key": update.id}
    if "acl" in update.changed and update.new.get("acl"):
        s3.put_object_acl(**address, ACL=update.new["acl"])
    if "objectLockLegalHoldStatus" in update.changed:
        hold: Any = {"Status": update.new.get("objectLockLegalHoldStatus") or "OFF"}
        s3.put_object_legal_hold(**address, LegalHold=hold)
    if update.changed & {"objectLockMode", "objectLockRetainUntilDate"}:
        s3.put_object_retention(**address, **_retention(update))


def tag(context: Context, change: TagChange) -> None:
    """Write the whole set of tags, as S3 knows no single ones; tags that others made in between stay."""
    s3 = context.clients.client("s3", context.region)
    address: dict[str, Any] = {"Bucket": change.state["bucket"], "Key": change.id}
    now = tag_map(s3.get_object_tagging(**address)["TagSet"])
    tags = {key: value for key, value in now.items() if key not in change.remove} | change.put
    if tags:
        s3.put_object_tagging(**address, Tagging={"TagSet": tag_list(tags)})
    elif now:
        s3.delete_object_tagging(**address)


def delete(context: Context, resource_id: str, state: Properties) -> None:
    """Delete every version of the key if the bucket keeps versions, else the object."""
    s3 = context.clients.client("s3", context.region)
    if state.get("versionId"):
        delete_versions_of_key(s3, state["bucket"], resource_id, force=bool(state.get("forceDestroy")))
    else:
        s3.delete_object(Bucket=state["bucket"], Key=resource_id)


def _upload(context: Context, inputs: Properties) -> None:
    sent: dict[str, Any] = {theirs: inputs[name] for name, theirs in table.SENT.items() if inputs.get(name)}
    sent["Body"] = _body(inputs)
    if inputs.get("kmsKeyId"):
        sent |= {"SSEKMSKeyId": inputs["kmsKeyId"], "ServerSideEncryption": "aws:kms"}
    if inputs["tagsAll"]:
        sent["Tagging"] = urlencode(inputs["tagsAll"])
    if "ChecksumAlgorithm" not in sent and any(inputs.get(name) for name in _LOCK):
        sent["ChecksumAlgorithm"] = "CRC32"
    context.clients.client("s3", context.region).put_object(**sent)


def _body(inputs: Properties) -> bytes:
    if inputs.get("source") is not None:
        return inputs["source"].read()
    if inputs.get("contentBase64"):
        return b64decode(inputs["contentBase64"])
    return str(inputs.get("content") or "").encode()


def _retention(update: Update) -> dict[str, Any]:
    """What PutObjectRetention gets; to shorten or clear a retention needs the bypass."""
    before, after = update.old.get("objectLockRetainUntilDate"), update.new.get("objectLockRetainUntilDate")
    retention = present({"Mode": update.new.get("objectLockMode"), "RetainUntilDate": after})
    shorter = bool(before) and (not after or table.moment(after) < table.moment(before))
    return {"Retention": retention, **({"BypassGovernanceRetention": True} if shorter else {})}


def _custom_key(context: Context, key: str | None) -> str | None:
    if not key:
        return None
    kms = context.clients.client("kms", context.region)
    with during("describing default S3 KMS key"):
        default = kms.describe_key(KeyId="alias/aws/s3")["KeyMetadata"].get("Arn")
    return None if key == default else key


TYPE: Final = ResourceType(
    type="aws:s3/bucketObjectv2:BucketObjectv2",
    label="S3 Object",
    source="https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/s3/object.go",
    properties=table.PROPERTIES,
    outputs={
        "arn": Computed(),
        "versionId": Computed(changes_with=tuple(sorted(table.CONTENT))),
        **{name: Computed(changes_with=tuple(sorted(table.CONTENT))) for name in table.CHECKSUMS},
    },
    operations=Operations(create=create, read=read, update=update, tag=tag, delete=delete),
    tagged=True,
    autoname=Autoname(property="key", max_length=1024, random_suffix=False),
    import_id=table.imported,
    gone=codes("404", "NoSuchKey", "NoSuchBucket"),
)
