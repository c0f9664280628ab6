"""What a recovery has to know of a source, in a document that outlives the source's account.

Every `up` of a source writes it to the exports bucket, and replication carries it to the archive. With it, the recovery
points and the archive everything can be brought back: no Pulumi state, no checkout and no lost account is needed.
"""

import json
from collections.abc import Mapping
from typing import Final, Literal, cast

from pydantic import ValidationError

from strongroom.config.fields import Section
from strongroom.config.settings import SourceSettings
from strongroom.config.tiers import TIERS, DataClass, Tier
from strongroom.facts import arns, names

VERSION: Final = 1


class ManifestError(Exception):
    """A document that is no manifest which this version can read."""


class Vaults(Section):
    """Names of the vaults."""

    local: str
    """In the source's account."""
    central: Mapping[str, str]
    """In the backup account, by tier; only tiers that a table is copied to."""


class Buckets(Section):
    """Names of the buckets."""

    exports: str
    archive: str


class Keys(Section):
    """ARNs of the keys' aliases."""

    vault: str
    exports: str
    archive: str
    alarms: str
    central: Mapping[str, str]
    """By tier."""


class Roles(Section):
    """ARNs of the roles that AWS services take."""

    backup: str
    replication: str


class Manifest(Section):
    """A source as it was declared, and where its things lie."""

    version: Literal[1] = VERSION
    """Form of this document. Another one is refused, because a field that is not understood may matter."""
    settings: SourceSettings
    """As the stack file says them, accounts and tables among them; without `adopt`, which is over once it is done."""
    data_classes: Mapping[DataClass, tuple[str, ...]]
    """Tiers of each data class on the day of writing."""
    vaults: Vaults
    buckets: Buckets
    keys: Keys
    roles: Roles


def of(settings: SourceSettings) -> Manifest:
    """The manifest of a source; it depends on its settings alone, so that it can be shown before anything is made."""
    environment, region, own = settings.environment, settings.region, settings.accounts.own
    backup = settings.accounts.backup
    return Manifest(
        settings=settings.model_copy(update={"adopt": ()}),
        data_classes={one: tuple(tier.name for tier in one.tiers) for one in DataClass},
        vaults=Vaults(
            local=names.local_vault(environment),
            central={
                tier.name: settings.retention_days.central_vault(settings.environment, tier) for tier in tiers(settings)
            },
        ),
        buckets=Buckets(
            exports=names.exports_bucket(environment, own, region),
            archive=names.archive_bucket(environment, backup, region),
        ),
        keys=Keys(
            vault=_alias(settings, own, "vault"),
            exports=_alias(settings, own, "exports"),
            archive=_alias(settings, backup, "archive"),
            alarms=_alias(settings, own, "alarms"),
            central={tier.name: _alias(settings, backup, tier.name) for tier in tiers(settings)},
        ),
        roles=Roles(
            backup=arns.role(own, names.backup_role(environment)),
            replication=arns.role(own, names.replication_role(environment)),
        ),
    )


def tiers(settings: SourceSettings) -> list[Tier]:
    """Tiers that tables of this source are copied to, from the most frequent to the rarest."""
    used = {tier.name for table in settings.tables for tier in table.data_class.tiers}
    return [tier for tier in TIERS.values() if tier.name in used]


def text(manifest: Manifest) -> str:
    """The document: the same manifest gives the same text, so that an unchanged one is not written again."""
    return (
        json.dumps(manifest.model_dump(mode="json", by_alias=True), ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    )


def read(document: str) -> Manifest:
    """Read a manifest back.

    Raises:
        ManifestError: no JSON, another version, or content that is no manifest.
    """
    try:
        content: object = json.loads(document)
    except json.JSONDecodeError as invalid:
        raise ManifestError(f"the settings manifest is not JSON: {invalid}") from None
    version = cast("dict[str, object]", content).get("version") if isinstance(content, dict) else None
    if version != VERSION:
        raise ManifestError(
            f"the settings manifest has version {version}, this program reads {VERSION}; use the other's"
        )
    try:
        return Manifest.model_validate(content)
    except ValidationError as invalid:
        raise ManifestError(f"the settings manifest cannot be used: {invalid}") from None


def _alias(settings: SourceSettings, account: str, purpose: str) -> str:
    return arns.alias(settings.region, account, names.key_alias(settings.environment, purpose))
