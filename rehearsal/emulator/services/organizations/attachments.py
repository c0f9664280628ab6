"""Organizations: which policy is attached where; AWS attaches FullAWSAccess to whatever comes into being."""

# https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html (read 2026-11-22)

from typing import Any, Final

from rehearsal.emulator import door
from rehearsal.emulator.authorization.service_controls import KIND
from rehearsal.emulator.patching import replaces
from rehearsal.emulator.rules import Refused, rule

_QUOTAS: Final = "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html"
_READ: Final = "2026-11-22"
_TABLE: Final = "services.organizations:_DISPATCH"
_MOST: Final = 5


def attach_full_access(*targets: str) -> None:
    """Attach FullAWSAccess where it is not, when the organisation uses service control policies."""
    tables = door.organizations
    if not tables._policy_type_enabled(KIND):  # noqa: SLF001 - MiniStack has no public look-up
        return
    attached: list[str] = tables._attachments.get(tables.FULL_ACCESS_POLICY_ID) or []  # noqa: SLF001 - as above
    added = [target for target in targets if target not in attached]
    tables._attachments[tables.FULL_ACCESS_POLICY_ID] = [*attached, *added]  # noqa: SLF001 - as above


def detach_everything(target: str) -> None:
    """Forget what is attached to a unit or account that leaves the organisation."""
    attachments = door.organizations._attachments  # noqa: SLF001 - as above
    for policy, targets in list(attachments.items()):
        attachments[policy] = [one for one in targets if one != target]


@rule(_QUOTAS, read=_READ)
def refuse_a_policy_too_many(kind: str, target: str) -> None:
    """At most five service control policies are attached to one root, unit or account."""
    if kind == KIND and _attached(target) >= _MOST:
        raise Refused(
            "ConstraintViolationException", "You have attained the maximum number of policies attached to the target."
        )


@rule(_QUOTAS, read=_READ)
def refuse_to_detach_the_last_policy(kind: str, target: str) -> None:
    """One service control policy at least stays attached to every root, unit and account."""
    if kind == KIND and _attached(target) == 1:
        raise Refused(
            "ConstraintViolationException",
            "You cannot remove the last policy attached to the specified target. "
            "You must have at least one attached at all times.",
        )


@replaces(f"{_TABLE}[AttachPolicy]", read="d59196a2f7e1a8cb")
def attach_policy(original: Any, asked: dict[str, str]) -> Any:
    """Attach a policy, unless the target has its fill."""
    if not _is_attached(asked):
        refuse_a_policy_too_many(_kind(asked["PolicyId"]), asked["TargetId"])
    return original(asked)


@replaces(f"{_TABLE}[DetachPolicy]", read="1e823a684bf93fba")
def detach_policy(original: Any, asked: dict[str, str]) -> Any:
    """Detach a policy, unless it is the last."""
    if _is_attached(asked):
        refuse_to_detach_the_last_policy(_kind(asked["PolicyId"]), asked["TargetId"])
    return original(asked)


@replaces(f"{_TABLE}[EnablePolicyType]", read="3025b4aa53001b63")
def enable_policy_type(original: Any, asked: dict[str, str]) -> Any:
    """Enable a type; with service control policies, everything gets FullAWSAccess."""
    answer = original(asked)
    if answer[0] == 200 and asked["PolicyType"] == KIND:
        tables = door.organizations
        attach_full_access(*tables._roots, *tables._ous, *tables._accounts)  # noqa: SLF001 - as above
    return answer


@replaces(f"{_TABLE}[DisablePolicyType]", read="485c97b6fe979692")
def disable_policy_type(original: Any, asked: dict[str, str]) -> Any:
    """Disable a type, which detaches its policies from everything."""
    answer = original(asked)
    if answer[0] == 200:
        attachments = door.organizations._attachments  # noqa: SLF001 - as above
        for policy in list(attachments):
            if _kind(policy) == asked["PolicyType"]:
                attachments[policy] = []
    return answer


def _kind(policy: str) -> str:
    kept = door.organizations._policies.get(policy)  # noqa: SLF001 - as above
    return kept["Type"] if kept else ""


def _attached(target: str) -> int:
    kept = door.organizations._attachments.items()  # noqa: SLF001 - as above
    return sum(target in targets and _kind(policy) == KIND for policy, targets in kept)


def _is_attached(asked: dict[str, str]) -> bool:
    return asked["TargetId"] in (door.organizations._attachments.get(asked["PolicyId"]) or [])  # noqa: SLF001
