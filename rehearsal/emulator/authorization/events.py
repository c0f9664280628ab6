"""EventBridge: a rule of the default bus is `rule/NAME`, one of another bus `rule/BUS/NAME`."""

# https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoneventbridge.html (read 2026-11-22)

from typing import Final

from rehearsal.emulator.authorization.request import Request

_ON_A_RULE: Final = {
    "DeleteRule",
    "DescribeRule",
    "DisableRule",
    "EnableRule",
    "ListTargetsByRule",
    "PutRule",
    "PutTargets",
    "RemoveTargets",
}


def resources(request: Request) -> list[str]:
    """Return the rule that an operation is about, or what a tagging call names."""
    if request.operation in _ON_A_RULE:
        bus = request.text("EventBusName").rpartition("/")[2]
        name = request.text("Rule", "Name")
        return [request.arn("events", f"rule/{name}" if bus in ("", "default") else f"rule/{bus}/{name}")]
    arn = request.text("ResourceARN")
    return [arn] if arn else []
