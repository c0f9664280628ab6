"""S3: bucket policies that are none, or name who is not there."""

from typing import Any, Final

from rehearsal.emulator.patching import replaces
from rehearsal.emulator.rules import Refused, rule
from rehearsal.emulator.services.backup.vaults.principals import exists, named_in, statements_of
from rehearsal.emulator.services.refusing import refusing

_PAGE: Final = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-policies.html"
_PRINCIPAL: Final = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html"
_READ: Final = "2026-11-22"


@rule(_PAGE, read=_READ)
def refuse_a_bucket_policy_that_is_none(is_policy: bool) -> None:
    """A bucket's policy is JSON with statements."""
    if not is_policy:
        raise Refused("MalformedPolicy", "Policies must be valid JSON and the first byte must be '{'")


@rule(_PRINCIPAL, read=_READ)
def refuse_a_bucket_policy_for_who_does_not_exist(found: bool) -> None:
    """A role or user that a bucket's policy names exists."""
    if not found:
        raise Refused("MalformedPolicy", "Invalid principal in policy")


@replaces("services.s3:_put_bucket_policy", read="0496f198bf503e3a")
@refusing("s3")
def put_bucket_policy(original: Any, name: str, body: bytes) -> Any:
    """Refuse a policy that S3 refuses."""
    statements = statements_of(body.decode(errors="replace"))
    refuse_a_bucket_policy_that_is_none(statements is not None)
    for statement in statements or []:
        for principal in named_in(statement):
            refuse_a_bucket_policy_for_who_does_not_exist(exists(principal))
    return original(name, body)
