"""CloudWatch: alarms by name, several in one call; tags by ARN."""

# https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncloudwatch.html (read 2026-11-22)

from rehearsal.emulator.authorization.request import Request


def resources(request: Request) -> list[str]:
    """Return the alarms that an operation is about."""
    tagged = request.text("ResourceARN")
    if tagged:
        return [tagged]
    listed: list[str] = request.content.get("AlarmNames") or _form_names(request)
    names = listed or [name for name in [request.text("AlarmName")] if name]
    if not names and request.operation == "DescribeAlarms":
        return [request.arn("cloudwatch", "alarm:*")]
    return [request.arn("cloudwatch", f"alarm:{name}") for name in names]


def _form_names(request: Request) -> list[str]:
    return [values[0] for name, values in sorted(request.form.items()) if name.startswith("AlarmNames.member.")]
