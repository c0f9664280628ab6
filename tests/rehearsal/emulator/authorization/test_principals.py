from typing import Any

import pytest

from rehearsal.emulator.authorization.principals import Caller, Naming, Statement, naming, statements_of

ROLE = "arn:aws:iam::111111111111:role/reader"
ROOT = "arn:aws:iam::111111111111:root"
SESSION = "arn:aws:sts::111111111111:assumed-role/reader/test"
READER = Caller(SESSION, "111111111111", ROLE)
BACKUP = Caller("backup.amazonaws.com", "", is_service=True)


def statement(effect: str = "Allow", **said: Any) -> Statement:
    return Statement({"Effect": effect, "Action": "*", **said})


@pytest.mark.parametrize(
    ("principal", "expected"),
    [
        ("*", Naming.ENTITY),
        ({"AWS": "*"}, Naming.ENTITY),
        ({"AWS": "111111111111"}, Naming.ACCOUNT),
        ({"AWS": ROOT}, Naming.ACCOUNT),
        ({"AWS": ROLE}, Naming.ENTITY),
        ({"AWS": SESSION}, Naming.SELF),
        ({"AWS": [ROOT, SESSION]}, Naming.SELF),
        ({"AWS": ROLE.replace("reader", "other")}, Naming.NOT),
        ({"AWS": ROLE.replace("role/", "role/path/")}, Naming.NOT),
        ({"AWS": "arn:aws:iam::111111111111:role/*"}, Naming.NOT),
        ({"Service": "backup.amazonaws.com"}, Naming.NOT),
    ],
)
def test_a_session_is_named_by_itself_its_role_or_its_account(principal: object, expected: Naming) -> None:
    assert naming(statement(Principal=principal), READER) is expected


@pytest.mark.parametrize(
    ("principal", "expected"),
    [
        ({"Service": "backup.amazonaws.com"}, Naming.ENTITY),
        ({"Service": ["s3.amazonaws.com", "Backup.amazonaws.com"]}, Naming.ENTITY),
        ({"Service": "s3.amazonaws.com"}, Naming.NOT),
        ("*", Naming.ENTITY),
        ({"AWS": ROOT}, Naming.NOT),
    ],
)
def test_a_service_is_named_by_its_principal(principal: object, expected: Naming) -> None:
    assert naming(statement(Principal=principal), BACKUP) is expected


def test_a_deny_with_exceptions_spares_whom_it_names_unless_he_has_a_boundary() -> None:
    spares = statement("Deny", NotPrincipal={"AWS": [ROOT, ROLE]})
    bounded = Caller(SESSION, "111111111111", ROLE, has_boundary=True)
    assert naming(spares, READER) is Naming.NOT
    assert naming(spares, bounded) is Naming.ENTITY
    assert naming(statement("Deny", NotPrincipal={"AWS": ROOT}), READER) is Naming.ENTITY


def test_an_allow_with_exceptions_means_nobody() -> None:
    assert naming(statement(NotPrincipal={"AWS": ROOT}), Caller("arn:aws:iam::2:user/x", "2")) is Naming.NOT


def test_the_statements_of_a_document_are_the_same_objects_each_time() -> None:
    document = '{"Statement": {"Effect": "Allow"}}'
    assert statements_of(document) is statements_of(document)
    assert [one.effect for one in statements_of(document)] == ["Allow"]


@pytest.mark.parametrize("document", ["", "no JSON", "[]", "{}", '{"Statement": ["x"]}'])
def test_what_is_no_policy_has_no_statements(document: str) -> None:
    assert statements_of(document) == ()
