"""A key that nobody knows yet is one of the stack when the stack says so; whatever else it comes from is refused."""

from dataclasses import replace
from typing import Final

import pulumi
import pulumi_aws as aws
import pytest
from strongroom_policies import buckets, vaults
from strongroom_policies.catalogue import RULES
from strongroom_policies.properties import Properties
from strongroom_policies.rule import Rule

from tests.policies.example import Example
from tests.policies.examples.catalogue import EXAMPLES
from tests.policies.examples.vaults import VAULT
from tests.policies.judging import BOX, UNKNOWN, Made, judged, judged_among, unchecked


class Root(pulumi.ComponentResource):
    """The stack as a resource, of which only the type is asked."""

    pulumi_type = "pulumi:pulumi:Stack"


def place(made: Made, key: str) -> str:
    """The path of a key, with the first position of each list on its way; empty where the resource takes none."""
    part, way = Properties(made.properties), list[str]()
    for step in key.split("."):
        if step not in part:
            return ""
        listed = part.count(step) > 0
        way += [step, "0"] if listed else [step]
        part = part.parts(step)[0] if listed else part.part(step)
    return ".".join(way)


KEYED: Final = [
    pytest.param(example, key, id=f"{example.rule.name}-{key}")
    for example in EXAMPLES
    for key in example.rule.keys
    if place(example.valid, key)
]
KEY: Final = Made(aws.kms.Key, {}, "key")
BUCKET: Final = Made(aws.s3.Bucket, {}, "bucket")


def by(source: str, made: Made = VAULT, key: str = "kmsKeyArn") -> Made:
    """A resource whose key is unknown, and comes from another resource of this name."""
    return replace(made.but(place(made, key), UNKNOWN), waits_for={key.split(".")[0]: source} if source else {})


def refused(computed_from: str) -> list[tuple[str, str]]:
    """What is said of a vault whose key comes from something else."""
    return [("it", unchecked(vaults.CUSTOMER_KEY, "backup.Vault 'it'", "kmsKeyArn", computed_from))]


def of_vaults(*stack: Made) -> list[tuple[str, str]]:
    return judged_among(vaults.CUSTOMER_KEY, stack)


@pytest.mark.parametrize(("example", "key"), KEYED)
def test_a_key_of_the_stack_passes_before_it_is_made(example: Example, key: str) -> None:
    assert judged_among(example.rule, [KEY, by("key", example.valid, key)], example.configuration) == []


@pytest.mark.parametrize(("example", "key"), KEYED)
def test_fails_when_a_key_comes_from_a_bucket(example: Example, key: str) -> None:
    made = by("bucket", example.valid, key)
    ((_, said),) = judged_among(example.rule, [BUCKET, made], example.configuration)
    assert " and was computed from s3.Bucket 'bucket'; a KMS key of this stack is required: pass its arn," in said


@pytest.mark.parametrize(("example", "key"), KEYED)
def test_fails_when_nobody_says_where_a_key_comes_from(example: Example, key: str) -> None:
    ((_, said),) = judged_among(example.rule, [KEY, by("", example.valid, key)], example.configuration)
    assert " and was computed from nothing of this stack; a KMS key of this stack is required: pass its arn," in said


@pytest.mark.parametrize(("example", "key"), KEYED)
def test_a_key_from_elsewhere_that_configuration_names_passes(example: Example, key: str) -> None:
    configured = {**example.configuration, "mayBeUnknown": [key]}
    assert judged_among(example.rule, [BUCKET, by("bucket", example.valid, key)], configured) == []


@pytest.mark.parametrize(("example", "key"), KEYED)
def test_a_key_is_refused_where_no_stack_is_handed_over(example: Example, key: str) -> None:
    (said,) = judged(example.rule, by("key", example.valid, key), example.configuration)
    assert "could not be checked" in said


def test_every_rule_that_takes_a_key_says_so() -> None:
    rules = [rule for rule in RULES if isinstance(rule, Rule)]
    assert {rule.name for rule in rules if rule.keys} == {
        "backup-vault-customer-key",
        "dynamodb-table-customer-key",
        "kms-key-known-account",
        "s3-bucket-encryption",
        "s3-replication",
        "secretsmanager-secret-recoverable",
        "sns-topic-customer-key",
    }
    tried = {(example.rule.name, key) for example in EXAMPLES for key in example.rule.keys if place(example.valid, key)}
    assert tried == {(rule.name, key) for rule in rules for key in rule.keys}


@pytest.mark.parametrize("kind", [aws.kms.ReplicaKey, aws.kms.ExternalKey, aws.kms.ReplicaExternalKey, aws.kms.Alias])
def test_every_kind_of_key_that_a_program_makes_passes(kind: type[pulumi.Resource]) -> None:
    assert of_vaults(replace(KEY, kind=kind), by("key")) == []


def test_a_key_that_is_taken_from_its_policy_passes() -> None:
    policy = Made(aws.kms.KeyPolicy, {}, "policy", waits_for={"keyId": "key"})
    assert of_vaults(KEY, policy, by("policy")) == []
    assert of_vaults(KEY, replace(policy, waits_for={"policy": "key"}), by("policy")) == refused(
        "kms.KeyPolicy 'policy'"
    )


def test_fails_when_a_key_comes_from_what_lies_under_one() -> None:
    table = Made(aws.dynamodb.Table, {}, "table", waits_for={"serverSideEncryption": "key"})
    assert of_vaults(KEY, table, by("table")) == refused("dynamodb.Table 'table'")


def test_fails_when_a_known_key_is_one_of_aws_although_it_comes_from_a_key_of_the_stack() -> None:
    made = replace(VAULT.but("kmsKeyArn", "alias/aws/backup"), waits_for={"kmsKeyArn": "key"})
    ((_, said),) = of_vaults(KEY, made)
    assert said.startswith("backup.Vault 'it' lies under alias/aws/backup; a customer managed key is required")


def test_a_key_that_a_component_holds_passes_at_any_depth() -> None:
    inner = replace(BOX, name="inner", parent="box")
    assert of_vaults(BOX, replace(KEY, parent="box"), by("box")) == []
    assert of_vaults(BOX, inner, replace(KEY, parent="inner"), by("box")) == []


def test_fails_when_a_component_holds_no_key() -> None:
    assert of_vaults(BOX, replace(BUCKET, parent="box"), KEY, by("box")) == refused("index.Box 'box'")


def test_fails_when_a_component_only_took_a_key() -> None:
    assert of_vaults(replace(BOX, waits_for={"keyId": "key"}), KEY, by("box")) == refused("index.Box 'box'")


def test_fails_when_a_bucket_is_only_the_parent_of_a_key() -> None:
    assert of_vaults(BUCKET, replace(KEY, parent="bucket"), by("bucket")) == refused("s3.Bucket 'bucket'")


def test_fails_when_what_a_provider_makes_is_the_parent_of_a_key() -> None:
    made = replace(BOX, provider={"region": "eu-west-2"})
    assert of_vaults(made, replace(KEY, parent="box"), by("box")) == refused("index.Box 'box'")


def test_fails_when_only_the_stack_holds_a_key() -> None:
    root = Made(Root, {}, "root")
    assert of_vaults(root, replace(KEY, parent="root"), by("root")) == refused("pulumi.Stack 'root'")


def test_an_exempt_vault_may_take_its_key_from_anywhere() -> None:
    assert judged_among(vaults.CUSTOMER_KEY, [BUCKET, by("bucket")], {"exempt": ["it"]}) == []


def test_a_key_of_the_stack_hides_no_other_algorithm() -> None:
    (example,) = [one for one in EXAMPLES if one.rule is buckets.ENCRYPTION]
    (key,) = buckets.ENCRYPTION.keys
    other = by("key", example.valid, key).but("rules.0.applyServerSideEncryptionByDefault.sseAlgorithm", "AES256")
    ((_, said),) = judged_among(buckets.ENCRYPTION, [KEY, other])
    assert "encrypts by AES256 under a key that is not known yet; aws:kms under a customer managed key" in said
