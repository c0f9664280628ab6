"""Lints the policy documents that a program writes: AWS takes a misspelt action without a word."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final, cast

from strongroom.checking.findings import Finding
from strongroom.checking.kept import shown
from strongroom.facts import limits

RULE: Final = "policy-document"
_VERSION: Final = "2012-10-17"
_BOUNDING: Final = frozenset(
    {"aws:principalorgid", "aws:principalaccount", "aws:sourceaccount", "aws:sourceowner", "kms:calleraccount"}
)
"""Conditions of one value without a pattern that leave nobody from elsewhere in."""

_SIZES: Final = {
    ("aws:iam/policy:Policy", "policy"): limits.MANAGED_POLICY_CHARACTERS,
    ("aws:iam/role:Role", "assumeRolePolicy"): limits.TRUST_POLICY_CHARACTERS,
    ("aws:iam/rolePolicy:RolePolicy", "policy"): limits.INLINE_POLICY_CHARACTERS,
    ("aws:kms/key:Key", "policy"): limits.KEY_POLICY_BYTES,
    ("aws:s3/bucketPolicy:BucketPolicy", "policy"): limits.BUCKET_POLICY_BYTES,
}
"""Longest document by type and property, white space not counted."""
_DOCUMENTS: Final = ("policy", "assumeRolePolicy")
_CONTROL: Final = "aws:organizations/policy:Policy"
"""Has its document in `content`, as no other type has."""
Known = Callable[[str], frozenset[str]]
"""Actions of a service in lower case, by the service's prefix."""


def lint(resources: Sequence[Mapping[str, Any]], file: str, known: Known) -> Iterator[Finding]:
    """A finding for each thing that is wrong in a policy document of recorded resources.

    Args:
        resources: With every value known.
        file: File that findings are told of.
        known: AWS's list of actions.
    """
    for one in resources:
        for name in (*_DOCUMENTS, *(("content",) if one["type"] == _CONTROL else ())):
            text = one["inputs"].get(name)
            if not isinstance(text, str) or not str(one["type"]).startswith("aws:"):
                continue
            for says in _document(text, known, _SIZES.get((one["type"], name))):
                yield Finding(RULE, file, f"{file}: {name} of {shown(one)} {says}", one["urn"])


def _document(text: str, known: Known, most: int | None) -> Iterator[str]:
    try:
        read: object = json.loads(text)
    except ValueError:
        read = None
    if not isinstance(read, dict):
        yield "is no JSON object; a policy document is required"
        return
    document = cast("Mapping[str, object]", read)
    size = len(json.dumps(document, separators=(",", ":")))
    if most is not None and size > most:
        yield f"has {size} characters; AWS takes {most}: split it"
    if document.get("Version") != _VERSION:
        yield f"has Version {document.get('Version')!r}; {_VERSION!r} is required, else variables are plain text"
    statements = [_mapping(one) for one in _listed(document.get("Statement"))]
    if not statements:
        yield "has no Statement; one or more are required"
    for at, said in enumerate(statements):
        where = f"has in statement {said.get('Sid') or at + 1} "
        yield from (where + says for says in (*_actions(said, known), *_principals(said)))


def _actions(statement: Mapping[str, object], known: Known) -> Iterator[str]:
    for action in (str(one) for one in _listed(statement.get("Action"))):
        service, _, name = action.partition(":")
        if "*" in action or "?" in action:
            if statement.get("Effect") == "Allow":
                yield f"the action {action}, which allows more than anybody listed; name each action"
        elif not name or action.lower() not in known(service.lower()):
            yield f"the action {action}, which AWS does not have; correct its name"
    if statement.get("Effect") == "Allow" and "NotAction" in statement:
        yield "NotAction, which allows what nobody listed; name each action in Action"


def _principals(statement: Mapping[str, object]) -> Iterator[str]:
    if statement.get("Effect") != "Allow":
        return
    if "NotPrincipal" in statement:
        yield "NotPrincipal, which lets in whoever is not listed; name who may in Principal"
    principal = statement.get("Principal")
    named = principal if isinstance(principal, str) else _mapping(principal).get("AWS")
    if "*" in _listed(named) and not _tested(statement) & _BOUNDING:
        yield (
            "the principal '*' without a condition on the organization or the account; add aws:PrincipalOrgID or"
            " aws:PrincipalAccount, or name who may"
        )


def _tested(statement: Mapping[str, object]) -> frozenset[str]:
    """Condition keys that are compared with a value, in lower case."""
    operators = _mapping(statement.get("Condition")).items()
    equal = [_mapping(keys) for operator, keys in operators if operator.startswith("StringEquals")]
    return frozenset(key.lower() for keys in equal for key in keys)


def _mapping(value: object) -> Mapping[str, object]:
    return cast("Mapping[str, object]", value) if isinstance(value, dict) else {}


def _listed(value: object) -> list[object]:
    if value is None:
        return []
    return cast("list[object]", value) if isinstance(value, list) else [value]
