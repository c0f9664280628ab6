from typing import Any

import pytest

from rehearsal.emulator.services.backup.points.legal_holds_chosen import is_chosen

_POINT: dict[str, Any] = {
    "Status": "COMPLETED",
    "BackupVaultName": "vault",
    "ResourceArn": "arn:table",
    "ResourceType": "DynamoDB",
    "CreationDate": 100.0,
}


@pytest.mark.parametrize(
    ("selection", "chosen"),
    [
        (None, True),
        ({}, True),
        ({"VaultNames": ["other", "vault"]}, True),
        ({"VaultNames": ["other"]}, False),
        ({"ResourceIdentifiers": ["arn:table"]}, True),
        ({"ResourceIdentifiers": ["DynamoDB"]}, True),
        ({"ResourceIdentifiers": ["EBS", "arn:other"]}, False),
        ({"DateRange": {"FromDate": 100.0, "ToDate": 100.0}}, True),
        ({"DateRange": {"FromDate": 100.1, "ToDate": 200.0}}, False),
        ({"DateRange": {"FromDate": 0.0, "ToDate": 99.9}}, False),
        ({"VaultNames": ["vault"], "ResourceIdentifiers": ["EBS"]}, False),
    ],
)
def test_a_hold_takes_what_meets_all_of_its_selection(selection: Any, chosen: bool) -> None:
    assert is_chosen(selection, _POINT) is chosen


@pytest.mark.parametrize("status", ["EXPIRED", "DELETING"])
def test_a_hold_does_not_take_what_is_on_its_way_out(status: str) -> None:
    assert not is_chosen(None, _POINT | {"Status": status})


def test_a_hold_takes_a_partial_point() -> None:
    assert is_chosen(None, _POINT | {"Status": "PARTIAL"})
