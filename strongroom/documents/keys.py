"""Key policies.

Every key is administered by its own account, root included, so that no policy can lock everybody out; using it and
destroying it are separate powers. A grant can be made only on behalf of an AWS service.
https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-services.html, read 2026-11-22.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from strongroom.documents.policy import ANYONE, Condition, Document, Statement, document, title, when
from strongroom.documents.principals import (
    PRINCIPAL_ACCOUNT,
    Caretakers,
    Origin,
    by_role,
    from_origin,
    not_by_role,
    resource_statement,
    same_account,
)
from strongroom.facts import arns, names, services

USE: Final = (
    "kms:Decrypt",
    "kms:DescribeKey",
    "kms:Encrypt",
    "kms:GenerateDataKey",
    "kms:GenerateDataKeyWithoutPlaintext",
    "kms:ReEncryptFrom",
    "kms:ReEncryptTo",
)
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
_DESTROY: Final = ("kms:DisableKey", "kms:DisableKeyRotation", "kms:ScheduleKeyDeletion")
_GUARD: Final = (*_DESTROY, "kms:PutKeyPolicy")
_GRANT: Final = ("kms:CreateGrant",)
_THROUGH_STORES: Final = ("kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey")
_FOR_MESSAGES: Final = ("kms:Decrypt", "kms:GenerateDataKey")


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


def local_vault(place: Place, environment: str, backup_account: str) -> Document:
    """Policy of the local vault's key: AWS Backup here writes points, AWS Backup of the backup account reads copies."""
    own = [arns.role(place.account, name) for name in _backup_roles(environment)]
    theirs = [arns.role(backup_account, services.BACKUP_SERVICE_LINKED_ROLE)]
    return document(
        *_administered(place),
        *_for_backups(place, place.account, own, "Backups"),
        *_for_backups(place, backup_account, theirs, "Copies"),
        *_through_backup(place),
    )


def central_vault(place: Place, origin: Origin) -> Document:
    """Policy of a central vault's key: copies are written here, and copied out again into a fresh account."""
    own = [arns.role(place.account, name) for name in _backup_roles(origin.environment)]
    made = from_origin(origin, _backup_roles(origin.environment), "UsedForCopies", USE)
    granted = from_origin(origin, _backup_roles(origin.environment), "GrantedForCopies", _GRANT)
    for statement in granted:
        statement["Condition"] = when(statement.get("Condition", {}), _for_backup_only(place))
    return document(
        *_administered(place),
        *_for_backups(place, place.account, own, "Backups"),
        *made,
        *granted,
        *_through_backup(place),
    )


def exports(place: Place) -> Document:
    """Policy of the exports bucket's key: whoever the account's own policies let use it, through S3 and DynamoDB."""
    return document(*_administered(place), _delegated("UsedThroughStores", place, "s3", "dynamodb"))


def archive(place: Place, origin: Origin, bucket: str) -> Document:
    """Policy of an archive's key: the source's replication role writes with it, through S3, into that bucket alone.

    With a bucket key S3 needs Decrypt to write; reading is shut by the bucket's own policy.
    https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-config-for-kms-objects.html, read 2026-11-22.
    """
    replicas = from_origin(
        origin,
        [names.replication_role(origin.environment)],
        "UsedForReplicas",
        ["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey"],
    )
    context: Condition = {
        "StringLike": {"kms:EncryptionContext:aws:s3:arn": [arns.bucket(bucket), f"{arns.bucket(bucket)}/*"]}
    }
    for statement in replicas:
        statement["Condition"] = when(statement.get("Condition", {}), place.via("s3"), context)
    return document(*_administered(place), *replicas, _delegated("UsedThroughS3", place, "s3"))


def alarms(place: Place) -> Document:
    """Policy of the alarm topic's key: the services that send alarms.

    EventBridge sends no source account, so a condition on it would lose its messages without a word.
    https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html, read 2026-11-22.
    """
    own: Condition = {"StringEquals": {"aws:SourceAccount": place.account}}
    senders = [services.CLOUDWATCH, services.BACKUP, services.S3]
    bound = resource_statement("UsedByServicesOfThisAccount", "Allow", {"Service": senders}, _FOR_MESSAGES)
    bound["Condition"] = own
    events = resource_statement("UsedByEventBridge", "Allow", {"Service": services.EVENTS}, _FOR_MESSAGES)
    return document(*_administered(place), bound, events, _delegated("UsedThroughTopics", place, "sns"))


def state(region: str, account: str, environments: Sequence[str]) -> Document:
    """Policy of the key of Pulumi's secrets and state: each environment's role, and only with its own name as context.

    Nobody may destroy it: whoever has to must change this policy first.

    Args:
        region: Region of the key.
        account: Pipeline account.
        environments: Environments whose state lies there; the encryption context is `stack` = environment.
    """
    place = Place(region, Caretakers(account))
    return document(
        resource_statement("AdministeredByTheAccount", "Allow", same_account(account), ADMINISTER),
        resource_statement("DestroyedByNobody", "Deny", ANYONE, _DESTROY),
        *(_secrets_of(account, environment) for environment in environments),
        _delegated("UsedThroughS3", place, "s3"),
    )


def _secrets_of(account: str, environment: str) -> Statement:
    actions = ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey"]
    used = resource_statement(f"SecretsOf{title(environment)}", "Allow", same_account(account), actions)
    used["Condition"] = when(
        by_role(arns.role(account, names.state_role(environment))),
        {"StringEquals": {"kms:EncryptionContext:stack": environment}},
    )
    return used


def _administered(place: Place) -> list[Statement]:
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


def _for_backups(place: Place, account: str, roles: Sequence[str], what: str) -> list[Statement]:
    used = resource_statement(f"UsedFor{what}", "Allow", same_account(account), USE)
    used["Condition"] = by_role(list(roles))
    granted = resource_statement(f"GrantedFor{what}", "Allow", same_account(account), _GRANT)
    granted["Condition"] = when(by_role(list(roles)), _for_backup_only(place))
    return [used, granted]


def _for_backup_only(place: Place) -> Condition:
    return when({"Bool": {"kms:GrantIsForAWSResource": "true"}}, place.via("backup"))


def _through_backup(place: Place) -> list[Statement]:
    granted = resource_statement("GrantedThroughBackup", "Allow", same_account(place.account), _GRANT)
    granted["Condition"] = _for_backup_only(place)
    # Asked for when a vault is made: https://docs.aws.amazon.com/aws-backup/latest/devguide/create-a-vault.html, read
    # 2026-11-22. Retiring a grant has no condition on the grant's maker.
    retired = resource_statement("RetiredThroughBackup", "Allow", same_account(place.account), ["kms:RetireGrant"])
    retired["Condition"] = place.via("backup")
    return [_delegated("UsedThroughBackup", place, "backup"), granted, retired]


def _delegated(sid: str, place: Place, *service_names: str) -> Statement:
    """Use by whoever the account's identity policies allow, if a service asks on their behalf."""
    used = resource_statement(sid, "Allow", same_account(place.account), _THROUGH_STORES)
    used["Condition"] = place.via(*service_names)
    return used


def _backup_roles(environment: str) -> tuple[str, str]:
    return names.backup_role(environment), services.BACKUP_SERVICE_LINKED_ROLE
