"""Types of pulumi-aws by the names that they had before."""

from typing import Final

_OF_S3: Final = "aws:s3/bucket"
_V2: Final = "V2"


def present(kind: str) -> str:
    """The name that a type has now.

    Version 7 of pulumi-aws took V2 from the ends of the types of S3, and keeps the longer names for older programs:
    https://www.pulumi.com/registry/packages/aws/api-docs/s3/bucketversioningv2, read 2026-11-23.
    """
    if kind.startswith(_OF_S3) and kind.endswith(_V2):
        return kind.replace(f"{_V2}:", ":").removesuffix(_V2)
    return kind
