"""What the engine is answered is what the SDK would answer, word for word; only how it is found out differs."""

# The SDK and its messages are untyped where it matters here; nothing of that leaves this module.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# pyright: reportPrivateUsage=false

from collections.abc import Callable, Iterable, Mapping
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
from strongroom_policies.tokens import TypeToken

from stacks.recorder import Recording, Stack, run
from tests.policies import configured
from tests.policies.configured import Configuration
from tests.policies.foreign import clinic, ledger, shop
from tests.policies.served import asked_of, one_by_one, together
from tests.stacks import world

TABLE: Final = "prod-submit-receipts-table"
PITR: Final = "dynamodb-table-pitr"
SIGNATURE: Final = "4dabf18193072939515e22adb298388d"
SECRET: Final = "1b47061264138c4ac30d75fd1eb44270"
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
    pytest.param({rule.name: "remediate" for rule in RULES}, id="remediate all"),
]


@pytest.fixture(scope="module", params=PROGRAMS)
def program(request: pytest.FixtureRequest) -> Recording:
    return PROGRAMS[request.param]()


@pytest.mark.parametrize("configuration", CONFIGURATIONS)
def test_each_resource_is_judged_as_by_the_sdk(program: Recording, configuration: Configuration) -> None:
    ours, theirs = _ours(configuration), _theirs(configuration)
    for request in one_by_one(program):
        by_sdk = [one for one in theirs.Analyze(request, None).diagnostics if not _of_a_key(one)]
        assert list(ours.Analyze(request, None).diagnostics) == by_sdk


@pytest.mark.parametrize("configuration", CONFIGURATIONS)
def test_a_key_that_comes_from_nowhere_is_refused_with_the_stack_as_it_would_be_alone_by_the_sdk(
    program: Recording, configuration: Configuration
) -> None:
    ours, theirs = _ours(configuration), _theirs(configuration)
    alone = [one for request in one_by_one(program) for one in theirs.Analyze(request, None).diagnostics]
    assert not [one for request in one_by_one(program) for one in _keys(ours.Analyze(request, None).diagnostics)]
    request = together(program)
    assert not _keys(ours.AnalyzeStack(request, None).diagnostics)
    for one in request.resources:
        one.propertyDependencies.clear()
    assert _keys(ours.AnalyzeStack(request, None).diagnostics) == _keys(alone)


def test_a_preview_of_our_program_has_keys_that_are_not_known() -> None:
    theirs = _theirs({})
    for stack in world.STACKS:
        asked = one_by_one(_previewed(stack))
        assert [one for request in asked for one in _keys(theirs.Analyze(request, None).diagnostics)]


def test_a_component_is_known_by_its_children() -> None:
    program, ours = run(clinic.program, Stack(preview=True)), _ours({})
    for one in one_by_one(program):
        ours.Analyze(one, None)
    request = together(program)
    (box,) = [one.urn for one in request.resources if one.name == "records"]
    for one in request.resources:
        for waited in one.propertyDependencies.values():
            waited.urns[:] = [box]
    assert not _keys(ours.AnalyzeStack(request, None).diagnostics)
    for one in request.resources:
        one.parent = ""
    assert len(_keys(ours.AnalyzeStack(request, None).diagnostics)) == 5


def test_a_key_that_an_update_knows_is_not_taken_for_one_that_is_unknown() -> None:
    ours, request = _ours({}), together(world.recorded("backup"))
    for program in (_previewed("backup"), world.recorded("backup")):
        for one in one_by_one(program):
            ours.Analyze(one, None)
    for one in request.resources:
        one.propertyDependencies.clear()
    assert not _keys(ours.AnalyzeStack(request, None).diagnostics)


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
    request = _table(_without_recovery(world.recorded("prod")))
    assert [one for one in _ours({}).Analyze(request, None).diagnostics if one.policyName == PITR]
    assert _ours({}).AnalyzeStack(together(world.recorded("prod")), None).diagnostics
    assert _ours(MENDED).Remediate(request, None).remediations


@pytest.mark.parametrize("value", [True, False])
def test_a_secret_is_judged_by_its_value_as_by_the_sdk(value: bool) -> None:
    request = _table(world.recorded("prod"))
    request.properties["deletionProtectionEnabled"] = {SIGNATURE: SECRET, "value": value}
    found = _ours({}).Analyze(request, None)
    assert ("dynamodb-table-deletion-protection" in {one.policyName for one in found.diagnostics}) is not value
    assert found == _theirs({}).Analyze(request, None)


@pytest.mark.parametrize("ignored", [[], ["restoreSourceName", "restoreToLatestTime"]])
def test_what_is_ignored_is_judged_as_by_the_sdk(ignored: list[str]) -> None:
    request = _table(world.recorded("prod"))
    request.properties.update({"restoreSourceName": "old", "restoreToLatestTime": True})
    request.options.ignoreChanges.extend(ignored)
    found = _ours({}).Analyze(request, None)
    assert ("dynamodb-table-restore-arguments" in {one.policyName for one in found.diagnostics}) is not ignored
    assert found == _theirs({}).Analyze(request, None)


def test_a_link_to_what_is_not_in_the_stack_is_judged_as_by_the_sdk() -> None:
    request = together(_previewed("prod"))
    first = next(at for at, one in enumerate(request.resources) if one.type == TypeToken.BACKUP_PLAN)
    del request.resources[first]
    found = _ours({}).AnalyzeStack(request, None)
    assert found != _ours({}).AnalyzeStack(together(_previewed("prod")), None)
    assert found == _theirs({}).AnalyzeStack(request, None)


def test_an_exempt_table_is_not_mended() -> None:
    exempt: Configuration = {PITR: {"enforcementLevel": "remediate", "exempt": [TABLE]}}
    request = _table(_without_recovery(world.recorded("prod")))
    assert not _ours(exempt).Remediate(request, None).remediations


def _keys(diagnostics: Iterable[Any]) -> list[bytes]:
    return sorted(one.SerializeToString(deterministic=True) for one in diagnostics if _of_a_key(one))


def _of_a_key(diagnostic: Any) -> bool:
    return "a KMS key of this stack is required" in diagnostic.message


def _table(program: Recording) -> Any:
    (request,) = [one for one in one_by_one(program) if one.name == TABLE]
    return request


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
