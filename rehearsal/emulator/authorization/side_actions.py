"""Actions that a request needs besides its own: tags, locks and ownership that are given while something is made."""

from collections.abc import Callable, Mapping
from typing import Final

from rehearsal.emulator.authorization.request import Request

_TAGGING: Final[dict[tuple[str, str], tuple[str, str]]] = {
    ("dynamodb", "CreateTable"): ("Tags", "dynamodb:TagResource"),
    ("events", "PutRule"): ("Tags", "events:TagResource"),
    ("iam", "CreateOpenIDConnectProvider"): ("Tags", "iam:TagOpenIDConnectProvider"),
    ("iam", "CreatePolicy"): ("Tags", "iam:TagPolicy"),
    ("iam", "CreateRole"): ("Tags", "iam:TagRole"),
    ("iam", "CreateUser"): ("Tags", "iam:TagUser"),
    ("kms", "CreateKey"): ("Tags", "kms:TagResource"),
    ("monitoring", "PutMetricAlarm"): ("Tags", "cloudwatch:TagResource"),
    ("sns", "CreateTopic"): ("Tags", "sns:TagResource"),
}
"""https://docs.aws.amazon.com/IAM/latest/UserGuide/access_tags.html (read 2026-11-22)."""
_HEADERS: Final[dict[str, dict[str, tuple[str, ...]]]] = {
    "CreateBucket": {
        "x-amz-bucket-object-lock-enabled": ("s3:PutBucketObjectLockConfiguration", "s3:PutBucketVersioning"),
        "x-amz-object-ownership": ("s3:PutBucketOwnershipControls",),
    },
    "PutObject": {
        "x-amz-tagging": ("s3:PutObjectTagging",),
        "x-amz-object-lock-mode": ("s3:PutObjectRetention",),
        "x-amz-object-lock-legal-hold": ("s3:PutObjectLegalHold",),
    },
}
"""https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html and API_PutObject.html (read 2026-11-22)."""


def side_actions(request: Request, headers: Mapping[str, str]) -> list[str]:
    """Return the further actions that must be allowed on the request's own resource."""
    return [action for derive in _DERIVED for action in derive(request, headers)]


def _tagging(request: Request, _: Mapping[str, str]) -> list[str]:
    parameter, action = _TAGGING.get((request.service, request.operation), ("", ""))
    given = request.content.get(parameter) or f"{parameter}.member.1.Key" in request.form
    return [action] if action and given else []


def _headed(request: Request, headers: Mapping[str, str]) -> list[str]:
    if request.service != "s3":
        return []
    needs = _HEADERS.get(request.operation, {})
    return [
        action for name, actions in needs.items() if headers.get(name, "false").lower() != "false" for action in actions
    ]


_DERIVED: Final[tuple[Callable[[Request, Mapping[str, str]], list[str]], ...]] = (_tagging, _headed)
