"""Short forms for tests of events: a rule with one target, an event, and what a dead-letter queue says of one."""

import json
from typing import Any, Final

from tests.emulator_process import PROD, REGION
from tests.rehearsal.emulator.services.signals import Queue

EVENTS: Final = "events.amazonaws.com"
PATTERN: Final = json.dumps({"source": ["shop"]})
RULE: Final = f"arn:aws:events:{REGION}:{PROD}:rule/orders"


def aim(events: Any, **target: object) -> None:
    """Make the rule of orders with one target."""
    events.put_rule(Name="orders", EventPattern=PATTERN)
    events.put_targets(Rule="orders", Targets=[{"Id": "target", **target}])


def put(events: Any, **changes: object) -> Any:
    """Put one event of the shop."""
    entry = {"Source": "shop", "DetailType": "order", "Detail": '{"n": 1}', **changes}
    return events.put_events(Entries=[entry])["Entries"][0]


def dead_letter(lost: Queue) -> tuple[str, str, str]:
    """Return the error code, the rule and the target of the one message in a dead-letter queue."""
    [message] = lost.messages()
    attributes = {name: value["StringValue"] for name, value in message["MessageAttributes"].items()}
    return attributes["ERROR_CODE"], attributes["RULE_ARN"], attributes["TARGET_ARN"]
