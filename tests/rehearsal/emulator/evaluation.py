"""A row of the truth table of AWS's evaluation logic, and how it is asked from outside."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from botocore.exceptions import ClientError

from tests.emulator_people import document, make_role, trust
from tests.emulator_process import MANAGEMENT, PROD, REGION, Emulator, Keys

Statement = dict[str, Any]
Ask = Callable[[Keys], object]

BUCKET: Final = "strongroom-truth"
OBJECT: Final = f"arn:aws:s3:::{BUCKET}/note"
ROLE: Final = f"arn:aws:iam::{PROD}:role/reader"
SESSION: Final = f"arn:aws:sts::{PROD}:assumed-role/reader/test"
USER: Final = f"arn:aws:iam::{PROD}:user/reader"
ACCOUNT: Final = f"arn:aws:iam::{PROD}:root"
ROOT, UNIT = "r-exam", "ou-exam-sources1"
"""Where service control policies are attached; the account itself is PROD."""


@dataclass(frozen=True, kw_only=True)
class Case:
    """Who asks, which policies there are, and what AWS says to it."""

    name: str
    because: str | None = None
    """End of AWS's sentence of denial; None when it allows."""
    who: str = "role"
    """`role`, `user` or `root` of `home`; the role's session is named `test`."""
    home: str = PROD
    owner: str = PROD
    """Account of the bucket or key."""
    asks: str = "s3"
    """`s3`: GetObject of OBJECT. `kms`: DescribeKey of a key of `owner`."""
    identity: tuple[Statement, ...] = ()
    boundary: tuple[Statement, ...] | None = None
    session: tuple[Statement, ...] | None = None
    resource: tuple[Statement, ...] = ()
    """Of the bucket's or the key's policy."""
    controls: Mapping[str, tuple[Statement, ...]] = field(default_factory=dict[str, tuple[Statement, ...]])
    """Service control policies besides FullAWSAccess, by target."""
    bare: tuple[str, ...] = ()
    """Targets from which FullAWSAccess is detached, after the others are attached."""


def answer(emulator: Emulator, case: Case) -> str | None:
    """Set everything up and ask; return the reason of the denial, None when it is allowed."""
    keys = _caller(emulator, case)
    ask = _bucket(emulator, case) if case.asks == "s3" else _key(emulator, case)
    _control(emulator, case)
    try:
        ask(keys)
    except ClientError as refused:
        error = refused.response.get("Error", {})
        assert error.get("Code") == {"s3": "AccessDenied", "kms": "AccessDeniedException"}[case.asks]
        return " ".join(error.get("Message", "").split(" on resource: ")[1].split()[1:])
    return None


def _caller(emulator: Emulator, case: Case) -> Keys:
    if case.who == "root":
        return Keys(case.home, "any")
    more = {"PermissionsBoundary": _boundary(emulator, case)} if case.boundary is not None else {}
    if case.who == "user":
        return _user(emulator, case, more)
    opens = trust({"AWS": f"arn:aws:iam::{MANAGEMENT}:root"})
    make_role(emulator, "reader", *case.identity, account=case.home, trusts=opens, **more)
    session = {} if case.session is None else {"Policy": document(*case.session)}
    return emulator.assume(emulator.administrator_of(MANAGEMENT), f"arn:aws:iam::{case.home}:role/reader", **session)


def _user(emulator: Emulator, case: Case, more: dict[str, str]) -> Keys:
    iam = emulator.client("iam", account=case.home)
    iam.create_user(UserName="reader", **more)
    if case.identity:
        iam.put_user_policy(UserName="reader", PolicyName="test", PolicyDocument=document(*case.identity))
    key = iam.create_access_key(UserName="reader")["AccessKey"]
    return Keys(key["AccessKeyId"], key["SecretAccessKey"])


def _boundary(emulator: Emulator, case: Case) -> str:
    iam = emulator.client("iam", account=case.home)
    return iam.create_policy(PolicyName="boundary", PolicyDocument=document(*(case.boundary or ())))["Policy"]["Arn"]


def _bucket(emulator: Emulator, case: Case) -> Ask:
    s3 = emulator.client("s3", account=case.owner)
    s3.create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": REGION})
    s3.put_object(Bucket=BUCKET, Key="note", Body=b"x")
    if case.resource:
        s3.put_bucket_policy(Bucket=BUCKET, Policy=document(*case.resource))
    return lambda keys: emulator.client_with(keys, "s3").get_object(Bucket=BUCKET, Key="note")


def _key(emulator: Emulator, case: Case) -> Ask:
    key = emulator.client("kms", account=case.owner).create_key(
        Policy=document(*case.resource), BypassPolicyLockoutSafetyCheck=True
    )["KeyMetadata"]["Arn"]
    return lambda keys: emulator.client_with(keys, "kms").describe_key(KeyId=key)


def _control(emulator: Emulator, case: Case) -> None:
    organizations = emulator.client("organizations", account=MANAGEMENT)
    for target, statements in case.controls.items():
        policy = organizations.create_policy(
            Name=f"of {target}", Description="", Type="SERVICE_CONTROL_POLICY", Content=document(*statements)
        )["Policy"]["PolicySummary"]["Id"]
        organizations.attach_policy(PolicyId=policy, TargetId=target)
    for target in case.bare:
        organizations.detach_policy(PolicyId="p-FullAWSAccess", TargetId=target)
