import json
from collections import Counter

import pytest

from strongroom.config.lock import ACKNOWLEDGEMENT
from strongroom.config.outputs import CentralOutputs
from tests.recorder import Recording, run
from tests.stacks import world

LOCK = "aws:backup/vaultLockConfiguration:VaultLockConfiguration"


def central(**changes: object) -> Recording:
    return run(world.the(world.nothing()), world.stack("backup", changes))


def test_each_source_has_a_locked_vault_for_each_tier() -> None:
    seen = world.recorded("backup")
    assert {one.inputs["name"] for one in seen.of("aws:backup/vault:Vault")} == {
        f"strongroom-{source}-{bounds}"
        for source in world.SOURCES
        for bounds in ("daily-35-90", "weekly-90-366", "monthly-2557-3653")
    }
    assert len(seen.of(LOCK)) == len(seen.of("aws:backup/vault:Vault"))


def test_a_tier_that_a_source_does_not_use_has_no_vault() -> None:
    source = {"environment": "prod", "account": "111111111111", "tiers": ["daily"]}
    assert [one.name for one in central(sources=[source]).of("aws:backup/vault:Vault")] == ["prod-daily-vault"]


def test_it_makes_no_archive_for_a_source_that_makes_its_own() -> None:
    assert [one.name for one in world.recorded("backup").of("aws:s3/bucket:Bucket")] == ["prod-archive-bucket"]


def test_nothing_of_it_lies_outside_the_backup_account() -> None:
    found = Counter(one.provider for one in world.recorded("backup").in_aws)
    assert set(found) == {"strongroom-backup"}


def test_each_vault_is_watched() -> None:
    seen = world.recorded("backup")
    watched = {
        one.inputs["dimensions"]["BackupVaultName"]
        for one in seen.of("aws:cloudwatch/metricAlarm:MetricAlarm")
        if one.inputs.get("namespace") == "AWS/Backup"
    }
    assert watched == {one.inputs["name"] for one in seen.of("aws:backup/vault:Vault")}


def test_the_alarms_wait_for_ages_of_every_tier_of_every_source() -> None:
    alarms = world.recorded("backup").of("aws:cloudwatch/metricAlarm:MetricAlarm")
    places = {
        one.inputs["dimensions"]["Place"] for one in alarms if one.inputs.get("metricName") == "RecoveryPointAgeHours"
    }
    assert places == {f"{source}-{tier}" for source in world.SOURCES for tier in ("daily", "weekly", "monthly")}
    assert "alarms-stale-pitr" not in {one.name for one in alarms}


def test_a_source_never_gets_into_anothers_vault() -> None:
    seen = world.recorded("backup")
    assert "222222222222:root" not in seen["prod-daily-vault-policy"].inputs["policy"]
    assert "111111111111:root" not in seen["ci-daily-vault-policy"].inputs["policy"]
    for name in ("prod-daily-vault-policy", "prod-archive-policy"):
        statements = json.loads(seen[name].inputs["policy"])["Statement"]
        (fresh,) = [one for one in statements if one["Effect"] == "Allow" and one["Sid"].endswith("FreshAccount")]
        assert fresh["Condition"]["StringNotEquals"]["aws:PrincipalAccount"] == ["111111111111", "222222222222"]


def test_a_compliance_lock_reaches_every_vault() -> None:
    lock = {"mode": "compliance", "graceDays": 14, "acknowledge": ACKNOWLEDGEMENT}
    assert {one.inputs["changeableForDays"] for one in central(lock=lock).of(LOCK)} == {14}


def test_the_outputs_are_those_that_readers_know() -> None:
    told = world.recorded("backup").exports
    assert set(told) == set(CentralOutputs.__annotations__)
    for tiers in told["vault_arns"].values():
        assert set(tiers) == {"daily", "weekly", "monthly"}
    assert set(told["vault_arns"]) == set(world.SOURCES)
    assert told["archive_buckets"] == {"prod": "strongroom-prod-archive-333333333333-eu-west-2"}
    assert told["key_aliases"]["prod"]["archive"] == "alias/strongroom/prod/archive"
    assert "archive" not in told["key_aliases"]["ci"]


def test_a_disposable_central_side_keeps_nothing() -> None:
    assert not central(disposable=True).protected


@pytest.mark.parametrize("days", [35, 90])
def test_the_shortest_retention_that_a_vault_accepts_is_what_its_source_sends(days: int) -> None:
    source = {"environment": "prod", "account": "111111111111", "retentionDays": {"daily": days}}
    assert central(sources=[source])["prod-daily-lock"].inputs["minRetentionDays"] == days
