"""aws.iam.RolePolicy: a policy inside a role."""

import json
from typing import Final

from botocore.exceptions import ClientError

from rehearsal.provider.context import Context
from rehearsal.provider.equality import policy_text
from rehearsal.provider.errors import code_of, codes, during
from rehearsal.provider.importing import parts
from rehearsal.provider.schema import Autoname, Operations, Properties, Property, ResourceType, Update
from rehearsal.provider.validation import iam_policy, length
from rehearsal.provider.waiting import Wait, until

_READABLE: Final = Wait(target="found", timeout=2 * 60)


def create(context: Context, inputs: Properties) -> str:
    """Put the policy into the role."""
    _put(context, inputs)
    return f"{inputs['role']}:{inputs['name']}"


def settle(context: Context, _resource_id: str, inputs: Properties) -> None:
    """Wait until the policy can be read."""
    iam = context.clients.client("iam", context.region)

    def look() -> str:
        try:
            iam.get_role_policy(RoleName=inputs["role"], PolicyName=inputs["name"])
        except ClientError as error:
            if code_of(error) != "NoSuchEntity":
                raise
            return "missing"
        return "found"

    until(context.pace, _READABLE, look)


def read(context: Context, resource_id: str, _prior: Properties) -> Properties:
    """Read the policy."""
    role, name = resource_id.split(":", 1)
    answer = context.clients.client("iam", context.region).get_role_policy(RoleName=role, PolicyName=name)
    return {"role": role, "name": name, "policy": json.dumps(answer["PolicyDocument"])}


def update(context: Context, update: Update) -> None:
    """Put it again."""
    if "policy" in update.changed:
        _put(context, update.new)


def delete(context: Context, resource_id: str, _state: Properties) -> None:
    """Take it out of the role."""
    role, name = resource_id.split(":", 1)
    context.clients.client("iam", context.region).delete_role_policy(RoleName=role, PolicyName=name)


def _put(context: Context, inputs: Properties) -> None:
    role, name = inputs["role"], inputs["name"]
    with during(f"putting IAM Role ({role}) Policy ({name})"):
        context.clients.client("iam", context.region).put_role_policy(
            RoleName=role, PolicyName=name, PolicyDocument=inputs["policy"]
        )


TYPE: Final = ResourceType(
    type="aws:iam/rolePolicy:RolePolicy",
    label="IAM Role Policy",
    source="https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/iam/role_policy.go",
    properties={
        "role": Property(required=True, replaces=True),
        "policy": Property(required=True, accepts_object=True, canonical=policy_text, checks=(iam_policy,)),
        "name": Property(
            optional_computed=True, replaces=True, conflicts_with=("namePrefix",), checks=(length(1, 128),)
        ),
        "namePrefix": Property(optional_computed=True, replaces=True),
    },
    outputs={},
    operations=Operations(create=create, settle=settle, read=read, update=update, delete=delete),
    regional=False,
    autoname=Autoname(),
    import_id=parts(":", "role", "name", resource_id=lambda found: f"{found['role']}:{found['name']}"),
    gone=codes("NoSuchEntity"),
)
