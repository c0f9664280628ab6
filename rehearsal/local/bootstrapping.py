"""Day one of each account: the bootstrap template, applied by the local CloudFormation and read back."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from rehearsal.local.administrators import Administrators
from rehearsal.local.errors import RehearsalError
from rehearsal.local.world import World
from strongroom.aws import cloudformation, readback
from strongroom.aws.buckets import S3Buckets
from strongroom.aws.cloudformation import CloudFormation, Waiting
from strongroom.aws.errors import AwsError
from strongroom.aws.keys import KmsKeys
from strongroom.aws.readback import Doors
from strongroom.aws.roles import IamRoles
from strongroom.config.settings import Settings
from strongroom.documents.bootstrap import duties, sizes, template
from strongroom.documents.bootstrap.account import Account
from strongroom.facts import names


@dataclass(frozen=True)
class Bootstrap:
    """An account's day one: what is made there, and the template that makes it."""

    name: str
    account: Account
    text: str
    """The template as JSON."""


def of(world: World) -> tuple[Bootstrap, ...]:
    """Return the day one of every account that the stack files name.

    Raises:
        RehearsalError: the stack files ask for what cannot be.
    """
    return tuple(_all(world))


def _all(world: World) -> Iterator[Bootstrap]:
    stacks = list(world.stacks.values())
    for name, id_ in world.names.items():
        yield one_of(name, id_, stacks)


def one_of(name: str, id_: str, stacks: Sequence[Settings]) -> Bootstrap:
    """Return the day one of one account.

    Args:
        name: Name of the account.
        id_: Its twelve digits.
        stacks: Settings of the stacks that may name it.

    Raises:
        RehearsalError: the settings ask for what cannot be.
    """
    try:
        account = duties.account(id_, stacks)
        return Bootstrap(name, account, sizes.text(template.template(account)))
    except (duties.NoDutyError, sizes.TooLargeError) as impossible:
        raise RehearsalError(str(impossible)) from None


def apply(one: Bootstrap, administrators: Administrators, says: Callable[[str], None]) -> None:
    """Make an account's bootstrap stack as its administrator, and read back what came of it.

    CloudFormation's word alone is not taken: what it left out would be missing from every step that follows.

    Raises:
        RehearsalError: it could not be made, or is not what its documents say.
    """
    account = one.account.id
    waiting = Waiting(time.monotonic, time.sleep, says)
    doors = Doors(
        IamRoles(administrators.iam(account)),
        KmsKeys(administrators.kms(account)),
        S3Buckets(administrators.s3(account)),
    )
    try:
        stacks = CloudFormation(administrators.cloudformation(account))
        cloudformation.apply(stacks, names.BOOTSTRAP_STACK, one.text, waiting)
        found = readback.differences(one.account, doors)
    except AwsError as failed:
        raise RehearsalError(f"the bootstrap of account {one.name}: {failed}") from None
    if found:
        raise RehearsalError(f"account {one.name} is not what bootstrap asked for: {'; '.join(found)}")
