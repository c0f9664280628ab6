import pytest

from rehearsal.emulator.rules import Refused
from rehearsal.emulator.services.backup.vaults import vault_rules


def test_fails_when_a_vault_that_holds_points_is_deleted() -> None:
    with pytest.raises(Refused, match="because it contains recovery points") as refused:
        vault_rules.refuse_to_delete_a_vault_that_holds_points(1)
    assert refused.value.code == "InvalidRequestException"


def test_a_vault_without_points_may_be_deleted() -> None:
    vault_rules.refuse_to_delete_a_vault_that_holds_points(0)
