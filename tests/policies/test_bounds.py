"""Which lock bounds a plan's points is told by names, and by dependencies where names are not known yet."""

from dataclasses import replace

import pytest
from strongroom_policies import bounds

from tests.policies.examples.stack_selections import CENTRAL, PLAN
from tests.policies.examples.stack_vaults import AIR_GAPPED, APART, LOCK, VAULT
from tests.policies.judging import UNKNOWN, Made, judged_together, unchecked

LOCKS = {"locks": [{"vault": CENTRAL, "minRetentionDays": 35, "maxRetentionDays": 90}]}
TIGHT = LOCK.but("minRetentionDays", 36)
SENTENCE = (
    "rule 'daily' of backup.Plan 'plan' lives 35 days; the lock of local accepts 36 to 90 days and lets every other"
    " job fail: change delete_after"
)
BY_DEPENDENCY = replace(TIGHT.but("backupVaultName", UNKNOWN), waits_for={"backupVaultName": "vault"})


def said(*stack: Made) -> list[str]:
    return [sentence for _, sentence in judged_together(bounds.WITHIN_LOCKS, stack, LOCKS)]


def test_a_lock_is_linked_by_its_vault() -> None:
    assert said(PLAN, VAULT, BY_DEPENDENCY) == [SENTENCE]


def test_a_rule_of_a_plan_is_linked_by_the_only_vault_that_it_waits_for() -> None:
    plan = replace(PLAN.but("rules.0.targetVaultName", UNKNOWN), waits_for={"rules": "vault"})
    assert said(plan, VAULT, TIGHT) == [SENTENCE]


def test_fails_when_nothing_tells_where_a_rule_lands() -> None:
    plan = PLAN.but("rules.0.targetVaultName", UNKNOWN)
    assert said(plan, VAULT, TIGHT) == [unchecked(bounds.WITHIN_LOCKS, "backup.Plan 'plan'", "rules.0.targetVaultName")]


@pytest.mark.parametrize("stack", [[PLAN, LOCK], [PLAN, VAULT, LOCK]], ids=["without its vault", "with its vault"])
def test_fails_when_nothing_tells_whose_a_lock_is(stack: list[Made]) -> None:
    unknown = [one.but("backupVaultName", UNKNOWN) if one.name == LOCK.name else one for one in stack]
    found = set(said(*unknown))
    assert found == {unchecked(bounds.WITHIN_LOCKS, "backup.VaultLockConfiguration 'lock'", "backupVaultName")}


def test_an_unknown_lock_hides_no_known_one() -> None:
    unknown = replace(LOCK.but("backupVaultName", UNKNOWN), name="unknown")
    assert SENTENCE in said(PLAN, unknown, TIGHT)


@pytest.mark.parametrize("account", ["111111111111", "222222222222"])
def test_an_air_gapped_vault_bounds_copies_into_its_account_only(account: str) -> None:
    into = APART.replace("111111111111", account)
    copy = {"destinationVaultArn": into, "lifecycle": {"deleteAfter": 6}}
    found = said(PLAN.but("rules.0.copyActions", [copy]), AIR_GAPPED)
    bounded = "lives 6 days; the lock of" if account == "111111111111" else "nothing says which retention"
    assert [bounded in sentence for sentence in found] == [True]
