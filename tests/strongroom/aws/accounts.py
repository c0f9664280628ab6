"""An account in which bootstrap was applied to the letter."""

from strongroom.aws.buckets import Bucket
from strongroom.aws.keys import Key
from strongroom.aws.readback import Doors
from strongroom.aws.roles import Role
from strongroom.documents.bootstrap.account import Account
from strongroom.facts import arns, names
from tests.strongroom.aws.fakes import FakeBuckets, FakeKeys, FakeRoles

KEY_ARN = "arn:aws:kms:eu-west-2:444444444444:key/1111"


def applied(account: Account) -> tuple[FakeRoles, FakeKeys, FakeBuckets]:
    """What the account holds after its template was applied."""
    boundary = arns.policy(account.id, names.BOUNDARY)
    roles = {
        role.name: Role(role.name, role.trust, boundary, tuple(sorted(role.policies)), (), role.session_seconds)
        for role in account.roles
    }
    for taken in account.services:
        attached = (*(arn.rpartition("/")[2] for arn in taken.managed), *taken.policies)
        roles[taken.name] = Role(taken.name, taken.trust, boundary, tuple(sorted(attached)), (), 3600)
    policies = {arns.policy(account.id, name): document for name, document in account.policies.items()}
    providers = {arns.oidc_provider(account.id, url): audiences for url, audiences in account.issuers.items()}
    keys, buckets = FakeKeys(), FakeBuckets(account.id)
    if account.store:
        keys.keys[names.STATE_KEY_ALIAS] = Key(KEY_ARN, enabled=True, rotated=True, policy=account.store.key_policy)
        name = account.store.bucket
        policy = account.store.bucket_policy(KEY_ARN)
        buckets.buckets[name] = Bucket(name, versioned=True, key=KEY_ARN, private=True, policy=policy)
    return FakeRoles(roles, {boundary: account.boundary, **policies}, dict(providers)), keys, buckets


def doors(made: tuple[FakeRoles, FakeKeys, FakeBuckets]) -> Doors:
    """The account's doors."""
    return Doors(*made)
