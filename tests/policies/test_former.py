"""What pulumi-aws keeps under a former name is judged as what it is."""

import re
from pathlib import Path
from typing import Final

import pulumi_aws
import pytest
from strongroom_policies import offline
from strongroom_policies.former import present

_CLASSES: Final = Path(pulumi_aws.__file__).parent / "s3"


def _tokens(file: Path) -> set[str]:
    return set(re.findall(r"'(aws:s3/[^']+)'", file.read_text(encoding="utf-8")))


@pytest.mark.parametrize("file", sorted(_CLASSES.glob("bucket*_v2.py")), ids=lambda file: file.stem)
def test_a_former_name_leads_to_the_type_that_says_so(file: Path) -> None:
    now = file.with_name(file.name.replace("_v2", ""))
    (former,), (token,) = _tokens(file), _tokens(now)
    assert present(former) == token
    assert former in now.read_text(encoding="utf-8")


@pytest.mark.parametrize("token", ["aws:s3/bucket:Bucket", "aws:s3/bucketObjectv2:BucketObjectv2", "aws:lb/v2:V2"])
def test_every_other_name_is_what_it_is(token: str) -> None:
    assert present(token) == token


def test_a_bucket_by_its_former_name_is_judged_alone_and_among_others() -> None:
    found = {one.rule for one in offline.judge([_bucket("aws:s3/bucketV2:BucketV2")], {})}
    assert found == {one.rule for one in offline.judge([_bucket("aws:s3/bucket:Bucket")], {})}
    assert {"data-not-force-destroyed", "s3-bucket-guards"} <= found


def _bucket(token: str) -> dict[str, object]:
    values = {"bucket": "logs", "forceDestroy": True}
    return {
        "type": token,
        "name": "logs",
        "urn": f"urn:pulumi:s::p::{token}::logs",
        "provider": "",
        "inputs": values,
        "outputs": values,
        "protect": False,
        "retainOnDelete": False,
        "deleteBeforeReplace": False,
        "ignoreChanges": [],
        "waitsFor": {},
        "parent": "",
    }
