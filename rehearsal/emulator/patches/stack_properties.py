"""A template may only say what is carried out: a property that is unknown or would be dropped fails the stack."""

# Property names: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/ (read 2026-11-22)

from typing import Any, Final

from rehearsal.emulator import door
from rehearsal.emulator.patching import replaces

_CARRIED_OUT: Final[dict[str, frozenset[str]]] = {
    "AWS::IAM::ManagedPolicy": frozenset(
        {"Description", "Groups", "ManagedPolicyName", "Path", "PolicyDocument", "Roles", "Users"}
    ),
    "AWS::IAM::OIDCProvider": frozenset({"ClientIdList", "Tags", "ThumbprintList", "Url"}),
    "AWS::IAM::Role": frozenset(
        {
            "AssumeRolePolicyDocument",
            "Description",
            "ManagedPolicyArns",
            "MaxSessionDuration",
            "Path",
            "PermissionsBoundary",
            "Policies",
            "RoleName",
            "Tags",
        }
    ),
    "AWS::IAM::RolePolicy": frozenset({"PolicyDocument", "PolicyName", "RoleName"}),
    "AWS::KMS::Alias": frozenset({"AliasName", "TargetKeyId"}),
    "AWS::KMS::Key": frozenset(
        {
            "Description",
            "EnableKeyRotation",
            "Enabled",
            "KeyPolicy",
            "KeySpec",
            "KeyUsage",
            "MultiRegion",
            "Origin",
            "PendingWindowInDays",
            "RotationPeriodInDays",
            "Tags",
        }
    ),
    "AWS::S3::Bucket": frozenset(
        {
            "BucketEncryption",
            "BucketName",
            "CorsConfiguration",
            "LifecycleConfiguration",
            "NotificationConfiguration",
            "ObjectLockConfiguration",
            "ObjectLockEnabled",
            "OwnershipControls",
            "PublicAccessBlockConfiguration",
            "Tags",
            "VersioningConfiguration",
            "WebsiteConfiguration",
        }
    ),
    "AWS::S3::BucketPolicy": frozenset({"Bucket", "PolicyDocument"}),
}
"""Types of the bootstrap templates, and the properties that MiniStack with our patches carries out."""
_REQUIRED: Final[dict[str, frozenset[str]]] = {
    "AWS::IAM::ManagedPolicy": frozenset({"PolicyDocument"}),
    "AWS::IAM::Role": frozenset({"AssumeRolePolicyDocument"}),
    "AWS::IAM::RolePolicy": frozenset({"PolicyName", "RoleName"}),
    "AWS::KMS::Alias": frozenset({"AliasName", "TargetKeyId"}),
    "AWS::S3::BucketPolicy": frozenset({"Bucket", "PolicyDocument"}),
}


@replaces(
    "services.cloudformation.provisioners:_provision_resource",
    read="3b8f01fb187141b6",
    also=("services.cloudformation.stacks",),
)
def provision_resource(original: Any, kind: str, logical_id: str, properties: dict[str, Any], stack: str) -> Any:
    """Make a resource of which everything is carried out."""
    _refuse(kind, properties)
    _refuse_an_existing_name(kind, properties)
    return original(kind, logical_id, properties, stack)


@replaces(
    "services.cloudformation.provisioners:_update_resource",
    read="21b9b1207f59a864",
    also=("services.cloudformation.stacks",),
)
def update_resource(
    original: Any, kind: str, physical_id: str, old: dict[str, Any], new: dict[str, Any], *rest: Any
) -> Any:
    """Change a resource to one of which everything is carried out."""
    _refuse(kind, new)
    return original(kind, physical_id, old, new, *rest)


def _refuse(kind: str, properties: dict[str, Any]) -> None:
    carried_out = _CARRIED_OUT.get(kind)
    if carried_out is None:
        return
    for name in sorted(properties.keys() - carried_out):
        raise ValueError(f"Encountered unsupported property {name}")
    for name in sorted(_REQUIRED.get(kind, frozenset()) - properties.keys()):
        raise ValueError(f"Property {name} cannot be empty.")


def _refuse_an_existing_name(kind: str, properties: dict[str, Any]) -> None:
    """https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-name.html (read 2026-11-22)."""
    role, policy = properties.get("RoleName"), properties.get("ManagedPolicyName")
    if kind == "AWS::IAM::Role" and role and role in door.iam._roles:  # noqa: SLF001
        raise ValueError(f"{role} already exists")
    if kind == "AWS::IAM::ManagedPolicy" and policy:
        arn = f"arn:aws:iam::{door.account()}:policy{properties.get('Path', '/')}{policy}"
        if arn in door.iam._policies:  # noqa: SLF001
            raise ValueError(f"A policy called {policy} already exists. Duplicate names are not allowed.")
