"""CloudFormation acts with the permissions of who calls it, or of the role that its stack was given."""

# https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-iam-servicerole.html (read 2026-11-22)

from collections.abc import Iterable
from contextvars import ContextVar
from typing import Any, Final
from urllib.parse import parse_qs

from rehearsal.emulator import door, judgement
from rehearsal.emulator.authorization import stack_actions
from rehearsal.emulator.authorization.stack_actions import Need, Subject
from rehearsal.emulator.patching import replaces
from rehearsal.emulator.registry import HOLDERS
from rehearsal.emulator.request import CALL
from rehearsal.emulator.rules import Refused, differs, rule

_ROLE: Final = "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-iam-servicerole.html"
_SERVICE: Final = "cloudformation.amazonaws.com"
_GIVING: Final = {"CreateStack", "UpdateStack", "CreateChangeSet", "DeleteStack"}
_ACTING: Final = {*_GIVING, "ExecuteChangeSet"}
_NAMES: Final = {
    "AWS::IAM::ManagedPolicy": "ManagedPolicyName",
    "AWS::IAM::Role": "RoleName",
    "AWS::S3::Bucket": "BucketName",
}
_THROUGH: Final = {"aws:CalledVia": [_SERVICE], "aws:ViaAWSService": "true"}
_ACTOR: Final[ContextVar[str]] = ContextVar("actor", default="")
"""ARN of the principal for whom the stack is being changed; the tasks of a request inherit it."""

differs(
    "CloudFormation",
    "A stack is judged for the types of the bootstrap templates, IAM, KMS and S3; other types are made unasked.",
    "What CloudFormation reads while it makes a resource is not judged, nor is a session policy of its caller.",
)


class StackRoles:
    """The roles that stacks were given."""

    def __init__(self) -> None:
        self.roles = door.AccountRegionScopedDict()
        """Stack's name -> ARN."""


STACK_ROLES: Final = StackRoles()
HOLDERS["roles of stacks"] = STACK_ROLES


@replaces("services.cloudformation:handle_request", read="af2b98f8e97bcb56")
async def handle_request(original: Any, method: str, path: str, headers: Any, body: bytes, query: Any) -> Any:
    """Note for whom CloudFormation acts from here on."""
    form = {name: values[0] for name, values in {**query, **parse_qs(body.decode(errors="replace"))}.items()}
    if form.get("Action") not in _ACTING:
        return await original(method, path, headers, body, query)
    try:
        actor = _actor(form)
    except Refused as refused:
        return door.module("services.cloudformation.helpers")._error(refused.code, str(refused), 400)  # noqa: SLF001
    before = _ACTOR.set(actor)
    try:
        return await original(method, path, headers, body, query)
    finally:
        _ACTOR.reset(before)


@rule(_ROLE, read="2026-11-22")
def refuse_a_role_that_does_not_trust_cloudformation(arn: str) -> None:
    """The role that a stack is given lets CloudFormation in."""
    if not judgement.service_may_assume(arn, _SERVICE, door.account()):
        raise Refused("ValidationError", f"Role {arn} is invalid or cannot be assumed")


@replaces(
    "services.cloudformation.provisioners:_provision_resource",
    read="3b8f01fb187141b6",
    also=("services.cloudformation.stacks",),
)
def provision_resource(original: Any, kind: str, logical_id: str, properties: dict[str, Any], stack: str) -> Any:
    """Make a resource that the actor may make."""
    name = properties.get(_NAMES.get(kind, "")) or f"{stack}-{logical_id}-*"
    _judge(stack_actions.to_make(_subject(kind, properties, name)))
    return original(kind, logical_id, properties, stack)


@replaces(
    "services.cloudformation.provisioners:_update_resource",
    read="21b9b1207f59a864",
    also=("services.cloudformation.stacks",),
)
def update_resource(
    original: Any, kind: str, physical_id: str, old: dict[str, Any], new: dict[str, Any], *rest: Any
) -> Any:
    """Change a resource that the actor may change."""
    _judge(stack_actions.to_change(_subject(kind, new, physical_id), old))
    return original(kind, physical_id, old, new, *rest)


@replaces(
    "services.cloudformation.provisioners:_delete_resource",
    read="9e9ba54fb4281d65",
    also=("services.cloudformation.stacks",),
)
def delete_resource(original: Any, kind: str, physical_id: str, properties: dict[str, Any], *rest: Any) -> Any:
    """Delete a resource that the actor may delete."""
    _judge(stack_actions.to_delete(_subject(kind, properties, physical_id)))
    return original(kind, physical_id, properties, *rest)


def _actor(form: dict[str, str]) -> str:
    """Return the stack's role, which it keeps once it was given one, else the caller."""
    stack = form.get("StackName", "")
    name = stack.split("/")[1] if stack.startswith("arn:") else stack
    role = form.get("RoleARN") if form["Action"] in _GIVING else None
    if role:
        refuse_a_role_that_does_not_trust_cloudformation(role)
        STACK_ROLES.roles[name] = role
    call = CALL.get()
    return STACK_ROLES.roles.get(name) or (call.principal if call else "")


def _subject(kind: str, properties: dict[str, Any], name: str) -> Subject:
    return Subject(kind, properties or {}, door.account(), door.region(), name)


def _judge(needs: Iterable[Need]) -> None:
    # What a stack made a moment ago, a role or a key's policy, may decide this.
    judgement.forget()
    actor = _ACTOR.get()
    for action, resource, keys in needs if actor else ():
        sentence = judgement.refusal(actor, action, resource, {**_THROUGH, **keys})
        if sentence:
            raise ValueError(f'Resource handler returned message: "{sentence}"')
