"""What the engine is answered is what the SDK would answer, word for word; only how it is found out differs."""

# The SDK and its messages are untyped where it matters here; nothing of that leaves this module.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# pyright: reportPrivateUsage=false

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any, Final

import pytest
from google.protobuf import empty_pb2
from pulumi_policy import EnforcementLevel
from pulumi_policy import policy as sdk
from strongroom_policies.catalogue import RULES
from strongroom_policies.door import policy
from strongroom_policies.serving import Servicer

from stacks.recorder import Recording, Stack, run
from tests.policies import configured
from tests.policies.configured import Configuration
from tests.policies.foreign import ledger, shop
from tests.policies.served import asked_of, one_by_one, together
from tests.stacks import world

TABLE: Final = "prod-submit-receipts-table"
PITR: Final = "dynamodb-table-pitr"
MENDED: Final[Configuration] = {PITR: {"enforcementLevel": "remediate"}}


def _previewed(stack: str) -> Recording:
    return run(world.the(world.everything()), world.stack(stack, preview=True))


PROGRAMS: Final[Mapping[str, Callable[[], Recording]]] = {
    **{stack: partial(world.recorded, stack) for stack in world.STACKS},
    **{f"{stack}, preview": partial(_previewed, stack) for stack in world.STACKS},
    "shop": partial(run, shop.program),
    "shop, preview": partial(run, shop.program, Stack(preview=True)),
    "ledger": partial(run, ledger.program),
    "ledger, preview": partial(run, ledger.program, Stack(preview=True)),
}
CONFIGURATIONS: Final[list[Any]] = [
    pytest.param({}, id="nothing configured"),
    pytest.param(configured.read("prod"), id="configured"),
    pytest.param({rule.name: "advisory" for rule in RULES}, id="advisory"),
    pytest.param({rule.name: "disabled" for rule in RULES}, id="disabled"),
    pytest.param(MENDED, id="remediate"),
]


@pytest.fixture(scope="module", params=PROGRAMS)
def program(request: pytest.FixtureRequest) -> Recording:
    return PROGRAMS[request.param]()


@pytest.mark.parametrize("configuration", CONFIGURATIONS)
def test_each_resource_is_judged_as_by_the_sdk(program: Recording, configuration: Configuration) -> None:
    ours, theirs = _ours(configuration), _theirs(configuration)
    for request in one_by_one(program):
        assert ours.Analyze(request, None) == theirs.Analyze(request, None)


@pytest.mark.parametrize("configuration", CONFIGURATIONS)
def test_all_resources_are_judged_together_as_by_the_sdk(program: Recording, configuration: Configuration) -> None:
    request = together(program)
    assert _ours(configuration).AnalyzeStack(request, None) == _theirs(configuration).AnalyzeStack(request, None)


@pytest.mark.parametrize("configuration", CONFIGURATIONS)
def test_each_resource_is_mended_as_by_the_sdk(program: Recording, configuration: Configuration) -> None:
    ours, theirs = _ours(configuration), _theirs(configuration)
    for request in one_by_one(_without_recovery(program)):
        assert ours.Remediate(request, None) == theirs.Remediate(request, None)


def test_the_programs_are_found_fault_with() -> None:
    (request, *_) = [one for one in one_by_one(_without_recovery(world.recorded("prod"))) if one.name == TABLE]
    assert [one for one in _ours({}).Analyze(request, None).diagnostics if one.policyName == PITR]
    assert _ours({}).AnalyzeStack(together(world.recorded("prod")), None).diagnostics
    assert _ours(MENDED).Remediate(request, None).remediations


def test_a_secret_is_judged_by_its_value_as_by_the_sdk() -> None:
    (request, *_) = [one for one in one_by_one(world.recorded("prod")) if one.name == TABLE]
    request.properties["deletionProtectionEnabled"] = {
        "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
        "value": False,
    }
    found = _ours({}).Analyze(request, None)
    assert "dynamodb-table-deletion-protection" in {one.policyName for one in found.diagnostics}
    assert found == _theirs({}).Analyze(request, None)


def _without_recovery(program: Recording) -> Recording:
    return Recording(
        [
            replace(one, inputs={key: value for key, value in one.inputs.items() if key != "pointInTimeRecovery"})
            for one in program.resources
        ]
    )


def _ours(configuration: Configuration) -> Any:
    return _configured(Servicer, configuration)


def _theirs(configuration: Configuration) -> Any:
    return _configured(sdk._PolicyAnalyzerServicer, configuration)  # noqa: SLF001 - it has no other name


def _configured(kind: Any, configuration: Configuration) -> Any:
    servicer = kind("strongroom", "0.0.1", [policy(rule) for rule in RULES], EnforcementLevel.ADVISORY)
    rules = {one.name: one for one in servicer.GetAnalyzerInfo(empty_pb2.Empty(), None).policies}
    servicer.Configure(asked_of(rules, configuration), None)
    return servicer
