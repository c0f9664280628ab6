import pytest

from stacks import configuration
from strongroom.config.problems import SettingsError
from strongroom.config.settings import Settings
from tests.recorder import Stack, run
from tests.stacks import world


def read(stack: Stack) -> Settings:
    found: list[Settings] = []
    run(lambda: found.append(configuration.read(stack.name)), stack)
    return found[0]


@pytest.mark.parametrize("name", world.STACKS)
def test_what_the_engine_hands_over_is_what_the_file_says(name: str) -> None:
    assert read(world.stack(name)) == world.settings(name)


def test_keys_of_other_namespaces_are_not_ours() -> None:
    stack = world.stack("prod")
    assert read(Stack("prod", {**stack.config, "aws:region": "us-east-1"})) == world.settings("prod")


def test_what_pulumi_fills_in_for_the_other_role_counts_as_absent() -> None:
    assert read(world.stack("prod", {"sources": [], "lock": {}, "disposable": False})) == world.settings("prod")


def test_fails_when_there_is_no_configuration_at_all() -> None:
    with pytest.raises(SettingsError, match=r"^Pulumi\.new\.yaml: .* has no role"):
        read(Stack("new"))


def test_fails_when_an_account_id_was_not_put_in_quotes() -> None:
    accounts = {"own": 111111111111, "backup": "333333333333", "pipeline": "4" * 12, "management": "1" * 12}
    with pytest.raises(SettingsError, match=r"strongroom:accounts\.own must be text in quotes, got 111111111111"):
        read(world.stack("prod", {"accounts": accounts}))
