"""From the name of a lost environment to the plan of its recovery; nothing is changed on the way."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from random import Random

from strongroom.aws.errors import NotThereError
from strongroom.aws.groups import Planning
from strongroom.aws.identity import Identity
from strongroom.config.profiles import BACKUP_PROFILE
from strongroom.config.settings import SourceSettings
from strongroom.facts import names
from strongroom.recovery import guards
from strongroom.recovery.errors import RequestError
from strongroom.recovery.instants import told
from strongroom.recovery.plans import holdings
from strongroom.recovery.plans.cautions import cautions
from strongroom.recovery.plans.choice import Asked, Choice
from strongroom.recovery.plans.declared import Declared, Source, manifest_of
from strongroom.recovery.plans.former import former_vaults
from strongroom.recovery.plans.outlook import left_behind
from strongroom.recovery.plans.plan import RUN_ALPHABET, RUN_LENGTH, Plan, Quotas
from strongroom.recovery.plans.steps import Places, steps


@dataclass(frozen=True)
class Request:
    """What is to be brought back."""

    environment: str
    region: str
    at: datetime | None = None
    """Aware instant that no point may be newer than. None: the newest points."""
    points: Mapping[str, str] = field(default_factory=dict[str, str])
    """ARN of the point to take, by table. Absent: chosen."""
    only: tuple[str, ...] = ()
    """Tables to bring back. Empty: all that the settings name."""
    settings_version: str | None = None
    """Version of the settings manifest. None: the newest good one."""


@dataclass(frozen=True)
class Doors:
    """What planning reads, and who hears of it."""

    aws: Planning
    random: Random
    """Makes the run's id."""
    told: Callable[[str], None]
    """Hears what is being waited for."""


@dataclass(frozen=True)
class _Callers:
    target: Identity
    backup: Identity


@dataclass(frozen=True)
class _Found:
    callers: _Callers
    declared: Declared
    choice: Choice
    warnings: tuple[str, ...]


def plan(request: Request, doors: Doors) -> Plan:
    """Make the plan.

    Raises:
        RequestError: the request names what there is not, or an instant that is yet to come.
        GuardError: a wrong account, tables in the way, or a point that was asked for and cannot be brought back.
        NotThereError: no archive, no manifest, no vault, or no table has a point that can be used.
        ManifestError: no version of the manifest can be used.
        AwsError: AWS refuses, or gives no whole answer.
    """
    callers = _callers(request, doors)
    declared = _declared(request, doors, callers)
    settings = declared.manifest.settings
    guards.accounts(settings, callers.target, callers.backup)
    asked = _asked(request, settings, callers.backup.at)
    guards.in_the_way(asked.tables, doors.aws.table_states(names.profile(request.environment)))
    choice, warnings = _chosen(asked, doors, callers, declared)
    return _plan(request, doors, _Found(callers, declared, choice, warnings))


def _callers(request: Request, doors: Doors) -> _Callers:
    found = _Callers(doors.aws.identity(names.profile(request.environment)), doors.aws.identity(BACKUP_PROFILE))
    guards.apart(found.target, found.backup)
    return found


def _declared(request: Request, doors: Doors, callers: _Callers) -> Declared:
    doors.told("reading the settings manifest")
    source = Source(request.environment, request.region, callers.backup.account)
    return manifest_of(source, doors.aws.objects(BACKUP_PROFILE), request.settings_version)


def _asked(request: Request, settings: SourceSettings, now: datetime) -> Asked:
    known = [table.name for table in settings.tables]
    wanted = [name for name in known if not request.only or name in request.only]
    for option, given, allowed in (("--only", request.only, known), ("--point", request.points, wanted)):
        strange = [name for name in given if name not in allowed]
        if strange:
            raise RequestError(f"{option} must name tables of {', '.join(allowed)}, got {', '.join(strange)}")
    if request.at is not None and request.at > now:
        raise RequestError(f"--at must not lie in the future, got {told(request.at)}; by AWS's clock it is {told(now)}")
    return Asked(wanted, request.at, request.points)


def _chosen(asked: Asked, doors: Doors, callers: _Callers, declared: Declared) -> tuple[Choice, tuple[str, ...]]:
    """The points to take, and everything to think of first."""
    settings, points = declared.manifest.settings, doors.aws.points(BACKUP_PROFILE)
    doors.told("listing the recovery points")
    found = holdings.read(declared.manifest, points, callers.backup.at)
    source = Source(settings.environment, settings.region, callers.backup.account)
    former = former_vaults(source, doors.aws.objects(BACKUP_PROFILE), declared)
    found = holdings.widen(found, former, points)
    choice, held = holdings.settle(asked, found.held, points, doors.told)
    if not choice.chosen:
        lines = [f"table {one.table} cannot be brought back: {one.why}" for one in choice.missing]
        raise NotThereError("\n".join(lines))
    return choice, (
        *declared.warnings,
        *found.warnings,
        *_same_account(settings, callers.target),
        *cautions(settings, asked, held, choice),
    )


def _same_account(settings: SourceSettings, target: Identity) -> Iterator[str]:
    if target.account == settings.accounts.own:
        yield (
            f"account {target.account} is the one that {settings.environment} lived in: is it lost, or are its tables?"
        )


def _plan(request: Request, doors: Doors, found: _Found) -> Plan:
    declared, choice = found.declared, found.choice
    settings, target, backup = declared.manifest.settings, found.callers.target.account, found.callers.backup
    run = "".join(doors.random.choices(RUN_ALPHABET, k=RUN_LENGTH))
    own = settings.accounts.model_copy(update={"own": target})
    return Plan(
        run=run,
        environment=request.environment,
        region=request.region,
        made=backup.at,
        at=request.at,
        lost_account=settings.accounts.own,
        target_account=target,
        backup_account=backup.account,
        settings=settings.model_copy(update={"accounts": own}),
        settings_version=declared.version_id,
        settings_written=declared.modified,
        chosen=choice.chosen,
        missing=choice.missing,
        left_behind=left_behind(settings, choice, target),
        warnings=found.warnings,
        quotas=_quotas(request, doors),
        steps=steps(Places(run, request.environment, target, backup.account), choice.chosen),
    )


def _quotas(request: Request, doors: Doors) -> Quotas:
    return Quotas(
        copies=doors.aws.quotas(BACKUP_PROFILE).copies(),
        restores=doors.aws.quotas(names.profile(request.environment)).restores(),
    )
