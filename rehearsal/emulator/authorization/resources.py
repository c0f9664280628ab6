"""Which resources and which passed roles a request must be allowed; MiniStack derives `*` or another ARN for these."""

# https://docs.aws.amazon.com/service-authorization/latest/reference/ (read 2026-11-22); each file names its page

from collections.abc import Callable
from typing import Final

from rehearsal.emulator.authorization import backup, cloudwatch, dynamodb, events, iam, kms, servicequotas, sns, ssm
from rehearsal.emulator.authorization.request import Request

_RESOURCES: Final[dict[str, Callable[[Request], list[str]]]] = {
    "backup": backup.resources,
    "dynamodb": dynamodb.resources,
    "events": events.resources,
    "iam": iam.resources,
    "kms": kms.resources,
    "monitoring": cloudwatch.resources,
    "servicequotas": servicequotas.resources,
    "sns": sns.resources,
    "ssm": ssm.resources,
}


def resources(request: Request) -> list[str]:
    """Return the ARNs on which the request's action must be allowed, all of them; none when MiniStack's is right."""
    derive = _RESOURCES.get(request.service)
    return derive(request) if derive else []
