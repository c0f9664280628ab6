"""What must be so before a recovery may touch an account."""

from collections.abc import Sequence
from typing import Final

from strongroom.aws.identity import Identity
from strongroom.aws.table_state import TableStates
from strongroom.config.settings import SourceSettings
from strongroom.facts import names
from strongroom.recovery.errors import GuardError

_TOLD: Final = 10
"""Tables whose maker is looked up and named."""


def apart(target: Identity, backup: Identity) -> None:
    """Keep the account that copies apart from the one that restores, before anything else is asked.

    Raises:
        GuardError: both are one.
    """
    if target.account == backup.account:
        raise GuardError(
            f"the new account and the backup account must be two, got {target.account} for both ({target.arn} and"
            f" {backup.arn}); change role_arn of one of the profiles in the AWS config file"
        )


def accounts(settings: SourceSettings, target: Identity, backup: Identity) -> None:
    """Let a recovery into no account that others live in.

    Args:
        settings: Of the lost source.
        target: Who is to restore.
        backup: Who is to copy.

    Raises:
        GuardError: the target is the backup, the management or the pipeline account.
    """
    profile = names.profile(settings.environment)
    said = settings.accounts
    if backup.account != said.backup:
        raise GuardError(f"the copies lie in account {said.backup}, got {backup.account} ({backup.arn}) to copy with")
    others = {said.backup: "backup", said.management: "management"}
    if said.pipeline != said.own:
        others.setdefault(said.pipeline, "pipeline")
    if target.account in others:
        raise GuardError(
            f"profile {profile} must be in the new account of {settings.environment}, got the {others[target.account]}"
            f" account {target.account} ({target.arn}); change its role_arn in the AWS config file"
        )


def in_the_way(tables: Sequence[str], states: TableStates) -> None:
    """Let no table be overwritten: AWS restores to new tables only, and nothing is deleted to make room.

    Args:
        tables: Names that are to be restored; without those that the run itself has made.
        states: Of the new account.

    Raises:
        GuardError: some of them exist; a line each.
    """
    there = sorted(set(tables) & set(states.names()))
    if there:
        more = [f"and {len(there) - _TOLD} more tables"] if len(there) > _TOLD else []
        raise GuardError("\n".join([*map(_sentence, there[:_TOLD]), *more]))


def _sentence(table: str) -> str:
    return (
        f"table {table} exists already in the new account, and nothing is written over it; if an earlier run made it,"
        " go on with that one by --resume; otherwise look at what it holds, delete or rename it yourself, or leave it"
        " out with --only"
    )
