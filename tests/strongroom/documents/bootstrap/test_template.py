import json
import re
from collections.abc import Iterator, Mapping
from typing import cast

import pytest

from strongroom.documents.bootstrap import duties, sizes
from strongroom.documents.bootstrap.template import template
from tests.strongroom.documents.example import ACCOUNTS, BACKUP, PIPELINE, PROD, account, source

Json = Mapping[str, object]


def resources(id_: str) -> dict[str, Json]:
    return cast("dict[str, Json]", template(account(id_))["Resources"])


def properties(id_: str, kind: str) -> Iterator[Json]:
    return (cast("Json", r["Properties"]) for r in resources(id_).values() if r["Type"] == f"AWS::{kind}")


def references(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        said = cast("dict[str, object]", value)
        if "Ref" in said:
            yield str(said["Ref"])
        if "Fn::GetAtt" in said:
            yield str(cast("list[object]", said["Fn::GetAtt"])[0])
        for inner in said.values():
            yield from references(inner)
    if isinstance(value, list):
        for inner in cast("list[object]", value):
            yield from references(inner)


@pytest.mark.parametrize("id_", ACCOUNTS)
@pytest.mark.parametrize("disposable", [False, True])
def test_everything_is_within_aws_s_sizes(id_: str, disposable: bool) -> None:
    made = account(id_, disposable=disposable)
    assert len(sizes.text(template(made)).encode()) <= 51_200
    assert all(len(sizes.text(policy)) <= 6_144 for policy in (made.boundary, *made.policies.values()))
    assert all(len(sizes.text(role.trust)) <= 2_048 for role in made.roles)
    assert all(len(role.policies) <= 10 for role in made.roles)


@pytest.mark.parametrize("id_", ACCOUNTS)
def test_every_role_stands_under_the_boundary(id_: str) -> None:
    roles = list(properties(id_, "IAM::Role"))
    assert roles
    assert all(role["PermissionsBoundary"] == {"Ref": "StrongroomBoundary"} for role in roles)


def test_the_role_of_recoveries_carries_aws_s_own_policies() -> None:
    made = cast("Json", resources(PROD)["StrongroomRecoveryService"]["Properties"])
    assert made["RoleName"] == "strongroom-recovery-service"
    assert made["ManagedPolicyArns"] == [
        "arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup",
        "arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForRestores",
    ]
    beside = cast("Json", resources(BACKUP)["StrongroomRecoveryService"]["Properties"])
    assert cast("list[object]", beside["ManagedPolicyArns"])[2:] == [{"Ref": "StrongroomRecoveryServiceTargets"}]


@pytest.mark.parametrize("id_", ACCOUNTS)
def test_everything_that_is_referred_to_is_in_the_template(id_: str) -> None:
    made = resources(id_)
    waited_for = [name for r in made.values() for name in cast("list[str]", r.get("DependsOn", []))]
    assert {*references(made), *waited_for} <= set(made)
    assert all(re.fullmatch("[A-Za-z0-9]+", name) for name in made)


@pytest.mark.parametrize("id_", ACCOUNTS)
def test_the_template_is_plain_json(id_: str) -> None:
    made = template(account(id_))
    assert json.loads(json.dumps(made)) == made


def test_the_state_bucket_is_versioned_private_and_under_the_state_key() -> None:
    bucket = next(properties(PIPELINE, "S3::Bucket"))
    assert bucket["VersioningConfiguration"] == {"Status": "Enabled"}
    assert set(cast("dict[str, bool]", bucket["PublicAccessBlockConfiguration"]).values()) == {True}
    rules = cast("dict[str, list[Json]]", bucket["BucketEncryption"])["ServerSideEncryptionConfiguration"]
    by_default = cast("Json", rules[0]["ServerSideEncryptionByDefault"])
    assert by_default == {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": {"Fn::GetAtt": ["StateKey", "Arn"]}}


def test_the_state_bucket_s_policy_refers_to_the_key_of_the_template() -> None:
    policy = sizes.text(next(properties(PIPELINE, "S3::BucketPolicy")))
    assert '{"Fn::GetAtt":["StateKey","Arn"]}' in policy
    assert "state-key-arn" not in policy


@pytest.mark.parametrize("name", ["StateKey", "StateBucket"])
def test_state_outlives_the_stack_that_made_it(name: str) -> None:
    made = resources(PIPELINE)[name]
    assert made["DeletionPolicy"] == made["UpdateReplacePolicy"] == "Retain"


def test_only_the_pipeline_account_gets_a_bucket_and_a_key() -> None:
    for id_ in ACCOUNTS:
        kinds = {str(resource["Type"]) for resource in resources(id_).values()}
        assert ("AWS::S3::Bucket" in kinds) is ("AWS::KMS::Key" in kinds) is (id_ == PIPELINE)


def test_names_that_differ_by_a_hyphen_do_not_collide() -> None:
    twins = [source("prod", environment=name) for name in ("a1", "a-1")]
    made = template(duties.account(BACKUP, twins))["Resources"]
    names = {str(cast("Json", r["Properties"]).get("RoleName")) for r in cast("dict[str, Json]", made).values()}
    assert {"strongroom-reader-a1", "strongroom-reader-a-1"} <= names


def test_fails_when_a_policy_is_larger_than_aws_takes() -> None:
    tables = [{"name": f"{n:03}{'x' * 60}", "dataClass": "short", "hashKey": {"name": "k"}} for n in range(80)]
    with pytest.raises(
        sizes.TooLargeError, match=r"policy strongroom-\S+ has \d+ characters, AWS takes 6144; give the tables"
    ):
        template(duties.account(PROD, [source("prod", tables=tables)]))


def test_fails_when_the_template_is_larger_than_aws_takes() -> None:
    many = [source("prod", environment=f"e{n}") for n in range(40)]
    with pytest.raises(sizes.TooLargeError, match=f"the template of account {BACKUP} has"):
        template(duties.account(BACKUP, many))


@pytest.mark.parametrize(("length", "fits"), [(8, True), (9, False)])
def test_a_document_may_be_as_large_as_the_limit(length: int, fits: bool) -> None:
    document = "x" * (length - 2)
    if fits:
        sizes.check("it", document, 8, "fix")
        return
    with pytest.raises(sizes.TooLargeError, match="it has 9 characters, AWS takes 8; fix"):
        sizes.check("it", document, 8, "fix")
