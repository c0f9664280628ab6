"""Whether a principal may do something, for services that act for somebody: the same judgement as of a request."""

from collections.abc import Mapping
from typing import Any

from rehearsal.emulator import door
from rehearsal.emulator.accounts import ACCOUNTS
from rehearsal.emulator.authorization.decision import Standing
from rehearsal.emulator.authorization.memory import MEMORY, as_key
from rehearsal.emulator.authorization.principals import Caller
from rehearsal.emulator.authorization.question import Question, answer, sentence
from rehearsal.emulator.authorization.resource_policies import guard_of
from rehearsal.emulator.authorization.standing import SERVICE, of_arn
from rehearsal.emulator.membership import membership


def may(principal: str, action: str, resource: str = "*", context: Mapping[str, Any] | None = None) -> bool:
    """Return whether AWS would let a principal do something now.

    Args:
        principal: ARN of a role, a role session, a user or an account's root, or `service:backup.amazonaws.com`.
        action: `service:Operation`.
        resource: ARN. Default: `*`, for actions without a resource.
        context: Condition keys besides those that follow from principal and resource. Default: none.
    """
    return refusal(principal, action, resource, context) is None


def refusal(principal: str, action: str, resource: str = "*", context: Mapping[str, Any] | None = None) -> str | None:
    """Return AWS's sentence when a principal may not do something, None when it may; arguments as of `may`.

    A role or user that does not exist, or whose account is lost, may nothing.
    """
    question = Question(action, resource, _region(resource), context or {})
    asked = (principal, action, resource, question.region, as_key(context))
    return MEMORY.remember(asked, lambda: _refusal(principal, question))


def forget() -> None:
    """Judge anew from here on; for who changes a role, a policy or a key without a request of AWS's."""
    MEMORY.forget()


def service_may_assume(role_arn: str, service: str, source_account: str = "", source_arn: str = "") -> bool:
    """Return whether a role's trust policy lets an AWS service in.

    Args:
        role_arn: The role; one that does not exist lets nobody in.
        service: Principal of the service, `backup.amazonaws.com`.
        source_account: Account for which the service acts (aws:SourceAccount). Default: the key is absent.
        source_arn: Resource for which it acts (aws:SourceArn). Default: the key is absent.
    """
    keys = source_keys(source_account, source_arn)
    return MEMORY.remember((role_arn, service, as_key(keys)), lambda: _is_let_in(role_arn, service, keys))


def source_keys(source_account: str = "", source_arn: str = "") -> dict[str, str]:
    """Return the condition keys by which a policy knows for whom a service acts; what is not known is absent."""
    place = membership(source_account) if source_account else None
    keys = {
        "aws:SourceAccount": source_account,
        "aws:SourceArn": source_arn,
        "aws:SourceOrgID": place.organization if place else "",
    }
    return {name: value for name, value in keys.items() if value}


def service_principal(name: str) -> str:
    """Return the principal by which `may` knows a service, of its DNS name `backup.amazonaws.com`."""
    return SERVICE + name


def _refusal(principal: str, question: Question) -> str | None:
    action, resource = question.action, question.resource
    standing = MEMORY.remember(principal, lambda: of_arn(principal))
    if standing is None or ACCOUNTS.is_lost(standing.caller.account):
        return f"User: {principal} is not authorized to perform: {action} on resource: {resource}"
    with door.request_scope(standing.caller.account or _account(resource), question.region):
        denial = answer(standing, guard_of(action.partition(":")[0], resource), question)
    return sentence(standing, question, denial) if denial else None


def _is_let_in(role_arn: str, service: str, keys: dict[str, str]) -> bool:
    guard = guard_of("sts", role_arn)
    if guard is None or ACCOUNTS.is_lost(guard.owner):
        return False
    standing = Standing(Caller(service, "", is_service=True))
    return answer(standing, guard, Question("sts:AssumeRole", role_arn, _region(role_arn), keys)) is None


def _region(resource: str) -> str:
    """The resource's; for one without, as a bucket, that in which who asks is acting."""
    return [*resource.split(":"), "", "", "", ""][3] or door.region()


def _account(resource: str) -> str:
    return [*resource.split(":"), "", "", "", "", ""][4] or "000000000000"
