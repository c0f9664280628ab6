"""Systems Manager: several parameters in one call."""

# https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssystemsmanager.html (read 2026-11-22)

from rehearsal.emulator.authorization.request import Request


def resources(request: Request) -> list[str]:
    """Return the ARNs of the parameters that GetParameters and DeleteParameters name; MiniStack finds single ones."""
    names: list[str] = request.content.get("Names") or []
    return [request.arn("ssm", f"parameter/{name.removeprefix('/')}") for name in names]
