from typing import Any

import pytest

from tests.strict_inputs import properties, refuse_wrong_inputs

PLAN = "aws:backup/plan:Plan"
RULE = {"ruleName": "daily", "targetVaultName": "v"}


def plan(**rule: object) -> dict[str, Any]:
    return {"rules": [{**RULE, **rule}]}


def test_what_the_sdk_knows_is_taken_at_every_depth() -> None:
    life = {"deleteAfter": 35.0}
    refuse_wrong_inputs(PLAN, plan(lifecycle=life, copyActions=[{"destinationVaultArn": "arn", "lifecycle": life}]))


def test_what_is_not_of_aws_is_left_alone() -> None:
    refuse_wrong_inputs("strongroom:index:CentralVault", {"anything": object()})


@pytest.mark.parametrize(
    ("inputs", "sentence"),
    [
        ({"rules": [RULE], "rule": 1}, "Plan has no rule"),
        ({}, "Plan needs rules"),
        (plan(ruleNam="x"), r"Plan.rules\[0\] has no ruleNam"),
        ({"rules": [{"ruleName": "daily"}]}, r"Plan.rules\[0\] needs targetVaultName"),
        (plan(startWindow="60"), r"startWindow takes .*int.*, got '60'"),
        (plan(startWindow=60.5), r"startWindow takes .*int.*, got 60.5"),
        (plan(enableContinuousBackup=1.0), r"enableContinuousBackup takes .*bool.*, got 1.0"),
        (plan(ruleName=True), r"ruleName takes .*str.*, got True"),
        (plan(lifecycle=[{"deleteAfter": 35.0}]), "lifecycle takes"),
        (plan(recoveryPointTags={"a": 1.0}), r"recoveryPointTags.a takes .*str.*, got 1.0"),
    ],
)
def test_fails_when_the_provider_would_refuse(inputs: dict[str, Any], sentence: str) -> None:
    with pytest.raises(TypeError, match=sentence):
        refuse_wrong_inputs(PLAN, inputs)


def test_a_resource_whose_arguments_have_another_name_than_usual_is_found() -> None:
    assert properties("aws:s3/bucketVersioning:BucketVersioning") >= {"bucket", "region", "versioningConfiguration"}
