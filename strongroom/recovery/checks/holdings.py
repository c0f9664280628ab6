"""What the backup account holds of a lost source, and whether a recovery can get at it."""

from collections.abc import Iterator

from strongroom.aws.central import lets_in
from strongroom.aws.comparison import holds
from strongroom.aws.errors import DeniedError, NotThereError
from strongroom.documents import keys
from strongroom.documents.policy import Document, Statement
from strongroom.documents.principals import Caretakers, Origin
from strongroom.facts import names
from strongroom.recovery.checks.findings import Finding, stops, warns
from strongroom.recovery.checks.scene import Declared
from strongroom.recovery.plans import holdings


def vaults(declared: Declared) -> Iterator[Finding]:
    """The central vaults are there, and locked."""
    side, central = declared.scene.backup_side, declared.manifest.vaults.central
    door = declared.scene.doors.vaults(side.profile)
    for name in central.values():
        try:
            found = door.vault(name)
        except DeniedError:
            # AWS answers so for a vault that does not exist, too.
            found = None
        if found is None:
            yield stops(
                "vaults",
                f"central vault {name} is not there, or may not be seen",
                side.where,
                "whatever it held cannot be brought back",
                f"aws backup list-backup-vaults {side.options}",
            )
        elif not found.locked:
            yield warns(
                "vaults",
                f"central vault {name} is not locked",
                side.where,
                "its points can be deleted while you recover from them",
                "pulumi up --stack backup",
            )


def sealing(declared: Declared) -> Iterator[Finding]:
    """The keys of the central vaults are on, and let in the roles that copy."""
    side = declared.scene.backup_side
    door = declared.scene.doors.keys(side.profile)
    for tier in declared.manifest.vaults.central:
        alias = names.key_alias(declared.scene.environment, tier)
        found = door.key(alias)
        why = f"no point of the {tier} vault can be read without it"
        if found is None:
            fix = f"aws kms list-aliases {side.options}"
            yield stops("keys", f"key {alias} is not there", side.where, why, fix)
            continue
        if not found.enabled:
            fix = f"aws kms cancel-key-deletion --key-id {found.arn} {side.options}"
            fix += f"; aws kms enable-key --key-id {found.arn} {side.options}"
            yield stops("keys", f"key {alias} is switched off, or waits for its deletion", side.where, why, fix)
        for who in _shut_out(declared, found.policy):
            yield stops("keys", f"key {alias} does not let in {who}", side.where, why, "pulumi up --stack backup")


def points(declared: Declared) -> Iterator[Finding]:
    """Every table has a point that can be brought back."""
    scene = declared.scene
    side = scene.backup_side
    try:
        found = holdings.read(declared.manifest, scene.doors.points(side.profile), scene.backup.at)
    except NotThereError as gone:
        yield stops("points", str(gone), side.where, "there is nothing to bring back", _backups(side.options))
        return
    for table in declared.tables:
        if not found.held.usable(table):
            yield stops(
                "points",
                f"table {table} has no recovery point that can be brought back",
                side.where,
                "it would be missing after the recovery",
                f"strongroom verify {scene.environment}",
            )


def versioning(declared: Declared) -> Iterator[Finding]:
    """The archive keeps every version of what was replicated to it."""
    side, name = declared.scene.backup_side, declared.manifest.buckets.archive
    found = declared.scene.doors.buckets(side.profile).lock(name, side.account)
    if found is None or found.versioned:
        return
    yield warns(
        "versioning",
        f"versioning of archive bucket {name} is suspended",
        side.where,
        "a settings manifest or an export that is written now takes the place of the one before",
        f"aws s3api put-bucket-versioning --bucket {name} --versioning-configuration Status=Enabled {side.options}",
    )


def _shut_out(declared: Declared, policy: Document) -> Iterator[str]:
    scene = declared.scene
    place = keys.Place(scene.region, Caretakers(scene.backup.account))
    if not all(holds(policy, statement) for statement in keys.copied_out(place)):
        yield f"role {names.ROLE_RECOVERY_SERVICE} of account {scene.backup.account}"

    def granted(origin: Origin) -> list[Statement]:
        return keys.granted_for_copies(place, origin)

    if not all(lets_in(policy, declared.settings, written) for written in (keys.used_for_copies, granted)):
        yield f"AWS Backup of account {scene.target.account}"


def _backups(options: str) -> str:
    return f"aws backup list-backup-vaults {options}"
