"""DynamoDB: under which keys tables may be, when they were made, and what goes with them."""

from typing import Any, Final

from rehearsal.emulator import clock, door
from rehearsal.emulator.keys import aliases, key_arn
from rehearsal.emulator.patching import replaces
from rehearsal.emulator.request import CALL
from rehearsal.emulator.rules import Refused, rule
from rehearsal.emulator.services.dynamodb import backups
from rehearsal.emulator.services.dynamodb.frozen import freeze
from rehearsal.emulator.services.dynamodb.journals import JOURNALS
from rehearsal.emulator.services.kms.encryption import key_state
from rehearsal.emulator.services.kms.using import FOR_A_TABLE, use_key
from rehearsal.emulator.services.refusing import refusing

_API: Final = "https://docs.aws.amazon.com/amazondynamodb/latest/APIReference"
_DYNAMODB: Final[Any] = door.module("services.dynamodb")


@rule(f"{_API}/API_SSESpecification.html", read="2026-11-22")
def refuse_a_key_that_cannot_encrypt_a_table(key: str, state: str | None) -> None:
    """The key of a table exists and is enabled."""
    if state != "Enabled":
        raise Refused("ValidationException", f"KMS key {key} {f'is {state}' if state else 'does not exist'}.")


@replaces("services.dynamodb:_create_table", read="a0f15611329ac2db")
@refusing("dynamodb")
def create_table(original: Any, data: door.Record) -> Any:
    """Refuse a key that does not exist, or that the caller may not use; date the table by our clock."""
    _check_key(data, data["TableName"])
    answer = original(data)
    if answer[0] != 200:
        return answer
    table = _DYNAMODB._tables[data["TableName"]]  # noqa: SLF001
    table["CreationDateTime"] = clock.now().timestamp()
    return door.responses.json_response({"TableDescription": _described(data["TableName"])})


@replaces("services.dynamodb:_update_table", read="dd1170ef031cfbe4")
@refusing("dynamodb")
def update_table(original: Any, data: door.Record) -> Any:
    """Refuse a key that does not exist, or that the caller may not use."""
    _check_key(data, _DYNAMODB._normalize_table_name(data["TableName"]))  # noqa: SLF001
    return original(data)


@replaces("services.dynamodb:_delete_table", read="c1dc27be8166e3b0")
def delete_table(original: Any, data: door.Record) -> Any:
    """Keep a last backup of a table with point-in-time recovery, and forget what was kept about it."""
    name = _DYNAMODB._normalize_table_name(data.get("TableName"))  # noqa: SLF001
    table = _DYNAMODB._tables.get(name)  # noqa: SLF001
    has_history = bool(_DYNAMODB._pitr_settings.get(name))  # noqa: SLF001
    frozen = freeze(door.account(), door.region(), name) if has_history else None
    answer = original(data)
    if answer[0] != 200:
        return answer
    if frozen:
        backups.keep_after_deletion(name, frozen, table)
    JOURNALS.end(table)
    _DYNAMODB._resource_policies.pop(table["TableArn"], None)  # noqa: SLF001
    return answer


def _described(name: str) -> door.Record:
    return _DYNAMODB._table_description(name)  # noqa: SLF001


def _check_key(data: door.Record, name: str) -> None:
    encryption: door.Record = data.get("SSESpecification", {})
    named: str | None = encryption.get("KMSMasterKeyId")
    if not named:
        return
    refuse_a_key_that_cannot_encrypt_a_table(named, key_state(named))
    key = key_arn(named, door.account(), door.region()) or named
    # DescribeTable shows the key by its ARN, however it was named.
    data["SSESpecification"] = {**encryption, "KMSMasterKeyId": key}
    call = CALL.get()
    if call and call.service == "dynamodb" and not _is_managed(key):
        bound = {"aws:dynamodb:tableName": name, "aws:dynamodb:subscriberId": door.account()}
        use_key(call.principal, key, FOR_A_TABLE, "dynamodb", bound)


def _is_managed(key: str) -> bool:
    """Return whether AWS manages a key, and lets everybody of its account use it through the service."""
    return any(alias.startswith("alias/aws/") for alias in aliases(key, door.account(), door.region()))
