"""Buckets of the local AWS for tests of what hangs on a bucket."""

from itertools import count
from typing import Final

from tests.emulator_process import REGION, Emulator

_NUMBERS: Final = count(1)


def make_bucket(emulator: Emulator, *, versioned: bool = False, locked: bool = False) -> str:
    """A new bucket in the prod account; its name."""
    s3, name = emulator.client("s3"), f"strongroom-test-{next(_NUMBERS)}"
    place = {"LocationConstraint": REGION}
    s3.create_bucket(Bucket=name, CreateBucketConfiguration=place, ObjectLockEnabledForBucket=locked)
    if versioned:
        s3.put_bucket_versioning(Bucket=name, VersioningConfiguration={"Status": "Enabled"})
    return name
