from typing import Any

import pytest

from rehearsal.emulator.refusal import ControlRefusedError
from rehearsal.emulator.seed import parse
from tests.emulator_process import ORGANIZATION, PROD


def test_the_example_seed_is_one() -> None:
    seed = parse(ORGANIZATION)
    assert (seed.management.name, len(seed.units), len(seed.accounts)) == ("management", 3, 4)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"colour": "red"}, "does not have the keys it must have"),
        ({"accounts": [{"name": "prod"}]}, "does not have the keys it must have"),
        ({"units": 3}, "does not have the keys it must have"),
        ({"accounts": [{"name": "prod", "id": "12345678901"}]}, "must be 12 digits, got '12345678901'"),
        ({"accounts": [{"name": "prod", "id": PROD, "unit": "Nowhere"}]}, "the seed has"),
        ({"accounts": [{"name": "a", "id": PROD}, {"name": "b", "id": PROD}]}, "needs a id of its own"),
        ({"accounts": [{"name": "a", "id": PROD}, {"name": "a", "id": "1" * 11 + "2"}]}, "needs a name of its own"),
    ],
)
def test_fails_when_the_document_is_no_seed(change: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ControlRefusedError, match=sentence):
        parse({**ORGANIZATION, **change})
