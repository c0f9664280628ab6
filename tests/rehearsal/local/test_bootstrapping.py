import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from rehearsal.local import bootstrapping, lifecycle
from rehearsal.local.errors import RehearsalError
from rehearsal.local.lifecycle import Opening
from rehearsal.local.local import Local
from rehearsal.local.place import Place
from rehearsal.local.progress import Silent

pytestmark = pytest.mark.emulator

STATEMENT = {"Effect": "Allow", "Action": "*", "Resource": "*"}


def unheard(_: str) -> None:
    """Nobody listens."""


@pytest.fixture
def local(tmp_path: Path) -> Iterator[Local]:
    with lifecycle.attended(Opening(Place(tmp_path), 0, Silent())) as local:
        yield local


def test_every_account_gets_its_day_one_and_applying_it_again_changes_nothing(local: Local) -> None:
    for one in bootstrapping.of(local.world):
        bootstrapping.apply(one, local.administrators, unheard)
        bootstrapping.apply(one, local.administrators, unheard)


def test_fails_when_a_role_is_not_what_its_documents_say(local: Local) -> None:
    one = next(one for one in bootstrapping.of(local.world) if one.name == "prod")
    bootstrapping.apply(one, local.administrators, unheard)
    local.administrators.iam(one.account.id).put_role_policy(
        RoleName="strongroom-deploy",
        PolicyName="slipped-in",
        PolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [STATEMENT]}),
    )
    with pytest.raises(RehearsalError, match="role strongroom-deploy has inline policies slipped-in"):
        bootstrapping.apply(one, local.administrators, unheard)
