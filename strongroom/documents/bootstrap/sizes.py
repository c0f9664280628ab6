"""How much AWS takes: documents that are checked before they are sent.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html and
https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html, read 2026-11-22.
"""

import json
from typing import Final

MANAGED_POLICY: Final = 6_144
"""Characters of a managed policy, white space not counted."""
TRUST_POLICY: Final = 2_048
"""Characters of a role's trust policy by default."""
POLICIES_OF_A_ROLE: Final = 10
"""Managed policies of a role by default."""
TEMPLATE: Final = 51_200
"""Bytes of a template that is sent with the request."""


class TooLargeError(Exception):
    """A document that AWS would refuse for its size."""


def text(document: object) -> str:
    """A document as JSON without white space, keys in their order."""
    return json.dumps(document, separators=(",", ":"))


def check(what: str, document: object, most: int, fix: str) -> None:
    """Refuse a document that is too large.

    Raises:
        TooLargeError: it is; the sentence says what, got, allowed and fix.
    """
    got = len(text(document).encode())
    if got > most:
        raise TooLargeError(f"{what} has {got} characters, AWS takes {most}; {fix}")
