from typing import Any

import pytest

from rehearsal.provider.errors import ProviderError
from rehearsal.provider.types import s3_bucket_metric as metric
from tests.rehearsal.provider.stubbed import World

AT = {"Bucket": "b", "Id": "m"}
TAG = {"Key": "k", "Value": "v"}
POINT = "arn:aws:s3:eu-west-2:111111111111:accesspoint/p"


@pytest.mark.parametrize(
    ("given", "theirs"),
    [
        ({"prefix": "a/"}, {"Prefix": "a/"}),
        ({"tags": {"k": "v"}}, {"Tag": TAG}),
        ({"accessPoint": POINT}, {"AccessPointArn": POINT}),
        ({"prefix": "a/", "tags": {"k": "v"}}, {"And": {"Prefix": "a/", "Tags": [TAG]}}),
        ({"tags": {"k": "v", "l": "w"}}, {"And": {"Tags": [TAG, {"Key": "l", "Value": "w"}]}}),
    ],
)
def test_one_condition_stands_alone_and_several_stand_together(given: dict[str, Any], theirs: dict[str, Any]) -> None:
    world = World()
    configuration = {"Id": "m", "Filter": theirs}
    world.expect("s3", "put_bucket_metrics_configuration", {**AT, "MetricsConfiguration": configuration}, {})
    assert metric.create(world.context(), {"bucket": "b", "name": "m", "filter": given}) == "b:m"
    world.expect("s3", "get_bucket_metrics_configuration", AT, {"MetricsConfiguration": configuration})
    assert metric.read(world.context(), "b:m", {}) == {"bucket": "b", "name": "m", "filter": given}
    world.done()


def test_without_a_filter_the_whole_bucket_is_meant() -> None:
    world = World()
    world.expect("s3", "put_bucket_metrics_configuration", {**AT, "MetricsConfiguration": {"Id": "m"}}, {})
    metric.create(world.context(), {"bucket": "b", "name": "m"})
    world.expect("s3", "get_bucket_metrics_configuration", AT, {"MetricsConfiguration": {"Id": "m"}})
    assert metric.read(world.context(), "b:m", {}) == {"bucket": "b", "name": "m"}


@pytest.mark.parametrize("text", ["b", "b:", ":m", "b:m:n"])
def test_fails_when_an_import_id_has_another_form(text: str) -> None:
    with pytest.raises(ProviderError, match="expected BUCKET:NAME"):
        metric.imported(text)
