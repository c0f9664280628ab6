"""Whether an account holds what its template says: CloudFormation's word is not taken for it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from strongroom.aws.buckets import Buckets
from strongroom.aws.comparison import same
from strongroom.aws.keys import Keys
from strongroom.aws.roles import Role, Roles
from strongroom.documents.bootstrap.account import Account, PipelineRole, ServiceRole, StateStore
from strongroom.documents.policy import Document
from strongroom.facts import arns, names


@dataclass(frozen=True)
class Doors:
    """What is read back through."""

    roles: Roles
    keys: Keys
    buckets: Buckets


def differences(account: Account, doors: Doors) -> list[str]:
    """What stands otherwise in the account than bootstrap means it; one sentence each.

    Raises:
        AwsError: something cannot be read.
    """
    policies = {names.BOUNDARY: account.boundary, **account.policies}
    return [
        *_issuers(account, doors.roles),
        *(
            f"policy {name} {fault}"
            for name, policy in policies.items()
            if (fault := _document(doors.roles.policy(arns.policy(account.id, name)), policy))
        ),
        *(f"role {role.name} {fault}" for role in account.roles for fault in _role(account, role, doors.roles)),
        *(f"role {role.name} {fault}" for role in account.services for fault in _taken(account, role, doors.roles)),
        *(_store(account.store, doors) if account.store else ()),
    ]


def _document(found: Document | None, wanted: Document) -> str | None:
    if found is None:
        return "is not there"
    return None if same(found, wanted) else "says something else"


def _issuers(account: Account, door: Roles) -> Iterator[str]:
    for url, audiences in account.issuers.items():
        found = door.audiences(arns.oidc_provider(account.id, url))
        if found is None:
            yield f"OpenID Connect provider {url} is not there"
        elif tuple(found) != audiences:
            yield f"OpenID Connect provider {url} lets in {', '.join(found)}, not {', '.join(audiences)}"


def _role(account: Account, wanted: PipelineRole, door: Roles) -> Iterator[str]:
    found = door.role(wanted.name)
    if found is None:
        yield "is not there"
        return
    yield from _common(account.id, found, wanted.trust, wanted.policies)
    if found.session_seconds != wanted.session_seconds:
        yield f"lets sessions last {found.session_seconds} seconds, not {wanted.session_seconds}"


def _taken(account: Account, wanted: ServiceRole, door: Roles) -> Iterator[str]:
    found = door.role(wanted.name)
    if found is None:
        yield "is not there"
        return
    managed = (arn.rpartition("/")[2] for arn in wanted.managed)
    yield from _common(account.id, found, wanted.trust, (*managed, *wanted.policies))


def _common(account: str, found: Role, trust: Document, policies: Sequence[str]) -> Iterator[str]:
    if not same(found.trust, trust):
        yield "trusts somebody else"
    if found.boundary != arns.policy(account, names.BOUNDARY):
        yield f"stands under boundary {found.boundary}, not under {names.BOUNDARY}"
    if found.policies != tuple(sorted(policies)):
        yield f"has policies {', '.join(found.policies)}, not {', '.join(sorted(policies))}"
    if found.inline:
        yield f"has inline policies {', '.join(found.inline)}, and should have none"


def _store(store: StateStore, doors: Doors) -> Iterator[str]:
    key = doors.keys.key(names.STATE_KEY_ALIAS)
    if key is None:
        yield f"key {names.STATE_KEY_ALIAS} is not there"
        return
    if not key.enabled:
        yield f"key {names.STATE_KEY_ALIAS} is switched off"
    if not key.rotated:
        yield f"key {names.STATE_KEY_ALIAS} is not rotated"
    if not same(key.policy, store.key_policy):
        yield f"key {names.STATE_KEY_ALIAS} has another policy"
    yield from (f"bucket {store.bucket} {fault}" for fault in _bucket(store, key.arn, doors.buckets))


def _bucket(store: StateStore, key_arn: str, door: Buckets) -> Iterator[str]:
    found = door.bucket(store.bucket, store.account)
    if found is None:
        yield "is not there"
        return
    if not found.versioned:
        yield "keeps no old versions"
    if not found.private:
        yield "does not block public access"
    if found.key not in (key_arn, key_arn.split("/")[-1]):
        yield f"encrypts with {found.key or 'keys of S3'}, not with {names.STATE_KEY_ALIAS}"
    if found.policy is None or not same(found.policy, store.bucket_policy(key_arn)):
        yield "has another policy"
