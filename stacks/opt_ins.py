"""The opt-in to AWS Backup's features, of which an account has one for each Region."""

from typing import Final

import pulumi
import pulumi_aws as aws

from strongroom.config.settings import Settings

_TABLES: Final = "DynamoDB"


def opt_in(settings: Settings, opts: pulumi.ResourceOptions) -> None:
    """Let AWS Backup manage DynamoDB's points itself: without that they can be neither copied nor locked.

    https://docs.aws.amazon.com/aws-backup/latest/devguide/advanced-ddb-backup.html, read 2026-11-22. Later changes of
    the two maps are ignored, because AWS answers with every type of the Region, and these would be a standing
    difference; the event rule on opt-ins tells when one is changed.
    """
    once = pulumi.ResourceOptions(ignore_changes=["resourceTypeOptInPreference", "resourceTypeManagementPreference"])
    aws.backup.RegionSettings(
        "region-settings",
        region=settings.region,
        resource_type_opt_in_preference={_TABLES: True},
        resource_type_management_preference={_TABLES: True},
        opts=pulumi.ResourceOptions.merge(opts, once),
    )
