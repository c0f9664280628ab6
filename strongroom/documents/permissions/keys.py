"""Permissions on an environment's keys.

A key has no name that a policy could be bound to before the key exists: making one takes the environment's tag, and
everything after it is bound to that tag. A tag is therefore a key to the door, and a key that already has an alias of
somebody else cannot be given it.
"""

from typing import Final

from strongroom.documents.key_parts import BY_PIPELINE
from strongroom.documents.permissions.scope import Scope
from strongroom.documents.policy import Condition, Statement, allow, deny
from strongroom.facts import names

_READ: Final = ("kms:DescribeKey", "kms:GetKeyPolicy", "kms:GetKeyRotationStatus", "kms:ListResourceTags")
_DEFAULTS: Final[Condition] = {"StringEquals": {"kms:RequestAlias": ["alias/aws/dynamodb", "alias/aws/s3"]}}
_WITH_AN_ALIAS: Final[Condition] = {"ForAnyValue:StringLike": {"kms:ResourceAliases": "*"}}
_ALIASES: Final = ("kms:CreateAlias", "kms:DeleteAlias", "kms:UpdateAlias")


def read(scope: Scope) -> list[Statement]:
    """See the environment's keys, without using them."""
    return [
        allow("ReadKeys", _READ, scope.keys, scope.tagged),
        allow("ReadAliases", ["kms:ListAliases"], "*"),
        # The provider asks whether a thing's key is the account's own default one; that key has no tag.
        allow("ReadDefaultKeys", ["kms:DescribeKey"], scope.keys, _DEFAULTS),
    ]


def write(scope: Scope, aliases: list[str]) -> list[Statement]:
    """Make and change keys; schedule their deletion only where the stack is disposable.

    Args:
        scope: Where the keys lie, and their tag.
        aliases: Aliases that keys may be given, or patterns; each begins with alias/.
    """
    changes = [action for action in BY_PIPELINE if action not in (*_READ, "kms:TagResource")]
    destroyed = ["kms:ScheduleKeyDeletion"] if scope.disposable else []
    others: Condition = {"ForAnyValue:StringNotLike": {"kms:ResourceAliases": aliases}}
    prefix = scope.aliases.removesuffix(names.key_alias(scope.environment, "*"))
    return [
        allow("MakeKeys", ["kms:CreateKey", "kms:TagResource"], "*", scope.tagging),
        allow("WriteKeys", [*changes, *destroyed], scope.keys, scope.tagged),
        allow("WriteAliases", _ALIASES, [f"{prefix}{alias}" for alias in aliases]),
        deny("LeaveOtherKeysAlone", ["kms:TagResource", "kms:UntagResource"], scope.keys, others),
    ]


def land(scope: Scope) -> list[Statement]:
    """Make the keys of a recovery's vaults, and have them deleted again; no key that a recovery did not make."""
    changes = ["kms:DescribeKey", "kms:GetKeyPolicy", "kms:ListResourceTags", "kms:ScheduleKeyDeletion"]
    return [
        allow("MakeLandingKeys", ["kms:CreateKey", "kms:TagResource"], "*", scope.for_a_run),
        allow("KeepLandingKeys", changes, scope.keys, scope.of_a_run),
        allow("ListKeys", ["kms:ListKeys"], "*"),
        deny("LeaveKeysOfStacksAlone", ["kms:TagResource", "kms:UntagResource"], scope.keys, _WITH_AN_ALIAS),
    ]


def use_through(scope: Scope, service: str, *, writes: bool) -> list[Statement]:
    """Use keys when a service asks on the role's behalf; the keys' own policies say which."""
    actions = ["kms:Decrypt", "kms:DescribeKey", *(["kms:Encrypt", "kms:GenerateDataKey"] if writes else [])]
    title = {"dynamodb": "DynamoDb", "s3": "S3"}[service]
    return [allow(f"UseKeysThrough{title}", actions, scope.keys, scope.via(service))]
