"""One question to the policies: may this principal do this action on this resource, with these condition keys."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any, Final

from rehearsal.emulator import door
from rehearsal.emulator.authorization.decision import Denial, Guard, Standing, judge
from rehearsal.emulator.authorization.grants import is_granted
from rehearsal.emulator.authorization.principals import Statement

_OPEN_TO_OWNER: Final = {"s3:DeleteBucketPolicy", "s3:GetBucketPolicy", "s3:PutBucketPolicy"}
"""The root of a bucket's owner may these whatever the bucket's policy denies.

https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketPolicy.html (read 2026-11-22).
"""


@dataclass(frozen=True)
class Question:
    """What is asked."""

    action: str
    """`service:Operation`."""
    resource: str
    region: str
    keys: Mapping[str, Any] = field(default_factory=dict[str, Any])
    """Condition keys of the request, in any case; a key without a value is absent."""
    is_request: bool = False
    """Whether a request asks it, which came from an address; a service that acts for somebody has none to show."""


def answer(standing: Standing, guard: Guard | None, question: Question) -> Denial | None:
    """Return why a principal is denied, None when it is allowed."""
    # Services speak to each other over TLS.
    origin = {} if question.is_request else {"source_ip": None, "secure_transport": True}
    context = door.evaluator.EvalContext(
        principal_arn=standing.caller.arn,
        principal_type=_kind(standing),
        principal_account=standing.caller.account,
        action=question.action,
        resource_arn=question.resource,
        region=question.region,
        service_context={name.lower(): value for name, value in question.keys.items()},
        principal_keys=dict(standing.keys),
        **origin,
    )

    def applies(statement: Statement) -> bool:
        parsed = _parsed(statement)
        return bool(parsed and door.evaluator._first_match(context, parsed, statement.effect))  # noqa: SLF001

    if guard and question.action in _OPEN_TO_OWNER and standing.caller.arn == f"arn:aws:iam::{guard.owner}:root":
        guard = None
    if guard and question.action.startswith("kms:"):
        granted = is_granted(question.resource, standing.caller, question.action, question.keys)
        guard = replace(guard, grants=granted)
    return judge(standing, guard, question.action, applies)


def sentence(standing: Standing, question: Question, denial: Denial) -> str:
    """Return AWS's sentence of a denial.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html (read 2026-11-22).
    """
    asked = f"is not authorized to perform: {question.action} on resource: {question.resource}"
    return f"User: {standing.caller.arn} {asked} {denial.reason}"


def _kind(standing: Standing) -> str:
    arn = standing.caller.arn
    if standing.caller.is_service:
        return "Service"
    if standing.caller.role_arn:
        return "AssumedRole"
    return "Root" if arn.endswith(":root") else "User"


@lru_cache(maxsize=4096)
def _parsed(statement: Statement) -> Any:
    return door.evaluator.parse_policy_document({"Statement": [dict(statement.said)]})
