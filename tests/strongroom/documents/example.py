"""The example stacks and every document that they give rise to."""

import functools
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from strongroom.config.settings import CentralSettings, Settings, SourceSettings, parse
from strongroom.config.stackfile import values
from strongroom.documents import buckets, keys, roles, topics, vaults
from strongroom.documents.bootstrap import duties
from strongroom.documents.bootstrap.account import Account
from strongroom.documents.policy import Document
from strongroom.documents.principals import Caretakers, Origin

CHECKOUT: Final = Path(__file__).parents[3]
REGION: Final = "eu-west-2"
MANAGEMENT, PROD, CI, BACKUP, PIPELINE = "100000000001", "111111111111", "222222222222", "333333333333", "444444444444"
ACCOUNTS: Final = (MANAGEMENT, PROD, CI, BACKUP, PIPELINE)
PATH: Final = "o-exampleorg1/r-exam/ou-exam-sources1/"
ORIGIN: Final = Origin("prod", PROD, PATH, (CI,))
CARETAKERS: Final = Caretakers(BACKUP)
PLACE: Final = keys.Place(REGION, CARETAKERS)
KEY_ARN: Final = f"arn:aws:kms:{REGION}:{BACKUP}:key/1111"
ALIAS_ARN: Final = f"arn:aws:kms:{REGION}:{BACKUP}:alias/strongroom/prod/archive"
HELD: Final = buckets.Held(ORIGIN, 2557)


def caller_in(path: str) -> dict[str, str | list[str]]:
    """What AWS knows of a caller whose account lies in an organizational unit."""
    return {"aws:PrincipalOrgID": path.partition("/")[0], "aws:PrincipalOrgPaths": [path]}


@functools.cache
def _keys(name: str) -> dict[str, object]:
    return values(CHECKOUT / f"Pulumi.{name}.yaml")


def stack(name: str, **changes: object) -> Settings:
    """Settings of an example stack file, with some of its keys changed."""
    return parse({**_keys(name), **changes}, file=f"Pulumi.{name}.yaml")


def source(name: str = "prod", **changes: object) -> SourceSettings:
    """Settings of an example source."""
    settings = stack(name, **changes)
    if not isinstance(settings, SourceSettings):
        raise TypeError(f"{name} is no source")
    return settings


def central(**changes: object) -> CentralSettings:
    """Settings of the example central stack."""
    settings = stack("backup", **changes)
    if not isinstance(settings, CentralSettings):
        raise TypeError("backup is no central stack")
    return settings


def stacks(**changes: object) -> list[Settings]:
    """Settings of every example stack, with some keys changed in each."""
    return [stack(name, **changes) for name in ("backup", "prod", "ci")]


@functools.cache
def account(id_: str, *, disposable: bool = False) -> Account:
    """What bootstrap makes in an example account."""
    return duties.account(id_, stacks(disposable=disposable))


def resource_policies() -> Iterator[tuple[str, Document]]:
    """Policies of things, by name."""
    yield "central vault", vaults.central(ORIGIN, CARETAKERS)
    yield "local vault", vaults.local(Caretakers(PROD))
    yield "landing vault", vaults.landing(BACKUP)
    yield "landing vault key", keys.landing(keys.Place(REGION, Caretakers(PROD)), BACKUP)
    yield "local vault key", keys.local_vault(PLACE, "prod", BACKUP)
    yield "central vault key", keys.central_vault(PLACE, ORIGIN)
    yield "exports key", keys.exports(PLACE)
    yield "archive key", keys.archive(PLACE, ORIGIN, "archive")
    yield "alarms key", keys.alarms(PLACE)
    yield "state key", keys.state(REGION, PIPELINE, ["prod", "ci"])
    yield "exports bucket", buckets.exports("exports", KEY_ARN, CARETAKERS)
    yield "archive bucket", buckets.archive("archive", [KEY_ARN, ALIAS_ARN], HELD, CARETAKERS)
    yield "state bucket", buckets.state("state", KEY_ARN)
    yield "topic", topics.alarms(f"arn:aws:sns:{REGION}:{PROD}:strongroom-prod-alarms", PROD)


def trusts() -> Iterator[tuple[str, Document]]:
    """Trusts of roles, by name."""
    yield "backup role", roles.trusted_by_backup(PROD)
    yield "replication role", roles.trusted_by_replication(PROD, "exports")
    for id_ in ACCOUNTS:
        for role in (*account(id_).roles, *account(id_).services):
            yield f"{id_} {role.name}", role.trust


def identity_policies() -> Iterator[tuple[str, Document]]:
    """Policies of roles, by name; those of disposable stacks are the wider ones."""
    yield "replication", roles.replication(roles.Replication("exports", KEY_ARN, "archive", BACKUP, REGION))
    for id_ in ACCOUNTS:
        for disposable in (False, True):
            made = account(id_, disposable=disposable)
            yield f"{id_} boundary", made.boundary
            for name, policy in made.policies.items():
                yield f"{id_} {name} disposable={disposable}", policy
