"""KMS: a key is judged by its own ARN, also when an alias names it; an alias is a resource only where it is changed."""

# https://docs.aws.amazon.com/service-authorization/latest/reference/list_awskeymanagementservice.html (read 2026-11-22)
# https://docs.aws.amazon.com/kms/latest/developerguide/alias-access.html (read 2026-11-22)

from rehearsal.emulator.authorization.request import Request
from rehearsal.emulator.keys import key_arn, key_arn_of_ciphertext, key_arn_of_grant


def resources(request: Request) -> list[str]:
    """Return the key's ARN and, where an alias is made, moved or deleted, the alias's."""
    alias = request.text("AliasName")
    named = request.text("KeyId", "TargetKeyId")
    token = request.text("GrantToken")
    if token:
        key = key_arn_of_grant(token)
    elif named or alias:
        key = key_arn(named or alias, request.account, request.region)
    else:
        key = key_arn_of_ciphertext(request.text("CiphertextBlob"), request.region)
    if not alias:
        return [key] if key else []
    former = key_arn(alias, request.account, request.region)
    return list(dict.fromkeys(arn for arn in (key, former, request.arn("kms", alias)) if arn))
