"""Takes things that exist into the stack, as `adopt` in the settings asks for it."""

from collections.abc import Sequence
from typing import Final

import pulumi
import pulumi_aws as aws

from strongroom.config.problems import NAMESPACE, SettingsError
from strongroom.config.settings import Adopted

# AWS tells nobody how long a lock could be changed, so an imported one would seem to differ and be replaced.
# https://github.com/hashicorp/terraform-provider-aws/issues/46876, read 2026-11-22.
_UNREADABLE_OF_A_LOCK: Final = "changeableForDays"


class Adoption:
    """The names that are to be adopted, and those of them that were met."""

    def __init__(self, adopt: Sequence[Adopted]) -> None:
        self._ids = {one.name: one.id for one in adopt}
        self._met: set[str] = set()

    def take(self, args: pulumi.ResourceTransformationArgs) -> pulumi.ResourceTransformationResult | None:
        """Transformation that imports a resource which is to be adopted, and leaves any other as it is."""
        found = self._ids.get(args.name)
        if found is None or isinstance(args.resource, pulumi.ComponentResource):
            return None
        self._met.add(args.name)
        ignored = [_UNREADABLE_OF_A_LOCK] if isinstance(args.resource, aws.backup.VaultLockConfiguration) else []
        adopting = pulumi.ResourceOptions(import_=found, ignore_changes=ignored)
        return pulumi.ResourceTransformationResult(args.props, pulumi.ResourceOptions.merge(args.opts, adopting))

    def finish(self, file: str) -> None:
        """Refuse names that nothing has: the names are known only when everything is registered, at preview.

        Args:
            file: stack file that they stand in, for the error sentences.

        Raises:
            SettingsError: a name that matched no resource.
        """
        missed = [name for name in self._ids if name not in self._met]
        if missed:
            raise SettingsError(
                [
                    f"{file}: {NAMESPACE}:adopt names {name!r}, and no resource of this stack has that name;"
                    " take it from `pulumi preview`, or leave the entry out"
                    for name in missed
                ]
            )
