"""SNS: tags are on the topic; calls about one subscription have no resource of their own."""

# https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsns.html (read 2026-11-22)

from rehearsal.emulator.authorization.request import Request


def resources(request: Request) -> list[str]:
    """Return the topic of a tagging call."""
    arn = request.text("ResourceArn")
    return [arn] if arn else []
