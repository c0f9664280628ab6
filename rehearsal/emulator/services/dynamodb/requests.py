"""In front of every request to DynamoDB: whose table it is about, and whether that table can be used yet."""

import re
from typing import Any, Final

from rehearsal.emulator import door
from rehearsal.emulator.objects import json_object
from rehearsal.emulator.patching import replaces
from rehearsal.emulator.rules import Refused, differs, rule
from rehearsal.emulator.services.dynamodb import states
from rehearsal.emulator.services.dynamodb.naming import named_tables, table_of

_PAGE: Final = "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/rbac-iam-actions.html"
_ARN: Final = b'"arn:aws:dynamodb:'
_ACROSS_ACCOUNTS: Final = re.compile(
    r"(Get|Put|Update|Delete|BatchGet|BatchWrite)Item|(TransactGet|TransactWrite)Items|Query|Scan"
    r"|(Describe|Update|Delete)Table|TagResource|UntagResource|ListTagsOfResource"
)
"""Operations that a resource policy can allow to another account."""


differs("DynamoDB", "A batch or transaction names tables of one account; AWS lets it reach into several by their ARNs.")


@rule(_PAGE, read="2026-11-22")
def refuse_a_table_of_another_region(name: str, region: str, here: str) -> None:
    """A table that is named by its ARN is asked for in its own region."""
    if region != here:
        raise Refused("ValidationException", f"The table {name} is in {region}, the request came to {here}")


@rule(_PAGE, read="2026-11-22")
def refuse_an_operation_that_stays_in_the_account(operation: str) -> None:
    """Settings, backups, restores, exports, imports, policies and PartiQL reach no table of another account."""
    if not _ACROSS_ACCOUNTS.fullmatch(operation):
        raise Refused("AccessDeniedException", f"{operation} is not supported on a table of another account")


@replaces("services.dynamodb:handle_request", read="1201f2ac993ce1a0")
async def handle_request(original: Any, method: str, path: str, headers: Any, body: bytes, query: Any) -> Any:
    """Answer in the account of the table, if it can be used."""
    operation = headers.get("x-amz-target", "").rpartition(".")[2]
    try:
        owner = _owner(operation, body) if _ARN in body else door.account()
        with door.request_scope(owner, door.region()):
            states.check(operation, body)
            return await original(method, path, headers, body, query)
    except Refused as refused:
        return door.responses.error_response_json(refused.code, str(refused), 400)


def _owner(operation: str, body: bytes) -> str:
    """Return the account whose tables a request names; the caller's when it names none by ARN."""
    content = json_object(body)
    found = [place for name in named_tables(content) if (place := table_of(name))]
    owners = {account for account, _, _ in found}
    if not found or owners == {door.account()}:
        return door.account()
    refuse_an_operation_that_stays_in_the_account(operation)
    for _, region, name in found:
        refuse_a_table_of_another_region(name, region, door.region())
    if len(owners) > 1 or len(found) < len(named_tables(content)):
        raise Refused("ValidationException", "A request names tables of one account only")
    return owners.pop()
