"""What key policies are put together from.

Every key is administered by its own account, root included, so that no policy can lock everybody out; using it and
destroying it are separate powers. A grant can be made only on behalf of an AWS service.
https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-services.html, read 2026-11-22.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from strongroom.documents.policy import ANYONE, Condition, Statement, when
from strongroom.documents.principals import (
    PRINCIPAL_ACCOUNT,
    Caretakers,
    by_role,
    not_by_role,
    resource_statement,
    same_account,
)

USE: Final = (
    "kms:Decrypt",
    "kms:DescribeKey",
    "kms:Encrypt",
    "kms:GenerateDataKey",
    "kms:GenerateDataKeyWithoutPlaintext",
    "kms:ReEncryptFrom",
    "kms:ReEncryptTo",
)
"""What sealing and opening take."""
BY_PIPELINE: Final = (
    "kms:CreateAlias",
    "kms:DeleteAlias",
    "kms:DescribeKey",
    "kms:EnableKey",
    "kms:EnableKeyRotation",
    "kms:GetKeyPolicy",
    "kms:GetKeyRotationStatus",
    "kms:ListResourceTags",
    "kms:PutKeyPolicy",
    "kms:TagResource",
    "kms:UntagResource",
    "kms:UpdateAlias",
    "kms:UpdateKeyDescription",
)
"""What making and keeping a key takes; destroying it is not among it."""
ADMINISTER: Final = (
    *BY_PIPELINE,
    "kms:CancelKeyDeletion",
    "kms:DisableKey",
    "kms:DisableKeyRotation",
    "kms:ListGrants",
    "kms:ListKeyPolicies",
    "kms:RevokeGrant",
    "kms:ScheduleKeyDeletion",
)
DESTROY: Final = ("kms:DisableKey", "kms:DisableKeyRotation", "kms:ScheduleKeyDeletion")
"""What takes a key away, or wears it out."""
_GUARD: Final = (*DESTROY, "kms:PutKeyPolicy")
GRANT: Final = ("kms:CreateGrant",)
"""What hands use of a key on."""
_THROUGH_STORES: Final = ("kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey")
FOR_MESSAGES: Final = ("kms:Decrypt", "kms:GenerateDataKey")
"""What services that send messages need of a topic's key."""


@dataclass(frozen=True)
class Place:
    """Where a key lies, and who takes care of it."""

    region: str
    caretakers: Caretakers

    @property
    def account(self) -> str:
        """Account of the key."""
        return self.caretakers.account

    def via(self, *service_names: str) -> Condition:
        """Condition that a service of this region makes the request."""
        return {"StringEquals": {"kms:ViaService": [f"{name}.{self.region}.amazonaws.com" for name in service_names]}}


def administered(place: Place) -> list[Statement]:
    """Administration by the account and its pipeline, and guards that caretakers alone may change."""
    account = resource_statement("AdministeredByTheAccount", "Allow", same_account(place.account), ADMINISTER)
    # Named here besides the tag condition of its own policy, because a tag takes up to five minutes to count.
    # https://docs.aws.amazon.com/kms/latest/developerguide/abac.html, read 2026-11-22.
    pipeline = resource_statement("AdministeredByThePipeline", "Allow", {"AWS": ANYONE}, BY_PIPELINE)
    pipeline["Condition"] = when(
        by_role(place.caretakers.pipeline), {"StringEquals": {PRINCIPAL_ACCOUNT: place.account}}
    )
    guarded = resource_statement("GuardedByCaretakers", "Deny", ANYONE, _GUARD)
    guarded["Condition"] = not_by_role(place.caretakers.roles)
    return [account, pipeline, guarded]


def for_backups(place: Place, account: str, roles: Sequence[str], what: str) -> list[Statement]:
    """Use by roles that AWS Backup takes, and grants that it makes for them.

    Args:
        place: Of the key.
        account: Of the roles.
        roles: ARNs.
        what: End of the statements' names: Backups, Copies, Restores.
    """
    used = resource_statement(f"UsedFor{what}", "Allow", same_account(account), USE)
    used["Condition"] = by_role(list(roles))
    granted = resource_statement(f"GrantedFor{what}", "Allow", same_account(account), GRANT)
    granted["Condition"] = when(by_role(list(roles)), for_backup_only(place))
    return [used, granted]


def for_backup_only(place: Place) -> Condition:
    """Condition on a grant that AWS Backup has made for an AWS service."""
    return when({"Bool": {"kms:GrantIsForAWSResource": "true"}}, place.via("backup"))


def through_backup(place: Place) -> list[Statement]:
    """What AWS Backup does on behalf of whoever the account's identity policies allow."""
    granted = resource_statement("GrantedThroughBackup", "Allow", same_account(place.account), GRANT)
    granted["Condition"] = for_backup_only(place)
    # Asked for when a vault is made: https://docs.aws.amazon.com/aws-backup/latest/devguide/create-a-vault.html, read
    # 2026-11-22. Retiring a grant has no condition on the grant's maker.
    retired = resource_statement("RetiredThroughBackup", "Allow", same_account(place.account), ["kms:RetireGrant"])
    retired["Condition"] = place.via("backup")
    return [delegated("UsedThroughBackup", place, "backup"), granted, retired]


def delegated(sid: str, place: Place, *service_names: str) -> Statement:
    """Use by whoever the account's identity policies allow, if a service asks on their behalf."""
    used = resource_statement(sid, "Allow", same_account(place.account), _THROUGH_STORES)
    used["Condition"] = place.via(*service_names)
    return used
