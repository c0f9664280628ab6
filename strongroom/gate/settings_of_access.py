"""Settings of keys, of who may do what, and of secrets."""

from typing import Final

from strongroom.gate.setting import ByType, Setting, Settings, Way, each, policy

_ANY_KEY: Final[Settings] = (Setting("deletionWindowInDays", Way.LESS, absent=30), *policy())
_OWN_KEY: Final[Settings] = (
    Setting("isEnabled", Way.OFF, absent=True),
    Setting("enableKeyRotation", Way.OFF, absent=False),
    *_ANY_KEY,
)
_OTHER_KEY: Final[Settings] = (Setting("enabled", Way.OFF, absent=True), *_ANY_KEY)
# Material that expires takes along what it encrypted.
_BROUGHT_KEY: Final[Settings] = (*_OTHER_KEY, Setting("validTo", Way.CHANGED))
_ROLE: Final[Settings] = (
    *policy("assumeRolePolicy"),
    Setting("permissionsBoundary", Way.CHANGED),
    *each(Way.FEWER, "managedPolicyArns", "inlinePolicies"),
)

SETTINGS: Final[ByType] = {
    ("cognito", "UserPool"): (Setting("deletionProtection", Way.OTHER, good="ACTIVE"),),
    ("iam", "OpenIdConnectProvider"): each(Way.FEWER, "clientIdLists"),
    ("iam", "Policy"): policy(),
    ("iam", "PolicyAttachment"): each(Way.FEWER, "roles"),
    ("iam", "Role"): _ROLE,
    ("iam", "RolePoliciesExclusive"): each(Way.FEWER, "policyNames"),
    ("iam", "RolePolicy"): policy(),
    ("iam", "RolePolicyAttachmentsExclusive"): each(Way.FEWER, "policyArns"),
    ("kms", "Alias"): each(Way.OTHER, "targetKeyId"),
    ("kms", "ExternalKey"): _BROUGHT_KEY,
    ("kms", "Key"): _OWN_KEY,
    ("kms", "KeyPolicy"): policy(),
    ("kms", "ReplicaExternalKey"): _BROUGHT_KEY,
    ("kms", "ReplicaKey"): _OTHER_KEY,
    ("organizations", "Account"): (Setting("closeOnDeletion", Way.ON, absent=False), Setting("parentId", Way.OTHER)),
    ("organizations", "Organization"): (
        *each(Way.FEWER, "awsServiceAccessPrincipals", "enabledPolicyTypes"),
        Setting("featureSet", Way.OTHER, absent="ALL", good="ALL"),
    ),
    ("organizations", "ResourcePolicy"): policy("content"),
    ("organizations", "Policy"): each(Way.UNDENIED, "content"),
    ("secretsmanager", "Secret"): (
        Setting("recoveryWindowInDays", Way.LESS, absent=30),
        Setting("replicas", Way.FEWER),
        Setting("policy", Way.UNDENIED),
    ),
    ("secretsmanager", "SecretPolicy"): each(Way.UNDENIED, "policy"),
}
