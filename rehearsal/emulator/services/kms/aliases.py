"""KMS: names of aliases."""

from typing import Any, Final

from rehearsal.emulator import door
from rehearsal.emulator.patching import replaces
from rehearsal.emulator.rules import Refused, rule
from rehearsal.emulator.services.refusing import refusing

_API: Final = "https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateAlias.html"


@rule(_API, read="2026-11-22")
def refuse_a_reserved_alias(name: str) -> None:
    """Names that begin with alias/aws/ are AWS's own."""
    if name.startswith("alias/aws/"):
        raise Refused("NotAuthorizedException", f"Alias {name} is reserved for AWS managed keys")


@replaces("services.kms:_create_alias", read="70b74d3b139be5aa")
@refusing("kms")
def create_alias(original: Any, data: door.Record) -> Any:
    """Refuse a name that KMS refuses."""
    refuse_a_reserved_alias(data["AliasName"])
    return original(data)
