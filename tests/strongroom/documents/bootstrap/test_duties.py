import pytest

from strongroom.documents.bootstrap import duties
from strongroom.documents.bootstrap.duties import NoDutyError
from tests.strongroom.documents.example import BACKUP, CI, MANAGEMENT, PIPELINE, PROD, account, source, stack, stacks


def role_names(id_: str) -> list[str]:
    return sorted(role.name for role in account(id_).roles)


def test_each_account_gets_the_roles_of_what_it_is_to_the_stacks() -> None:
    own = ["strongroom-deploy", "strongroom-operate", "strongroom-preview", "strongroom-recover"]
    assert role_names(PROD) == own
    assert role_names(BACKUP) == sorted(
        [*own, "strongroom-reader-prod", "strongroom-reader-ci", "strongroom-provisioner-ci"]
    )
    assert role_names(PIPELINE) == ["strongroom-state-backup", "strongroom-state-ci", "strongroom-state-prod"]
    assert role_names(MANAGEMENT) == ["strongroom-deploy"]


def test_the_order_of_the_stack_files_makes_no_difference() -> None:
    assert duties.account(BACKUP, stacks()) == duties.account(BACKUP, stacks()[::-1])


def test_only_the_pipeline_account_keeps_state() -> None:
    store = account(PIPELINE).store
    assert store
    assert store.environments == ("backup", "ci", "prod")
    assert all(account(id_).store is None for id_ in (PROD, CI, BACKUP, MANAGEMENT))


def test_each_mode_is_taken_by_its_own_subject() -> None:
    subjects = {
        role.name: role.trust["Statement"][0].get("Condition", {})["StringEquals"][
            "token.actions.githubusercontent.com:sub"
        ]
        for role in account(PROD).roles
    }
    assert subjects == {
        "strongroom-preview": ["repo:example/strongroom:pull_request", "repo:example/strongroom:ref:refs/heads/main"],
        "strongroom-deploy": ["repo:example/strongroom:environment:prod"],
        "strongroom-operate": ["repo:example/strongroom:environment:prod-operate"],
        "strongroom-recover": ["repo:example/strongroom:environment:prod-recover"],
    }


def test_the_provisioner_is_taken_by_deploy_alone() -> None:
    role = next(role for role in account(BACKUP).roles if role.name == "strongroom-provisioner-ci")
    keys = role.trust["Statement"][0].get("Condition", {})["StringEquals"]
    assert keys["token.actions.githubusercontent.com:sub"] == ["repo:example/strongroom:environment:ci"]


def test_every_policy_that_a_role_names_is_made_and_every_one_made_is_attached() -> None:
    for id_ in (MANAGEMENT, PROD, CI, BACKUP, PIPELINE):
        made = account(id_)
        assert {name for role in (*made.roles, *made.services) for name in role.policies} == set(made.policies)


def test_sessions_that_wait_for_jobs_are_longer() -> None:
    assert {role.name: role.session_seconds for role in account(PROD).roles} == {
        "strongroom-preview": 3600,
        "strongroom-deploy": 3600,
        "strongroom-operate": 14_400,
        "strongroom-recover": 14_400,
    }


def test_fails_when_no_stack_names_the_account() -> None:
    with pytest.raises(NoDutyError, match="account 999999999999 is named by no stack file; add it to accounts:"):
        account("999999999999")


def test_fails_when_two_environments_share_an_account() -> None:
    twin = source("prod", environment="prod2")
    with pytest.raises(NoDutyError, match=f"account {PROD} is the own account of prod and prod2"):
        duties.account(PROD, [source("prod"), twin])


def test_fails_when_the_management_account_holds_data() -> None:
    ids = {"own": PROD, "backup": BACKUP, "pipeline": PIPELINE, "management": PROD}
    with pytest.raises(NoDutyError, match=f"account {PROD} is the management account and the own account of prod"):
        duties.account(PROD, [stack("prod", accounts=ids)])


def test_fails_when_the_stacks_of_an_account_lie_in_different_regions() -> None:
    with pytest.raises(NoDutyError, match=r"several regions \(eu-west-1, eu-west-2\)"):
        duties.account(BACKUP, [source("prod"), source("ci", region="eu-west-1")])


def test_two_issuers_are_two_providers_and_audiences_of_one_are_put_together() -> None:
    other = {"repository": "example/other", "issuer": "https://gitlab.example.com"}
    found = duties.account(PIPELINE, [*stacks(), source("prod", environment="dev", pipeline=other)])
    assert found.issuers == {
        "https://token.actions.githubusercontent.com": ("sts.amazonaws.com",),
        "https://gitlab.example.com": ("sts.amazonaws.com",),
    }
