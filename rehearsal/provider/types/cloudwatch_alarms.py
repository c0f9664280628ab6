"""What both kinds of alarm have in common: their actions and their tags."""

import re
from typing import Any

from rehearsal.provider.context import Context
from rehearsal.provider.schema import Kind, Properties, Property, TagChange
from rehearsal.provider.values import tag_list, tag_map


def actions(limit: int | None = None) -> Property:
    """A set of action ARNs, at most `limit`; whether they exist nobody checks."""

    def few(value: Any) -> str | None:
        return None if limit is None or len(value) <= limit else f"expected at most {limit} actions, got {len(value)}"

    return Property(kind=Kind.SET, item=Property(checks=(_action,)), checks=(few,))


def tags_of(context: Context, arn: str) -> dict[str, str]:
    """The tags of an alarm."""
    cloudwatch = context.clients.client("cloudwatch", context.region)
    return tag_map(cloudwatch.list_tags_for_resource(ResourceARN=arn).get("Tags", []))


def tag(context: Context, change: TagChange) -> None:
    """Take tags away, then put tags."""
    cloudwatch, alarm = context.clients.client("cloudwatch", context.region), change.state["arn"]
    if change.remove:
        cloudwatch.untag_resource(ResourceARN=alarm, TagKeys=change.remove)
    if change.put:
        cloudwatch.tag_resource(ResourceARN=alarm, Tags=tag_list(change.put))


def delete(context: Context, resource_id: str, _state: Properties) -> None:
    """Delete the alarm; CloudWatch refuses to delete one that a composite alarm still watches."""
    context.clients.client("cloudwatch", context.region).delete_alarms(AlarmNames=[resource_id])


def _action(value: Any) -> str | None:
    """An action is an ARN, or one of AWS's own that look like one (`arn:aws:automate:eu-west-2:ec2:stop`)."""
    return None if re.match(r"arn:[\w-]+:[\w-]+:[\w-]*:[^:]*:.+", value) else f"({value}) is an invalid ARN"
