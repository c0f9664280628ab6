"""Rules about resources whose removal, replacement or name does more harm in the real provider than it seems to."""

import re
from collections.abc import Iterator
from typing import Final

from strongroom_policies import autonaming
from strongroom_policies.properties import Properties
from strongroom_policies.resource import Resource
from strongroom_policies.rule import Rule, Sentence, Severity
from strongroom_policies.tokens import TypeToken

_DATA: Final[tuple[TypeToken, ...]] = (
    TypeToken.BACKUP_LOGICALLY_AIR_GAPPED_VAULT,
    TypeToken.BACKUP_VAULT,
    TypeToken.BACKUP_VAULT_LOCK_CONFIGURATION,
    TypeToken.DYNAMODB_TABLE,
    TypeToken.KMS_KEY,
    TypeToken.S3_BUCKET,
)


def _is_protected(resource: Resource, _: Properties) -> Iterator[Sentence]:
    if not resource.options.protect:
        yield (
            f"{resource} may be deleted or replaced by `pulumi up`, and what it holds with it; protection is"
            " required: set protect to true in its resource options"
        )


PROTECTED: Final = Rule(
    name="data-protected",
    description="Checks that Pulumi refuses to delete or replace what holds data or makes it readable.",
    why="A renamed resource is a deleted one, and a changed name, key or Region replaces it.",
    controls={"NIST 800-53": ("CP-9", "CM-3"), "AWS Security Hub": ("DynamoDB.6",)},
    severity=Severity.CRITICAL,
    on=_DATA,
    check=_is_protected,
)


def _is_not_forced(resource: Resource, _: Properties) -> Iterator[Sentence]:
    if resource.properties.flag("forceDestroy"):
        yield (
            f"{resource} is emptied when it is destroyed, locked objects of governance mode and legal holds included;"
            " data must stay: leave force_destroy out"
        )


# Emptying lifts legal holds and governance retention without asking; of the last page's errors a vault tells nothing.
# https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/s3/delete.go, read 2026-11-22.
NOT_FORCED: Final = Rule(
    name="data-not-force-destroyed",
    description="Checks that nothing that holds data is emptied on the way to its destruction.",
    why=(
        "forceDestroy turns the refusal to delete what is not empty, the last guard of all, into a loop that empties"
        " it."
    ),
    controls={"NIST 800-53": ("CP-9",), "ISO 27001:2022": ("A.8.10",)},
    severity=Severity.CRITICAL,
    on=(TypeToken.BACKUP_VAULT, TypeToken.S3_BUCKET, TypeToken.S3_BUCKET_OBJECTV2),
    check=_is_not_forced,
)

_PUT_OVER: Final[tuple[TypeToken, ...]] = (
    TypeToken.BACKUP_VAULT_LOCK_CONFIGURATION,
    TypeToken.BACKUP_VAULT_NOTIFICATIONS,
    TypeToken.CLOUDWATCH_COMPOSITE_ALARM,
    TypeToken.DYNAMODB_TABLE_REPLICA,
)


def _is_deleted_first(resource: Resource, _: Properties) -> Iterator[Sentence]:
    if not resource.options.delete_before_replace:
        yield (
            f"{resource} when replaced is put over the old one, and the old one's deletion then removes it; the other"
            " order is required: set delete_before_replace to true in its resource options"
        )


# https://github.com/pulumi/pulumi-aws/issues/2085, read 2026-11-22.
DELETED_FIRST: Final = Rule(
    name="setting-deleted-before-replaced",
    description="Checks that settings of another resource are deleted before they are made anew.",
    why="A vault whose lock is replaced in Pulumi's usual order ends unlocked, while the state says locked.",
    controls={"NIST 800-53": ("CM-3", "CP-9(8)")},
    severity=Severity.CRITICAL,
    on=_PUT_OVER,
    check=_is_deleted_first,
)


def _keeps_its_name(secret: Resource, wanted: Properties) -> Iterator[Sentence]:
    name = secret.properties.text("name")
    # A name that Pulumi made up is another one each time. It is told by its form, because the engine keeps the
    # provider's `__defaults` from packs: SkipInternalKeys in its analyzer_plugin.go, v3.256.0. Only a pack that mends
    # is sent all keys.
    given = name is not None and not autonaming.made_up(name, secret.name, wanted.text("autonaming") or "")
    if given and not secret.options.protect:
        yield (
            f"{secret} has the name {name!r}, which AWS does not give again before its recovery window ends; it must"
            " not be replaced: set protect to true in its resource options"
        )


NAMES: Final = Rule(
    name="secretsmanager-name-made-once",
    description="Checks that Pulumi never replaces a secret whose name the program chose.",
    why=(
        "The name of a deleted secret is taken until its recovery window ends: the new one fails, and the old one is"
        " gone."
    ),
    controls={"NIST 800-53": ("CM-3",)},
    severity=Severity.HIGH,
    on=(TypeToken.SECRETSMANAGER_SECRET,),
    check=_keeps_its_name,
    options={
        "autonaming": {
            "type": "string",
            "default": autonaming.DEFAULT,
            "description": (
                "Pattern of the names that Pulumi makes up, as in pulumi:autonaming, with the stack's own parts written"
                " out; one without a random part makes none up."
            ),
        }
    },
)

_PLAIN: Final = re.compile(r"[A-Za-z0-9_]+")
_SPELLED: Final[tuple[TypeToken, ...]] = (
    TypeToken.BACKUP_FRAMEWORK,
    TypeToken.BACKUP_REPORT_PLAN,
    TypeToken.BACKUP_RESTORE_TESTING_PLAN,
    TypeToken.BACKUP_RESTORE_TESTING_SELECTION,
)


def _name_is_possible(resource: Resource, _: Properties) -> Iterator[Sentence]:
    name = resource.properties.text("name")
    if name is None or not _PLAIN.fullmatch(name):
        yield (
            f"{resource} has the name {name or 'that Pulumi makes up'}; letters, digits and '_' alone are required:"
            " set name"
        )


POSSIBLE_NAMES: Final = Rule(
    name="backup-name-spelled-out",
    description="Checks that resources whose names take no hyphen are given a name.",
    why="Pulumi puts a hyphen into the names it makes up, and AWS Backup refuses them in the middle of `pulumi up`.",
    controls={"NIST 800-53": ("CM-2",)},
    severity=Severity.LOW,
    on=_SPELLED,
    check=_name_is_possible,
)


def _says_its_region(resource: Resource, _: Properties) -> Iterator[Sentence]:
    if "region" not in resource.properties:
        yield f"{resource} takes its Region from its provider; its own is required: set region"


REGION_SAID: Final = Rule(
    name="data-region-said",
    description="Checks that what holds data says its own Region.",
    why="A provider that is moved to a recovery Region replaces everything that took its Region from there.",
    controls={"NIST 800-53": ("CM-3",)},
    severity=Severity.HIGH,
    on=_DATA,
    check=_says_its_region,
)
