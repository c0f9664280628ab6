"""Every document against AWS's own list of actions, as policy_sentry carries it."""

# policy_sentry is untyped; nothing of it leaves this module.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportMissingTypeStubs=false
# pyright: reportUnknownArgumentType=false

import functools
import re
from collections.abc import Iterator

import pytest
from policy_sentry.querying.actions import get_action_data, get_actions_for_service

from strongroom.documents.policy import Document, Statement
from tests.strongroom.documents.example import identity_policies, resource_policies, trusts
from tests.strongroom.documents.judge import listed

RESOURCE = dict(resource_policies())
TRUSTS = dict(trusts())
IDENTITY = dict(identity_policies())
EVERYONE = {**RESOURCE, **TRUSTS, **IDENTITY}
WILDCARD_ALLOWED = {"OnlyOverTls", "ServicesOfBackups"}
"""A denial of every S3 action, and the boundary, which gives nothing."""
BOUNDING = {"aws:PrincipalOrgID", "aws:PrincipalAccount"}
"""Conditions of one value without a pattern: S3 calls a policy public that has none."""


@functools.cache
def known(service: str) -> frozenset[str]:
    return frozenset(str(action).lower() for action in get_actions_for_service(service))


@functools.cache
def forms(action: str) -> tuple[str, ...]:
    """Forms of ARNs that AWS names for an action; none where it can be bound to no resource."""
    service, name = action.split(":")
    rows = get_action_data(service, name)
    found = [str(row["resource_arn_format"]) for row in rows[service]] if rows else []
    return tuple(form for form in found if form != "*")


def statements(documents: dict[str, Document]) -> Iterator[tuple[str, Statement]]:
    for name, document in documents.items():
        for statement in document["Statement"]:
            yield f"{name}: {statement['Sid']}", statement


def fits(resource: str, form: str) -> bool:
    """Whether a pattern of ours could name something of that form: same service, same kind of resource."""
    kind = re.split(r"\$\{", form.split(":", 5)[5])[0]
    ours = resource.split(":", 5)
    return ours[2] == form.split(":")[2].replace("${Vendor}", ours[2]) and (
        ours[5].startswith(kind) or (ours[2] == "s3" and ("/" in ours[5]) == ("/" in form.split(":", 5)[5]))
    )


def test_every_action_exists() -> None:
    missing = [
        f"{where} {action}"
        for where, statement in statements(EVERYONE)
        for action in statement["Action"]
        if "*" not in action and action.lower() not in known(action.split(":")[0])
    ]
    assert missing == []


def test_no_action_is_a_wildcard_but_in_the_two_documents_that_give_nothing() -> None:
    wild = {
        statement["Sid"]
        for _, statement in statements(EVERYONE)
        if any("*" in action for action in statement["Action"])
    }
    assert wild == WILDCARD_ALLOWED


def test_every_action_can_act_on_a_resource_of_its_statement() -> None:
    astray = [
        f"{where} {action} on {resources}"
        for where, statement in statements(IDENTITY)
        for action in statement["Action"]
        if "*" not in action
        if "*" not in (resources := listed(statement.get("Resource", "*")))
        if not any(fits(resource, form) for resource in resources for form in forms(action))
    ]
    assert astray == []


def test_nothing_is_allowed_everywhere_that_can_be_bound_to_a_name() -> None:
    loose = {
        action
        for _, statement in statements({k: v for k, v in IDENTITY.items() if "boundary" not in k})
        if statement["Effect"] == "Allow" and statement.get("Resource") == "*" and "Condition" not in statement
        for action in statement["Action"]
        if forms(action)
    }
    # Reads whose lists AWS gives only to those who may see everything.
    assert all(re.match(r"(backup|cloudwatch):(Describe|List)", action) for action in loose), loose


@pytest.mark.parametrize("name", [*RESOURCE, *TRUSTS])
def test_anybody_is_allowed_only_from_a_known_account_or_unit(name: str) -> None:
    for statement in EVERYONE[name]["Statement"]:
        principal = statement.get("Principal")
        if statement["Effect"] == "Allow" and principal in ("*", {"AWS": "*"}):
            tested = {key for keys in statement.get("Condition", {}).values() for key in keys}
            assert tested & BOUNDING, statement["Sid"]
            assert "aws:PrincipalArn" in tested, statement["Sid"]


@pytest.mark.parametrize("name", list(EVERYONE))
def test_statements_have_different_names_that_aws_takes(name: str) -> None:
    names = [statement["Sid"] for statement in EVERYONE[name]["Statement"]]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[A-Za-z0-9]+", sid) for sid in names)


@pytest.mark.parametrize("name", list(EVERYONE))
def test_no_condition_is_empty(name: str) -> None:
    for statement in EVERYONE[name]["Statement"]:
        assert all(keys for keys in statement.get("Condition", {"-": {"-": "-"}}).values())


def test_no_role_may_pass_a_role_to_more_than_one_service() -> None:
    passed = [
        (listed(statement.get("Resource", "*")), statement.get("Condition"))
        for _, statement in statements({k: v for k, v in IDENTITY.items() if "boundary" not in k})
        if "iam:PassRole" in statement["Action"]
    ]
    assert passed
    assert all(
        len(roles) == 1 and condition and "iam:PassedToService" in condition["StringEquals"]
        for roles, condition in passed
    )
