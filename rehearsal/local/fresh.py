"""A fresh account that takes the place of a lost one: the same environment, the same unit, another id."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from rehearsal.local import bootstrapping
from rehearsal.local.local import Local
from rehearsal.local.world import SOURCES
from strongroom.config.settings import SourceSettings
from strongroom.facts import services


@dataclass(frozen=True)
class Fresh:
    """An account that has day one behind it, and nothing else."""

    stack: str
    """Name of the stack that will own it."""
    settings: SourceSettings
    """Those of the lost account's stack, with the fresh account's id."""

    def within(self, local: Local) -> Local:
        """Return the local AWS with this account's stack among its stacks."""
        known = local.world
        file = local.place.program / f"Pulumi.{self.stack}.yaml"
        stacks, files = {**known.stacks, self.stack: self.settings}, {**known.files, self.stack: file}
        return replace(local, world=replace(known, stacks=stacks, files=files))


def join(local: Local, lost: str, says: Callable[[str], None]) -> Fresh:
    """Open an account in the unit of the sources, and give it the day one of the stack whose account is lost.

    Args:
        local: The local AWS.
        lost: Name of that stack.
        says: Is told how it comes along.

    Raises:
        RehearsalError: the account or its roles cannot be made.
    """
    source = local.world.sources[lost]
    stack = f"{lost}-again"
    account = local.control.add_account(stack, unit=SOURCES).id
    settings = source.model_copy(update={"accounts": source.accounts.model_copy(update={"own": account})})
    bootstrapping.apply(bootstrapping.one_of(stack, account, [settings]), local.administrators, says)
    local.administrators.iam(account).create_service_linked_role(AWSServiceName=services.BACKUP)
    return Fresh(stack, settings)
