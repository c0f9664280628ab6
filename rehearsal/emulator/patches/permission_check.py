"""The permission check asks for every resource and every passed role of a request, each by its right ARN."""

from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, Final

from rehearsal.emulator import door
from rehearsal.emulator.authorization.decision import Denial, Standing
from rehearsal.emulator.authorization.passed_roles import passed_roles
from rehearsal.emulator.authorization.question import Question, answer, sentence
from rehearsal.emulator.authorization.request import Request
from rehearsal.emulator.authorization.resource_policies import guard_of
from rehearsal.emulator.authorization.resources import resources
from rehearsal.emulator.authorization.side_actions import side_actions
from rehearsal.emulator.authorization.standing import of_credential
from rehearsal.emulator.patching import replaces
from rehearsal.emulator.request import CALL


@dataclass(frozen=True)
class _Check:
    action: str
    service: str
    resource: str
    keys: dict[str, str]


_MORE: Final[ContextVar[tuple[_Check, ...]]] = ContextVar("more", default=())
"""What is still to be asked for the request that is being answered."""
_REFUSED: Final[ContextVar[tuple[Standing, Question, Denial] | None]] = ContextVar("refused", default=None)


@replaces("core.iam_actions:extract_resource_arn", read="82f51700695c62fd")
def extract_resource_arn(
    original: Any, service: str, method: str, path: str, headers: Any, body: bytes, form: Any, region: str, account: str
) -> str:
    """Return the first resource and keep the rest for `enforce`."""
    call = CALL.get()
    request = Request(service, call.operation if call else "", method, path, body, region, account, form)
    first, *others = resources(request) or [original(service, method, path, headers, body, form, region, account)]
    action = f"{_prefix(service)}:{request.operation}"
    checks = [_Check(action, service, arn, {}) for arn in others]
    checks += [_Check(action, service, _taggable(service, first), {}) for action in side_actions(request, headers)]
    roles, principal = passed_roles(request)
    checks += [_Check("iam:PassRole", "iam", arn, {"iam:PassedToService": principal}) for arn in roles]
    _MORE.set(tuple(checks))
    return first


@replaces("core.iam_evaluator:enforce", read="cf64b1ee5b099c8f")
def enforce(
    original: Any,
    access_key: str,
    action: str,
    service: str,
    region: str,
    resource_arn: str = "*",
    service_context: dict[str, Any] | None = None,
) -> Any:
    """Judge the request itself, then once what else it needs; MiniStack judges who does not sign."""
    evaluator = door.evaluator
    if not access_key or evaluator._anonymous.get() or _is_access_point(resource_arn):  # noqa: SLF001
        return original(access_key, action, service, region, resource_arn=resource_arn, service_context=service_context)
    failure = evaluator.check_credentials(access_key, service)
    if failure or action in evaluator._ALWAYS_ALLOWED_ACTIONS:  # noqa: SLF001
        return failure
    more = _MORE.get()
    _MORE.set(())
    standing = of_credential(evaluator.resolve_credential(access_key, door.account()))
    for check in (_Check(action, service, resource_arn, {}), *more):
        keys = {"aws:tagkeys": None, **(service_context or {}), **check.keys}
        question = Question(check.action, check.resource, region, keys, is_request=True)
        denial = answer(standing, guard_of(check.service, check.resource), question)
        if denial:
            _REFUSED.set((standing, question, denial))
            return evaluator.EvalResult(
                "Deny" if denial.is_explicit else "ImplicitDeny", standing.caller.arn, reason=denial.reason
            )
    return None


@replaces("core.iam_actions:access_denied_response", read="3cc2e315f91f45da")
def access_denied_response(
    original: Any, service: str, action: str, principal_arn: str, *rest: Any, **more: Any
) -> Any:
    """Say which action on which resource was denied, and by which kind of policy."""
    refused = _REFUSED.get()
    if refused and not more.get("error_code"):
        more["message"] = sentence(*refused)
        action = refused[1].action
    return original(service, action, principal_arn, *rest, **more)


def _is_access_point(resource: str) -> bool:
    return resource.startswith("arn:aws:s3:") and ":accesspoint/" in resource


def _taggable(service: str, resource: str) -> str:
    """A key has no ARN before it is made."""
    return "*" if service == "kms" else resource


def _prefix(service: str) -> str:
    return "cloudwatch" if service == "monitoring" else service
