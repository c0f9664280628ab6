"""Compares a source's settings with those of the central stack: each `up` alone succeeds where the two disagree."""

from collections.abc import Collection, Iterator, Mapping
from typing import Final

from pydantic import BaseModel

from strongroom.checking.findings import Finding, Level
from strongroom.config.settings import CentralCheck, CentralSettings, Settings, Source, SourceSettings
from strongroom.config.tiers import TIERS

RULE: Final = "stacks-agree"
_SHARED: Final = ("backup", "pipeline", "management")


def compare(stacks: Mapping[str, Settings], asked: Collection[str]) -> list[Finding]:
    """A finding for each thing in which sources and central stacks disagree.

    Args:
        stacks: Every stack of the project, by the name of its file.
        asked: Files that are asked about; a pair of which neither is named is left alone.
    """
    every = {file: one for file, one in stacks.items() if isinstance(one, CentralSettings)}
    central = {file: one for file, one in every.items() if file in asked}
    found: list[Finding] = []
    for file, settings in stacks.items():
        if isinstance(settings, SourceSettings):
            found += _source(file, settings, every if file in asked else central)
            if file in asked:
                found += _alone(file, settings, every)
    return [*found, *_without_a_stack(stacks, central)]


def _alone(file: str, source: SourceSettings, central: Mapping[str, CentralSettings]) -> Iterator[Finding]:
    """What a source says by itself of its central side."""
    if source.central.check is CentralCheck.OFF:
        said = "is off, which is for the day on which the backup account is lost; take it out when that is over"
        yield Finding(RULE, file, f"{file}: strongroom:central.check {said}", level=Level.WARNING)
    account = source.accounts.backup
    if all(one.accounts.own != account for one in central.values()):
        yield _says(file, "accounts.backup", f"is {account}, where no central stack of this project lies; correct it")


def _source(file: str, source: SourceSettings, central: Mapping[str, CentralSettings]) -> Iterator[Finding]:
    sides = {name: one for name, one in central.items() if one.accounts.own == source.accounts.backup}
    for name, side in sides.items():
        yield from _shared(file, source, name, side)
        kept = {one.environment: one for one in side.sources}
        if source.environment not in kept:
            yield _says(
                name, "sources", f"lacks {source.environment!r} of {file}, whose copies have nowhere to go; add it"
            )
        else:
            yield from _kept(file, source, name, kept[source.environment])


def _shared(file: str, source: SourceSettings, name: str, side: CentralSettings) -> Iterator[Finding]:
    pairs = {
        "region": (source.region, side.region),
        "organization": (source.organization, side.organization),
        "pipeline": (source.pipeline, side.pipeline),
        **{f"accounts.{one}": (getattr(source.accounts, one), getattr(side.accounts, one)) for one in _SHARED},
    }
    for key, (ours, theirs) in pairs.items():
        if ours != theirs:
            yield _says(file, key, f"is {_shown(ours)}, and {name} says {_shown(theirs)}; both must say the same")


def _kept(file: str, source: SourceSettings, name: str, kept: Source) -> Iterator[Finding]:
    where = f"sources ({source.environment})"
    if kept.account != source.accounts.own:
        yield _says(
            name, f"{where}.account", f"is {kept.account}, and {file} lies in {source.accounts.own}; correct it"
        )
    if kept.archive != source.archive:
        yield _says(
            name,
            f"{where}.archive",
            f"is {_shown(kept.archive)}, and {file} says {_shown(source.archive)}; both must say the same",
        )
    needed = {tier.name for table in source.tables for tier in table.data_class.tiers}
    there = {tier.name for tier in kept.kept_in}
    for tier in (one for one in TIERS.values() if one.name in needed):
        if tier.name not in there:
            yield _says(name, f"{where}.tiers", f"lacks {tier.name!r}, which tables of {file} are copied to; add it")
            continue
        ours = source.retention_days.central_vault(source.environment, tier)
        theirs = kept.retention_days.central_vault(source.environment, tier)
        if ours != theirs:
            yield _says(
                file,
                f"retentionDays.{tier.name}",
                f"sends copies to vault {ours}, and {name} makes {theirs}; both must say the same days",
            )


def _without_a_stack(stacks: Mapping[str, Settings], central: Mapping[str, CentralSettings]) -> Iterator[Finding]:
    """A source may be another project's; in one project it is more often a file that went."""
    known = {one.environment for one in stacks.values() if isinstance(one, SourceSettings)}
    for name, side in central.items():
        for one in side.sources:
            if one.environment not in known:
                lost = f"names {one.environment!r}, and no stack file here is that source's"
                fix = "add the file, or take the source out once its backups have ended"
                yield Finding(RULE, name, f"{name}: strongroom:sources {lost}; {fix}", level=Level.WARNING)


def _says(file: str, key: str, says: str) -> Finding:
    return Finding(RULE, file, f"{file}: strongroom:{key} {says}")


def _shown(value: object) -> str:
    return repr(value.model_dump(mode="json") if isinstance(value, BaseModel) else value)
