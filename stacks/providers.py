"""One explicit provider an account, which refuses to work in any other."""

import pulumi_aws as aws

from strongroom.config.settings import Settings
from strongroom.facts import names


def provider(profile: str, account: str, settings: Settings) -> aws.Provider:
    """Register the provider of one account.

    It is configured by the name of a profile and never by a role: a role would be stored in Pulumi's state, where the
    pipelines that preview, deploy and operate would each find another's.

    Args:
        profile: AWS profile whose credentials reach the account; also the provider's name.
        account: id of the only account that it may work in.
        settings: the stack's, for the region and the tags of every resource.
    """
    return aws.Provider(
        profile,
        profile=profile,
        region=settings.region,
        allowed_account_ids=[account],
        default_tags={"tags": {**settings.tags, names.TAG_ENVIRONMENT: settings.environment}},
    )
