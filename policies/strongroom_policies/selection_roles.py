"""Rule about the role with which a backup plan works."""

from collections.abc import Iterator
from typing import Final

from strongroom_policies.properties import Properties
from strongroom_policies.resource import Resource, Stack
from strongroom_policies.rule import Level, Sentence, Severity, StackRule, about, apart, texts
from strongroom_policies.tokens import TypeToken


def _every_role_is_narrow(stack: Stack, wanted: Properties) -> Iterator[tuple[Resource, Sentence]]:
    roles = stack.of(TypeToken.IAM_ROLE)
    for selection in stack.of(TypeToken.BACKUP_SELECTION):
        yield from about(selection, *(_is_narrow(selection, role, stack, wanted) for role in roles))


def _is_narrow(selection: Resource, role: Resource, stack: Stack, wanted: Properties) -> Iterator[Sentence]:
    if stack.refers(selection, role, "iamRoleArn", "arn"):
        allowed = wanted.texts("allowedPolicies")
        yield from apart(*(_all_allowed(selection, role, found, allowed) for found in _policies(role, stack)))


def _all_allowed(
    selection: Resource, role: Resource, policies: Iterator[str], allowed: tuple[str, ...]
) -> Iterator[Sentence]:
    for policy in policies:
        if policy.rsplit("/", 1)[-1] not in allowed:
            yield (
                f"{selection} works with {role}, which has {policy}; only {', '.join(allowed)} are wanted: detach it,"
                " or add it to allowedPolicies of backup-selection-role"
            )


def _policies(role: Resource, stack: Stack) -> Iterator[Iterator[str]]:
    """Policies of a role, for each way in which a program gives it some."""
    yield _attached(role, stack)
    yield _written_into(role, stack)
    yield _named_by_the_role(role)
    yield _written_into_the_role(role)
    for attachment in stack.of(TypeToken.IAM_POLICY_ATTACHMENT):
        yield _attached_with_others(role, attachment, stack)


def _attached(role: Resource, stack: Stack) -> Iterator[str]:
    for attachment in stack.about(role, TypeToken.IAM_ROLE_POLICY_ATTACHMENT, "role", "name", "id"):
        yield attachment.properties.text("policyArn") or ""


def _attached_with_others(role: Resource, attachment: Resource, stack: Stack) -> Iterator[str]:
    said = attachment.properties
    if stack.lists(attachment, role, "roles", "name", "id") or role.properties.text("name") in said.texts("roles"):
        yield said.text("policyArn") or ""


def _written_into(role: Resource, stack: Stack) -> Iterator[str]:
    for policy in stack.about(role, TypeToken.IAM_ROLE_POLICY, "role", "name", "id"):
        yield f"the inline policy {policy.name}"


def _named_by_the_role(role: Resource) -> Iterator[str]:
    if not _left_to_aws(role, "managedPolicyArns"):
        yield from role.properties.texts("managedPolicyArns")


def _written_into_the_role(role: Resource) -> Iterator[str]:
    if not _left_to_aws(role, "inlinePolicies"):
        for policy in role.properties.parts("inlinePolicies"):
            yield f"the inline policy {policy.text('name') or 'without a name'}"


def _left_to_aws(role: Resource, name: str) -> bool:
    """Whether a value is unknown because the program says nothing, and AWS tells afterwards what is attached."""
    return not role.properties.knows(name) and not role.waits_for.get(name)


ROLE: Final = StackRule(
    name="backup-selection-role",
    description="Checks that the role of a selection may back up and restore, and no more.",
    why="The backup role is let into the backup account; whoever takes an administrator's role gets there too.",
    controls={"AWS Security Hub": ("IAM.1",), "NIST 800-53": ("AC-6",)},
    severity=Severity.MEDIUM,
    level=Level.ADVISORY,
    check=_every_role_is_narrow,
    options={
        "allowedPolicies": texts(
            (
                "AWSBackupServiceRolePolicyForBackup",
                "AWSBackupServiceRolePolicyForRestores",
                "AWSBackupServiceRolePolicyForS3Backup",
                "AWSBackupServiceRolePolicyForS3Restore",
            ),
            "Names of the managed policies that such a role may have, and of others as the sentence names them.",
        )
    },
)
