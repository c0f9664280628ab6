from collections import Counter

import pytest

from strongroom.config import manifest
from strongroom.config.outputs import SourceOutputs
from strongroom.config.settings import SourceSettings
from tests.recorder import Recording, run
from tests.stacks import world

SOURCES = pytest.mark.parametrize("name", world.SOURCES)
TABLES = 6


def kinds(seen: Recording) -> Counter[str]:
    return Counter(one.type.rsplit(":", 1)[1] for one in seen.resources)


@SOURCES
def test_every_table_of_the_settings_is_protected(name: str) -> None:
    settings = world.settings(name)
    assert isinstance(settings, SourceSettings)
    seen = world.recorded(name)
    made = {one.inputs["name"]: one.inputs["tags"] for one in seen.of("aws:dynamodb/table:Table")}
    assert made == {
        table.name: {"strongroom:data-class": table.data_class, "strongroom:environment": name}
        for table in settings.tables
    }
    assert len(made) == TABLES


@SOURCES
def test_a_table_costs_at_most_three_registrations(name: str) -> None:
    tables = [f"{name}-submit-receipts", f"{name}-submit-bundles"]
    settings = [{"name": table, "dataClass": "critical", "hashKey": {"name": "id"}} for table in tables]
    one, two = (run(world.the(world.everything()), world.stack(name, {"tables": settings[:count]})) for count in (1, 2))
    assert len(two.resources) - len(one.resources) == 2


def test_the_source_makes_its_own_things_and_one_provider() -> None:
    found = kinds(world.recorded("prod"))
    assert (found["aws"], found["Table"], found["Plan"], found["Selection"]) == (1, TABLES, 3, 3)
    assert (found["Vault"], found["Bucket"], found["BucketReplicationConfig"], found["Key"]) == (1, 1, 1, 3)
    assert (found["RegionSettings"], found["BucketObjectv2"], found["VaultNotifications"]) == (1, 1, 1)


def test_in_single_pipeline_mode_the_source_makes_the_archive_too_over_a_second_provider() -> None:
    seen = world.recorded("ci")
    found = kinds(seen)
    assert (found["aws"], found["Bucket"], found["BucketObjectLockConfiguration"], found["Key"]) == (2, 2, 1, 4)
    assert {one.name for one in seen.in_aws if one.provider == "strongroom-backup"} == {
        one.name for one in seen.in_aws if one.name.startswith("ci-archive-")
    }


@SOURCES
def test_a_source_makes_no_vault_in_the_backup_account(name: str) -> None:
    assert {one.provider for one in world.recorded(name).of("aws:backup/vault:Vault")} == {f"strongroom-{name}"}


@SOURCES
def test_the_manifest_lies_in_the_exports_bucket_and_reads_back(name: str) -> None:
    (document,) = world.recorded(name).of("aws:s3/bucketObjectv2:BucketObjectv2")
    assert document.inputs["key"] == f"manifest/{name}/settings.json"
    assert manifest.read(document.inputs["content"]).settings == world.settings(name)


@SOURCES
def test_the_alarms_wait_for_the_vaults_that_the_manifest_names(name: str) -> None:
    seen = world.recorded(name)
    (document,) = seen.of("aws:s3/bucketObjectv2:BucketObjectv2")
    vaults = manifest.read(document.inputs["content"]).vaults
    watched = {
        one.inputs["dimensions"]["BackupVaultName"]
        for one in seen.of("aws:cloudwatch/metricAlarm:MetricAlarm")
        if one.inputs.get("namespace") == "AWS/Backup"
    }
    assert watched == {vaults.local, *vaults.central.values()}


@SOURCES
def test_the_alarms_wait_for_replicas_of_the_bucket_that_is_replicated(name: str) -> None:
    seen = world.recorded(name)
    (replication,) = seen.of("aws:s3/bucketReplicationConfig:BucketReplicationConfig")
    (rule,) = replication.inputs["rules"]
    bucket = rule["destination"]["bucket"].removeprefix("arn:aws:s3:::")
    route = {"SourceBucket": replication.inputs["bucket"], "DestinationBucket": bucket, "RuleId": rule["id"]}
    metrics = seen.of("aws:cloudwatch/metricAlarm:MetricAlarm")
    watched = [one.inputs["dimensions"] for one in metrics if one.inputs.get("namespace") == "AWS/S3"]
    assert watched == [route, route]


@SOURCES
def test_the_alarms_wait_for_ages_of_every_place_that_verify_looks_into(name: str) -> None:
    limits = {
        one.inputs["dimensions"]["Place"]: one.inputs["threshold"]
        for one in world.recorded(name).of("aws:cloudwatch/metricAlarm:MetricAlarm")
        if one.inputs.get("metricName") == "RecoveryPointAgeHours"
    }
    assert limits == {"local": 39, "daily": 39, "weekly": 7 * 24 + 15, "monthly": 31 * 24 + 15}
    assert f"strongroom-{name}-stale-pitr" in {
        one.inputs["name"] for one in world.recorded(name).of("aws:cloudwatch/metricAlarm:MetricAlarm")
    }


@SOURCES
def test_copies_go_to_vaults_that_the_central_stack_makes(name: str) -> None:
    made = {one.inputs["name"] for one in world.recorded("backup").of("aws:backup/vault:Vault")}
    sent = {
        copy["destinationVaultArn"].rsplit(":", 1)[1]
        for plan in world.recorded(name).of("aws:backup/plan:Plan")
        for rule in plan.inputs["rules"]
        for copy in rule["copyActions"]
    }
    assert sent
    assert sent <= made


def test_replicas_go_to_the_bucket_and_key_that_the_central_stack_makes() -> None:
    central = world.recorded("backup")
    (rule,) = world.recorded("prod")["prod-exports-replication"].inputs["rules"]
    destination = rule["destination"]
    assert destination["bucket"] == f"arn:aws:s3:::{central['prod-archive-bucket'].inputs['bucket']}"
    alias = central["prod-archive-key-alias"].inputs["name"]
    assert destination["encryptionConfiguration"]["replicaKmsKeyId"].endswith(f":333333333333:{alias}")


@SOURCES
def test_the_outputs_are_those_that_readers_know(name: str) -> None:
    told = world.recorded(name).exports
    assert set(told) == set(SourceOutputs.__annotations__)
    assert len(told["table_arns"]) == TABLES
    assert told["archive_bucket"] == f"strongroom-{name}-archive-333333333333-eu-west-2"


@SOURCES
def test_a_disposable_source_keeps_nothing(name: str) -> None:
    seen = run(world.the(world.everything()), world.stack(name, {"disposable": True}))
    assert not seen.protected
    assert not any(one.inputs["deletionProtectionEnabled"] for one in seen.of("aws:dynamodb/table:Table"))


def test_settings_of_a_table_reach_it() -> None:
    table = {
        "name": "prod-submit-extras",
        "dataClass": "short",
        "hashKey": {"name": "id", "type": "N"},
        "rangeKey": {"name": "at", "type": "B"},
        "ttlAttribute": "expires",
        "stream": "KEYS_ONLY",
        "kmsKeyArn": "arn:aws:kms:eu-west-2:111111111111:key/1",
        "pitrDays": 7,
    }
    made = run(world.the(world.everything()), world.stack("prod", {"tables": [table]}))["prod-submit-extras-table"]
    assert made.inputs["attributes"] == [{"name": "id", "type": "N"}, {"name": "at", "type": "B"}]
    assert made.inputs["ttl"]["attributeName"] == "expires"
    assert made.inputs["streamViewType"] == "KEYS_ONLY"
    assert made.inputs["serverSideEncryption"]["kmsKeyArn"] == "arn:aws:kms:eu-west-2:111111111111:key/1"
    assert made.inputs["pointInTimeRecovery"]["recoveryPeriodInDays"] == 7
