"""AWS's evaluation logic as a table: each row is one statement of its page.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html (read 2026-11-22).
"""

from typing import Any, Final

import pytest

from tests.emulator_people import allow, deny
from tests.emulator_process import BACKUP, MANAGEMENT, PROD, Emulator
from tests.rehearsal.emulator.evaluation import ACCOUNT, OBJECT, ROLE, ROOT, SESSION, UNIT, USER, Case, answer

pytestmark = pytest.mark.emulator

GET: Final = "s3:GetObject"


def nothing(kind: str) -> str:
    return f"because no {kind} allows the {GET} action"


def denied(kind: str) -> str:
    return f"with an explicit deny in {'an' if kind.startswith('i') else 'a'} {kind}"


IDENTITY, RESOURCE, CONTROL = "identity-based policy", "resource-based policy", "service control policy"
BOUNDARY, SESSION_POLICY = "permissions boundary", "session policy"
READS: Final = (allow(GET, OBJECT),)
OTHERS: Final = (allow("sqs:*"),)
NEVER: Final = (deny(GET),)


def lets(*principals: str, **more: Any) -> dict[str, Any]:
    return allow(GET, OBJECT, Principal={"AWS": list(principals)}, **more)


def shuts(*principals: str, **more: Any) -> dict[str, Any]:
    return deny(GET, OBJECT, Principal={"AWS": list(principals)}, **more)


SAME_ACCOUNT: Final = (
    Case(name="nothing allows", because=nothing(IDENTITY)),
    Case(name="identity allows", identity=READS),
    Case(name="identity allows another action", identity=OTHERS, because=nothing(IDENTITY)),
    Case(name="identity denies what it allows", identity=(*READS, *NEVER), because=denied(IDENTITY)),
    Case(name="a user's identity allows", who="user", identity=READS),
    Case(name="a user has nothing", who="user", because=nothing(IDENTITY)),
    Case(name="the resource lets the role", resource=(lets(ROLE),)),
    Case(name="the resource lets the session", resource=(lets(SESSION),)),
    Case(name="the resource lets the user", who="user", resource=(lets(USER),)),
    Case(name="the resource lets the account only", resource=(lets(ACCOUNT),), because=nothing(IDENTITY)),
    Case(name="the resource lets the account, identity allows", resource=(lets(ACCOUNT),), identity=READS),
    Case(name="the resource lets another account only", resource=(lets(BACKUP),), because=nothing(IDENTITY)),
    Case(
        name="identity allows, the resource denies", identity=READS, resource=(shuts(ROLE),), because=denied(RESOURCE)
    ),
    Case(
        name="identity denies, the resource lets", identity=NEVER, resource=(lets(SESSION),), because=denied(IDENTITY)
    ),
    Case(
        name="the resource denies whom it lets",
        resource=(lets(ROLE), shuts("*")),
        because=denied(RESOURCE),
    ),
    Case(
        name="the resource denies everyone but the role",
        identity=READS,
        resource=(deny(GET, OBJECT, NotPrincipal={"AWS": [ACCOUNT, ROLE, SESSION]}),),
    ),
    Case(
        name="the resource denies everyone but others",
        identity=READS,
        resource=(deny(GET, OBJECT, NotPrincipal={"AWS": [f"arn:aws:iam::{BACKUP}:root"]}),),
        because=denied(RESOURCE),
    ),
    Case(name="the root needs no policy", who="root"),
    Case(name="the resource denies the root", who="root", resource=(shuts("*"),), because=denied(RESOURCE)),
)
LIMITS: Final = (
    Case(name="boundary and identity allow", identity=READS, boundary=READS),
    Case(name="the boundary allows, identity does not", boundary=READS, because=nothing(IDENTITY)),
    Case(name="identity allows, the boundary does not", identity=READS, boundary=OTHERS, because=nothing(BOUNDARY)),
    Case(name="the boundary denies", identity=READS, boundary=(*READS, *NEVER), because=denied(BOUNDARY)),
    Case(name="session and identity allow", identity=READS, session=READS),
    Case(name="the session allows, identity does not", session=READS, because=nothing(IDENTITY)),
    Case(name="identity allows, the session does not", identity=READS, session=OTHERS, because=nothing(SESSION_POLICY)),
    Case(name="the session denies", identity=READS, session=(*READS, *NEVER), because=denied(SESSION_POLICY)),
    Case(
        name="identity, boundary and session allow",
        identity=READS,
        boundary=READS,
        session=READS,
    ),
    Case(
        name="the resource lets the role, the boundary does not allow",
        resource=(lets(ROLE),),
        boundary=OTHERS,
        because=nothing(BOUNDARY),
    ),
    Case(
        name="the resource lets the role, the session does not allow",
        resource=(lets(ROLE),),
        session=OTHERS,
        because=nothing(SESSION_POLICY),
    ),
    Case(name="the resource lets the session, the boundary does not allow", resource=(lets(SESSION),), boundary=OTHERS),
    Case(name="the resource lets the session, its policy does not", resource=(lets(SESSION),), session=OTHERS),
    Case(
        name="the resource lets the user, the boundary does not allow",
        who="user",
        resource=(lets(USER),),
        boundary=OTHERS,
    ),
    Case(
        name="the resource lets the session, the boundary denies",
        resource=(lets(SESSION),),
        boundary=(*OTHERS, *NEVER),
        because=denied(BOUNDARY),
    ),
)
CONTROLS: Final = (
    Case(name="the root's control denies", identity=READS, controls={ROOT: NEVER}, because=denied(CONTROL)),
    Case(name="the unit's control denies", identity=READS, controls={UNIT: NEVER}, because=denied(CONTROL)),
    Case(name="the account's control denies", identity=READS, controls={PROD: NEVER}, because=denied(CONTROL)),
    Case(name="another unit's control denies", identity=READS, controls={"ou-exam-backup01": NEVER}),
    Case(name="a control allows, identity does not", controls={PROD: READS}, because=nothing(IDENTITY)),
    Case(
        name="a unit without full access allows other things",
        identity=READS,
        controls={UNIT: OTHERS},
        bare=(UNIT,),
        because=nothing(CONTROL),
    ),
    Case(name="a unit without full access allows this", identity=READS, controls={UNIT: READS}, bare=(UNIT,)),
    Case(
        name="the account's control allows what the unit's does not",
        identity=READS,
        controls={UNIT: OTHERS, PROD: READS},
        bare=(UNIT,),
        because=nothing(CONTROL),
    ),
    Case(name="a control denies the root of a member", who="root", controls={PROD: NEVER}, because=denied(CONTROL)),
    Case(
        name="a control denies whom the resource lets",
        resource=(lets(SESSION),),
        controls={UNIT: NEVER},
        because=denied(CONTROL),
    ),
    Case(
        name="a control does not allow whom the resource lets",
        resource=(lets(SESSION),),
        controls={UNIT: OTHERS},
        bare=(UNIT,),
        because=nothing(CONTROL),
    ),
    Case(
        name="a control spares a role by its ARN",
        identity=READS,
        controls={UNIT: (deny(GET, Condition={"ArnNotLike": {"aws:PrincipalArn": ROLE}}),)},
    ),
    Case(
        name="a control denies every other role by its ARN",
        identity=READS,
        controls={UNIT: (deny(GET, Condition={"ArnNotLike": {"aws:PrincipalArn": f"{ROLE}-of-backup"}}),)},
        because=denied(CONTROL),
    ),
    Case(
        name="controls do not bind the management account",
        home=MANAGEMENT,
        owner=MANAGEMENT,
        identity=READS,
        controls={ROOT: NEVER},
    ),
    Case(
        name="controls of the owner do not bind a caller from elsewhere",
        home=PROD,
        owner=BACKUP,
        identity=READS,
        resource=(lets(ROLE),),
        controls={BACKUP: NEVER},
    ),
)
ACROSS: Final = (
    Case(name="both accounts allow", owner=BACKUP, identity=READS, resource=(lets(ROLE),)),
    Case(name="both allow, the owner by account", owner=BACKUP, identity=READS, resource=(lets(ACCOUNT),)),
    Case(name="only the caller's account allows", owner=BACKUP, identity=READS, because=nothing(RESOURCE)),
    Case(name="only the owner allows", owner=BACKUP, resource=(lets(SESSION),), because=nothing(IDENTITY)),
    Case(
        name="the caller's boundary does not allow",
        owner=BACKUP,
        identity=READS,
        boundary=OTHERS,
        resource=(lets(SESSION),),
        because=nothing(BOUNDARY),
    ),
    Case(
        name="the caller's control denies",
        owner=BACKUP,
        identity=READS,
        resource=(lets(ROLE),),
        controls={UNIT: NEVER},
        because=denied(CONTROL),
    ),
    Case(
        name="the owner denies",
        owner=BACKUP,
        identity=READS,
        resource=(lets(ROLE), shuts("*")),
        because=denied(RESOURCE),
    ),
    Case(
        name="the owner lets its organisation",
        owner=BACKUP,
        identity=READS,
        resource=(lets("*", Condition={"StringEquals": {"aws:PrincipalOrgID": "o-exampleorg1"}}),),
    ),
    Case(
        name="the owner lets another organisation",
        owner=BACKUP,
        identity=READS,
        resource=(lets("*", Condition={"StringEquals": {"aws:PrincipalOrgID": "o-otherorg000"}}),),
        because=nothing(RESOURCE),
    ),
    Case(name="a root from elsewhere is let in", who="root", owner=BACKUP, resource=(lets(ACCOUNT),)),
    Case(name="a root from elsewhere is not let in", who="root", owner=BACKUP, because=nothing(RESOURCE)),
)


@pytest.mark.parametrize("case", [*SAME_ACCOUNT, *LIMITS, *CONTROLS, *ACROSS], ids=lambda case: case.name)
def test_a_request_is_judged_as_on_aws(emulator: Emulator, case: Case) -> None:
    assert answer(emulator, case) == case.because
