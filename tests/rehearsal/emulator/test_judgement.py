"""The judgement that services ask for whom they act for; MiniStack lives in another environment, so a script asks."""

import json
import subprocess
from typing import Any, Final

import pytest

from tests.emulator_process import CHECKOUT, ORGANIZATION, emulator_python

pytestmark = pytest.mark.emulator

ROLE: Final = "arn:aws:iam::111111111111:role/backup"
TABLE: Final = "arn:aws:dynamodb:eu-west-2:111111111111:table/receipts"


@pytest.fixture(scope="module")
def answers() -> Any:
    """What the script was told."""
    asked = [str(emulator_python()), str(CHECKOUT / "tests/rehearsal/emulator/judging.py"), json.dumps(ORGANIZATION)]
    told = subprocess.run(asked, env={"PYTHONPATH": str(CHECKOUT)}, check=True, capture_output=True, text=True)
    return json.loads(told.stdout)


def test_a_principal_may_what_its_policies_allow(answers: Any) -> None:
    assert answers["of_roles"] == {
        "a role may what its policy allows": True,
        "a role may nothing else": False,
        "the sentence": f"User: {ROLE} is not authorized to perform: dynamodb:DeleteTable on resource: {TABLE} "
        "because no identity-based policy allows the dynamodb:DeleteTable action",
        "an absent role": False,
        "another path": False,
        "a session": True,
        "the root": True,
        "the linked role": True,
        "a key in the context": True,
        "no key in the context": False,
    }


def test_a_role_lets_in_the_service_that_it_trusts(answers: Any) -> None:
    assert answers["of_trust"] == {
        "the trusted service": True,
        "for another account": False,
        "for nobody in particular": False,
        "another service": False,
        "a role that is absent": False,
    }


def test_a_service_may_what_the_resources_policy_lets_it(answers: Any) -> None:
    assert answers["of_services"] == {
        "the service that is let": True,
        "for another source": False,
        "a service that is not let": False,
    }


def test_a_key_is_used_through_a_service_as_kms_says(answers: Any) -> None:
    assert answers["of_keys"] == {
        "through its service": "allowed",
        "through another service": "AccessDeniedException",
        "a grant on a foreign key": "allowed",
        "a direct grant on it": "AccessDeniedException",
        "a disabled key": "DisabledException",
        "a key that waits": "KMSInvalidStateException",
        "an absent key": "NotFoundException",
        "usable": [True, False, False],
        "a key that is gone": "NotFoundException",
    }


def test_a_key_is_known_by_its_aliases(answers: Any) -> None:
    assert answers["of_aliases"] == {"named": True, "other": False}


def test_a_service_control_policy_binds_all_but_linked_roles(answers: Any) -> None:
    assert answers["of_controls"] == {
        "before": True,
        "a role": f"User: {ROLE} is not authorized to perform: dynamodb:DescribeTable on resource: {TABLE} "
        "with an explicit deny in a service control policy",
        "a linked role": True,
        "a root": False,
    }


def test_what_depends_on_the_time_is_judged_at_its_time(answers: Any) -> None:
    assert answers["of_time"] == {"today": True, "the day after tomorrow": False}
