"""The operator takes away what the recovery made for itself, and nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass

from rehearsal.scenarios import backing_up
from rehearsal.scenarios.joining import fresh_of, operator_of
from rehearsal.scenarios.protecting import Holdings, holdings
from rehearsal.scenarios.proving import outcome_of
from rehearsal.scenarios.ran import ended
from rehearsal.scenarios.scene import Scene
from rehearsal.scenarios.step import CheckError, expect
from strongroom.facts import names


@dataclass(frozen=True)
class Kept:
    """What lies in the fresh account and in the central vaults."""

    holdings: Holdings
    central: Sequence[str]
    """ARNs of the points in the central vaults."""


def only_what_the_run_made_goes(scene: Scene) -> None:
    """Clean up after the recovery, and find its landing vault and key gone and everything else there."""
    settings, run = fresh_of(scene).settings, outcome_of(scene).run
    landing = names.landing_vault(settings.environment, run)
    before = kept(scene)
    if landing not in before.holdings["vaults"]:
        raise CheckError("vaults of the fresh account", expected=f"{landing} among them", got=before.holdings["vaults"])
    ended(operator_of(scene).run("dr", "clean", run, "--yes", "--json"), 0)
    it_alone_is_gone(before, kept(scene), landing)
    expect("state of the landing key", expected=["PendingDeletion"], got=landing_keys(scene, run))


def it_alone_is_gone(before: Kept, after: Kept, landing: str) -> None:
    """Hold when the landing vault went, and nothing besides."""
    vaults = [vault for vault in before.holdings["vaults"] if vault != landing]
    expect("what the fresh account holds", expected={**before.holdings, "vaults": vaults}, got=after.holdings)
    expect("points in the central vaults", expected=before.central, got=after.central)


def kept(scene: Scene) -> Kept:
    """Return what is there now."""
    settings = fresh_of(scene).settings
    central = scene.local.administrators.backup(settings.accounts.backup)
    vaults = sorted({one.vault for one in backing_up.expected(settings)})
    points = sorted(point.arn for vault in vaults for point in backing_up.points_in(central, vault))
    return Kept(holdings(scene.local.administrators, settings.accounts.own), points)


def landing_keys(scene: Scene, run: str) -> list[str]:
    """Return the states of the fresh account's keys that bear a run's tag."""
    kms = scene.local.administrators.kms(fresh_of(scene).settings.accounts.own)
    ids = [key.get("KeyId", "") for page in kms.get_paginator("list_keys").paginate() for key in page["Keys"]]
    marked = [
        key
        for key in ids
        for tag in kms.list_resource_tags(KeyId=key).get("Tags", [])
        if (tag.get("TagKey"), tag.get("TagValue")) == (names.TAG_RUN, run)
    ]
    return [kms.describe_key(KeyId=key)["KeyMetadata"].get("KeyState", "") for key in marked]
