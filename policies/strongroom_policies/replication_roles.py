"""The rule that a role may read what it replicates, and write it where it goes."""

from collections.abc import Iterator
from fnmatch import fnmatchcase
from typing import Final

from strongroom_policies.archives import of_one_bucket
from strongroom_policies.properties import NotKnownError, Properties
from strongroom_policies.resource import Resource, Stack
from strongroom_policies.rule import Sentence, Severity, StackRule, about, apart
from strongroom_policies.statements import Statement, statements
from strongroom_policies.tokens import TypeToken

# https://repost.aws/knowledge-center/s3-cross-account-replication-object-lock, read 2026-11-23.
_OF_THE_BUCKET: Final = ("s3:GetReplicationConfiguration", "s3:ListBucket")
_OF_VERSIONS: Final = ("s3:GetObjectVersionAcl", "s3:GetObjectVersionForReplication", "s3:GetObjectVersionTagging")
_OF_LOCKED_ONES: Final = ("s3:GetObjectLegalHold", "s3:GetObjectRetention")
_OF_REPLICAS: Final = ("s3:ReplicateObject", "s3:ReplicateTags")
_OF_GIVEN_ONES: Final = ("s3:ObjectOwnerOverrideToBucketOwner",)
_SOME_KEY: Final = "/\n"
"""No object has this key, so that only what holds every object holds it."""


def _every_role_replicates(stack: Stack, _: Properties) -> Iterator[tuple[Resource, Sentence]]:
    for configuration in stack.of(TypeToken.S3_BUCKET_REPLICATION_CONFIG):
        yield from about(configuration, _replicates(configuration, stack))


def _replicates(configuration: Resource, stack: Stack) -> Iterator[Sentence]:
    role = _role(configuration, stack)
    if role is None:
        yield (
            f"{configuration} works with a role that this stack does not make, so nobody can tell what it may do; one"
            " of this stack is required: make it here, or name the replication in exempt of s3-replication-role"
        )
        return
    name, held = f"{configuration} works with {role}, which", _Held(role, stack)
    yield from apart(
        _reads(name, configuration, held),
        _reads_locks(name, configuration, held, stack),
        *(_writes(name, rule, held) for rule in configuration.properties.parts("rules")),
    )


def _role(configuration: Resource, stack: Stack) -> Resource | None:
    roles = stack.of(TypeToken.IAM_ROLE)
    if not configuration.properties.knows("role"):
        return next((one for one in roles if stack.refers(configuration, one, "role", "arn")), None)
    named, sources = configuration.properties.text("role") or "", configuration.waits_for.get("role", frozenset())
    return next((one for one in roles if one.urn in sources or _is(one, named)), None)


def _is(role: Resource, arn: str) -> bool:
    """Whether a known ARN is that of a role; a role whose name nobody knows yet has none that is known."""
    return role.properties.knows("name") and role.properties.text("name") == arn.rpartition("/")[2]


class _Held:
    """What the policies of a role say, as far as they are in the stack."""

    def __init__(self, role: Resource, stack: Stack) -> None:
        self._statements: list[Statement] = []
        self._unknown: NotKnownError | None = None
        for owner, key in _documents(role, stack):
            try:
                self._statements += statements(owner, key)
            except NotKnownError as unknown:
                self._unknown = unknown

    def missing(self, actions: tuple[str, ...], thing: str) -> str:
        """Those of the actions on a bucket, or on objects of it, that no policy allows, for sentences.

        Raises:
            NotKnownError: some are missing, and a policy that is not known yet could allow them.
        """
        found = [action for action in actions if not self._allow(action, thing)]
        if found and self._unknown:
            raise self._unknown
        return ", ".join(found)

    def _allow(self, action: str, thing: str) -> bool:
        about_it = [one for one in self._statements if one.covers(action) and _is_about(one, thing)]
        return any(one.allows for one in about_it) and all(one.allows or one.conditional for one in about_it)


def _is_about(statement: Statement, thing: str) -> bool:
    return any(fnmatchcase(thing, resource.rpartition(":")[2]) for resource in statement.resources)


def _documents(role: Resource, stack: Stack) -> Iterator[tuple[Properties, str]]:
    """Where the policies of a role are written."""
    for inline in role.properties.parts("inlinePolicies"):
        yield inline, "policy"
    for own in stack.about(role, TypeToken.IAM_ROLE_POLICY, "role", "name", "id"):
        yield own.properties, "policy"
    for attachment in stack.about(role, TypeToken.IAM_ROLE_POLICY_ATTACHMENT, "role", "name", "id"):
        for policy in stack.of(TypeToken.IAM_POLICY):
            if stack.refers(attachment, policy, "policyArn", "arn"):
                yield policy.properties, "policy"


def _reads(name: str, configuration: Resource, held: _Held) -> Iterator[Sentence]:
    bucket = configuration.properties.text("bucket") or ""
    yield from _lacks(name, held, _OF_THE_BUCKET, bucket)
    yield from _lacks(name, held, _OF_VERSIONS, f"{bucket}{_SOME_KEY}")


def _reads_locks(name: str, configuration: Resource, held: _Held, stack: Stack) -> Iterator[Sentence]:
    locks = stack.of(TypeToken.S3_BUCKET_OBJECT_LOCK_CONFIGURATION)
    if any(of_one_bucket(stack, lock, configuration) for lock in locks):
        bucket = configuration.properties.text("bucket") or ""
        yield from _lacks(name, held, _OF_LOCKED_ONES, f"{bucket}{_SOME_KEY}")


def _writes(name: str, rule: Properties, held: _Held) -> Iterator[Sentence]:
    destination = rule.part("destination")
    given = _OF_GIVEN_ONES if "accessControlTranslation" in destination else ()
    archive = (destination.text("bucket") or "").rpartition(":")[2]
    yield from _lacks(name, held, (*_OF_REPLICAS, *given), f"{archive}{_SOME_KEY}")


def _lacks(name: str, held: _Held, actions: tuple[str, ...], thing: str) -> Iterator[Sentence]:
    if missing := held.missing(actions, thing):
        shown = thing.replace("\n", "*")
        yield (
            f"{name} may not {missing} on {shown}; S3 asks for all of {', '.join(actions)} and replicates nothing"
            " without: allow them in a policy of the role"
        )


ROLE: Final = StackRule(
    name="s3-replication-role",
    description="Checks that the role of a replication may read every version, also a locked one, and write replicas.",
    why="S3 accepts a replication whose role may not read or write, and each object then fails by itself.",
    controls={"AWS Security Hub": ("S3.7",), "NIST 800-53": ("CP-9(3)", "AC-6")},
    severity=Severity.HIGH,
    check=_every_role_replicates,
)
