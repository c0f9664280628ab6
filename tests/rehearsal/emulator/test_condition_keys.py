from typing import Any

import pytest

from tests.emulator_people import allow, deny, document, make_role, refuses, trust
from tests.emulator_process import BACKUP, MANAGEMENT, PROD, REGION, Emulator

pytestmark = pytest.mark.emulator

SOURCES = "o-exampleorg1/r-exam/ou-exam-sources1/"


def make_bucket(emulator: Emulator, name: str, account: str = PROD) -> Any:
    s3 = emulator.client("s3", account=account)
    s3.create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": REGION})
    return s3


def who_may_assume(emulator: Emulator, condition: dict[str, Any]) -> str:
    """A role in the backup account that any account may assume under a condition."""
    return make_role(emulator, "guarded", account=BACKUP, trusts=trust({"AWS": "*"}, Condition=condition))


def test_a_role_session_has_the_principal_arn_of_its_role(emulator: Emulator) -> None:
    guarded = who_may_assume(emulator, {"ArnLike": {"aws:PrincipalArn": f"arn:aws:iam::{PROD}:role/strongroom/copy-*"}})
    caller = make_role(emulator, "copy-prod", allow("sts:AssumeRole"), Path="/strongroom/")
    assert emulator.assume(emulator.session(caller), guarded).session_token


def test_fails_when_the_principal_arn_is_another_roles(emulator: Emulator) -> None:
    guarded = who_may_assume(emulator, {"ArnLike": {"aws:PrincipalArn": f"arn:aws:iam::{PROD}:role/strongroom/copy-*"}})
    caller = make_role(emulator, "reader", allow("sts:AssumeRole"))
    with refuses("AccessDenied"):
        emulator.assume(emulator.session(caller), guarded)


def test_a_deny_to_all_but_one_role_does_not_lock_that_role_out(emulator: Emulator) -> None:
    role = make_role(emulator, "deploy", allow("s3:*"))
    other = make_role(emulator, "operate", allow("s3:*"))
    s3 = make_bucket(emulator, "kept-for-deploy")
    shut = deny("s3:PutObject", "arn:aws:s3:::kept-for-deploy/*", Principal="*")
    shut["Condition"] = {"ArnNotLike": {"aws:PrincipalArn": role}}
    s3.put_bucket_policy(Bucket="kept-for-deploy", Policy=document(shut))
    emulator.client("s3", role_arn=role).put_object(Bucket="kept-for-deploy", Key="k", Body=b"v")
    with refuses("AccessDenied"):
        emulator.client("s3", role_arn=other).put_object(Bucket="kept-for-deploy", Key="k", Body=b"v")


@pytest.mark.parametrize(
    "condition",
    [
        {"StringEquals": {"aws:PrincipalOrgID": "o-exampleorg1"}},
        {"ForAnyValue:StringLike": {"aws:PrincipalOrgPaths": f"{SOURCES}*"}},
        {"ForAnyValue:StringEquals": {"aws:PrincipalOrgPaths": SOURCES}},
    ],
)
def test_a_member_is_known_by_its_organization_and_path(emulator: Emulator, condition: dict[str, Any]) -> None:
    guarded = who_may_assume(emulator, condition)
    caller = make_role(emulator, "caller", allow("sts:AssumeRole"))
    assert emulator.assume(emulator.session(caller), guarded).session_token


@pytest.mark.parametrize(
    "condition",
    [
        {"StringEquals": {"aws:PrincipalOrgID": "o-exampleorg1"}},
        {"ForAnyValue:StringLike": {"aws:PrincipalOrgPaths": f"{SOURCES}*"}},
    ],
)
def test_fails_when_the_caller_is_outside_the_organization(emulator: Emulator, condition: dict[str, Any]) -> None:
    guarded = who_may_assume(emulator, condition)
    stranger = emulator.control("POST", "accounts", {"name": "stranger", "outside": True})["id"]
    with refuses("AccessDenied"):
        emulator.assume(emulator.administrator_of(stranger), guarded)


def test_fails_when_the_caller_is_in_another_unit(emulator: Emulator) -> None:
    guarded = who_may_assume(emulator, {"ForAnyValue:StringLike": {"aws:PrincipalOrgPaths": f"{SOURCES}*"}})
    with refuses("AccessDenied"):
        emulator.assume(emulator.administrator_of("444444444444"), guarded)


def test_the_path_follows_an_account_that_moves(emulator: Emulator) -> None:
    guarded = who_may_assume(emulator, {"ForAnyValue:StringLike": {"aws:PrincipalOrgPaths": f"{SOURCES}*"}})
    emulator.client("organizations", account=MANAGEMENT).move_account(
        AccountId="444444444444", SourceParentId="ou-exam-pipeline", DestinationParentId="ou-exam-sources1"
    )
    assert emulator.assume(emulator.administrator_of("444444444444"), guarded).session_token


def test_a_resource_is_known_by_its_account_and_organization(emulator: Emulator) -> None:
    make_bucket(emulator, "inside")
    ours = {"StringEquals": {"aws:ResourceOrgID": "${aws:PrincipalOrgID}", "aws:ResourceAccount": PROD}}
    role = make_role(emulator, "inward", allow("s3:ListBucket", Condition=ours))
    assert emulator.client("s3", role_arn=role).list_objects_v2(Bucket="inside")["KeyCount"] == 0


def test_fails_when_the_resource_is_outside_the_organization(emulator: Emulator) -> None:
    stranger = emulator.control("POST", "accounts", {"name": "stranger", "outside": True})["id"]
    theirs = make_bucket(emulator, "theirs", stranger)
    open_to_all = allow("s3:ListBucket", "arn:aws:s3:::theirs", Principal={"AWS": PROD})
    theirs.put_bucket_policy(Bucket="theirs", Policy=document(open_to_all))
    ours = {"StringEquals": {"aws:ResourceOrgID": "${aws:PrincipalOrgID}"}}
    fenced = make_role(emulator, "fenced", allow("s3:ListBucket", Condition=ours))
    free = make_role(emulator, "free", allow("s3:ListBucket"))
    assert emulator.client("s3", role_arn=free).list_objects_v2(Bucket="theirs")["KeyCount"] == 0
    with refuses("AccessDenied"):
        emulator.client("s3", role_arn=fenced).list_objects_v2(Bucket="theirs")


def test_policy_variables_are_written_out(emulator: Emulator) -> None:
    for name in (f"own-{PROD}", "own-other"):
        make_bucket(emulator, name)
    role = make_role(emulator, "variable", allow("s3:ListBucket", "arn:aws:s3:::own-${aws:PrincipalAccount}"))
    s3 = emulator.client("s3", role_arn=role)
    assert s3.list_objects_v2(Bucket=f"own-{PROD}")["KeyCount"] == 0
    with refuses("AccessDenied"):
        s3.list_objects_v2(Bucket="own-other")


def test_the_usual_deny_of_plain_http_leaves_the_bucket_open(emulator: Emulator) -> None:
    s3 = make_bucket(emulator, "tls-only")
    shut = deny("s3:*", ["arn:aws:s3:::tls-only", "arn:aws:s3:::tls-only/*"], Principal="*")
    shut["Condition"] = {"Bool": {"aws:SecureTransport": "false"}}
    s3.put_bucket_policy(Bucket="tls-only", Policy=document(shut))
    assert s3.list_objects_v2(Bucket="tls-only")["KeyCount"] == 0


def key_for(emulator: Emulator, condition: dict[str, Any]) -> str:
    policy = document(
        allow("kms:*", Principal={"AWS": f"arn:aws:iam::{PROD}:root"}),
        deny("kms:Encrypt", Principal="*", Condition=condition),
    )
    return emulator.client("kms").create_key(Policy=policy)["KeyMetadata"]["Arn"]


def test_the_encryption_context_is_a_condition_key(emulator: Emulator) -> None:
    key = key_for(emulator, {"StringNotEquals": {"kms:EncryptionContext:stack": "prod"}})
    kms = emulator.client("kms")
    assert kms.encrypt(KeyId=key, Plaintext=b"x", EncryptionContext={"stack": "prod"})["CiphertextBlob"]
    for wrong in ({"stack": "ci"}, {}):
        with refuses("AccessDeniedException"):
            kms.encrypt(KeyId=key, Plaintext=b"x", EncryptionContext=wrong)


def test_the_calling_account_is_a_condition_key_of_kms(emulator: Emulator) -> None:
    right = key_for(emulator, {"StringNotEquals": {"kms:CallerAccount": PROD}})
    wrong = key_for(emulator, {"StringEquals": {"kms:CallerAccount": PROD}})
    assert emulator.client("kms").encrypt(KeyId=right, Plaintext=b"x")["CiphertextBlob"]
    with refuses("AccessDeniedException"):
        emulator.client("kms").encrypt(KeyId=wrong, Plaintext=b"x")


def test_a_role_may_only_make_roles_within_its_boundary(emulator: Emulator) -> None:
    iam = emulator.client("iam")
    boundary = iam.create_policy(PolicyName="boundary", PolicyDocument=document(allow("*")))["Policy"]["Arn"]
    within = {"StringEquals": {"iam:PermissionsBoundary": boundary}}
    role = make_role(emulator, "maker", allow(["iam:CreateRole", "iam:PutRolePolicy"], Condition=within))
    maker = emulator.client("iam", role_arn=role)
    maker.create_role(RoleName="inside", AssumeRolePolicyDocument=trust({"AWS": PROD}), PermissionsBoundary=boundary)
    maker.put_role_policy(RoleName="inside", PolicyName="p", PolicyDocument=document(allow("s3:*")))
    with refuses("AccessDenied"):
        maker.create_role(RoleName="outside", AssumeRolePolicyDocument=trust({"AWS": PROD}))
    with refuses("AccessDenied"):
        maker.put_role_policy(RoleName="maker", PolicyName="p", PolicyDocument=document(allow("*")))


def test_which_policy_may_be_attached_is_a_condition_key(emulator: Emulator) -> None:
    read_only = "arn:aws:iam::aws:policy/ReadOnlyAccess"
    role = make_role(
        emulator, "attacher", allow("iam:AttachRolePolicy", Condition={"ArnEquals": {"iam:PolicyARN": read_only}})
    )
    make_role(emulator, "given")
    attacher = emulator.client("iam", role_arn=role)
    attacher.attach_role_policy(RoleName="given", PolicyArn=read_only)
    with refuses("AccessDenied"):
        attacher.attach_role_policy(RoleName="given", PolicyArn="arn:aws:iam::aws:policy/AdministratorAccess")


def test_no_caller_is_taken_for_a_service(emulator: Emulator) -> None:
    make_bucket(emulator, "no-service")
    role = make_role(
        emulator, "plain", allow("s3:ListBucket", Condition={"Bool": {"aws:PrincipalIsAWSService": "false"}})
    )
    assert emulator.client("s3", role_arn=role).list_objects_v2(Bucket="no-service")["KeyCount"] == 0
