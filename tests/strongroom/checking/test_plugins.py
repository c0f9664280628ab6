"""No resource takes its plugin, or the plugin's variables, from elsewhere."""

import pulumi
import pulumi_aws as aws
import pytest

from stacks import recording
from strongroom.checking.plugins import elsewhere
from tests.recorder import run
from tests.stacks import world


def said(opts: pulumi.ResourceOptions) -> list[str]:
    seen = run(lambda: aws.Provider("own", region="eu-west-2", opts=opts))
    return [one.sentence for one in elsewhere(recording.resources(seen, preview=False), "it")]


@pytest.mark.parametrize("stack", world.STACKS)
def test_our_stacks_pass(stack: str) -> None:
    assert list(elsewhere(recording.resources(world.recorded(stack), preview=False), stack)) == []


def test_options_that_lead_nowhere_else_pass() -> None:
    assert said(pulumi.ResourceOptions(protect=True)) == []


@pytest.mark.parametrize(
    ("opts", "name"),
    [
        (pulumi.ResourceOptions(plugin_download_url="https://example.com"), "plugin_download_url"),
        (pulumi.ResourceOptions(env_var_mappings={"THEIRS": "AWS_ENDPOINT_URL"}), "env_var_mappings"),
    ],
)
def test_fails_when_a_plugin_comes_from_elsewhere(opts: pulumi.ResourceOptions, name: str) -> None:
    (sentence,) = said(opts)
    assert sentence.startswith(f"it: providers.aws 'own' has the option {name}, by which a stranger's code")
