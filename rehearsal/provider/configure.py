"""The provider's own configuration: what it takes, and the guard that keeps it in its account."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

from botocore.exceptions import BotoCoreError, ClientError

from rehearsal.provider.context import Clients
from rehearsal.provider.errors import ProviderError, told
from rehearsal.provider.shapes import is_list
from rehearsal.provider.wire import holds_unknown

_TAKEN: Final = frozenset(
    {
        "allowedAccountIds",
        "defaultTags",
        "profile",
        "region",
        # written by the Python SDK into every provider, or harmless beside a local AWS
        "maxRetries",
        "s3UsePathStyle",
        "skipCredentialsValidation",
        "skipMetadataApiCheck",
        "skipRegionValidation",
    }
)
_ENGINES_OWN: Final = frozenset({"version", "pluginDownloadURL", "__internal", "__defaults"})

MakeClients = Callable[[str | None, str], Clients]
"""From a profile (None: the default credentials) and a region."""


@dataclass(frozen=True, kw_only=True)
class Configuration:
    """The provider's arguments, checked."""

    region: str
    profile: str | None = None
    allowed_account_ids: tuple[str, ...] = ()
    default_tags: dict[str, str] = field(default_factory=dict[str, str])


def refusals(args: dict[str, Any]) -> list[tuple[str, str]]:
    """What the stand-in does not take: (argument, sentence)."""
    return [
        (name, f"the stand-in for the aws plugin does not take '{name}', only {', '.join(sorted(_TAKEN))}")
        for name in args
        if name not in _TAKEN | _ENGINES_OWN
    ]


def unpacked(args: dict[str, Any]) -> dict[str, Any]:
    """The arguments with lists, objects and booleans as values: the wire brings them as JSON texts."""
    return {name: _unpacked(value) for name, value in args.items()}


def _unpacked(value: Any) -> Any:
    if isinstance(value, str) and (value[:1] in ("[", "{") or value in ("true", "false")):
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value


def is_known(args: dict[str, Any]) -> bool:
    """Whether every argument is known, so that the guard can ask AWS."""
    return not holds_unknown([args.get(name) for name in _TAKEN])


def parsed(args: dict[str, Any]) -> Configuration:
    """The checked arguments.

    Raises:
        ProviderError: an argument is missing or has the wrong shape.
    """
    region = args.get("region")
    if not isinstance(region, str) or not region:
        raise ProviderError("Missing region information: set `region` on the provider, e.g. region='eu-west-2'")
    allowed: Any = args.get("allowedAccountIds") or []
    if not is_list(allowed):
        raise ProviderError(f"allowedAccountIds must be a list of account ids, got {allowed!r}")
    default_tags: dict[str, Any] = args.get("defaultTags") or {}
    return Configuration(
        region=region,
        profile=args.get("profile") or None,
        allowed_account_ids=tuple(str(one) for one in allowed),
        default_tags=dict(default_tags.get("tags") or {}),
    )


def account_of(configuration: Configuration, clients: Clients) -> str:
    """The account that the credentials belong to.

    Raises:
        ProviderError: there are no usable credentials, or the account is not an allowed one.
    """
    try:
        account = clients.client("sts", configuration.region).get_caller_identity()["Account"]
    except ClientError as error:
        raise ProviderError(f"Retrieving AWS account details: {told(error)}") from error
    except BotoCoreError as error:
        raise ProviderError(f"unable to validate AWS credentials. Details: {error}") from error
    allowed = configuration.allowed_account_ids
    if allowed and account not in allowed:
        raise ProviderError(f"AWS account ID not allowed: {account}")
    return account
