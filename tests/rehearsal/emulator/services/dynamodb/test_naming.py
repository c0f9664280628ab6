import pytest

from rehearsal.emulator.services.dynamodb.naming import named_tables, table_of

_ARN = "arn:aws:dynamodb:eu-west-2:111111111111:table/receipts"


@pytest.mark.parametrize(
    "content",
    [
        {"TableName": _ARN},
        {"ResourceArn": _ARN},
        {"RequestItems": {_ARN: {}}},
        {"TransactItems": [{"Put": {"TableName": _ARN}}]},
    ],
)
def test_a_table_is_found_wherever_a_request_names_it(content: dict[str, object]) -> None:
    assert named_tables(content) == {_ARN}


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM receipts",
        'select * from "receipts"."by_day" where day = ?',
        "INSERT INTO receipts VALUE {'id': 'a'}",
        "UPDATE \"receipts\" SET x = 1 WHERE id = 'a'",
        "DELETE FROM receipts WHERE id = 'a'",
    ],
)
def test_a_table_is_found_in_a_statement(statement: str) -> None:
    for content in (
        {"Statement": statement},
        {"Statements": [{"Statement": statement}]},
        {"TransactStatements": [{"Statement": statement}]},
    ):
        assert named_tables(content) == {"receipts"}


def test_the_source_of_a_restore_is_not_what_it_is_about() -> None:
    assert named_tables({"SourceTableName": "receipts", "TargetTableName": "again"}) == set()


def test_an_arn_below_a_table_names_the_table() -> None:
    place = ("111111111111", "eu-west-2", "receipts")
    assert table_of(_ARN) == table_of(f"{_ARN}/index/by_day") == table_of(f"{_ARN}/backup/0123") == place
    assert table_of("receipts") is None
