"""Things that tests of events, messages and schedules need: queues that say what arrived, topics, the clock."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from tests.emulator_process import PROD, REGION, Emulator
from tests.rehearsal.emulator.services.asking import make_key

MINUTE: Final = 60
HOUR: Final = 60 * MINUTE
DAY: Final = 24 * HOUR


@dataclass(frozen=True)
class Queue:
    """A queue that anybody's messages are read from."""

    sqs: Any
    url: str
    arn: str

    def messages(self) -> list[dict[str, Any]]:
        """Take out what is in it."""
        found: list[dict[str, Any]] = []
        while True:
            answer = self.sqs.receive_message(
                QueueUrl=self.url, MaxNumberOfMessages=10, VisibilityTimeout=600, MessageAttributeNames=["All"]
            )
            if not answer.get("Messages"):
                return found
            found += answer["Messages"]

    def bodies(self) -> list[Any]:
        """Take out what is in it, as JSON."""
        return [json.loads(message["Body"]) for message in self.messages()]

    def notifications(self) -> list[Any]:
        """Take out what a topic sent, as the JSON inside each notification."""
        return [json.loads(body["Message"]) for body in self.bodies()]


def queue(
    emulator: Emulator, name: str, *services: str, account: str = PROD, condition: Mapping[str, object] | None = None
) -> Queue:
    """Make a queue that services may send to.

    Args:
        emulator: The local AWS.
        name: Name of the queue.
        services: Their principals, `events.amazonaws.com`. None: the queue has no policy.
        account: Whose.
        condition: Of the policy's statement. Default: none.
    """
    sqs = emulator.client("sqs", account=account)
    arn = f"arn:aws:sqs:{REGION}:{account}:{name}"
    url = sqs.create_queue(QueueName=name)["QueueUrl"]
    if services:
        document = allowing(arn, "sqs:SendMessage", *services, condition=condition)
        sqs.set_queue_attributes(QueueUrl=url, Attributes={"Policy": document})
    return Queue(sqs, url, arn)


def topic(
    emulator: Emulator, name: str, *services: str, account: str = PROD, condition: Mapping[str, object] | None = None
) -> str:
    """Make a topic with a policy that lets services publish, and return its ARN."""
    sns = emulator.client("sns", account=account)
    arn: str = sns.create_topic(Name=name)["TopicArn"]
    document = allowing(arn, "sns:Publish", *services, condition=condition)
    sns.set_topic_attributes(TopicArn=arn, AttributeName="Policy", AttributeValue=document)
    return arn


def subscribed(emulator: Emulator, topic_arn: str, name: str = "subscriber", **attributes: str) -> Queue:
    """Subscribe a new queue to a topic."""
    made = queue(emulator, name, "sns.amazonaws.com")
    emulator.client("sns").subscribe(TopicArn=topic_arn, Protocol="sqs", Endpoint=made.arn, Attributes=attributes)
    return made


def encrypt(emulator: Emulator, topic_arn: str, *statements: object) -> None:
    """Encrypt a topic of prod under a key whose policy has statements besides the account's own."""
    kms, key = emulator.client("kms"), make_key(emulator)
    own = {"Effect": "Allow", "Principal": {"AWS": f"arn:aws:iam::{PROD}:root"}, "Action": "kms:*", "Resource": "*"}
    kms.put_key_policy(KeyId=key, Policy=json.dumps({"Version": "2012-10-17", "Statement": [own, *statements]}))
    emulator.client("sns").set_topic_attributes(TopicArn=topic_arn, AttributeName="KmsMasterKeyId", AttributeValue=key)


def allowing(arn: str, action: str, *services: str, condition: Mapping[str, object] | None = None) -> str:
    """Return a resource's policy that lets services do something."""
    principal = {"Service": list(services)}
    statement: dict[str, object] = {"Effect": "Allow", "Principal": principal, "Action": action, "Resource": arn}
    if condition:
        statement["Condition"] = dict(condition)
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})
