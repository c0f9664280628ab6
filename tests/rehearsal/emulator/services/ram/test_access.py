from typing import Any

import pytest

from rehearsal.emulator.services.ram.access import gives_access, needs_invitation, state_of

_IN: dict[str, Any] = {"Status": "ASSOCIATED"}
_SHARE: Any = {"Status": "ACTIVE", "Resources": {"arn": _IN}, "Principals": {"1": _IN}}
_INVITATION: Any = {"Status": "PENDING", "Timestamp": 1000.0}
_TWELVE_HOURS = 43_200


@pytest.mark.parametrize(
    ("changes", "access"),
    [
        ({}, True),
        ({"Status": "DELETED"}, False),
        ({"Resources": {"arn": {"Status": "DISASSOCIATED"}}}, False),
        ({"Resources": {}}, False),
        ({"Principals": {"1": {"Status": "ASSOCIATING"}}}, False),
        ({"Principals": {"2": _IN}}, False),
    ],
)
def test_a_share_gives_access_when_all_of_it_is_in_force(changes: dict[str, Any], access: bool) -> None:
    assert gives_access(_SHARE | changes, "arn", "1") is access


@pytest.mark.parametrize(
    ("status", "seconds", "state"),
    [
        ("PENDING", _TWELVE_HOURS, "PENDING"),
        ("PENDING", _TWELVE_HOURS + 0.001, "EXPIRED"),
        ("ACCEPTED", _TWELVE_HOURS + 1, "ACCEPTED"),
        ("REJECTED", _TWELVE_HOURS + 1, "REJECTED"),
    ],
)
def test_an_invitation_expires_after_twelve_hours(status: str, seconds: float, state: str) -> None:
    assert state_of(_INVITATION | {"Status": status}, 1000.0 + seconds) == state


@pytest.mark.parametrize(
    ("owner", "other", "inside", "needed"),
    [
        ("o-1", "o-1", True, False),
        ("o-1", "o-1", False, True),
        ("o-1", "o-2", True, True),
        ("o-1", None, True, True),
        (None, None, True, True),
    ],
)
def test_who_must_accept_first(owner: str | None, other: str | None, inside: bool, needed: bool) -> None:
    assert needs_invitation(owner, other, shares_inside=inside) is needed
