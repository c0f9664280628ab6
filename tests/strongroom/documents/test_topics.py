from strongroom.documents import topics
from tests.strongroom.documents.example import CI, PROD
from tests.strongroom.documents.judge import Request, allowed

ARN = f"arn:aws:sns:eu-west-2:{PROD}:strongroom-prod-alarms"
TOPIC = topics.alarms(ARN, PROD)


def sent(service: str, **context: str) -> bool:
    keys = {f"aws:{name}": value for name, value in context.items()}
    return allowed(TOPIC, Request(f"{service}.amazonaws.com", "sns:Publish", ARN, keys))


def test_services_of_the_account_send_alarms() -> None:
    assert all(sent(service, SourceAccount=PROD) for service in ("cloudwatch", "backup", "s3"))


def test_fails_when_a_service_sends_for_another_account_or_for_none() -> None:
    assert not sent("cloudwatch", SourceAccount=CI)
    assert not sent("backup")


def test_eventbridge_sends_without_a_source_account() -> None:
    assert sent("events")


def test_fails_when_the_message_comes_over_plain_http() -> None:
    assert not sent("events", SecureTransport="false")
