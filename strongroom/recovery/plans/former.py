"""Vaults that a source had under earlier settings: a change of retention makes new ones, which begin empty."""

from collections.abc import Mapping

from strongroom.aws.errors import AwsError
from strongroom.aws.objects import Objects
from strongroom.config.manifest import ManifestError
from strongroom.config.settings import TierName
from strongroom.recovery.plans.declared import TRIED, Declared, Source, read_version, versions_of
from strongroom.recovery.plans.holdings import vaults_of


def former_vaults(source: Source, objects: Objects, declared: Declared) -> Mapping[str, TierName]:
    """Tiers of the central vaults that other versions of the manifest name and the chosen one does not.

    A version that cannot be read, and a delete marker, adds nothing: newer ones were told of when the manifest was
    chosen, and older ones are a help, not a need.

    Args:
        source: Whose.
        objects: Of the backup account.
        declared: The version that was chosen.

    Raises:
        AwsError: the versions cannot be listed.
    """
    found = dict[str, TierName]()
    for version in versions_of(source, objects)[:TRIED]:
        if version.version_id == declared.version_id:
            continue
        try:
            found |= vaults_of(read_version(source, objects, version))
        except (AwsError, ManifestError):
            continue
    own = vaults_of(declared.manifest)
    return {vault: tier for vault, tier in found.items() if vault not in own}
