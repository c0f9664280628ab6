"""The tags of what AWS Backup keeps, by ARN: one call for vaults and plans alike."""

from rehearsal.provider.context import Context
from rehearsal.provider.schema import TagChange


def tag(context: Context, change: TagChange) -> None:
    """Take tags away, then put tags."""
    backup = context.clients.client("backup", context.region)
    if change.remove:
        backup.untag_resource(ResourceArn=change.state["arn"], TagKeyList=change.remove)
    if change.put:
        backup.tag_resource(ResourceArn=change.state["arn"], Tags=change.put)
