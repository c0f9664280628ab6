import json
from collections.abc import Mapping
from typing import Any, Final

import pytest

from strongroom.checking import bounded, kept
from strongroom.checking.documents import lint
from tests.stacks import world

ALLOWED: Final = {"Sid": "Said", "Effect": "Allow", "Action": ["s3:GetObject"], "Resource": "*"}
ROLE: Final = "aws:iam/role:Role"


def resource(token: str, inputs: Mapping[str, Any], **more: bool) -> dict[str, Any]:
    options = {"protect": True, "retainOnDelete": True, **more}
    return {"type": token, "name": "it", "urn": "urn:it", "inputs": dict(inputs), **options}


def known(service: str) -> frozenset[str]:
    return frozenset({"s3:getobject", "sts:assumerole"}) if service in ("s3", "sts") else frozenset()


def said(document: object, kind: str = "aws:iam/rolePolicy:RolePolicy", name: str = "policy") -> list[str]:
    text = document if isinstance(document, str) else json.dumps(document)
    return [one.sentence for one in lint([resource(kind, {name: text})], "Pulumi.prod.yaml", known)]


def of(**changes: object) -> dict[str, object]:
    statement = {key: one for key, one in {**ALLOWED, **changes}.items() if one is not None}
    return {"Version": "2012-10-17", "Statement": [statement]}


def test_a_document_that_is_right_passes() -> None:
    assert said(of()) == []


@pytest.mark.parametrize(
    ("document", "sentence"),
    [
        ("{", "is no JSON object; a policy document is required"),
        ({**of(), "Version": "2008-10-17"}, "has Version '2008-10-17'; '2012-10-17' is required"),
        ({"Version": "2012-10-17", "Statement": []}, "has no Statement; one or more are required"),
        (of(Action="s3:GetObjects"), "has in statement Said the action s3:GetObjects, which AWS does not have"),
        (of(Action="GetObject"), "has in statement Said the action GetObject, which AWS does not have"),
        (of(Action=["s3:Get*"], Sid=None), "has in statement 1 the action s3:Get*, which allows more than anybody"),
        (of(NotAction=["s3:GetObject"]), "has in statement Said NotAction, which allows what nobody listed"),
        (of(NotPrincipal={"AWS": "x"}), "has in statement Said NotPrincipal, which lets in whoever is not listed"),
        (of(Principal="*"), "has in statement Said the principal '*' without a condition"),
        (of(Principal={"AWS": ["*"]}), "has in statement Said the principal '*' without a condition"),
        (
            of(Principal="*", Condition={"StringLike": {"aws:PrincipalOrgID": "o-*"}}),
            "has in statement Said the principal '*' without a condition",
        ),
        (of(Sid="x" * 10_240), "has 10"),
    ],
)
def test_fails_when_a_document_is_wrong(document: object, sentence: str) -> None:
    assert said(document)[0].startswith(f"Pulumi.prod.yaml: policy of iam.RolePolicy 'it' {sentence}")


@pytest.mark.parametrize(
    "document",
    [
        of(Effect="Deny", Action="*", Principal="*"),
        of(Principal="*", Condition={"StringEquals": {"AWS:PrincipalOrgID": "o-1"}}),
        of(Principal={"Service": "s3.amazonaws.com"}),
    ],
)
def test_what_bounds_or_denies_passes(document: object) -> None:
    assert said(document) == []


def test_what_is_no_policy_is_left_alone() -> None:
    assert said("text", "aws:s3/bucketObjectv2:BucketObjectv2", "content") == []
    assert said("text", "other:x/y:Z") == []


def test_a_service_control_policy_is_one() -> None:
    assert said("{", "aws:organizations/policy:Policy", "content")


@pytest.mark.parametrize("stack", world.STACKS)
def test_the_documents_of_our_program_are_right(stack: str) -> None:
    from strongroom.checking import actions

    made = [
        {"type": one.type, "name": one.name, "urn": one.urn, "inputs": one.inputs}
        for one in world.recorded(stack).resources
    ]
    assert list(lint(made, stack, actions.of_service)) == []


@pytest.mark.parametrize(
    ("options", "missing"),
    [
        ({"protect": False}, "no protect, and may take its data with it"),
        ({"retainOnDelete": False}, "no retain_on_delete, and may"),
        ({"protect": False, "retainOnDelete": False}, "no protect and no retain_on_delete, and may"),
    ],
)
def test_fails_when_what_holds_data_is_not_kept(options: Mapping[str, bool], missing: str) -> None:
    (said,) = kept.lost([resource("aws:dynamodb/table:Table", {}, **options)], "Pulumi.prod.yaml")
    assert said.sentence.startswith(f"Pulumi.prod.yaml: dynamodb.Table 'it' has {missing}")


def test_what_holds_no_data_need_not_be_kept() -> None:
    one = resource("aws:backup/plan:Plan", {}, protect=False, retainOnDelete=False)
    assert list(kept.lost([one, resource("aws:dynamodb/table:Table", {})], "x")) == []


def test_fails_when_a_role_has_no_boundary() -> None:
    (said,) = bounded.unbounded([resource(ROLE, {})], "Pulumi.prod.yaml")
    assert said.sentence.startswith("Pulumi.prod.yaml: iam.Role 'it' has no permissions boundary")
    assert list(bounded.unbounded([resource(ROLE, {"permissionsBoundary": "arn"})], "x")) == []
