"""IAM: roles that AWS makes for its own services; only AWS changes them."""

from typing import Any, Final

from rehearsal.emulator import door
from rehearsal.emulator.authorization.service_linked_roles import PATH, ROLES
from rehearsal.emulator.patching import replaces
from rehearsal.emulator.rules import Refused, differs, rule
from rehearsal.emulator.services.refusing import refusing

_API: Final = "https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateServiceLinkedRole.html"
_GUIDE: Final = "https://docs.aws.amazon.com/IAM/latest/UserGuide/using-service-linked-roles.html"
_READ: Final = "2026-11-22"

differs(
    "IAM",
    "Service-linked roles exist for AWS Backup, DynamoDB and Organizations; only AWS Backup's has a policy.",
    "A service-linked role is deleted at once, also while its service still needs it.",
)


@rule(_API, read=_READ)
def refuse_a_service_without_a_linked_role(service: str) -> None:
    """A service-linked role is made for a service that has one."""
    if service not in ROLES:
        raise Refused("NoSuchEntity", f"Cannot find Service Linked Role template for {service}")


@rule(_API, read=_READ)
def refuse_a_suffix(service: str, suffix: str) -> None:
    """The role of these services has one name, without a suffix of the caller's."""
    if suffix:
        raise Refused("InvalidInput", f"Custom suffix is not allowed for {service}")


@rule(_API, read=_READ)
def refuse_a_second_linked_role(name: str) -> None:
    """An account has one service-linked role of a service."""
    if name in door.iam._roles:  # noqa: SLF001 - MiniStack has no public look-up
        raise Refused(
            "InvalidInput",
            f"Service role name {name} has been taken in this account, please try a different suffix.",
        )


@rule(_GUIDE, read=_READ)
def refuse_to_change_a_linked_role(name: str) -> None:
    """A service-linked role is neither changed nor deleted like a role of one's own."""
    role = door.iam._roles.get(name)  # noqa: SLF001 - as above
    if role and role["Path"].startswith(PATH):
        raise Refused(
            "UnmodifiableEntity",
            f"Cannot perform the operation on the protected role '{name}' - this role is only modifiable by AWS",
        )


@replaces("services.iam:_IAM_HANDLERS[CreateServiceLinkedRole]", read="91eea53d4cecd201")
@refusing("iam")
def create_linked_role(original: Any, asked: Any) -> Any:
    """Make a service's role, with AWS's name and policy."""
    service = door.iam._p(asked, "AWSServiceName")  # noqa: SLF001 - reads a parameter
    refuse_a_service_without_a_linked_role(service)
    refuse_a_suffix(service, door.iam._p(asked, "CustomSuffix"))  # noqa: SLF001 - as above
    name, policy = ROLES[service]
    refuse_a_second_linked_role(name)
    before = set(door.iam._roles)  # noqa: SLF001 - as above
    answer = original(asked)
    [made] = set(door.iam._roles) - before  # noqa: SLF001 - as above
    role = door.iam._roles.pop(made)  # noqa: SLF001 - MiniStack has its own name for it
    door.iam._roles[name] = {  # noqa: SLF001 - as above
        **role,
        "RoleName": name,
        "Arn": role["Arn"].removesuffix(made) + name,
        "AttachedPolicies": [policy] if policy else [],
    }
    status, headers, body = answer
    return status, headers, body.replace(made.encode(), name.encode())


@refusing("iam")
def _protected(original: Any, asked: Any) -> Any:
    refuse_to_change_a_linked_role(door.iam._p(asked, "RoleName"))  # noqa: SLF001 - reads a parameter
    return original(asked)


for _operation, _read in {
    "AttachRolePolicy": "44f7952356e0edad",
    "DeleteRole": "6611fd0972d19644",
    "DeleteRolePermissionsBoundary": "bad8dfd29c1cbcfb",
    "DeleteRolePolicy": "45223dd7a3fb5321",
    "DetachRolePolicy": "e252642d0d3ea282",
    "PutRolePermissionsBoundary": "832e625cef3bd81e",
    "PutRolePolicy": "30236733ad377bc6",
    "UpdateAssumeRolePolicy": "2d3f98f08393cbee",
}.items():
    replaces(f"services.iam:_IAM_HANDLERS[{_operation}]", read=_read)(_protected)
