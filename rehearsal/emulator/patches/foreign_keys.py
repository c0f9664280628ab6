"""A KMS key named by ARN or ciphertext is found in whichever account it is; its policy decides who uses it."""

# https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-modifying-external-accounts.html (read 2026-11-22)

from typing import Any, Final

from rehearsal.emulator import door
from rehearsal.emulator.keys import key_arn, key_arn_of_ciphertext, key_arn_of_grant
from rehearsal.emulator.objects import json_object
from rehearsal.emulator.patching import replaces
from rehearsal.emulator.services.kms.rotation import OPERATIONS

_ACROSS_ACCOUNTS: Final = {
    "CreateGrant",
    "Decrypt",
    "DescribeKey",
    "Encrypt",
    "GenerateDataKey",
    "GenerateDataKeyPair",
    "GenerateDataKeyPairWithoutPlaintext",
    "GenerateDataKeyWithoutPlaintext",
    "GetKeyRotationStatus",
    "GetPublicKey",
    "ListGrants",
    "ReEncrypt",
    "RetireGrant",
    "RevokeGrant",
    "Sign",
    "Verify",
}
"""https://docs.aws.amazon.com/kms/latest/developerguide/kms-api-permissions-reference.html (read 2026-11-22)."""


@replaces("services.kms:key_policy_for_arn", read="f2a07f08d90470f6")
def key_policy_for_arn(original: Any, resource_arn: str) -> tuple[str, str] | None:
    """Return the policy and the owner of any account's key."""
    if not resource_arn.startswith("arn:aws:kms:"):
        return original(resource_arn)
    _, _, _, region, owner, _ = resource_arn.split(":", 5)
    with door.request_scope(owner, region):
        return original(resource_arn)


@replaces("services.kms:handle_request", read="cbcba1e01b41681a")
async def handle_request(original: Any, method: str, path: str, headers: Any, body: bytes, query: Any) -> Any:
    """Answer from the account of the key."""
    operation = headers.get("x-amz-target", "").rpartition(".")[2]
    if operation in OPERATIONS:
        return OPERATIONS[operation](json_object(body))
    arn = _key_named(body) if operation in _ACROSS_ACCOUNTS else None
    owner = arn.split(":")[4] if arn else door.account()
    if owner == door.account():
        return await original(method, path, headers, body, query)
    with door.request_scope(owner, door.region()):
        return await original(method, path, headers, body, query)


def _key_named(body: bytes) -> str | None:
    content = json_object(body)
    if content.get("GrantToken"):
        return key_arn_of_grant(content["GrantToken"])
    name = content.get("KeyId") or content.get("SourceKeyId") or ""
    if name:
        return key_arn(name, door.account(), door.region())
    return key_arn_of_ciphertext(content.get("CiphertextBlob", ""), door.region())
