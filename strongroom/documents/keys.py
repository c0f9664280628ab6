"""Key policies."""

from collections.abc import Sequence
from typing import Final

from strongroom.documents.key_parts import (
    ADMINISTER,
    DESTROY,
    FOR_MESSAGES,
    GRANT,
    USE,
    Place,
    administered,
    delegated,
    for_backup_only,
    for_backups,
    through_backup,
)
from strongroom.documents.policy import ANYONE, Condition, Document, Statement, document, title, when
from strongroom.documents.principals import (
    Caretakers,
    Origin,
    by_role,
    from_origin,
    resource_statement,
    same_account,
)
from strongroom.facts import arns, names, services

_BY_RECOVERY: Final = (
    "kms:DescribeKey",
    "kms:GetKeyPolicy",
    "kms:ListResourceTags",
    "kms:PutKeyPolicy",
    "kms:ScheduleKeyDeletion",
    "kms:TagResource",
)
_RECOVERY_ROLES: Final = (names.ROLE_RECOVERY_SERVICE, services.BACKUP_SERVICE_LINKED_ROLE)


def local_vault(place: Place, environment: str, backup_account: str) -> Document:
    """Policy of the local vault's key: AWS Backup here writes points, AWS Backup of the backup account reads copies.

    The role of recoveries reads what is restored beside a table that went bad.
    """
    own = [arns.role(place.account, name) for name in (*_backup_roles(environment), names.ROLE_RECOVERY_SERVICE)]
    theirs = [arns.role(backup_account, services.BACKUP_SERVICE_LINKED_ROLE)]
    return document(
        *administered(place),
        *for_backups(place, place.account, own, "Backups"),
        *for_backups(place, backup_account, theirs, "Copies"),
        *through_backup(place),
    )


def central_vault(place: Place, origin: Origin) -> Document:
    """Policy of a central vault's key: copies are written here, and copied out again into a fresh account.

    A copy out is read by the role that makes it, of this account, and by AWS Backup of the account that it goes to.
    """
    return document(
        *administered(place),
        *copied_out(place),
        *used_for_copies(origin),
        *granted_for_copies(place, origin),
        *through_backup(place),
    )


def copied_out(place: Place) -> list[Statement]:
    """The statements that let the backup account's own roles read what is copied out: what a recovery looks for."""
    own = [arns.role(place.account, name) for name in _RECOVERY_ROLES]
    return for_backups(place, place.account, own, "Backups")


def used_for_copies(origin: Origin) -> list[Statement]:
    """The statements that let a source's accounts write and read copies: its own one and a fresh one in its place."""
    return from_origin(origin, _backup_roles(origin.environment), "UsedForCopies", USE)


def granted_for_copies(place: Place, origin: Origin) -> list[Statement]:
    """The statements that let the same accounts have grants made by AWS Backup."""
    granted = from_origin(origin, _backup_roles(origin.environment), "GrantedForCopies", GRANT)
    for statement in granted:
        statement["Condition"] = when(statement.get("Condition", {}), for_backup_only(place))
    return granted


def landing(place: Place, backup_account: str) -> Document:
    """Policy of the key of a recovery's landing vault: copies come from the backup account, and are restored here.

    Args:
        place: The fresh account; its recover role makes the key, and takes it away again.
        backup_account: Account that the copies come from.
    """
    own = [arns.role(place.account, name) for name in _RECOVERY_ROLES]
    theirs = [arns.role(backup_account, name) for name in _RECOVERY_ROLES]
    return document(
        *administered(place),
        _made_by_the_recovery(place),
        *for_backups(place, place.account, own, "Restores"),
        *for_backups(place, backup_account, theirs, "Copies"),
        *through_backup(place),
    )


def exports(place: Place) -> Document:
    """Policy of the exports bucket's key: whoever the account's own policies let use it, through S3 and DynamoDB."""
    return document(*administered(place), delegated("UsedThroughStores", place, "s3", "dynamodb"))


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
    return document(*administered(place), *replicas, delegated("UsedThroughS3", place, "s3"))


def alarms(place: Place) -> Document:
    """Policy of the alarm topic's key: the services that send alarms.

    EventBridge sends no source account, so a condition on it would lose its messages without a word.
    https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html, read 2026-11-22.
    """
    own: Condition = {"StringEquals": {"aws:SourceAccount": place.account}}
    senders = [services.CLOUDWATCH, services.BACKUP, services.S3]
    bound = resource_statement("UsedByServicesOfThisAccount", "Allow", {"Service": senders}, FOR_MESSAGES)
    bound["Condition"] = own
    events = resource_statement("UsedByEventBridge", "Allow", {"Service": services.EVENTS}, FOR_MESSAGES)
    return document(*administered(place), bound, events, delegated("UsedThroughTopics", place, "sns"))


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
        resource_statement("DestroyedByNobody", "Deny", ANYONE, DESTROY),
        *(_secrets_of(account, environment) for environment in environments),
        delegated("UsedThroughS3", place, "s3"),
    )


def _secrets_of(account: str, environment: str) -> Statement:
    actions = ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey"]
    used = resource_statement(f"SecretsOf{title(environment)}", "Allow", same_account(account), actions)
    used["Condition"] = when(
        by_role(arns.role(account, names.state_role(environment))),
        {"StringEquals": {"kms:EncryptionContext:stack": environment}},
    )
    return used


def _made_by_the_recovery(place: Place) -> Statement:
    """Statement for the recover role, which a tag of the key would let in only minutes later."""
    made = resource_statement("MadeByTheRecovery", "Allow", same_account(place.account), _BY_RECOVERY)
    made["Condition"] = by_role(arns.role(place.account, names.ROLE_RECOVER))
    return made


def _backup_roles(environment: str) -> tuple[str, str]:
    return names.backup_role(environment), services.BACKUP_SERVICE_LINKED_ROLE
