"""What holds of every resource of every stack."""

import inspect
import json

import pytest

from components.catalogue import COMPONENTS
from tests.stacks import world
from tests.strict_inputs import properties

STACKS = pytest.mark.parametrize("name", world.STACKS)
HOLD_DATA = {
    "aws:backup/vault:Vault",
    "aws:backup/vaultLockConfiguration:VaultLockConfiguration",
    "aws:dynamodb/table:Table",
    "aws:kms/key:Key",
    "aws:s3/bucket:Bucket",
    "aws:s3/bucketObjectv2:BucketObjectv2",
}


@STACKS
def test_every_regional_resource_says_its_region(name: str) -> None:
    regional = [one for one in world.recorded(name).in_aws if "region" in properties(one.type)]
    assert {one.name for one in regional if one.inputs.get("region") != "eu-west-2"} == set()
    assert len(regional) > len(world.recorded(name).in_aws) // 2


@STACKS
def test_no_resource_is_left_to_a_default_provider(name: str) -> None:
    assert all(one.provider for one in world.recorded(name).in_aws)


@STACKS
def test_a_provider_is_a_profile_that_works_in_one_account_only(name: str) -> None:
    for provider in world.recorded(name).of("pulumi:providers:aws"):
        account = world.ACCOUNTS[provider.name.removeprefix("strongroom-")]
        assert provider.inputs["profile"] == provider.name
        assert json.loads(provider.inputs["allowedAccountIds"]) == [account]
        assert json.loads(provider.inputs["defaultTags"]) == {
            "tags": {"owner": "platform", "strongroom:environment": name}
        }
        assert not {"accessKey", "secretKey", "token", "assumeRoles", "endpoints"} & set(provider.inputs)


@STACKS
def test_what_names_an_account_lies_under_the_provider_of_that_account(name: str) -> None:
    named = [one for one in world.recorded(name).in_aws if "permissionsBoundary" in one.inputs]
    for one in named:
        account = world.ACCOUNTS[one.provider.removeprefix("strongroom-")]
        assert one.inputs["permissionsBoundary"].startswith(f"arn:aws:iam::{account}:")
    for one in world.recorded(name).of("aws:s3/bucket:Bucket"):
        assert world.ACCOUNTS[one.provider.removeprefix("strongroom-")] in one.inputs["bucket"]


@STACKS
def test_everything_that_holds_data_outlives_its_stack(name: str) -> None:
    held = [one for one in world.recorded(name).resources if one.type in HOLD_DATA]
    assert held
    assert all(one.protect and one.retain_on_delete for one in held)


@STACKS
def test_no_two_resources_have_one_name(name: str) -> None:
    names = [one.name for one in world.recorded(name).in_aws]
    assert len(names) == len(set(names))


@STACKS
def test_every_component_has_the_stack_and_every_other_resource_its_component_as_parent(name: str) -> None:
    seen = world.recorded(name)
    components = {one.urn for one in seen.resources if one.type.startswith("strongroom:")}
    (stack,) = [urn for urn in seen.outputs if "::pulumi:pulumi:Stack::" in urn]
    assert {one.parent for one in seen.resources if one.urn in components} == {stack}
    loose = {one.name for one in seen.in_aws if one.parent not in components}
    assert loose == {"region-settings"}


@STACKS
def test_every_component_registers_exactly_the_outputs_that_it_declares(name: str) -> None:
    seen = world.recorded(name)
    declared = {f"strongroom:index:{one.__name__}": set(inspect.get_annotations(one)) for one in COMPONENTS}
    made = [one for one in seen.resources if one.type in declared]
    assert made
    assert {one.name: set(seen.outputs[one.urn]) for one in made} == {one.name: declared[one.type] for one in made}


def test_the_example_stacks_use_every_component() -> None:
    used = {one.type for name in world.STACKS for one in world.recorded(name).resources}
    assert {f"strongroom:index:{one.__name__}" for one in COMPONENTS} <= used


@STACKS
def test_nothing_secret_is_in_any_input(name: str) -> None:
    text = json.dumps([dict(one.inputs) for one in world.recorded(name).resources])
    assert not {word for word in ("AKIA", "BEGIN PRIVATE", "password") if word in text}


@STACKS
def test_policies_that_only_one_account_can_write_are_written_in_it(name: str) -> None:
    for one in world.recorded(name).of("aws:kms/key:Key"):
        account = world.ACCOUNTS[one.provider.removeprefix("strongroom-")]
        administered = json.loads(one.inputs["policy"])["Statement"][0]["Principal"]["AWS"]
        assert administered == f"arn:aws:iam::{account}:root"
