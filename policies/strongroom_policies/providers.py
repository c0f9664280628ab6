"""A rule about what a provider is told: where its calls go, and what it leaves unasked."""

import re
from collections.abc import Iterator
from typing import Final

from strongroom_policies.properties import Properties
from strongroom_policies.resource import Resource
from strongroom_policies.rule import Rule, Sentence, Severity, apart, texts
from strongroom_policies.tokens import TypeToken

_ROLES: Final = ("assumeRoles", "assumeRole")
_ROLE: Final = re.compile(r"arn:[a-z-]+:iam::([0-9]+):role/")
_NOTHING: Final[tuple[object, ...]] = ("", False, "false", "[]", "{}", [], {})
"""What says the same as leaving a property out; the provider's SDK writes some of them itself."""
_HARMLESS: Final = (
    "allowedAccountIds",
    "assumeRole",
    "assumeRoles",
    "defaultTags",
    "forbiddenAccountIds",
    "maxRetries",
    "profile",
    "region",
    "retryMode",
    "skipMetadataApiCheck",
    "skipRegionValidation",
    "stsRegion",
    "tagPolicyCompliance",
    "tokenBucketRateLimiterCapacity",
    "useDualstackEndpoint",
    "useFipsEndpoint",
    "userAgents",
    "version",
)
"""Of the provider's inputs, those that neither send calls elsewhere nor leave the account or tags unasked.

https://www.pulumi.com/registry/packages/aws/api-docs/provider, by pulumi-aws 7 as installed, read 2026-11-23.
"""
_ENGINES: Final = "__"
"""How the names begin that the engine keeps for itself; a pack sees them in a state alone."""
_KEYS: Final = ("accessKey", "secretKey", "token")
"""`aws-provider-pinned` refuses them."""


def _is_told_nothing_else(provider: Resource, wanted: Properties) -> Iterator[Sentence]:
    known = wanted.texts("properties")
    others = [name for name in provider.properties if name not in (*known, *_KEYS) and not name.startswith(_ENGINES)]
    yield from apart(*(_unknown(provider, name, known) for name in others), _role(provider))


def _unknown(provider: Resource, name: str, known: tuple[str, ...]) -> Iterator[Sentence]:
    said = provider.properties.said(name)
    if said is not None and said not in _NOTHING:
        yield (
            f"{provider} is told {name}; only {', '.join(known)} may be set, because others can send calls elsewhere or"
            f" hide what is there: take it out, or add it to properties of {_NAME}"
        )


def _role(provider: Resource) -> Iterator[Sentence]:
    own = provider.properties.listed("allowedAccountIds")
    accounts = [account for name in _ROLES for account in _accounts(provider.properties, name)]
    # Roles are taken one after the other; the provider works in the account of the last.
    if own and accounts and accounts[-1] not in own:
        yield (
            f"{provider} takes a role of account {accounts[-1]}; only {', '.join(own)} may be worked in: name a role"
            " of one of them, or correct allowed_account_ids"
        )


def _accounts(properties: Properties, name: str) -> list[str]:
    """Accounts of the roles in a list that may be written as JSON."""
    said = properties.said(name)
    if isinstance(said, str):
        return _ROLE.findall(said)
    return [account for part in properties.parts(name) for account in _ROLE.findall(part.text("roleArn") or "")]


_NAME: Final = "aws-provider-properties"
PROPERTIES: Final = Rule(
    name=_NAME,
    description="Checks that a provider is told nothing that sends its calls elsewhere or hides what is there.",
    why="With endpoints or a proxy of a stranger every call succeeds, and nothing is made in any account of ours.",
    controls={"NIST 800-53": ("SC-7",), "ISO 27001:2022": ("A.8.20",)},
    severity=Severity.HIGH,
    on=(TypeToken.PROVIDER,),
    check=_is_told_nothing_else,
    options={"properties": texts(_HARMLESS, "Properties that a provider may be told.")},
)
