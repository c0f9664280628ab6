"""aws.kms.Key: a key, its policy, rotation and state."""

from typing import Any, Final

from rehearsal.provider.context import Context
from rehearsal.provider.equality import normalised, policy_text
from rehearsal.provider.errors import GoneError, ProviderError, any_of, code_with, codes
from rehearsal.provider.schema import (
    Computed,
    Kind,
    Operations,
    Properties,
    Property,
    ResourceType,
    TagChange,
    Update,
)
from rehearsal.provider.types.kms_waits import (
    wait_until_enabled,
    wait_until_pending_deletion,
    wait_until_policy,
    wait_until_rotation,
    wait_until_tags,
)
from rehearsal.provider.validation import between, json_document, length, one_of
from rehearsal.provider.values import non_zero, present, tag_list, tag_map
from rehearsal.provider.waiting import retried

_PENDING: Final = ("PendingDeletion", "PendingReplicaDeletion")
_NEW_PRINCIPAL: Final = codes("MalformedPolicyDocumentException")
_NOT_YET: Final = codes("NotFoundException", "MalformedPolicyDocumentException")


def create(context: Context, inputs: Properties) -> str:
    """Make the key; a principal of its policy may be too new."""
    kms = context.clients.client("kms", context.region)
    request: Any = {
        "BypassPolicyLockoutSafetyCheck": inputs.get("bypassPolicyLockoutSafetyCheck", False),
        "KeySpec": inputs["customerMasterKeySpec"],
        "KeyUsage": inputs["keyUsage"],
        **non_zero({"MultiRegion": inputs.get("multiRegion")}),
        **present(
            {
                "Description": inputs.get("description"),
                "Policy": inputs.get("policy"),
                "CustomKeyStoreId": inputs.get("customKeyStoreId"),
                "XksKeyId": inputs.get("xksKeyId"),
                "Tags": tag_list(inputs["tagsAll"], "Tag"),
            }
        ),
    }
    answer = retried(context.pace, 2 * 60, _NEW_PRINCIPAL, lambda: kms.create_key(**request))
    return answer["KeyMetadata"]["KeyId"]


def settle(context: Context, resource_id: str, inputs: Properties) -> None:
    """Switch rotation on and the key off where asked, and wait until the policy and the tags are everywhere."""
    if inputs.get("enableKeyRotation"):
        _rotate(context, resource_id, inputs)
    if inputs.get("isEnabled") is False:
        _switch(context, resource_id, on=False)
    if inputs.get("policy"):
        wait_until_policy(context, resource_id, inputs["policy"])
    if inputs["tagsAll"]:
        wait_until_tags(context, resource_id, inputs["tagsAll"])


def read(context: Context, resource_id: str, _prior: Properties) -> Properties:
    """Read the key; one that is scheduled for deletion counts as gone, though it could still be saved."""
    kms = context.clients.client("kms", context.region)
    key = kms.describe_key(KeyId=resource_id)["KeyMetadata"]
    if key.get("KeyState") in _PENDING:
        raise GoneError
    if key.get("MultiRegionConfiguration", {}).get("MultiRegionKeyType") == "REPLICA":
        raise ProviderError(f"KMS Key ({resource_id}) is a multi-Region replica key")
    found: Properties = {
        "keyId": key["KeyId"],
        "arn": key.get("Arn"),
        "description": key.get("Description", ""),
        "isEnabled": key.get("Enabled", False),
        "keyUsage": key.get("KeyUsage"),
        "customerMasterKeySpec": key.get("KeySpec"),
        "multiRegion": key.get("MultiRegion", False),
        "customKeyStoreId": key.get("CustomKeyStoreId"),
        "policy": kms.get_key_policy(KeyId=resource_id, PolicyName="default")["Policy"],
    }
    if key.get("Origin") == "AWS_KMS":
        rotation = kms.get_key_rotation_status(KeyId=resource_id)
        found["enableKeyRotation"] = rotation.get("KeyRotationEnabled", False)
        found["rotationPeriodInDays"] = rotation.get("RotationPeriodInDays")
    pages = kms.get_paginator("list_resource_tags").paginate(KeyId=resource_id)
    found["tagsAll"] = tag_map((tag for page in pages for tag in page["Tags"]), "Tag")
    return found


def update(context: Context, update: Update) -> None:
    """Enable first and disable last: a disabled key takes no other change."""
    kms = context.clients.client("kms", context.region)
    new = update.new
    if "isEnabled" in update.changed and new.get("isEnabled"):
        _switch(context, update.id, on=True)
    if update.changed & {"enableKeyRotation", "rotationPeriodInDays"}:
        _rotate(context, update.id, new)
    if "description" in update.changed:
        kms.update_key_description(KeyId=update.id, Description=new.get("description", ""))
    if "policy" in update.changed:
        _put_policy(context, update.id, new)
    if "isEnabled" in update.changed and not new.get("isEnabled"):
        _switch(context, update.id, on=False)


def tag(context: Context, change: TagChange) -> None:
    """Change the key's tags."""
    kms = context.clients.client("kms", context.region)
    if change.remove:
        kms.untag_resource(KeyId=change.id, TagKeys=change.remove)
    if change.put:
        kms.tag_resource(KeyId=change.id, Tags=tag_list(change.put, "Tag"))


def delete(context: Context, resource_id: str, state: Properties) -> None:
    """Schedule the deletion and wait until it is scheduled."""
    kms = context.clients.client("kms", context.region)
    request: Any = non_zero({"PendingWindowInDays": state.get("deletionWindowInDays")})
    kms.schedule_key_deletion(KeyId=resource_id, **request)
    wait_until_pending_deletion(context, resource_id)


def _rotate(context: Context, resource_id: str, inputs: Properties) -> None:
    kms = context.clients.client("kms", context.region)
    on = bool(inputs.get("enableKeyRotation"))
    if on:
        request: Any = non_zero({"RotationPeriodInDays": inputs.get("rotationPeriodInDays")})
        kms.enable_key_rotation(KeyId=resource_id, **request)
    else:
        kms.disable_key_rotation(KeyId=resource_id)
    wait_until_rotation(context, resource_id, on=on, days=inputs.get("rotationPeriodInDays") if on else None)


def _switch(context: Context, resource_id: str, *, on: bool) -> None:
    kms = context.clients.client("kms", context.region)
    if on:
        kms.enable_key(KeyId=resource_id)
    else:
        kms.disable_key(KeyId=resource_id)
    wait_until_enabled(context, resource_id, on=on)


def _put_policy(context: Context, resource_id: str, inputs: Properties) -> None:
    kms = context.clients.client("kms", context.region)
    text = normalised(inputs["policy"])
    bypass = bool(inputs.get("bypassPolicyLockoutSafetyCheck"))
    retried(
        context.pace,
        3 * 60,
        _NOT_YET,
        lambda: kms.put_key_policy(
            KeyId=resource_id, PolicyName="default", Policy=text, BypassPolicyLockoutSafetyCheck=bypass
        ),
    )
    wait_until_policy(context, resource_id, text)


def check(inputs: Properties) -> list[str]:
    """Check what single values cannot tell."""
    wrong: list[str] = []
    if inputs.get("rotationPeriodInDays") is not None and inputs.get("enableKeyRotation") in (None, False):
        wrong.append('"rotationPeriodInDays": all of `enableKeyRotation,rotationPeriodInDays` must be specified')
    if inputs.get("xksKeyId") is not None and inputs.get("customKeyStoreId") is None:
        wrong.append('"xksKeyId": all of `customKeyStoreId,xksKeyId` must be specified')
    return wrong


_SPECS: Final = one_of(
    "SYMMETRIC_DEFAULT", "RSA_2048", "RSA_3072", "RSA_4096", "ECC_NIST_P256", "ECC_NIST_P384", "ECC_NIST_P521",
    "ECC_SECG_P256K1", "HMAC_224", "HMAC_256", "HMAC_384", "HMAC_512", "SM2",
)  # fmt: skip
TYPE: Final = ResourceType(
    type="aws:kms/key:Key",
    label="KMS Key",
    source="https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/kms/key.go",
    properties={
        "description": Property(optional_computed=True, checks=(length(0, 8192),)),
        "policy": Property(optional_computed=True, canonical=policy_text, checks=(json_document,)),
        "enableKeyRotation": Property(kind=Kind.BOOLEAN, default=False),
        "rotationPeriodInDays": Property(kind=Kind.INTEGER, optional_computed=True, checks=(between(90, 2560),)),
        "isEnabled": Property(kind=Kind.BOOLEAN, default=True),
        "deletionWindowInDays": Property(kind=Kind.INTEGER, unreadable=True, checks=(between(7, 30),)),
        "multiRegion": Property(kind=Kind.BOOLEAN, optional_computed=True, replaces=True),
        "keyUsage": Property(
            default="ENCRYPT_DECRYPT",
            replaces=True,
            checks=(one_of("ENCRYPT_DECRYPT", "SIGN_VERIFY", "GENERATE_VERIFY_MAC", "KEY_AGREEMENT"),),
        ),
        "customerMasterKeySpec": Property(default="SYMMETRIC_DEFAULT", replaces=True, checks=(_SPECS,)),
        "customKeyStoreId": Property(replaces=True, checks=(length(1, 22),)),
        "xksKeyId": Property(replaces=True, checks=(length(1, 128),)),
        "bypassPolicyLockoutSafetyCheck": Property(kind=Kind.BOOLEAN, default=False, unreadable=True),
    },
    outputs={"arn": Computed(), "keyId": Computed()},
    operations=Operations(create=create, settle=settle, read=read, update=update, delete=delete, tag=tag),
    tagged=True,
    check=check,
    gone=codes("NotFoundException"),
    delete_ignores=any_of(codes("NotFoundException"), code_with("KMSInvalidStateException", "is pending deletion")),
)
