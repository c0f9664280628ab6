"""aws.s3.BucketVersioning: whether a bucket keeps old versions; deleting it suspends that."""

from typing import Any, Final

from botocore.exceptions import ClientError

from rehearsal.provider.context import Context
from rehearsal.provider.errors import code_with, codes, during
from rehearsal.provider.schema import Kind, Operations, Properties, Property, ResourceType, Update
from rehearsal.provider.types.s3_parts import BUCKET, OWNER, PROPAGATION, addressed, named, owned_import, part_id, put
from rehearsal.provider.validation import one_of
from rehearsal.provider.values import present
from rehearsal.provider.waiting import Wait, until

DISABLED: Final = "Disabled"
"""The provider's word for a bucket that never had versioning; S3 has none for it."""

_LOCKED: Final = code_with(
    "InvalidBucketState",
    "An Object Lock configuration is present on this bucket, so the versioning state cannot be changed",
)


def create(context: Context, inputs: Properties) -> str:
    """Write the state, unless it is the one that every new bucket has."""
    resource_id = part_id(inputs)
    if inputs["versioningConfiguration"]["status"] != DISABLED:
        with during(f"creating S3 Bucket ({inputs['bucket']}) Versioning"):
            _put(context, resource_id, inputs)
    return resource_id


def read(context: Context, resource_id: str, _prior: Properties) -> Properties:
    """Look until three answers in a row are the same, because S3 may still tell the former state."""
    s3 = context.clients.client("s3", context.region)
    answers: list[dict[str, Any]] = []

    def look() -> str:
        answer = s3.get_bucket_versioning(**addressed(resource_id))
        answers.append({"status": answer.get("Status") or DISABLED, "mfaDelete": answer.get("MFADelete")})
        return "as before" if answers[-2:-1] == answers[-1:] else "new"

    until(context.pace, Wait(target="as before", timeout=PROPAGATION, in_a_row=2, every=1.0), look)
    return {**named(resource_id), "versioningConfiguration": present(answers[-1])}


def update(context: Context, update: Update) -> None:
    """Write the new state."""
    _put(context, update.id, update.new)


def delete(context: Context, resource_id: str, state: Properties) -> None:
    """Suspend versioning; on a locked bucket S3 refuses, which counts as done."""
    if state["versioningConfiguration"]["status"] == DISABLED:
        return
    s3 = context.clients.client("s3", context.region)
    s3.put_bucket_versioning(**addressed(resource_id), VersioningConfiguration={"Status": "Suspended"})


def ignored(error: ClientError) -> bool:
    """Whether a delete met nothing to delete, or a lock."""
    return codes("NoSuchBucket")(error) or _LOCKED(error)


def refuse_change(state: Properties, inputs: Properties) -> str | None:
    """S3 cannot go back to a bucket that never had versioning."""
    old, new = _status(state), _status(inputs)
    if new == DISABLED and old in ("Enabled", "Suspended"):
        return f"versioning_configuration.status cannot be updated from '{old}' to '{DISABLED}'"
    return None


def _status(properties: Properties) -> Any:
    configuration: Properties = properties.get("versioningConfiguration") or {}
    return configuration.get("status")


def _put(context: Context, resource_id: str, inputs: Properties) -> None:
    s3 = context.clients.client("s3", context.region)
    asked = inputs["versioningConfiguration"]
    state: Any = present({"Status": asked["status"], "MFADelete": asked.get("mfaDelete")})
    mfa = present({"MFA": inputs.get("mfa")})
    put(context, lambda: s3.put_bucket_versioning(**addressed(resource_id), **mfa, VersioningConfiguration=state))


TYPE: Final = ResourceType(
    type="aws:s3/bucketVersioning:BucketVersioning",
    label="S3 Bucket Versioning",
    source="https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/s3/bucket_versioning.go",
    properties={
        "bucket": BUCKET,
        "expectedBucketOwner": OWNER,
        "mfa": Property(unreadable=True),
        "versioningConfiguration": Property(
            kind=Kind.OBJECT,
            required=True,
            fields={
                "status": Property(required=True, checks=(one_of("Enabled", "Suspended", DISABLED),)),
                "mfaDelete": Property(optional_computed=True, checks=(one_of("Enabled", "Disabled"),)),
            },
        ),
    },
    outputs={},
    operations=Operations(create=create, read=read, update=update, delete=delete),
    import_id=owned_import,
    gone=codes("NoSuchBucket"),
    delete_ignores=ignored,
    refuse_change=refuse_change,
)
