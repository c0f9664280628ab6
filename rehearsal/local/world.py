"""The example world that a rehearsal seeds: the organization and accounts that the stack files speak of."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from rehearsal.local.errors import RehearsalError
from strongroom.config import stackfile
from strongroom.config.problems import SettingsError
from strongroom.config.settings import CentralSettings, Settings, SourceSettings

MANAGEMENT = "management"
PIPELINE = "pipeline"
SOURCES = "Sources"
"""Name of the unit that sources lie in, and fresh accounts as well."""


@dataclass(frozen=True)
class Unit:
    """An organizational unit."""

    name: str
    id: str


@dataclass(frozen=True)
class Member:
    """An account and the unit that it lies in."""

    name: str
    id: str
    unit: str


@dataclass(frozen=True)
class World:
    """What exists before anything is deployed."""

    stacks: Mapping[str, Settings]
    """Settings by stack name, the central stack first: the others look at what it makes."""
    files: Mapping[str, Path]
    """Stack files by stack name, in the checkout."""

    @property
    def any(self) -> Settings:
        """One stack's settings, for what all of them say alike."""
        return next(iter(self.stacks.values()))

    @property
    def sources(self) -> Mapping[str, SourceSettings]:
        """Settings of the stacks whose data is protected, by stack name."""
        return {stack: settings for stack, settings in self.stacks.items() if isinstance(settings, SourceSettings)}

    @property
    def root(self) -> str:
        """Id of the organization's root, such as r-exam."""
        return self.any.organization.sources_path.split("/")[1]

    @property
    def units(self) -> tuple[Unit, ...]:
        """The sources' unit as the stack files name it, and one each for backup and pipeline."""
        form = f"ou-{self.root.removeprefix('r-')}-"
        sources = self.any.organization.sources_path.rstrip("/").rpartition("/")[2]
        return Unit(SOURCES, sources), Unit("Backup", f"{form}backup01"), Unit("Pipelines", f"{form}pipeline")

    @property
    def members(self) -> tuple[Member, ...]:
        """Accounts below the management account, each by its environment."""
        stacks = (
            Member(settings.environment, settings.accounts.own, "Backup" if central(settings) else SOURCES)
            for settings in self.stacks.values()
        )
        return *stacks, Member(PIPELINE, self.any.accounts.pipeline, "Pipelines")

    @property
    def names(self) -> Mapping[str, str]:
        """Account ids by account name, the management account among them."""
        return {MANAGEMENT: self.any.accounts.management, **{member.name: member.id for member in self.members}}

    def document(self) -> dict[str, object]:
        """Return the seed document of the emulator's control path."""
        return {
            "id": self.any.organization.id,
            "root": self.root,
            "region": self.any.region,
            "management": {"name": MANAGEMENT, "id": self.any.accounts.management},
            "units": [{"name": unit.name, "id": unit.id} for unit in self.units],
            "accounts": [{"name": member.name, "id": member.id, "unit": member.unit} for member in self.members],
        }

    def fingerprint(self) -> str:
        """Return what changes when a stack file does: a seeded world belongs to the files it was seeded from."""
        digest = hashlib.sha256()
        for file in self.files.values():
            digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
        return digest.hexdigest()


def central(settings: Settings) -> bool:
    """Whether these are the settings of the account that keeps the copies."""
    return isinstance(settings, CentralSettings)


def read(checkout: Path) -> World:
    """Derive the world from every stack file of the checkout.

    Raises:
        RehearsalError: there is none, one cannot be used, or two disagree about the organization.
    """
    files = {file.name.split(".")[1]: file for file in sorted(checkout.glob("Pulumi.*.yaml"))}
    if not files:
        raise RehearsalError(f"{checkout} holds no Pulumi.<stack>.yaml; run in a checkout of strongroom")
    try:
        stacks = {stack: stackfile.read(file) for stack, file in files.items()}
    except SettingsError as unusable:
        raise RehearsalError(str(unusable)) from None
    order = sorted(stacks, key=lambda stack: (not central(stacks[stack]), stack))
    world = World({stack: stacks[stack] for stack in order}, {stack: files[stack] for stack in order})
    _refuse_disagreement(world)
    return world


def _refuse_disagreement(world: World) -> None:
    shared = {
        stack: (settings.organization, settings.region, *settings.accounts.model_dump(exclude={"own"}).items())
        for stack, settings in world.stacks.items()
    }
    first, *others = shared
    for other in others:
        if shared[other] != shared[first]:
            raise RehearsalError(
                f"{world.files[other].name} and {world.files[first].name} disagree about accounts, organization or"
                " region; a rehearsal has one world, so make them say the same"
            )
