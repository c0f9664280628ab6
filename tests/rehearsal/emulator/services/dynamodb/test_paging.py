import re

import pytest

from rehearsal.emulator.rules import Refused
from rehearsal.emulator.services.dynamodb.paging import page

_ARNS = [f"arn:aws:dynamodb:eu-west-2:111111111111:table/t/import/{number:014d}-abcdefgh" for number in range(60)]


def test_pages_follow_one_another_to_the_end() -> None:
    found, token = list[str](), None
    sizes = list[int]()
    while True:
        chosen, token = page(_ARNS, token, None)
        found += chosen
        sizes.append(len(chosen))
        if token is None:
            break
        assert re.fullmatch("([0-9a-f]{16})+", token)
        assert 112 <= len(token) <= 1024
    assert found == _ARNS
    assert sizes == [25, 25, 10]


def test_fails_when_the_token_is_none() -> None:
    with pytest.raises(Refused):
        page(_ARNS, "next", None)
