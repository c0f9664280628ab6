"""Service Quotas: a quota is named by the body; its ARN has no colon after the service."""

# https://docs.aws.amazon.com/service-authorization/latest/reference/list_servicequotas.html (read 2026-11-22)

from rehearsal.emulator.authorization.request import Request


def resources(request: Request) -> list[str]:
    """Return the ARN of the quota that is asked for; defaults and lists have none."""
    if request.operation != "GetServiceQuota":
        return []
    return [request.arn("servicequotas", f"{request.text('ServiceCode')}/{request.text('QuotaCode')}")]
