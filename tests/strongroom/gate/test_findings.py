from collections.abc import Mapping
from typing import Final

import pytest

from strongroom.gate.findings import find
from strongroom.gate.guarded import HARM, LOSS
from strongroom.gate.operations import Operation
from tests.stacks import world
from tests.strict_inputs import properties
from tests.strongroom.gate.previews import TABLE, VAULT, digest, found, read, recorded, state, step, urn

OPERATIONS: Final[Mapping[str, Operation | None]] = {
    "same": None,
    "create": None,
    "update": None,
    "import": None,
    "read": None,
    "refresh": None,
    "diff": None,
    "delete": Operation.DELETE,
    "replace": Operation.REPLACE,
    "create-replacement": Operation.REPLACE,
    "import-replacement": Operation.REPLACE,
    "read-replacement": Operation.REPLACE,
    "delete-replaced": Operation.DELETE,
    "discard": Operation.FORGET,
    "discard-replaced": Operation.FORGET,
    "remove-pending-replace": Operation.FORGET,
}
"""What each operation of the engine comes to for whatever is guarded."""

ASKED_FOR: Final = {
    "backup": ("Vault", "VaultLockConfiguration", "VaultPolicy", "LogicallyAirGappedVault", "Plan", "Selection"),
    "kms": ("Key", "Alias"),
    "dynamodb": ("Table",),
    "s3": (
        "Bucket",
        "BucketReplicationConfig",
        "BucketVersioning",
        "BucketObjectLockConfiguration",
        "BucketPolicy",
    ),
}


@pytest.mark.parametrize("token", sorted(LOSS))
def test_what_is_guarded_is_neither_taken_away_nor_given_up(token: str) -> None:
    judged = {op: [finding.operation for finding in found(step(op, token))] for op in OPERATIONS}
    assert judged == {op: [operation] if operation else [] for op, operation in OPERATIONS.items()}


@pytest.mark.parametrize("op", OPERATIONS)
def test_other_types_come_and_go(op: str) -> None:
    assert found(step(op, "aws:sqs/queue:Queue")) == []
    assert found(step(op, "aws:dynamodb/tableItem:TableItem")) == []
    assert found(step(op, "strongroom:index:ProtectedTable")) == []


@pytest.mark.parametrize("op", OPERATIONS)
@pytest.mark.parametrize("token", HARM)
def test_what_weakens_by_being_there_does_not_come_by_the_way(token: str, op: str) -> None:
    comes = op in ("create", "import", "update", "replace", "create-replacement", "import-replacement")
    comes = comes or op == "read-replacement"
    said = [(one.operation, one.setting, one.sentence) for one in found(step(op, token))]
    path, harm = HARM[token]
    sentence = f"{urn(token)} would weaken others: by {path} {harm}"
    assert said == ([(Operation.WEAKEN, path, sentence)] if comes else [])
    assert path in properties(token)


@pytest.mark.parametrize(("module", "names"), ASKED_FOR.items())
def test_what_holds_makes_or_locks_backups_is_guarded(module: str, names: tuple[str, ...]) -> None:
    assert {name for name in names if not any(token.endswith(f":{name}") for token in LOSS)} == set(), module


@pytest.mark.parametrize("token", sorted(LOSS))
def test_every_guarded_type_is_one_of_the_provider(token: str) -> None:
    assert properties(token)


def test_every_loss_is_a_sentence_that_can_follow() -> None:
    for token, loss in LOSS.items():
        assert loss[0].islower() or loss.startswith("AWS "), token
        assert not loss.endswith("."), token


@pytest.mark.parametrize("stack", world.STACKS)
def test_every_resource_of_the_program_is_guarded(stack: str) -> None:
    assert {resource.type for resource in world.recorded(stack).in_aws} <= set(LOSS)


def test_the_reason_stands_in_the_sentence_of_what_would_be_lost() -> None:
    vault = LOSS["aws:backup/vault:Vault"]
    assert [one.sentence for one in found(step("delete", VAULT))] == [f"{urn(VAULT)} would be deleted; {vault}"]
    assert [one.sentence for one in found(step("replace", VAULT))] == [
        f"{urn(VAULT)} would be replaced: made anew, and the one that is there deleted; {vault}"
    ]


def test_the_steps_of_one_replacement_are_one_finding() -> None:
    steps = [step(op, VAULT) for op in ("delete-replaced", "replace", "create-replacement")]
    assert [finding.operation for finding in found(*steps)] == [Operation.REPLACE]


def test_a_discarded_look_up_of_a_replacement_is_given_up_and_replaced() -> None:
    steps = [step(op, VAULT) for op in ("read-replacement", "discard-replaced")]
    assert [finding.operation for finding in found(*steps)] == [Operation.REPLACE, Operation.FORGET]


def test_what_is_retained_is_given_up_and_not_deleted() -> None:
    (finding,) = found(step("delete", VAULT, old=state(VAULT, retainOnDelete=True)))
    assert finding.operation is Operation.FORGET
    assert finding.sentence == (
        f"{urn(VAULT)} would stay in AWS but leave the stack, so that nobody looks after it any more"
    )


@pytest.mark.parametrize(("external", "operations"), [(True, []), (False, [Operation.FORGET])])
def test_a_look_up_of_what_was_managed_gives_it_up(external: bool, operations: list[Operation]) -> None:
    looked_up = step("read", VAULT, old=state(VAULT, external=external), new=state(VAULT, external=True))
    assert [finding.operation for finding in found(looked_up)] == operations


@pytest.mark.parametrize("op", ["same", "update", "replace", "create-replacement", "import-replacement"])
@pytest.mark.parametrize(
    ("option", "operation"), [("protect", Operation.UNPROTECT), ("retainOnDelete", Operation.UNRETAIN)]
)
def test_protection_may_be_won_but_not_lost(op: str, option: str, operation: Operation) -> None:
    def after(before: bool, now: bool) -> set[Operation]:
        old, new = {**state(TABLE), option: before}, {**state(TABLE), option: now}
        return {finding.operation for finding in found(step(op, TABLE, old=old, new=new))} - {Operation.REPLACE}

    assert after(True, False) == {operation}
    assert after(True, True) == after(False, True) == after(False, False) == set()


def test_a_refresh_that_finds_protection_gone_is_no_change_of_the_program() -> None:
    assert found(step("refresh", TABLE, old=state(TABLE, protect=True), new=state(TABLE))) == []


def test_types_below_components_are_seen() -> None:
    deep = f"urn:pulumi:prod::strongroom::a:b:C$d:e:F${VAULT}::it"
    document = digest({**step("delete", VAULT), "urn": deep, "oldState": {**state(VAULT), "urn": deep}})
    assert [finding.urn for finding in find(read(document))] == [deep]


def test_what_the_engine_printed_is_judged_as_it_was_meant() -> None:
    findings = {(one.urn.rpartition("::")[2], one.operation, one.setting) for one in find(read(recorded("changed")))}
    assert findings == {
        ("gone", Operation.DELETE, None),
        ("let-go", Operation.FORGET, None),
        ("given-up", Operation.FORGET, None),
        ("looked-up", Operation.FORGET, None),
        ("keyed", Operation.REPLACE, None),
        ("keyed-first", Operation.REPLACE, None),
        ("unprotected", Operation.UNPROTECT, None),
        ("released", Operation.UNRETAIN, None),
        ("weakened", Operation.WEAKEN, "pointInTimeRecovery.enabled"),
    }
    assert find(read(recorded("unchanged"))) == []
