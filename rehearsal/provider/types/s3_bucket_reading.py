"""What a refresh asks of a bucket: fifteen calls in a fixed order, each of which fails the whole when it is denied."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final

from botocore.exceptions import ClientError

from rehearsal.provider.context import Context
from rehearsal.provider.equality import normalised
from rehearsal.provider.errors import any_of, codes, during
from rehearsal.provider.schema import Properties
from rehearsal.provider.types.s3_parts import NO_BUCKET, PROPAGATION
from rehearsal.provider.types.s3_spelling import from_s3
from rehearsal.provider.values import present, tag_map
from rehearsal.provider.waiting import retried

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

OUTPUTS: Final = (
    "arn",
    "bucketDomainName",
    "bucketRegion",
    "bucketRegionalDomainName",
    "policy",
    "grants",
    "versioning",
    "accelerationStatus",
    "requestPayer",
    "serverSideEncryptionConfiguration",
    "objectLockConfiguration",
)
"""The outputs; the settings among them show what the types for a bucket's parts wrote, and never give a diff."""

_TOLERATED: Final = any_of(
    codes("MethodNotAllowed", "NotImplemented", "XNotImplemented", "NoSuchBucket"),
    lambda error: error.response.get("ResponseMetadata", {}).get("HTTPStatusCode") == 404,
)

_Answer = Mapping[str, Any]
_Part = tuple[str, "Callable[[S3Client, str], _Answer]", Callable[[_Answer], Properties]]


def read(context: Context, resource_id: str, _prior: Properties) -> Properties:
    """Ask for the bucket, each of its parts, its region and its tags."""
    s3 = context.clients.client("s3", context.region)
    s3.head_bucket(Bucket=resource_id)
    told: Properties = {"bucket": resource_id, "arn": f"arn:aws:s3:::{resource_id}"}
    for name, ask, tell in _PARTS:
        told |= _part(context, resource_id, (name, ask, tell))
    region = s3.head_bucket(Bucket=resource_id).get("BucketRegion") or context.region
    return told | {
        "bucketRegion": region,
        "bucketDomainName": f"{resource_id}.s3.amazonaws.com",
        "bucketRegionalDomainName": f"{resource_id}.s3.{region}.amazonaws.com",
        "objectLockEnabled": "objectLockConfiguration" in told,
        "tagsAll": tags_of(context, resource_id),
    }


def tags_of(context: Context, bucket: str) -> dict[str, str]:
    """The bucket's tags; S3 tells none as an error."""
    try:
        return tag_map(context.clients.client("s3", context.region).get_bucket_tagging(Bucket=bucket)["TagSet"])
    except ClientError as error:
        if codes("NoSuchTagSet")(error):
            return {}
        raise


def _part(context: Context, bucket: str, part: _Part) -> Properties:
    name, ask, tell = part
    s3 = context.clients.client("s3", context.region)
    with during(f"reading S3 Bucket ({bucket}) {name}"):
        try:
            answer = retried(context.pace, PROPAGATION, NO_BUCKET, lambda: ask(s3, bucket))
        except ClientError as error:
            if _TOLERATED(error):
                return {}
            raise
    return present(tell(answer))


def _nothing(_answer: _Answer) -> Properties:
    """Tell nothing: the call is made, since it may be denied, but no program of ours looks at the answer."""
    return {}


def _grants(answer: _Answer) -> Properties:
    """Who may do what; S3's order of the permissions of one grantee means nothing."""
    permissions: dict[tuple[str, str, str], list[str]] = {}
    for grant in answer.get("Grants", []):
        who = grant["Grantee"]
        key = (who["Type"], who.get("ID", ""), who.get("URI", ""))
        permissions.setdefault(key, []).append(grant["Permission"])
    return {
        "grants": [
            present({"type": kind, "id": who, "uri": uri, "permissions": sorted(given)})
            for (kind, who, uri), given in permissions.items()
        ]
    }


def _versioning(answer: _Answer) -> Properties:
    enabled, mfa = answer.get("Status") == "Enabled", answer.get("MFADelete") == "Enabled"
    return {"versioning": {"enabled": enabled, "mfaDelete": mfa}}


def _encryption(answer: _Answer) -> Properties:
    rules = answer["ServerSideEncryptionConfiguration"]["Rules"]
    rule = {name: from_s3(value) for name, value in rules[0].items() if name != "BlockedEncryptionTypes"}
    return {"serverSideEncryptionConfiguration": {"rule": from_s3(rule)}}


_PARTS: Final[tuple[_Part, ...]] = (
    (
        "policy",
        lambda s3, bucket: s3.get_bucket_policy(Bucket=bucket),
        lambda answer: {"policy": normalised(answer["Policy"])},
    ),
    ("ACL", lambda s3, bucket: s3.get_bucket_acl(Bucket=bucket), _grants),
    ("CORS configuration", lambda s3, bucket: s3.get_bucket_cors(Bucket=bucket), _nothing),
    ("website", lambda s3, bucket: s3.get_bucket_website(Bucket=bucket), _nothing),
    ("versioning", lambda s3, bucket: s3.get_bucket_versioning(Bucket=bucket), _versioning),
    (
        "accelerate status",
        lambda s3, bucket: s3.get_bucket_accelerate_configuration(Bucket=bucket),
        lambda answer: {"accelerationStatus": answer.get("Status")},
    ),
    (
        "request payment",
        lambda s3, bucket: s3.get_bucket_request_payment(Bucket=bucket),
        lambda answer: {"requestPayer": answer.get("Payer")},
    ),
    ("logging", lambda s3, bucket: s3.get_bucket_logging(Bucket=bucket), _nothing),
    ("lifecycle configuration", lambda s3, bucket: s3.get_bucket_lifecycle_configuration(Bucket=bucket), _nothing),
    ("replication configuration", lambda s3, bucket: s3.get_bucket_replication(Bucket=bucket), _nothing),
    (
        "server-side encryption configuration",
        lambda s3, bucket: s3.get_bucket_encryption(Bucket=bucket),
        _encryption,
    ),
    (
        "object lock configuration",
        lambda s3, bucket: s3.get_object_lock_configuration(Bucket=bucket),
        lambda answer: {"objectLockConfiguration": from_s3(answer["ObjectLockConfiguration"])},
    ),
)
