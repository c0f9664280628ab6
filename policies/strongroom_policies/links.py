"""Tells by dependencies what a key is that nobody knows yet: a stack knows from what a value is computed."""

from typing import Final

from strongroom_policies.resource import Resource, Stack
from strongroom_policies.tokens import TypeToken

_KEYS: Final = frozenset(
    {
        TypeToken.KMS_ALIAS,
        TypeToken.KMS_EXTERNAL_KEY,
        TypeToken.KMS_KEY,
        TypeToken.KMS_REPLICA_EXTERNAL_KEY,
        TypeToken.KMS_REPLICA_KEY,
    }
)
"""Made by a program, all are customer managed: names that begin with alias/aws/ are AWS's own.

https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateAlias.html, read 2026-11-22.
"""
_HANDED_ON: Final = frozenset({"keyId"})
"""A program may take a key from the key's policy, so that nothing lies under it before the policy does."""


def from_a_key(stack: Stack, resource: Resource, name: str) -> bool:
    """Whether a property was computed from a KMS key of the stack."""
    return stack.leads_to_any(_KEYS, resource.waits_for.get(name, frozenset()), _HANDED_ON)


def sources(stack: Stack, resource: Resource, name: str) -> str:
    """What a property was computed from, for sentences."""
    named = (stack.named(urn) for urn in resource.waits_for.get(name, frozenset()))
    return ", ".join(sorted(str(one) for one in named if one)) or "nothing of this stack"
