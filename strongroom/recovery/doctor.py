"""Every switch, right, key and quota that a recovery needs, looked at before the day on which it is needed."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, TypeVar

from strongroom.aws.errors import AwsError
from strongroom.aws.identity import Identity
from strongroom.config.manifest import ManifestError
from strongroom.config.profiles import BACKUP_PROFILE
from strongroom.facts import arns, names
from strongroom.recovery import guards
from strongroom.recovery.checks import holdings, roles, room, switches
from strongroom.recovery.checks.findings import Finding, Level, stops, warns
from strongroom.recovery.checks.scene import Declared, Looking, Scene
from strongroom.recovery.errors import GuardError
from strongroom.recovery.plans.declared import Source, manifest_of

S = TypeVar("S")


class Purpose(StrEnum):
    """What the accounts are looked at for."""

    RECOVERY = "recovery"
    """The account of the profile is a fresh one that tables are to be restored in."""
    BACKUP = "backup"
    """It is the account that the tables live in, and a recovery may have to be made some day."""


@dataclass(frozen=True)
class Question:
    """What the doctor is asked."""

    environment: str
    region: str
    purpose: Purpose = Purpose.RECOVERY


@dataclass(frozen=True)
class Doors:
    """What the doctor reads."""

    aws: Looking
    now: Callable[[], datetime]
    """Aware time by this computer's clock."""
    told: Callable[[str], None]
    """Hears what is being looked at."""


@dataclass(frozen=True)
class Report:
    """What was looked at, and what was found."""

    question: Question
    target: str | None
    """Account of the environment's profile. None: nobody can tell."""
    backup: str | None
    """Account of the backup profile. None: nobody can tell."""
    looked_at: tuple[str, ...]
    """Names of the checks that were made."""
    unseen: tuple[str, ...]
    """Names of the checks that could not be made, because of a finding."""
    findings: tuple[Finding, ...]

    @property
    def stops(self) -> bool:
        """Whether a recovery would fail."""
        return any(finding.level is Level.STOPS for finding in self.findings)


_OF_ACCOUNTS: Final[dict[str, Callable[[Scene], Iterator[Finding]]]] = {
    "clock": switches.clock,
    "organization": switches.organization,
    "cross-account": switches.across_accounts,
    "opt-ins": switches.opt_ins,
    "linked-role": roles.linked,
    "service-role": roles.service,
}
_OF_SETTINGS: Final[dict[str, Callable[[Declared], Iterator[Finding]]]] = {
    "unit": switches.unit,
    "rights": roles.rights,
    "versioning": holdings.versioning,
    "vaults": holdings.vaults,
    "keys": holdings.sealing,
    "points": holdings.points,
    "quotas": room.quotas,
    "tables": room.free,
}
_OF_RECOVERY: Final = frozenset({"quotas", "tables"})
"""Checks that ask for room in a fresh account."""


def examine(question: Question, doors: Doors) -> Report:
    """Look at everything; whatever goes wrong on the way is a finding, and never passes for healthy."""
    of_settings = [one for one in _OF_SETTINGS if question.purpose is Purpose.RECOVERY or one not in _OF_RECOVERY]
    scene, findings = _scene(question, doors)
    if scene is None:
        return Report(question, None, None, ("profiles",), (*_OF_ACCOUNTS, "manifest", *of_settings), tuple(findings))
    for name, check in _OF_ACCOUNTS.items():
        doors.told(f"looking at {name}")
        findings += _made(name, check, scene)
    doors.told("looking at the settings manifest")
    declared, said = _declared(scene)
    findings += said
    seen = ("profiles", *_OF_ACCOUNTS, "manifest")
    accounts = (scene.target.account, scene.backup.account)
    if declared is None:
        return Report(question, *accounts, seen, tuple(of_settings), tuple(findings))
    for name in of_settings:
        doors.told(f"looking at {name}")
        findings += _made(name, _OF_SETTINGS[name], declared)
    return Report(question, *accounts, (*seen, *of_settings), (), tuple(findings))


def _scene(question: Question, doors: Doors) -> tuple[Scene | None, list[Finding]]:
    found, findings = list[Identity](), list[Finding]()
    for profile in (names.profile(question.environment), BACKUP_PROFILE):
        doors.told(f"looking at profile {profile}")
        try:
            found.append(doors.aws.identity(profile))
        except AwsError as refused:
            findings.append(_no_profile(profile, refused))
    if findings:
        return None, findings
    scene = Scene(question.environment, question.region, found[0], found[1], doors.aws, doors.now())
    try:
        guards.apart(scene.target, scene.backup)
    except GuardError as wrong:
        return None, [_wrong_account(scene, wrong)]
    return scene, findings


def _declared(scene: Scene) -> tuple[Declared | None, list[Finding]]:
    """The settings manifest, and what stands in its way."""
    side = scene.backup_side
    source = Source(scene.environment, scene.region, scene.backup.account)
    why = "nothing else tells which tables were lost, and with which settings"
    look = f"aws s3api list-object-versions --bucket {source.bucket} --prefix {source.key}"
    look += f" --expected-bucket-owner {side.account} {side.options}"
    try:
        read = manifest_of(source, scene.doors.objects(side.profile))
        guards.accounts(read.manifest.settings, scene.target, scene.backup)
    except GuardError as wrong:
        return None, [_wrong_account(scene, wrong)]
    except (AwsError, ManifestError) as unreadable:
        return None, [stops("manifest", str(unreadable), side.where, why, look)]
    over = [warns("manifest", said, side.where, why, look) for said in read.warnings]
    return Declared(scene, read.manifest), over


def _made(name: str, check: Callable[[S], Iterator[Finding]], given: S) -> list[Finding]:
    try:
        return list(check(given))
    except AwsError as refused:
        return [
            stops(
                name,
                f"this could not be looked at: {refused}",
                "AWS",
                "what nobody can see may be wrong",
                "strongroom bootstrap apply --account <account> (when a right is missing), then ask again",
            )
        ]


def _no_profile(profile: str, refused: AwsError) -> Finding:
    return stops(
        "profiles",
        f"profile {profile} cannot be used: {refused}",
        "the AWS config file",
        "a recovery copies out of one account and restores in the other, and needs a role in both",
        _role_of(profile),
    )


def _wrong_account(scene: Scene, wrong: GuardError) -> Finding:
    return stops(
        "profiles",
        str(wrong),
        "the AWS config file",
        "a recovery in a wrong account would write there",
        _role_of(scene.fresh_side.profile),
    )


def _role_of(profile: str) -> str:
    return f"aws configure set role_arn {arns.role('<account>', names.ROLE_RECOVER)} --profile {profile}"
