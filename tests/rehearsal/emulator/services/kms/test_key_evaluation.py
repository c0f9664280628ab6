"""Key policies as a table: each row is one statement of KMS's pages.

https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html (read 2026-11-22).
"""

from dataclasses import replace
from typing import Any, Final

import pytest

from tests.emulator_people import allow, deny
from tests.emulator_process import BACKUP, PROD, Emulator
from tests.rehearsal.emulator.evaluation import ACCOUNT, ROLE, UNIT, Case, answer

pytestmark = pytest.mark.emulator

DESCRIBE: Final = "kms:DescribeKey"
READS: Final = (allow(DESCRIBE),)
NEVER: Final = (deny(DESCRIBE),)
NO_IDENTITY: Final = f"because no identity-based policy allows the {DESCRIBE} action"
NO_RESOURCE: Final = f"because no resource-based policy allows the {DESCRIBE} action"
OWN: Final = allow("kms:*", Principal={"AWS": f"arn:aws:iam::{BACKUP}:root"})


def lets(principal: str, **more: Any) -> dict[str, Any]:
    return allow(DESCRIBE, Principal={"AWS": principal}, **more)


def unit_is(unit: str) -> dict[str, Any]:
    return {"ForAnyValue:StringLike": {"aws:PrincipalOrgPaths": f"o-exampleorg1/r-exam/{unit}/*"}}


CASES: Final = (
    Case(name="the key lets the account, identity allows", resource=(lets(ACCOUNT),), identity=READS),
    Case(name="the key lets the account, identity does not", resource=(lets(ACCOUNT),), because=NO_IDENTITY),
    Case(name="the key lets the role", resource=(lets(ROLE),)),
    Case(name="the key lets nobody, identity allows", resource=(OWN,), identity=READS, because=NO_RESOURCE),
    Case(name="the key lets the account, not its root alone", who="root", resource=(lets(ACCOUNT),)),
    Case(name="the key does not let its own root", who="root", resource=(OWN,), because=NO_RESOURCE),
    Case(
        name="the key denies whom identity allows",
        resource=(lets(ACCOUNT), deny(DESCRIBE, Principal="*")),
        identity=READS,
        because="with an explicit deny in a resource-based policy",
    ),
    Case(
        name="a control denies whom the key lets",
        resource=(lets(ROLE),),
        controls={UNIT: NEVER},
        because="with an explicit deny in a service control policy",
    ),
    Case(
        name="the key lets callers of another account only",
        resource=(lets("*", Condition={"StringEquals": {"kms:CallerAccount": BACKUP}}), lets(ACCOUNT)),
        because=NO_IDENTITY,
    ),
    Case(
        name="the key lets callers of the account",
        resource=(lets("*", Condition={"StringEquals": {"kms:CallerAccount": PROD}}),),
    ),
    Case(
        name="the key lets through a service only",
        resource=(lets(ROLE, Condition={"StringEquals": {"kms:ViaService": "s3.eu-west-2.amazonaws.com"}}),),
        identity=READS,
        because=NO_RESOURCE,
    ),
    Case(name="a foreign key and identity allow", owner=BACKUP, resource=(OWN, lets(ROLE)), identity=READS),
    Case(name="a foreign key lets the account", owner=BACKUP, resource=(OWN, lets(ACCOUNT)), identity=READS),
    Case(
        name="a foreign key lets a unit of the organisation",
        owner=BACKUP,
        resource=(OWN, lets("*", Condition=unit_is(UNIT))),
        identity=READS,
    ),
    Case(
        name="a foreign key lets another unit",
        owner=BACKUP,
        resource=(OWN, lets("*", Condition=unit_is("ou-exam-backup01"))),
        identity=READS,
        because=NO_RESOURCE,
    ),
    Case(name="a foreign key alone allows", owner=BACKUP, resource=(OWN, lets(ROLE)), because=NO_IDENTITY),
    Case(name="a foreign key says nothing", owner=BACKUP, resource=(OWN,), identity=READS, because=NO_RESOURCE),
)


@pytest.mark.parametrize("case", [replace(case, asks="kms") for case in CASES], ids=lambda case: case.name)
def test_the_use_of_a_key_is_judged_as_on_aws(emulator: Emulator, case: Case) -> None:
    assert answer(emulator, case) == case.because
