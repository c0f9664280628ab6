"""Rules about IAM roles and what they may do."""

import re
from collections.abc import Iterator
from fnmatch import fnmatchcase
from typing import Final

from strongroom_policies.properties import Properties
from strongroom_policies.resource import Resource
from strongroom_policies.rule import Rule, Sentence, Severity, apart, texts
from strongroom_policies.statements import Statement, statements
from strongroom_policies.strangers import ACCOUNTS, anybody, strangers
from strongroom_policies.tokens import TypeToken

_SERVICES: Final = (
    "backup.amazonaws.com",
    "cloudtrail.amazonaws.com",
    "s3.amazonaws.com",
    "scheduler.amazonaws.com",
    "states.amazonaws.com",
)
"""Services that say for whom they work when they take a role."""

_OF_THE_ORGANIZATION: Final = (
    "only accounts of the organization may: name a principal, or add a condition on aws:PrincipalOrgID"
)


def _trust_is_tight(role: Resource, wanted: Properties) -> Iterator[Sentence]:
    read = [one for one in statements(role.properties, "assumeRolePolicy") if one.allows]
    yield from apart(
        *(_trusted(role, one, wanted) for one in read), *(strangers(role, one, wanted, TRUST.name) for one in read)
    )


def _trusted(role: Resource, statement: Statement, wanted: Properties) -> Iterator[Sentence]:
    unbound = [one for one in statement.services if one in wanted.texts("services")]
    if unbound and not statement.bound_to_source:
        yield (
            f"{role} is taken by {', '.join(unbound)} for any account by statement {statement.name}; only work of"
            " your own may use it: add a condition on aws:SourceAccount or aws:SourceArn"
        )
    yield from anybody(role, statement, _OF_THE_ORGANIZATION)
    if statement.principals.get("Federated") and not statement.conditional:
        yield (
            f"{role} can be taken by every identity of {', '.join(statement.principals['Federated'])}; only yours"
            " may: add a condition on its subject"
        )


TRUST: Final = Rule(
    name="iam-role-trust",
    description="Checks that a role is taken only by whom it is for.",
    why="A service that works for another account can be made to use a role that does not ask for whom.",
    controls={"NIST 800-53": ("AC-3", "AC-6"), "ISO 27001:2022": ("A.5.15",)},
    severity=Severity.HIGH,
    on=(TypeToken.IAM_ROLE,),
    check=_trust_is_tight,
    options={
        "services": texts(_SERVICES, "Service principals whose trust must name a source account or ARN."),
        **ACCOUNTS,
    },
)

_ACCOUNT_AT: Final = 4
_KIND: Final = re.compile("^[a-z-]+[/:]")
_WILDCARD: Final = re.compile("[*?]")
_DELETE: Final = "delete"
_SOME_ROLE: Final = "role/\n"
"""No role has this name, so that only what holds every role holds it."""
_SOME_ACTION: Final = "\n:\n"
"""No action has this name, so that only what holds every action of every service holds it."""
_ADMINISTRATORS: Final = ("AdministratorAccess", "PowerUserAccess", "IAMFullAccess", "AWSBackupFullAccess")


def _policy_is_narrow(resource: Resource, wanted: Properties) -> Iterator[Sentence]:
    attached = resource.properties.text("policyArn") or ""
    inline = [Statement(one) for policy in _documents(resource) for one in policy.parts("Statement")]
    yield from apart(_attached(resource, attached, wanted), *(_narrow(resource, one) for one in inline if one.allows))


def _documents(resource: Resource) -> list[Properties]:
    return [
        resource.properties.json("policy"),
        *(one.json("policy") for one in resource.properties.parts("inlinePolicies")),
    ]


def _attached(resource: Resource, policy: str, wanted: Properties) -> Iterator[Sentence]:
    arns = [policy, *resource.properties.texts("managedPolicyArns")]
    for arn in arns:
        if arn.rsplit("/", 1)[-1] in wanted.texts("forbiddenPolicies"):
            yield f"{resource} attaches {arn}; a policy that names what is needed is required: attach another one"


def _narrow(resource: Resource, statement: Statement) -> Iterator[Sentence]:
    everywhere = any(_is_everything(one) for one in statement.resources)
    every_action = statement.covers(_SOME_ACTION)
    if every_action or (everywhere and any(_is_every_action(action) for action in statement.actions)):
        where = "everything" if everywhere else ", ".join(statement.resources)
        yield (
            f"{resource} allows {', '.join(statement.actions)} on {where} by statement {statement.name}; the actions"
            f" that are needed are required: name them{', or the resources' if everywhere else ''}"
        )
    if everywhere and (deletes := [action for action in statement.actions if _may_delete(action)]):
        yield (
            f"{resource} may delete by {', '.join(deletes)} whatever there is, by statement {statement.name}; chosen"
            " actions on chosen things are required: name the actions in full, or the resources"
        )
    every_role = any(_is_every_role(one) for one in statement.resources)
    if every_role and not every_action and statement.covers("iam:PassRole"):
        yield (
            f"{resource} may pass every role by statement {statement.name}, and so become any of them; chosen roles are"
            " required: name their ARNs in Resource"
        )


def _is_every_action(action: str) -> bool:
    """Whether a pattern holds every action of a service."""
    return not action.rpartition(":")[2].strip("*?")


def _is_everything(resource: str) -> bool:
    """Whether a resource is a wildcard, or an ARN whose thing is one: any bucket, any table of an account."""
    *head, thing = resource.split(":", 5)
    if len(head) <= _ACCOUNT_AT:
        # A wildcard stands for colons as well, and so for all that an ARN goes on to say.
        return resource.endswith("*")
    if head[_ACCOUNT_AT]:
        # Only an ARN that names an account has a kind before its thing: in one of S3 that is the bucket.
        thing = _KIND.sub("", thing)
    return not thing.strip("*?/:")


def _is_every_role(resource: str) -> bool:
    return _is_everything(resource) or fnmatchcase(_SOME_ROLE, resource.split(":", 5)[-1])


def _may_delete(action: str) -> bool:
    """Whether a pattern that is narrower than a service holds actions that delete."""
    verb = action.partition(":")[2]
    begun = _WILDCARD.split(verb)[0]
    return begun != verb and verb != "*" and (begun.startswith(_DELETE) or _DELETE.startswith(begun))


PERMISSIONS: Final = Rule(
    name="iam-policy-narrow",
    description="Checks that policies name the actions, the resources and the roles that may be passed.",
    why="A role that may do everything turns each mistake in its program into a way to the backups.",
    controls={
        "AWS Security Hub": ("IAM.1", "IAM.21", "KMS.1", "KMS.2"),
        "Checkov": ("CKV_AWS_62", "CKV_AWS_286"),
        "NIST 800-53": ("AC-6",),
    },
    severity=Severity.HIGH,
    on=(
        TypeToken.IAM_ROLE,
        TypeToken.IAM_ROLE_POLICY,
        TypeToken.IAM_POLICY,
        TypeToken.IAM_ROLE_POLICY_ATTACHMENT,
        TypeToken.IAM_GROUP_POLICY,
        TypeToken.IAM_GROUP_POLICY_ATTACHMENT,
        TypeToken.IAM_POLICY_ATTACHMENT,
        TypeToken.IAM_USER_POLICY,
        TypeToken.IAM_USER_POLICY_ATTACHMENT,
    ),
    check=_policy_is_narrow,
    options={"forbiddenPolicies": texts(_ADMINISTRATORS, "Names of managed policies that nothing may attach.")},
)
