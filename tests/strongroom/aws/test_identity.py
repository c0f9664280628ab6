import pytest

from strongroom.aws.errors import WrongAccountError
from strongroom.aws.identity import Identity, confirm
from tests.strongroom.aws.fakes import FakeSessions
from tests.strongroom.aws.memory_calls import NOON

PROD, CI = "111111111111", "222222222222"
ARN = f"arn:aws:sts::{CI}:assumed-role/strongroom-deploy/prod-deploy"
SESSIONS = FakeSessions({"strongroom-prod": Identity(CI, ARN, NOON), None: Identity(CI, ARN, NOON)})


def test_a_profile_of_the_account_that_is_meant_is_confirmed() -> None:
    assert confirm("strongroom-prod", CI, SESSIONS).arn == ARN


def test_fails_when_a_profile_lands_in_another_account() -> None:
    with pytest.raises(WrongAccountError) as refused:
        confirm("strongroom-prod", PROD, SESSIONS)
    assert str(refused.value) == (
        f"profile strongroom-prod must be in account {PROD}, got {CI} ({ARN});"
        " change role_arn of strongroom-prod in the AWS config file"
    )


def test_fails_when_the_credentials_at_hand_are_of_another_account() -> None:
    with pytest.raises(
        WrongAccountError, match="the credentials at hand must be in account 111111111111, got 222222222222"
    ):
        confirm(None, PROD, SESSIONS)
