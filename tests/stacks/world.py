"""The example stacks as the engine would run them, and the accounts that they look at."""

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import cache, partial
from pathlib import Path
from typing import Any, Final, cast

from stacks import program
from strongroom.aws.buckets import Bucket, Retention
from strongroom.aws.identity import Identity
from strongroom.aws.sessions import Sessions
from strongroom.aws.vaults import Vault
from strongroom.config import stackfile
from strongroom.config.settings import Settings
from strongroom.documents.policy import Document
from tests.recorder import Recording, Stack, run
from tests.strongroom.aws.fakes import FakeBuckets, FakeSessions, FakeVaults

CHECKOUT: Final = Path(__file__).parents[2]
ACCOUNTS: Final = {"prod": "111111111111", "ci": "222222222222", "backup": "333333333333"}
SOURCES: Final = ("prod", "ci")
STACKS: Final = (*SOURCES, "backup")
NOW: Final = datetime(2026, 11, 22, tzinfo=UTC)


def file(stack: str) -> Path:
    """The real stack file."""
    return CHECKOUT / f"Pulumi.{stack}.yaml"


def settings(stack: str) -> Settings:
    """The settings of the real stack file."""
    return stackfile.read(file(stack))


def stack(name: str, changes: Mapping[str, object] | None = None, *, preview: bool = False) -> Stack:
    """A stack with the configuration of its real file, changed where `changes` says so; None takes a key away."""
    values = {**stackfile.values(file(name)), **(changes or {})}
    said = {f"strongroom:{key}": _handed(value) for key, value in values.items() if value is not None}
    return Stack(name, {"pulumi:disable-default-providers": '["*"]', **said}, preview)


def the(sessions: Sessions) -> Callable[[], None]:
    """The program, looking at these accounts."""
    return partial(program.run, lambda _: sessions)


@cache
def recorded(name: str) -> Recording:
    """What a stack registers while all is well."""
    return run(the(everything()), stack(name))


def everything() -> FakeSessions:
    """The accounts with a central side exactly as the central stack makes it."""
    made = _central()
    return FakeSessions(
        _identities(), FakeVaults(_vaults(made), _policies(made)), FakeBuckets("333333333333", _buckets(made))
    )


def nothing() -> FakeSessions:
    """The accounts before the central stack was made."""
    return FakeSessions(_identities())


def _identities() -> dict[str | None, Identity]:
    return {
        f"strongroom-{name}": Identity(account, f"arn:aws:sts::{account}:assumed-role/strongroom-deploy/{name}", NOW)
        for name, account in ACCOUNTS.items()
    }


@cache
def _central() -> Recording:
    return run(the(nothing()), stack("backup"))


def _vaults(made: Recording) -> dict[str, Vault]:
    locks = [one.inputs for one in made.of("aws:backup/vaultLockConfiguration:VaultLockConfiguration")]
    return {
        lock["backupVaultName"]: Vault(
            lock["backupVaultName"], True, int(lock["minRetentionDays"]), int(lock["maxRetentionDays"])
        )
        for lock in locks
    }


def _policies(made: Recording) -> dict[str, Document]:
    return {
        one.inputs["backupVaultName"]: cast("Document", json.loads(one.inputs["policy"]))
        for one in made.of("aws:backup/vaultPolicy:VaultPolicy")
    }


def _buckets(made: Recording) -> dict[str, Bucket]:
    found: dict[str, Bucket] = {}
    for one in made.of("aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration"):
        default: dict[str, Any] = one.inputs["rule"]["defaultRetention"]
        kept = Retention(default["mode"], int(default["days"]))
        found[one.inputs["bucket"]] = Bucket(one.inputs["bucket"], versioned=True, locked=True, retention=kept)
    return found


def _handed(value: object) -> str:
    """A value as the engine hands it over: JSON where it is more than a text."""
    return value if isinstance(value, str) else json.dumps(value)
