"""KMS: the keys that AWS manages in an account; asking for one by its alias makes it.

https://docs.aws.amazon.com/kms/latest/APIReference/API_DescribeKey.html (read 2026-11-22).
"""

import json
from typing import Any, Final

from rehearsal.emulator import door
from rehearsal.emulator.patching import replaces
from rehearsal.emulator.request import CALL

_ALIAS: Final = "alias/aws/"
_SERVICES: Final = ("backup", "dynamodb", "s3", "secretsmanager", "sns", "sqs")
_NAMING: Final = ("CreateAlias", "UpdateAlias")
"""Operations that name an alias to change it: these do not ask for its key."""
_USES: Final = ("kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey")


@replaces("services.kms:_resolve_key", read="90e6b84ded7c823f")
def resolve_key(original: Any, name: str) -> Any:
    """Make an AWS managed key that is asked for by its alias."""
    found = original(name)
    service = (name or "").rpartition(_ALIAS)[2]
    call = CALL.get()
    if found or _ALIAS not in (name or "") or service not in _SERVICES or (call and call.operation in _NAMING):
        return found
    wanted = {
        "Description": f"Default key that protects my {service} data when no other key is defined",
        "Policy": json.dumps(_policy(service)),
        "BypassPolicyLockoutSafetyCheck": True,
    }
    _, _, answer = door.kms._create_key(wanted)  # noqa: SLF001
    key_id = json.loads(answer)["KeyMetadata"]["KeyId"]
    door.kms._aliases[door.kms._alias_arn(f"{_ALIAS}{service}")] = key_id  # noqa: SLF001
    return original(name)


@replaces("services.kms:_key_metadata", read="ee6ca8cd7d04a9c3")
def key_metadata(original: Any, key: door.Record) -> Any:
    """Tell an AWS managed key from a customer's."""
    managed = any(
        key_id == key["KeyId"] and _ALIAS in alias
        for alias, key_id in door.kms._aliases.items()  # noqa: SLF001
    )
    return {**original(key), **({"KeyManager": "AWS"} if managed else {})}


def _policy(service: str) -> dict[str, object]:
    """https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-services.html (read 2026-11-22)."""
    account = door.account()
    through = {"kms:CallerAccount": account, "kms:ViaService": f"{service}.{door.region()}.amazonaws.com"}
    return {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Sid": f"Allow access through {service}",
                "Effect": "Allow",
                "Principal": {"AWS": "*"},
                "Action": _USES,
                "Resource": "*",
                "Condition": {"StringEquals": through},
            },
            {
                "Sid": "Allow direct access to key metadata to the account",
                "Effect": "Allow",
                "Principal": {"AWS": f"arn:aws:iam::{account}:root"},
                "Action": ["kms:Describe*", "kms:Get*", "kms:List*"],
                "Resource": "*",
            },
        ],
    }
