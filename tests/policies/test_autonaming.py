"""A name that Pulumi makes up is told by the pattern that it makes names by."""

import pulumi_aws as aws
import pytest
from strongroom_policies import removals

from tests.policies.judging import Made, judged


def chosen(name: str, pattern: str | None, logical: str = "salt") -> bool:
    """Whether the program is said to have chosen a name."""
    secret = Made(aws.secretsmanager.Secret, {"name": name}, logical, protect=False)
    return bool(judged(removals.NAMES, secret, None if pattern is None else {"autonaming": pattern}))


UUID = "0b1c2d3e-0123-4567-89ab-0123456789ab"


@pytest.mark.parametrize(
    ("pattern", "made_up", "others"),
    [
        (None, "salt-0a1b2c3", ["salt-0a1b2c", "salt-0a1b2cg", "salt"]),
        ("${name}-${hex(7)}", "salt-0a1b2c3", ["salt-0a1b2c", "salt-0a1b2c34", "pepper-0a1b2c3"]),
        ("prod-${name}.${hex(4)}", "prod-salt.0a1b", ["salt.0a1b", "prod-saltx0a1b", "prod-salt.0A1B"]),
        ("${alphanum(3)}_${name}", "z9a_salt", ["z9A_salt", "z9_salt"]),
        ("${name}${string(2)}${num(2)}", "saltab12", ["salt12ab", "saltab1"]),
        ("${name}-${uuid}", f"salt-{UUID}", [f"salt-{UUID[:-1]}", UUID]),
        ("${name}", "", ["salt"]),
        ("${name}-${hex(0)}", "", ["salt-"]),
        ("${name}-${stack}-${hex(2)}", "salt-${stack}-0a", ["salt-prod-0a"]),
        ("prod", "", ["prod"]),
        ("", "", ["salt-0a1b2c3", "salt"]),
    ],
)
def test_a_name_is_made_up_by_its_whole_form(pattern: str | None, made_up: str, others: list[str]) -> None:
    assert not made_up or not chosen(made_up, pattern)
    assert all(chosen(other, pattern) for other in others)


def test_a_logical_name_is_no_pattern() -> None:
    assert chosen("sXlt-0a1b2c3", None, "s.lt")
    assert not chosen("s.lt-0a1b2c3", None, "s.lt")
