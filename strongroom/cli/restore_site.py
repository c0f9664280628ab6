"""What all `strongroom restore ...` commands have in common: which table, by whose settings, and what is typed."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random

from strongroom.cli import stackfiles
from strongroom.cli.faults import RefusedError, UsageError
from strongroom.cli.output import Output, Progress
from strongroom.config.settings import Settings, SourceSettings
from strongroom.facts import names
from strongroom.recovery.plans.declared import Source, manifest_of
from strongroom.recovery.tables import single
from strongroom.recovery.tables.single import Singles, Site

_BACKUP = names.profile("backup")


@dataclass(frozen=True)
class Where:
    """How the user says which table it is."""

    table: str
    stack: str | None = None
    """Stack whose file in the folder declares it."""
    environment: str | None = None
    """Environment whose settings manifest declares it; one of the two is given."""
    region: str | None = None
    """Of the manifest. Absent: the environment's profile's."""


@dataclass(frozen=True)
class Doors:
    """What the commands read, ask, change and write."""

    aws: Callable[[str], Singles]
    """Opens a region."""
    region: Callable[[str | None], str]
    """Region of a profile."""
    ask: Callable[[str], str]
    """Puts a question and returns what was typed; empty where nobody can answer."""
    random: Random
    now: Callable[[], float]
    """Monotonic seconds."""
    sleep: Callable[[float], None]
    folder: Path
    output: Output

    def progress(self) -> Callable[[str], None]:
        """Tells what is waited for."""
        return Progress(self.output, self.now).told


def find(where: Where, doors: Doors) -> tuple[Site, Singles]:
    """The table in its own account, and the doors to it.

    Raises:
        UsageError: not one of stack and environment, or no such source.
        SettingsError: the folder's files cannot be used.
        RequestError: the table is not declared.
        WrongAccountError: the profile is in another account.
        ManifestError: no manifest can be used.
        AwsError: AWS does not let us look.
    """
    if (where.stack is None) == (where.environment is None):
        raise UsageError("give --stack, for the settings in this folder, or --environment, for those in the archive")
    if where.stack is not None:
        settings = _source(stackfiles.one(stackfiles.read_all(doors.folder), where.stack), where.stack)
        aws = doors.aws(settings.region)
    else:
        environment = str(where.environment)
        region = where.region or doors.region(names.profile(environment))
        aws = doors.aws(region)
        archive = Source(environment, region, aws.identity(_BACKUP).account)
        found = manifest_of(archive, aws.objects(_BACKUP))
        for warning in found.warnings:
            doors.output.note(f"warning: {warning}")
        settings = found.manifest.settings
    return single.site(settings, where.table, aws), aws


def confirm(site: Site, doors: Doors, *, yes: bool) -> None:
    """Have the account and the environment typed.

    Raises:
        RefusedError: something else was typed.
    """
    if yes:
        return
    typed = doors.ask(f"Type the account's id and the environment ({site.typed}) to go ahead: ").strip()
    if typed != site.typed:
        raise RefusedError(f"nothing was changed: {site.typed!r} had to be typed, got {typed!r}; or add --yes")


def _source(settings: Settings, stack: str) -> SourceSettings:
    if not isinstance(settings, SourceSettings):
        raise UsageError(f"--stack must be a source, and {stack} has no tables of its own")
    return settings
