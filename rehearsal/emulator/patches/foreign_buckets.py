"""A bucket of another account is judged by its policy for the very caller, and by the caller's own policies."""

# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html
# (read 2026-11-22)

from typing import Any

from rehearsal.emulator import door
from rehearsal.emulator.patching import replaces

_BUCKET = "arn:aws:s3:::"


@replaces("services.s3:bucket_policy_for_arn", read="6715df59894bda4b")
def bucket_policy_for_arn(original: Any, resource_arn: str) -> tuple[str, str] | None:
    """Return the policy and the owner of any account's bucket."""
    owner = _owner(resource_arn)
    if owner is None or owner == door.account():
        return original(resource_arn)
    with door.request_scope(owner, door.region()):
        return original(resource_arn)


@replaces("services.s3:_foreign_bucket_allows", read="7865eb38b093e5a8")
def foreign_bucket_allows(original: Any, owner: str, bucket: str, *request: Any) -> bool:
    """Let pass whom the permission check has judged already; roots and anonymous callers are judged here."""
    caller: str = door.evaluator._request_caller_arn.get()  # noqa: SLF001
    judged = caller and not caller.endswith(":root")
    if judged and not _shut_to_public(owner, bucket):
        return True
    return original(owner, bucket, *request)


def _owner(resource_arn: str) -> str | None:
    if not resource_arn.startswith(_BUCKET):
        return None
    return door.s3._bucket_owner_account(resource_arn.removeprefix(_BUCKET).partition("/")[0])  # noqa: SLF001


def _shut_to_public(owner: str, bucket: str) -> bool:
    policy = door.s3._bucket_policies.get_scoped(owner, None, bucket)  # noqa: SLF001
    return bool(
        policy
        and door.s3._public_access_blocked(owner, bucket, "RestrictPublicBuckets")  # noqa: SLF001
        and door.s3._policy_is_public(policy)  # noqa: SLF001
    )
