"""The pack over programs of others, with nothing configured: it names what is wrong, and lets what is right alone."""

from collections.abc import Callable, Mapping
from typing import Final

import pytest
from strongroom_policies import offline
from strongroom_policies.catalogue import RULES
from strongroom_policies.rule import Rule

from stacks import recording
from stacks.recorder import Stack, run
from tests.policies.foreign import clinic, ledger, shop
from tests.policies.served import served

pytestmark = pytest.mark.processes

Named = Mapping[str, set[str]]
"""Names of resources by the mandatory rule that refuses them."""

BY_SHOP: Final[Named] = {
    "data-not-force-destroyed": {"assets"},
    "data-protected": {"orders", "assets"},
    "data-region-said": {"orders", "carts", "assets"},
    "dynamodb-table-deletion-protection": {"orders"},
    "dynamodb-table-in-a-plan": {"orders", "carts"},
    "dynamodb-table-pitr": {"orders"},
    "iam-policy-narrow": {"api"},
    "s3-bucket-guards": {"assets"},
    "s3-bucket-policy": {"assets-public"},
    "secretsmanager-secret-recoverable": {"db-password"},
    "secretsmanager-value-outside-state": {"db-password"},
    "sns-topic-customer-key": {"oncall"},
    "sns-topic-subscribed": {"oncall"},
}
BY_LEDGER: Final[Named] = {
    "aws-provider-pinned": {"west"},
    "backup-alarms-present": {"nightly"},
    "backup-plan-copies-away": {"nightly"},
    "backup-plan-frequency": {"nightly"},
    "backup-plan-lifecycle": {"nightly"},
    "backup-plan-windows": {"nightly"},
    "backup-vault-customer-key": {"ledgers"},
    "backup-vault-locked": {"ledgers"},
    "backup-vault-policy-present": {"ledgers"},
    "data-not-force-destroyed": {"ledgers"},
    "data-protected": {"ledgers", "sales-key", "purchases-key"},
    "data-region-said": {"ledgers", "sales-key", "purchases-key", "sales-entries", "purchases-entries"},
    "dynamodb-table-pitr": {"sales-entries", "purchases-entries"},
    "kms-key-lasting": {"sales-key", "purchases-key"},
    "kms-key-policy": {"sales-key", "purchases-key"},
}
KEYED: Final = {rule.name: rule.keys for rule in RULES if isinstance(rule, Rule) and rule.keys}
NOT_YET_NAMED: Final = {"sales-entries", "purchases-entries"}
"""Tables of the ledger whose names Pulumi makes, so that no preview can tell what selects them."""

PROGRAMS: Final = [pytest.param(shop.program, BY_SHOP, id="shop"), pytest.param(ledger.program, BY_LEDGER, id="ledger")]


def judged(program: Callable[[], None], *, preview: bool) -> list[offline.Violation]:
    seen = run(program, Stack(preview=preview))
    return offline.judge(recording.resources(seen, preview=preview), {})


def refused(violations: list[offline.Violation]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for one in violations:
        if one.mandatory:
            found.setdefault(one.rule, set()).add(one.urn.rpartition("::")[2])
    return found


@pytest.mark.parametrize(("program", "expected"), PROGRAMS)
def test_each_weakness_is_refused_by_its_rule_and_nothing_else_is(program: Callable[[], None], expected: Named) -> None:
    assert refused(judged(program, preview=False)) == expected


@pytest.mark.parametrize(("program", "expected"), PROGRAMS)
def test_a_preview_refuses_no_less(program: Callable[[], None], expected: Named) -> None:
    found = refused(judged(program, preview=True))
    assert {rule: found[rule] for rule in expected} == dict(expected)


def test_what_a_preview_refuses_besides_could_not_be_checked() -> None:
    more = [one for one in judged(ledger.program, preview=True) if one.mandatory and one.rule not in BY_LEDGER]
    assert {one.urn.rpartition("::")[2] for one in more} == NOT_YET_NAMED
    assert all("could not be checked: name is not known" in one.sentence for one in more)


@pytest.mark.parametrize(("program", "expected"), PROGRAMS)
def test_the_engine_is_told_the_same(program: Callable[[], None], expected: Named) -> None:
    with served() as pack:
        pack.configure({})
        said = [one for one in pack.judge(run(program)) if one.mandatory]
    assert {rule: {one.resource for one in said if one.rule == rule} for rule in {one.rule for one in said}} == expected


@pytest.mark.parametrize("preview", [True, False])
def test_keys_that_a_program_makes_are_no_weakness_before_and_after_they_are_made(preview: bool) -> None:
    said = [one.sentence for one in judged(clinic.program, preview=preview) if one.rule in KEYED]
    with served() as pack:
        pack.configure({})
        told = [one.sentence for one in pack.judge(run(clinic.program, Stack(preview=preview))) if one.rule in KEYED]
    # The secret exists once, which its rule says of it too.
    assert [sentence.split(";")[0] for sentence in said] == ["secretsmanager.Secret 'door-code' exists once"]
    assert told == said


@pytest.mark.parametrize(("lost", "refused_then"), [("records-key", 3), ("alarms", 1)])
def test_fails_when_what_a_key_came_from_is_no_key(lost: str, refused_then: int) -> None:
    recorded = recording.resources(run(clinic.program, Stack(preview=True)), preview=True)
    for one in recorded:
        if one["name"] == lost:
            one["type"] = "aws:s3/bucket:Bucket"
    assert strange(recorded) == refused_then


def test_a_component_is_known_by_its_children_in_what_is_recorded() -> None:
    recorded = recording.resources(run(clinic.program, Stack(preview=True)), preview=True)
    urns = {one["name"]: one["urn"] for one in recorded}
    for one in recorded:
        # As a component of another language hands its outputs on.
        one["waitsFor"] = {key: [urns["records"]] for key in one["waitsFor"]}
    assert strange(recorded) == 0
    assert strange([{**one, "parent": ""} for one in recorded]) == 5


def strange(recorded: list[recording.Document]) -> int:
    """How many keys are refused for what they come from."""
    return len([one for one in offline.judge(recorded, {}) if "a KMS key of this stack is required" in one.sentence])
