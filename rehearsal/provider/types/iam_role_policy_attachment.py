"""aws.iam.RolePolicyAttachment: one managed policy on one role."""

from typing import Final

from rehearsal.provider.context import Context
from rehearsal.provider.errors import GoneError, codes
from rehearsal.provider.importing import parts
from rehearsal.provider.schema import Operations, Properties, Property, ResourceType
from rehearsal.provider.types.iam_role_parts import attached
from rehearsal.provider.validation import arn
from rehearsal.provider.waiting import retried


def create(context: Context, inputs: Properties) -> str:
    """Attach the policy; a policy that AWS does not know yet is an error at once."""
    iam = context.clients.client("iam", context.region)
    role, policy = inputs["role"], inputs["policyArn"]
    retried(
        context.pace,
        2 * 60,
        codes("ConcurrentModification"),
        lambda: iam.attach_role_policy(RoleName=role, PolicyArn=policy),
    )
    return f"{role}/{policy}"


def read(context: Context, resource_id: str, _prior: Properties) -> Properties:
    """Look for the policy among the role's."""
    role, policy = resource_id.split("/", 1)
    if policy not in attached(context, role):
        raise GoneError
    return {"role": role, "policyArn": policy}


def delete(context: Context, resource_id: str, _state: Properties) -> None:
    """Detach it."""
    role, policy = resource_id.split("/", 1)
    context.clients.client("iam", context.region).detach_role_policy(RoleName=role, PolicyArn=policy)


TYPE: Final = ResourceType(
    type="aws:iam/rolePolicyAttachment:RolePolicyAttachment",
    label="IAM Role Policy Attachment",
    source="https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/iam/role_policy_attachment.go",
    properties={
        "role": Property(required=True, replaces=True),
        "policyArn": Property(required=True, replaces=True, checks=(arn,)),
    },
    outputs={},
    operations=Operations(create=create, read=read, delete=delete),
    regional=False,
    delete_before_replace=True,
    import_id=parts("/", "role", "policyArn", resource_id=lambda found: f"{found['role']}/{found['policyArn']}"),
    gone=codes("NoSuchEntity"),
)
