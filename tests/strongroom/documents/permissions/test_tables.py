import pytest

from strongroom.documents.permissions.tables import patterns


@pytest.mark.parametrize(
    ("names", "found"),
    [
        (["prod-submit-receipts", "prod-submit-bundles"], ["prod-submit-*"]),
        (["prod-bundles", "prod-bundles-2"], ["prod-*"]),
        (["app.users", "app.orders"], ["app.*"]),
        (["receipts", "bundles"], ["receipts", "bundles"]),
        (["prod-a"], ["prod-a"]),
        (["ab", "ac"], ["ab", "ac"]),
    ],
)
def test_tables_that_share_a_prefix_are_one_pattern(names: list[str], found: list[str]) -> None:
    assert patterns(names) == found
