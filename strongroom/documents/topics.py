"""Policies of topics."""

from strongroom.documents.policy import ANYONE, Document, Statement, document
from strongroom.documents.principals import resource_statement
from strongroom.facts import services


def alarms(topic_arn: str, account: str) -> Document:
    """Policy of the alarm topic: the services of this account that send alarms, over TLS.

    The statement for EventBridge has no condition, because EventBridge sends nothing to test one against and its
    messages would be lost. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html, read
    2026-11-22.

    Args:
        topic_arn: ARN of the topic.
        account: Account whose alarms, vaults and buckets may send.
    """
    senders = _publish("SentByServicesOfThisAccount", topic_arn, [services.CLOUDWATCH, services.BACKUP, services.S3])
    senders["Condition"] = {"StringEquals": {"aws:SourceAccount": account}}
    plain = resource_statement("OnlyOverTls", "Deny", ANYONE, ["sns:Publish"])
    plain["Resource"] = topic_arn
    plain["Condition"] = {"Bool": {"aws:SecureTransport": "false"}}
    return document(senders, _publish("SentByEventBridge", topic_arn, [services.EVENTS]), plain)


def _publish(sid: str, topic_arn: str, senders: list[str]) -> Statement:
    statement = resource_statement(sid, "Allow", {"Service": senders}, ["sns:Publish"])
    statement["Resource"] = topic_arn
    return statement
