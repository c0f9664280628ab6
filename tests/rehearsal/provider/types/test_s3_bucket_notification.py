from typing import Any

from botocore.stub import ANY

from rehearsal.provider.types import s3_bucket_notification as notification
from tests.rehearsal.provider.stubbed import REGION, World

TOPIC = "arn:aws:sns:eu-west-2:111111111111:t"
QUEUE = "arn:aws:sqs:eu-west-2:111111111111:q"
LAMBDA = "arn:aws:lambda:eu-west-2:111111111111:function:f"
EVENTS = ["s3:ObjectCreated:*"]


def put(world: World, configuration: Any) -> None:
    sent = {"Bucket": "b", "NotificationConfiguration": configuration}
    world.expect("s3", "put_bucket_notification_configuration", sent, {})


def test_a_target_without_an_id_gets_one_that_tells_its_kind_and_stays_the_same() -> None:
    given = {
        "bucket": "b",
        "queues": [{"queueArn": QUEUE, "events": EVENTS}, {"queueArn": QUEUE, "events": EVENTS}],
        "lambdaFunctions": [{"lambdaFunctionArn": LAMBDA, "events": EVENTS}],
        "topics": [{"id": "mine", "topicArn": TOPIC, "events": EVENTS, "filterPrefix": "a/", "filterSuffix": ".gz"}],
    }
    sent: list[dict[str, Any]] = []

    def remember(params: dict[str, Any], **_more: object) -> None:
        sent.append(dict(params))

    for _ in range(2):
        world = World()
        world.client("s3", REGION).meta.events.register("before-parameter-build.s3", remember)
        put(world, ANY)
        notification.create(world.context(), given)
    first, second = (one["NotificationConfiguration"] for one in sent)
    assert first == second
    queues = [one["Id"] for one in first["QueueConfigurations"]]
    assert all(one.startswith("tf-s3-queue-") for one in queues)
    assert len(set(queues)) == 2
    assert first["LambdaFunctionConfigurations"][0]["Id"].startswith("tf-s3-lambda-")
    filters = [{"Name": "prefix", "Value": "a/"}, {"Name": "suffix", "Value": ".gz"}]
    assert first["TopicConfigurations"] == [
        {"Id": "mine", "TopicArn": TOPIC, "Events": EVENTS, "Filter": {"Key": {"FilterRules": filters}}}
    ]


def test_a_delete_writes_nothing_over_everything() -> None:
    world = World()
    put(world, {})
    notification.delete(world.context(), "b", {})
    world.done()


def test_the_event_bus_is_an_empty_block() -> None:
    world = World()
    put(world, {"EventBridgeConfiguration": {}})
    notification.create(world.context(), {"bucket": "b", "eventbridge": True})
    world.expect("s3", "get_bucket_notification_configuration", {"Bucket": "b"}, {"EventBridgeConfiguration": {}})
    assert notification.read(world.context(), "b", {}) == {"bucket": "b", "eventbridge": True}
