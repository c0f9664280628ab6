"""The rule about the policies of buckets: who may come in, and how."""

from collections.abc import Iterator
from typing import Final

from strongroom_policies.properties import Properties
from strongroom_policies.resource import Resource
from strongroom_policies.rule import Rule, Sentence, Severity, apart
from strongroom_policies.statements import Statement, statements
from strongroom_policies.strangers import ACCOUNTS, anybody, strangers
from strongroom_policies.tokens import TypeToken


def _policy_is_tight(policy: Resource, wanted: Properties) -> Iterator[Sentence]:
    read = list(statements(policy.properties, "policy"))
    yield from apart(_only_over_tls(policy, read), *(_no_stranger(policy, one, wanted) for one in read))


def _only_over_tls(policy: Resource, read: list[Statement]) -> Iterator[Sentence]:
    if not any(_denies_plain_requests(one) for one in read):
        yield (
            f"{policy} answers requests without TLS; they must be denied: add a Deny of s3:* for principal '*' where"
            " aws:SecureTransport is false"
        )


def _denies_plain_requests(statement: Statement) -> bool:
    every_action = not statement.allows and {"s3:*", "*"} & {*statement.actions}
    plain = statement.value("Bool", "aws:SecureTransport") == ("false",)
    return bool(every_action) and statement.anybody and plain and _only_that(statement) and _on_all_objects(statement)


def _only_that(statement: Statement) -> bool:
    """Whether there is one condition: a second one would let the first deny less."""
    conditions = statement.said.part("Condition")
    return sum(1 for operator in conditions for _ in conditions.part(operator)) == 1


def _on_all_objects(statement: Statement) -> bool:
    things = (resource.rpartition(":")[2] for resource in statement.resources)
    return any(thing.endswith("*") and thing.partition("/")[2] in ("", "*") for thing in things)


def _no_stranger(policy: Resource, statement: Statement, wanted: Properties) -> Iterator[Sentence]:
    yield from anybody(policy, statement)
    yield from strangers(policy, statement, wanted, POLICY.name)


POLICY: Final = Rule(
    name="s3-bucket-policy",
    description="Checks that a bucket's policy denies plain HTTP and lets no stranger in.",
    why="A bucket of backups that answers the world is the shortest way to everybody's data.",
    controls={
        "AWS Security Hub": ("S3.5", "S3.2", "S3.3"),
        "Checkov": ("CKV_AWS_379",),
        "CIS AWS Foundations": ("2.1.1",),
    },
    severity=Severity.CRITICAL,
    on=(TypeToken.S3_BUCKET_POLICY,),
    check=_policy_is_tight,
    options=ACCOUNTS,
)
