import json

import pytest

from components.central_vault import CentralVault, CentralVaultArgs, VaultLockArgs
from strongroom.config.lock import ACKNOWLEDGEMENT, LockMode
from tests.recorder import Recording, record, run

ARGS: CentralVaultArgs = {
    "region": "eu-west-2",
    "account_id": "333333333333",
    "source": {
        "environment": "prod",
        "account_id": "111111111111",
        "sources_path": "o-exampleorg1/r-exam/ou-exam-sources1/",
        "other_account_ids": ["222222222222"],
    },
    "tier": "monthly",
    "lock_min_days": 2557,
    "lock_max_days": 3653,
}
COMPLIANCE: VaultLockArgs = {"mode": LockMode.COMPLIANCE, "grace_days": 3, "acknowledge": ACKNOWLEDGEMENT}


def vault(args: CentralVaultArgs = ARGS) -> Recording:
    return run(lambda: CentralVault("prod-monthly", args))


def refused(args: CentralVaultArgs, sentence: str) -> None:
    seen = Recording()
    with pytest.raises(ValueError, match=sentence):
        record(lambda: CentralVault("prod-monthly", args), seen)
    assert not seen.resources


def test_the_name_says_source_tier_and_bounds() -> None:
    assert vault()["prod-monthly-vault"].inputs["name"] == "strongroom-prod-monthly-2557-3653"


def test_the_lock_accepts_what_the_name_says() -> None:
    lock = vault()["prod-monthly-lock"].inputs
    assert (lock["minRetentionDays"], lock["maxRetentionDays"]) == (2557, 3653)


def test_only_the_source_may_copy_in() -> None:
    policy = json.loads(vault()["prod-monthly-vault-policy"].inputs["policy"])
    let_in = [one for one in policy["Statement"] if one["Effect"] == "Allow"]
    assert {action for one in let_in for action in one["Action"]} == {"backup:CopyIntoBackupVault"}
    known, fresh = let_in
    assert known["Principal"] == {"AWS": "arn:aws:iam::111111111111:root"}
    assert fresh["Condition"]["StringNotEquals"]["aws:PrincipalAccount"] == ["111111111111", "222222222222"]


def test_it_lies_under_a_key_of_its_own_whose_alias_says_the_tier() -> None:
    seen = vault()
    assert seen["prod-monthly-vault"].inputs["kmsKeyArn"] == "prod-monthly-key-arn"
    assert seen["prod-monthly-key-alias"].inputs["name"] == "alias/strongroom/prod/monthly"


def test_a_lock_can_be_lifted_by_default() -> None:
    assert "changeableForDays" not in vault()["prod-monthly-lock"].inputs


def test_a_compliance_lock_arms_itself_when_its_grace_ends() -> None:
    assert vault({**ARGS, "lock": COMPLIANCE})["prod-monthly-lock"].inputs["changeableForDays"] == 3


def test_a_replaced_lock_is_gone_before_the_new_one_is_put() -> None:
    assert vault()["prod-monthly-lock"].delete_before_replace


def test_destroying_the_stack_leaves_points_key_and_guards() -> None:
    assert all(one.protect and one.retain_on_delete for one in vault().in_aws)


def test_a_disposable_stack_takes_everything_with_it() -> None:
    seen = vault({**ARGS, "disposable": True})
    assert not [one.name for one in seen.resources if one.protect or one.retain_on_delete]
    assert seen["prod-monthly-vault"].inputs["forceDestroy"] is True


@pytest.mark.parametrize("days", [2192, 3653])
def test_the_minimum_may_be_anything_that_the_tier_allows(days: int) -> None:
    assert vault({**ARGS, "lock_min_days": days})["prod-monthly-lock"].inputs["minRetentionDays"] == days


@pytest.mark.parametrize("days", [2191, 3654])
def test_fails_when_the_minimum_is_outside_its_tier(days: int) -> None:
    refused({**ARGS, "lock_min_days": days, "lock_max_days": 4000}, f"must be 2192 to 3653 days, got {days}")


def test_fails_when_the_bounds_are_upside_down() -> None:
    refused({**ARGS, "lock_max_days": 2556}, r"max_days must be at least min_days \(2557\), got 2556")


def test_fails_when_the_tier_does_not_exist() -> None:
    refused({**ARGS, "tier": "yearly"}, "tier .*'daily', 'weekly' or 'monthly'")


def test_fails_when_a_compliance_lock_is_not_acknowledged() -> None:
    refused({**ARGS, "lock": {"mode": LockMode.COMPLIANCE, "grace_days": 14}}, "needs acknowledge")


def test_fails_when_the_grace_is_shorter_than_aws_allows() -> None:
    refused({**ARGS, "lock": {**COMPLIANCE, "grace_days": 2}}, "lock grace in days must be 3 to 36500, got 2")


def test_fails_when_the_organization_path_is_none() -> None:
    refused({**ARGS, "source": {**ARGS["source"], "sources_path": "o-exampleorg1"}}, "sources_path must be")
