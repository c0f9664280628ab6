"""AWS's order of judging a request: one Deny anywhere ends it, then every kind of policy that applies must allow."""

# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html (read 2026-11-22)

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from rehearsal.emulator.authorization.principals import Caller, Naming, Statement, naming

Applies = Callable[[Statement], bool]
"""Whether action, resource and conditions of a statement fit the request."""
Policies = Sequence[Statement]

_IDENTITY: Final = "identity-based policy"
_RESOURCE: Final = "resource-based policy"
_CONTROL: Final = "service control policy"


@dataclass(frozen=True)
class Standing:
    """Who asks, and every policy that comes with him."""

    caller: Caller
    identity: Policies = ()
    limits: Mapping[str, Policies] = field(default_factory=dict[str, Policies])
    """`permissions boundary` and `session policy`, where there is one."""
    controls: Sequence[Policies] = ()
    """Service control policies: of the root, of each unit on the way, of the account."""
    keys: Mapping[str, Any] = field(default_factory=dict[str, Any])
    """Condition keys that describe who asks, in lower case."""


@dataclass(frozen=True)
class Guard:
    """What the resource itself says."""

    policy: Policies
    owner: str
    is_required: bool = False
    """Whether even the owner's IAM counts only where the policy lets it: KMS keys, trust policies."""
    grants: bool = False
    """Whether a grant on the resource names the caller for this very request."""


@dataclass(frozen=True)
class Denial:
    """Why not."""

    reason: str
    """The end of AWS's sentence: `because no ... allows the ... action` or `with an explicit deny in a ...`."""
    is_explicit: bool


def judge(standing: Standing, guard: Guard | None, action: str, applies: Applies) -> Denial | None:
    """Judge one action on one resource.

    Args:
        standing: Who asks.
        guard: What the resource says; None for a resource that has no policy of its own.
        action: `service:Operation`, for the sentence.
        applies: Tells whether a statement fits the request.

    Returns:
        Why it is denied, None when it is allowed.
    """
    return _denied(standing, guard, applies) or _not_allowed(standing, guard, action, applies)


def _denied(standing: Standing, guard: Guard | None, applies: Applies) -> Denial | None:
    addressed = [one for one in guard.policy if naming(one, standing.caller)] if guard else []
    layers: list[tuple[str, Policies]] = [
        *((_CONTROL, level) for level in standing.controls),
        (_RESOURCE, addressed),
        (_IDENTITY, standing.identity),
        *standing.limits.items(),
    ]
    for name, policies in layers:
        if _matched(policies, "Deny", applies):
            article = "an" if name == _IDENTITY else "a"
            return Denial(f"with an explicit deny in {article} {name}", is_explicit=True)
    return None


def _not_allowed(standing: Standing, guard: Guard | None, action: str, applies: Applies) -> Denial | None:
    if not all(_matched(level, "Allow", applies) for level in standing.controls):
        return _implicit(_CONTROL, action)
    granted = _granted(standing.caller, guard, applies)
    unmet = [name for name, policies in standing.limits.items() if not _matched(policies, "Allow", applies)]
    is_own = guard is None or standing.caller.account == guard.owner
    if standing.caller.is_service:
        return None if granted else _implicit(_RESOURCE, action)
    if is_own and (granted is Naming.SELF or (granted is Naming.ENTITY and not unmet)):
        return None
    if not _matched(standing.identity, "Allow", applies):
        # Where the resource's policy alone had let the request through, the limit is what stands in the way.
        return _implicit(unmet[0] if is_own and granted is Naming.ENTITY else _IDENTITY, action)
    if unmet:
        return _implicit(unmet[0], action)
    if not granted and guard and (guard.is_required or not is_own):
        return _implicit(_RESOURCE, action)
    return None


def _granted(caller: Caller, guard: Guard | None, applies: Applies) -> Naming:
    if guard is None:
        return Naming.NOT
    allows = [naming(one, caller) for one in guard.policy if one.effect == "Allow" and applies(one)]
    return max([*allows, Naming.ENTITY if guard.grants else Naming.NOT])


def _matched(policies: Policies, effect: str, applies: Applies) -> bool:
    return any(one.effect == effect and applies(one) for one in policies)


def _implicit(kind: str, action: str) -> Denial:
    return Denial(f"because no {kind} allows the {action} action", is_explicit=False)
