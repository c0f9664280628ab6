"""What tests of the local AWS need of IAM: documents, roles, users, and the sentence `refuses`."""

import json
from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.emulator_process import PROD, Emulator


def allow(actions: str | list[str], resource: str | list[str] = "*", **more: object) -> dict[str, object]:
    """A statement that allows."""
    return {"Effect": "Allow", "Action": actions, "Resource": resource, **more}


def deny(actions: str | list[str], resource: str | list[str] = "*", **more: object) -> dict[str, object]:
    """A statement that denies."""
    return {"Effect": "Deny", "Action": actions, "Resource": resource, **more}


def document(*statements: dict[str, Any]) -> str:
    """A policy document."""
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def trust(principal: object, **more: object) -> str:
    """A trust policy that lets a principal assume the role."""
    return document({"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": principal, **more})


def make_role(
    emulator: Emulator,
    name: str,
    *statements: dict[str, Any],
    account: str = PROD,
    trusts: str | None = None,
    **more: Any,
) -> str:
    """Make a role and return its ARN; it trusts its own account unless `trusts` says otherwise."""
    iam = emulator.client("iam", account=account)
    document_of_trust = trusts or trust({"AWS": f"arn:aws:iam::{account}:root"})
    arn: str = iam.create_role(RoleName=name, AssumeRolePolicyDocument=document_of_trust, **more)["Role"]["Arn"]
    if statements:
        iam.put_role_policy(RoleName=name, PolicyName="test", PolicyDocument=document(*statements))
    return arn


@contextmanager
def refuses(code: str) -> Generator[pytest.ExceptionInfo[ClientError]]:
    """The calls inside end with AWS's error `code`."""
    with pytest.raises(ClientError) as refused:
        yield refused
    assert refused.value.response.get("Error", {}).get("Code") == code
