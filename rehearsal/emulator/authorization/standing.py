"""Who asks, and the policies that come with him: from the key of a request, or from the ARN that a service acts as."""

import json
from collections.abc import Iterable
from typing import Any, Final

from rehearsal.emulator import door
from rehearsal.emulator.authorization.decision import Standing
from rehearsal.emulator.authorization.principals import Caller, Statement, statements_of
from rehearsal.emulator.authorization.service_controls import controls
from rehearsal.emulator.rules import differs

differs(
    "IAM",
    "Resource control policies are kept and not enforced.",
    "A policy that names a role goes on meaning a role that is made again under the same name.",
    "What a service does for a session is judged without the session's own policy.",
)

SERVICE: Final = "service:"
"""Before the principal of an AWS service that acts for itself."""
_EVERYTHING: Final = statements_of('{"Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}')
_BOUNDARY: Final = "permissions boundary"
_SESSION: Final = "session policy"


def of_credential(credential: Any) -> Standing:
    """Return the standing of who signed a request, from MiniStack's credential."""
    session: door.Record = door.sts._sessions.get(credential.access_key_id) or {}  # noqa: SLF001 - MiniStack has no public look-up
    keys = door.evaluator._principal_keys(credential)  # noqa: SLF001 - as above
    kind, account, arn = credential.principal_type, credential.account_id, credential.principal_arn
    if kind == "AssumedRole":
        return _of_role(arn, account, arn.split("/")[1], session, keys) or Standing(Caller(arn, account))
    name = credential.principal_name or session.get("PrincipalName")
    if kind in ("User", "FederatedUser") and name:
        return _of_user(arn, account, name, session, keys)
    return _of_root(account, arn, keys)


def of_arn(principal: str) -> Standing | None:
    """Return the standing of a role, role session, user, root or `service:` principal; None when there is no such."""
    if principal.startswith(SERVICE):
        return Standing(Caller(principal.removeprefix(SERVICE), "", is_service=True))
    account, kind, name = _parts(principal)
    if kind in ("role", "assumed-role"):
        found = _of_role(principal, account, name.rpartition("/")[2] if kind == "role" else name.split("/")[0], {}, {})
        return found if found and (kind != "role" or found.caller.role_arn == principal) else None
    if kind == "user":
        user = door.iam._users.get_scoped(account, None, name.rpartition("/")[2])  # noqa: SLF001 - no public look-up
        return _of_user(principal, account, user["UserName"], {}, _tags(user)) if user else None
    return _of_root(account, principal, {}) if kind == "root" else None


def _parts(arn: str) -> tuple[str, str, str]:
    parts = [*arn.split(":", 5), "", "", "", "", ""]
    kind, _, name = parts[5].partition("/")
    return parts[4], kind, name


def _of_role(arn: str, account: str, name: str, session: door.Record, keys: dict[str, Any]) -> Standing | None:
    role = door.iam._roles.get_scoped(account, None, name)  # noqa: SLF001 - no public look-up
    if role is None:
        return None
    inline: dict[str, Any] = role.get("InlinePolicies") or {}
    boundary = role.get("PermissionsBoundary")
    return Standing(
        Caller(arn, account, role["Arn"], has_boundary=bool(boundary)),
        _statements([*inline.values(), *_managed(role.get("AttachedPolicies", []), account)]),
        _limits(boundary, session, account),
        controls(account, role["Arn"]),
        {**_tags(role), **keys},
    )


def _of_user(arn: str, account: str, name: str, session: door.Record, keys: dict[str, Any]) -> Standing:
    iam = door.iam
    with door.request_scope(account, "us-east-1"):
        user: door.Record = iam._users.get(name) or {}  # noqa: SLF001 - no public look-up
        groups: list[door.Record] = [group for group in iam._groups.values() if name in group.get("Users", [])]  # noqa: SLF001
        kept: list[door.Record] = [iam._user_inline_policies.get(name) or {}]  # noqa: SLF001
        kept += [iam._group_inline_policies.get(group["GroupName"]) or {} for group in groups]  # noqa: SLF001
    inline = [document for policies in kept for document in policies.values()]
    attached = [arn for entity in (user, *groups) for arn in entity.get("AttachedPolicies", [])]
    boundary = user.get("PermissionsBoundary")
    return Standing(
        Caller(arn, account, has_boundary=bool(boundary)),
        _statements([*inline, *_managed(attached, account)]),
        _limits(boundary, session, account),
        controls(account),
        keys,
    )


def _of_root(account: str, arn: str, keys: dict[str, Any]) -> Standing:
    return Standing(Caller(arn, account), _EVERYTHING, {}, controls(account), keys)


def _limits(boundary: str | None, session: door.Record, account: str) -> dict[str, tuple[Statement, ...]]:
    limits: dict[str, tuple[Statement, ...]] = {}
    if boundary:
        limits[_BOUNDARY] = _statements(_managed([boundary], account))
    passed = session.get("SessionPolicies")
    if passed is not None:
        limits[_SESSION] = _statements([passed.get("Policy"), *_managed(passed.get("PolicyArns", []), account)])
    return limits


def _managed(arns: Iterable[str], account: str) -> list[Any]:
    with door.request_scope(account, "us-east-1"):
        return [door.evaluator._resolve_managed_policy_document(arn, account) for arn in arns]  # noqa: SLF001


def _statements(documents: Iterable[Any]) -> tuple[Statement, ...]:
    texts = [one if isinstance(one, str) else json.dumps(one) for one in documents if one]
    return tuple(statement for text in texts for statement in statements_of(text))


def _tags(entity: door.Record) -> dict[str, Any]:
    tags: list[dict[str, str]] = entity.get("Tags") or []
    return {f"aws:principaltag/{tag['Key'].lower()}": tag["Value"] for tag in tags}
