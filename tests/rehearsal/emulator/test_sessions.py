import base64
import json
from typing import Any

import pytest

from tests.emulator_people import allow, document, make_role, refuses, trust
from tests.emulator_process import BACKUP, MANAGEMENT, PROD, Emulator, anonymous

pytestmark = pytest.mark.emulator

ISSUER = "https://token.example.com"
PROVIDER = f"arn:aws:iam::{PROD}:oidc-provider/token.example.com"
DEPLOY = "repo:example/strongroom:environment:prod"


def token(**claims: object) -> str:
    def part(content: object) -> str:
        return base64.urlsafe_b64encode(json.dumps(content).encode()).rstrip(b"=").decode()

    return f"{part({'alg': 'none'})}.{part({'iss': ISSUER, 'aud': 'sts.amazonaws.com', 'sub': DEPLOY, **claims})}.x"


def make_deploy_role(emulator: Emulator) -> str:
    condition = {"StringEquals": {"token.example.com:sub": DEPLOY, "token.example.com:aud": "sts.amazonaws.com"}}
    statement = {
        "Effect": "Allow",
        "Action": "sts:AssumeRoleWithWebIdentity",
        "Principal": {"Federated": PROVIDER},
        "Condition": condition,
    }
    return make_role(emulator, "deploy", trusts=document(statement))


def make_provider(emulator: Emulator) -> None:
    emulator.client("iam").create_open_id_connect_provider(Url=ISSUER, ClientIDList=["sts.amazonaws.com"])


def enter(emulator: Emulator, role: str, web_token: str, **more: Any) -> Any:
    sts = anonymous(emulator, "sts")
    return sts.assume_role_with_web_identity(RoleArn=role, RoleSessionName="run", WebIdentityToken=web_token, **more)


def test_a_web_identity_of_a_known_provider_gets_a_session(emulator: Emulator) -> None:
    make_provider(emulator)
    assert enter(emulator, make_deploy_role(emulator), token())["Credentials"]["SessionToken"]


def test_fails_when_the_provider_is_not_in_the_account(emulator: Emulator) -> None:
    with refuses("InvalidIdentityToken"):
        enter(emulator, make_deploy_role(emulator), token())


def test_fails_when_the_provider_does_not_know_the_audience(emulator: Emulator) -> None:
    make_provider(emulator)
    with refuses("InvalidIdentityToken"):
        enter(emulator, make_deploy_role(emulator), token(aud="another"))


def test_fails_when_the_subject_is_not_the_roles(emulator: Emulator) -> None:
    make_provider(emulator)
    with refuses("AccessDenied"):
        enter(emulator, make_deploy_role(emulator), token(sub="repo:example/strongroom:environment:ci"))


def test_fails_when_the_token_is_none(emulator: Emulator) -> None:
    make_provider(emulator)
    with refuses("InvalidIdentityToken"):
        enter(emulator, make_deploy_role(emulator), "nonsense")


def test_a_session_lasts_as_long_as_its_role_allows_and_no_longer(emulator: Emulator) -> None:
    role = make_role(emulator, "long", trusts=trust({"AWS": MANAGEMENT}), MaxSessionDuration=7200)
    caller = emulator.administrator_of(MANAGEMENT)
    assert emulator.assume(caller, role, DurationSeconds=7200).session_token
    with refuses("ValidationError"):
        emulator.assume(caller, role, DurationSeconds=7201)


def test_a_chained_session_lasts_one_hour_at_most(emulator: Emulator) -> None:
    role = make_role(emulator, "chained", MaxSessionDuration=43200)
    caller = emulator.administrator_of(PROD)
    assert emulator.assume(caller, role, DurationSeconds=3600).session_token
    with refuses("ValidationError") as refused:
        emulator.assume(caller, role, DurationSeconds=3601)
    assert "role chaining" in str(refused.value)


def test_a_role_is_found_by_its_whole_path_only(emulator: Emulator) -> None:
    role = make_role(emulator, "inner", Path="/strongroom/")
    caller = emulator.administrator_of(PROD)
    assert emulator.assume(caller, role).session_token
    with refuses("AccessDenied"):
        emulator.assume(caller, f"arn:aws:iam::{PROD}:role/inner")


def test_a_role_is_reached_through_another_accounts_role(emulator: Emulator) -> None:
    outer = make_role(emulator, "outer", allow("sts:AssumeRole", f"arn:aws:iam::{BACKUP}:role/inner"))
    inner = make_role(emulator, "inner", account=BACKUP, trusts=trust({"AWS": outer}))
    keys = emulator.assume(emulator.session(outer), inner)
    assert emulator.client_with(keys, "sts").get_caller_identity()["Account"] == BACKUP


def test_the_environment_of_the_process_gives_no_key(emulator: Emulator) -> None:
    with refuses("InvalidClientTokenId"):
        emulator.root("sts", "AKIAIOSFODNN7EXAMPLE").get_caller_identity()


def test_fails_when_the_role_of_a_session_is_gone(emulator: Emulator) -> None:
    keys = emulator.session(make_role(emulator, "reader", allow("sqs:*")))
    sqs = emulator.client_with(keys, "sqs")
    sqs.list_queues()
    _delete_role(emulator, "reader")
    with refuses("InvalidClientTokenId"):
        sqs.list_queues()


def test_fails_when_the_role_of_a_session_was_made_again(emulator: Emulator) -> None:
    keys = emulator.session(make_role(emulator, "reader", allow("sqs:*")))
    _delete_role(emulator, "reader")
    role = make_role(emulator, "reader", allow("sqs:*"))
    with refuses("InvalidClientTokenId"):
        emulator.client_with(keys, "sqs").list_queues()
    emulator.client("sqs", role_arn=role).list_queues()


def test_who_a_role_trusts_by_name_needs_no_policy_in_its_own_account(emulator: Emulator) -> None:
    caller = make_role(emulator, "caller")
    named = make_role(emulator, "named", trusts=trust({"AWS": caller}))
    by_account = make_role(emulator, "by-account")
    keys = emulator.session(caller)
    emulator.assume(keys, named)
    with refuses("AccessDenied"):
        emulator.assume(keys, by_account)


def _delete_role(emulator: Emulator, name: str) -> None:
    iam = emulator.client("iam")
    iam.delete_role_policy(RoleName=name, PolicyName="test")
    iam.delete_role(RoleName=name)


def test_fails_when_the_root_of_an_account_assumes_a_role(emulator: Emulator) -> None:
    role = make_role(emulator, "reader")
    with refuses("AccessDenied"):
        emulator.root("sts").assume_role(RoleArn=role, RoleSessionName="test")
