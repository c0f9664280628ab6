from typing import Any

import pytest

from tests.rehearsal.emulator.services.backup.asking import refusal

pytestmark = pytest.mark.emulator


def _pages(backup: Any, size: int) -> list[list[str]]:
    pages = backup.get_paginator("list_backup_vaults").paginate(PaginationConfig={"PageSize": size})
    return [[vault["BackupVaultName"] for vault in page["BackupVaultList"]] for page in pages]


@pytest.mark.parametrize(("size", "lengths"), [(1, [1, 1, 1]), (2, [2, 1]), (3, [3]), (1000, [3])])
def test_pages_hold_every_entry_once(backup: Any, size: int, lengths: list[int]) -> None:
    for name in ("second", "third"):
        backup.create_backup_vault(BackupVaultName=name)
    pages = _pages(backup, size)
    assert [len(page) for page in pages] == lengths
    assert len({name for page in pages for name in page}) == 3


def test_fails_when_the_page_is_larger_than_allowed(backup: Any) -> None:
    assert refusal(backup.list_backup_jobs, MaxResults=1001) == "InvalidParameterValueException"


@pytest.mark.parametrize("token", ["nonsense", "-1", "1"])
def test_fails_when_the_token_is_none_of_the_list(backup: Any, token: str) -> None:
    assert refusal(backup.list_backup_vaults, NextToken=token) == "InvalidParameterValueException"
