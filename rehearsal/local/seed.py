"""Seeds the local AWS: what stands on real accounts before the first `pulumi up`, by the same documents."""

import hashlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial

from rehearsal.local import application, bootstrapping, program
from rehearsal.local.bootstrapping import Bootstrap
from rehearsal.local.local import Local
from rehearsal.local.progress import Progress, part
from rehearsal.local.world import World
from strongroom.facts import services


@dataclass(frozen=True)
class Seeding:
    """The seeding of one local AWS."""

    local: Local
    progress: Progress


def seed(local: Local, progress: Progress) -> None:
    """Bootstrap every account, read it back, give every stack its state, and seal what came of it.

    Only administrators of the accounts do this, as on real accounts; after the seal they are done.

    Raises:
        RehearsalError: something could not be made, or is not what its documents say.
    """
    seeding = Seeding(local, progress)
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(partial(_account, seeding), bootstrapping.of(local.world)))
    with part(progress, "service roles and the cross-account switch"):
        _service_roles(local)
        local.administrators.backup(local.world.any.accounts.management).update_global_settings(
            GlobalSettings={"isCrossAccountBackupEnabled": "true"}
        )
    with part(progress, "the applications' own roles"):
        for settings in local.world.sources.values():
            application.make(local.administrators, settings)
    program.write(local.place, local.world)
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(partial(_state, seeding), local.world.stacks))
    local.control.seal()


def fingerprint(world: World) -> str:
    """Return what changes when a stack file or a bootstrap template does: a seeded world belongs to those it has."""
    digest = hashlib.sha256(world.fingerprint().encode())
    for one in bootstrapping.of(world):
        digest.update(one.text.encode())
    return digest.hexdigest()


def _account(seeding: Seeding, one: Bootstrap) -> None:
    name = f"bootstrap {one.name}"
    with part(seeding.progress, name):
        bootstrapping.apply(one, seeding.local.administrators, partial(seeding.progress.says, name))


def _service_roles(local: Local) -> None:
    """Make the role of AWS Backup where it works; on real accounts the console or the first use makes it."""
    for settings in local.world.stacks.values():
        local.administrators.iam(settings.accounts.own).create_service_linked_role(AWSServiceName=services.BACKUP)


def _state(seeding: Seeding, stack: str) -> None:
    provider = program.secrets_provider(seeding.local.world.files[stack])
    arguments = ("stack", "init", "--secrets-provider", provider)
    with part(seeding.progress, f"state of {stack}"):
        operation = seeding.local.operation(stack, f"00-{stack}-init", arguments)
        seeding.local.engine.must(replace(operation, events=False))
