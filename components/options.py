"""The resource options that components give their children."""

from collections.abc import Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws


@dataclass(frozen=True)
class Options:
    """Options of one component's children: parented to it and, unless it is disposable, kept when the stack goes."""

    parent: pulumi.Resource
    disposable: bool = False
    """Whether destroying the stack may destroy data."""
    provider: aws.Provider | None = None
    """Account of these children. Absent: the component's own provider."""

    def plain(self, *, after: Sequence[pulumi.Resource] = ()) -> pulumi.ResourceOptions:
        """For what can be made again at any time; `after` is waited for."""
        return pulumi.ResourceOptions(parent=self.parent, provider=self.provider, depends_on=list(after))

    def kept(self, *, after: Sequence[pulumi.Resource] = ()) -> pulumi.ResourceOptions:
        """For what holds data, makes it readable or guards it: Pulumi refuses to delete it, and leaves it in AWS.

        What guards data counts as much as the data: an attempt to destroy the stack would drop it from the state, and
        the next `up` would then find its name taken.
        """
        keep = None if self.disposable else True
        more = pulumi.ResourceOptions(protect=keep, retain_on_delete=keep)
        return pulumi.ResourceOptions.merge(self.plain(after=after), more)


def put_over(options: pulumi.ResourceOptions) -> pulumi.ResourceOptions:
    """Add that a replaced one is deleted first.

    For a setting of another resource: Pulumi's usual order puts the new one over the old, and then removes it with the
    old one.
    """
    return pulumi.ResourceOptions.merge(options, pulumi.ResourceOptions(delete_before_replace=True))
