"""What an AWS service lets out by itself: events, messages to topics, and metrics."""

from collections.abc import Mapping, Sequence

from rehearsal.emulator import judgement
from rehearsal.emulator.services.cloudwatch.metrics import METRICS, Metric
from rehearsal.emulator.services.events import bus
from rehearsal.emulator.services.sns import publishing


def emit(
    account: str, region: str, source: str, detail_type: str, detail: Mapping[str, object], resources: Sequence[str]
) -> None:
    """Put an event on the default bus of an account, at the emulator's time.

    Args:
        account: Whose bus.
        region: Where.
        source: `aws.backup`.
        detail_type: `Backup Job State Change`.
        detail: What JSON can hold.
        resources: ARNs that the event is about; may be none.
    """
    bus.emit(account, region, bus.Event(source, detail_type, detail, resources))


def is_heard(account: str, region: str) -> bool:
    """Whether any rule or archive listens on the default bus of an account; if none does, `emit` does nothing."""
    return bus.is_heard(account, region)


def publish(
    topic_arn: str,
    service: str,
    source_arn: str,
    source_account: str,
    message: str,
    attributes: Mapping[str, str],
    subject: str | None = None,
) -> bool:
    """Send a message of an AWS service to a topic, when the topic's policy and its key let the service do that.

    Args:
        topic_arn: Where to.
        service: Principal of the service, `backup.amazonaws.com`.
        source_arn: What the service acts for (aws:SourceArn).
        source_account: Its account (aws:SourceAccount).
        message: The text.
        attributes: Message attributes, which filter policies of subscriptions read; all of type String.
        subject: Default: none.

    Returns:
        Whether the topic took it; AWS tells nobody when it does not.
    """
    context = {**judgement.source_keys(source_account, source_arn), "aws:SourceOwner": source_account}
    publication = publishing.Publication(message, subject or "", attributes)
    return publishing.publish(topic_arn, publication, judgement.service_principal(service), context) is None


def put_metric(
    account: str, region: str, namespace: str, name: str, dimensions: Mapping[str, str], value: float
) -> None:
    """Put a value into a metric of an account, at the emulator's time."""
    METRICS.add(account, region, Metric.of(namespace, name, dimensions), value)
