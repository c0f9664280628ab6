"""Rules about IAM roles and what they may do."""

from collections.abc import Iterator
from typing import Final

from strongroom_policies.properties import Properties
from strongroom_policies.resource import Resource
from strongroom_policies.rule import Rule, Sentence, Severity, apart, texts
from strongroom_policies.statements import Statement, statements
from strongroom_policies.tokens import TypeToken

_SERVICES: Final = (
    "backup.amazonaws.com",
    "cloudtrail.amazonaws.com",
    "s3.amazonaws.com",
    "scheduler.amazonaws.com",
    "states.amazonaws.com",
)
"""Services that say for whom they work when they take a role."""


def _trust_is_tight(role: Resource, wanted: Properties) -> Iterator[Sentence]:
    read = [one for one in statements(role.properties, "assumeRolePolicy") if one.allows]
    yield from apart(*(_trusted(role, one, wanted) for one in read))


def _trusted(role: Resource, statement: Statement, wanted: Properties) -> Iterator[Sentence]:
    unbound = [one for one in statement.services if one in wanted.texts("services")]
    if unbound and not statement.bound_to_source:
        yield (
            f"{role} is taken by {', '.join(unbound)} for any account by statement {statement.name}; only work of"
            " your own"
            " may use it: add a condition on aws:SourceAccount or aws:SourceArn"
        )
    if statement.anybody and not statement.bound_to_callers:
        yield (
            f"{role} can be taken by anybody by statement {statement.name}; only accounts of the organization may:"
            " name a"
            " principal, or add a condition on aws:PrincipalOrgID"
        )
    if statement.principals.get("Federated") and not statement.conditional:
        yield (
            f"{role} can be taken by every identity of {', '.join(statement.principals['Federated'])}; only yours"
            " may: add"
            " a condition on its subject"
        )


TRUST: Final = Rule(
    name="iam-role-trust",
    description="Checks that a role is taken only by whom it is for.",
    why="A service that works for another account can be made to use a role that does not ask for whom.",
    controls={"NIST 800-53": ("AC-3", "AC-6"), "ISO 27001:2022": ("A.5.15",)},
    severity=Severity.HIGH,
    on=(TypeToken.IAM_ROLE,),
    check=_trust_is_tight,
    options={"services": texts(_SERVICES, "Service principals whose trust must name a source account or ARN.")},
)

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
    everywhere = "*" in statement.resources
    if everywhere and any(action == "*" or action.endswith(":*") for action in statement.actions):
        yield (
            f"{resource} allows {', '.join(statement.actions)} on everything by statement {statement.name}; the actions"
            " that are needed are required: name them, or the resources"
        )
    if everywhere and "*" not in statement.actions and statement.covers("iam:PassRole"):
        yield (
            f"{resource} may pass every role by statement {statement.name}, and so become any of them; chosen roles are"
            " required: name their ARNs in Resource"
        )


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
    on=(TypeToken.IAM_ROLE, TypeToken.IAM_ROLE_POLICY, TypeToken.IAM_POLICY, TypeToken.IAM_ROLE_POLICY_ATTACHMENT),
    check=_policy_is_narrow,
    options={"forbiddenPolicies": texts(_ADMINISTRATORS, "Names of managed policies that nothing may attach.")},
)
