"""What an account is to the stacks that name it, and the roles that follow from it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from strongroom.config.archive import ManagedBy
from strongroom.config.profiles import Mode
from strongroom.config.settings import Settings, SourceSettings
from strongroom.documents.bootstrap import subjects
from strongroom.documents.bootstrap.account import Account, PipelineRole, StateStore
from strongroom.documents.permissions import (
    boundary,
    deploy_central,
    deploy_source,
    operate,
    organization,
    preview,
    provisioner,
    reader,
    recover,
    recovery_service,
    state,
)
from strongroom.documents.policy import Document
from strongroom.documents.roles import Issuer, trusted_by_pipeline
from strongroom.facts import names

_LONG_SESSION: Final = 4 * 3_600
"""Seconds of a session that waits for jobs; AWS allows 3,600 to 43,200.

https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html, read 2026-11-22.
"""


class NoDutyError(Exception):
    """An account that the stack files give nothing to do, or two things that exclude each other."""


@dataclass(frozen=True)
class _Duty:
    """One role, and the policies that it brings along; policies of the same name are the same."""

    role: str
    subjects: Sequence[str]
    policies: Mapping[str, Document]
    settings: Settings
    session_seconds: int = 3_600


def account(id_: str, stacks: Sequence[Settings]) -> Account:
    """Put together what all stacks together ask of one account.

    Args:
        id_: Twelve digits.
        stacks: Settings of every stack file, in any order; those that do not name the account add nothing.

    Raises:
        NoDutyError: no stack names the account, or two stacks ask for what one account cannot be.
    """
    in_order = sorted(stacks, key=lambda stack: stack.environment)
    named = [stack for stack in in_order if id_ in stack.accounts.model_dump().values()]
    if not named:
        raise NoDutyError(
            f"account {id_} is named by no stack file; add it to accounts: of the stack that it belongs to"
        )
    _refuse_two_owners(id_, named)
    duties = [duty for stack in named for duty in _duties(id_, stack)]
    taken = [recovery_service.of(stack) for stack in named if stack.accounts.own == id_]
    return Account(
        id=id_,
        region=_region(id_, named),
        issuers=_issuers(named),
        boundary=boundary.boundary(id_),
        policies={
            name: policy
            for policies in (*(duty.policies for duty in duties), *(service.policies for service in taken))
            for name, policy in policies.items()
        },
        roles=tuple(_roles(id_, duties)),
        services=tuple(service.role for service in taken),
        store=_store(id_, named),
        stacks=tuple(stack.environment for stack in named),
    )


def _duties(id_: str, stack: Settings) -> Iterator[_Duty]:
    accounts = stack.accounts
    if id_ == accounts.own:
        yield from _own(stack)
    if isinstance(stack, SourceSettings) and id_ == accounts.backup:
        yield from _beside(stack)
    if id_ == accounts.pipeline:
        role = names.state_role(stack.environment)
        yield _Duty(role, subjects.of_any_mode(stack), _named(role, state.policies(stack)), stack)
    if id_ == accounts.management:
        policies = _named(f"{names.ROLE_DEPLOY}-organization", organization.policies())
        yield _Duty(names.ROLE_DEPLOY, subjects.of_organization(stack), policies, stack)


def _own(stack: Settings) -> Iterator[_Duty]:
    seen = _named(names.ROLE_PREVIEW, preview.policies(stack))
    deploy = deploy_source.policies(stack) if isinstance(stack, SourceSettings) else deploy_central.policies(stack)
    made = _named(names.ROLE_DEPLOY, deploy)
    yield _Duty(names.ROLE_PREVIEW, subjects.of(stack, Mode.PREVIEW), seen, stack)
    yield _Duty(names.ROLE_DEPLOY, subjects.of(stack, Mode.DEPLOY), {**seen, **made}, stack)
    for mode, policies in ((Mode.OPERATE, operate.policies(stack)), (Mode.RECOVER, recover.policies(stack))):
        yield _Duty(mode.role, subjects.of(stack, mode), _named(mode.role, policies), stack, _LONG_SESSION)


def _beside(stack: SourceSettings) -> Iterator[_Duty]:
    role = names.reader_role(stack.environment)
    seen = _named(role, reader.policies(stack))
    yield _Duty(role, subjects.of_any_mode(stack), seen, stack)
    if stack.archive.managed_by is ManagedBy.SOURCE:
        role = names.provisioner_role(stack.environment)
        made = _named(role, provisioner.policies(stack))
        yield _Duty(role, subjects.of(stack, Mode.DEPLOY), {**seen, **made}, stack)


def _named(role: str, policies: Mapping[str, Document]) -> dict[str, Document]:
    return {f"{role}-{part}": policy for part, policy in policies.items()}


def _roles(id_: str, duties: Sequence[_Duty]) -> Iterator[PipelineRole]:
    """One role for each name: the management account's is asked for by every stack."""
    for name in dict.fromkeys(duty.role for duty in duties):
        same = [duty for duty in duties if duty.role == name]
        said = tuple(dict.fromkeys(subject for duty in same for subject in duty.subjects))
        pipeline = same[0].settings.pipeline
        trust = trusted_by_pipeline(id_, Issuer(pipeline.issuer, pipeline.audience), said)
        attached = dict.fromkeys(policy for duty in same for policy in duty.policies)
        yield PipelineRole(name, said, trust, tuple(attached), same[0].session_seconds)


def _issuers(named: Sequence[Settings]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for pipeline in (stack.pipeline for stack in named):
        audiences = (*found.get(pipeline.issuer, ()), pipeline.audience)
        found[pipeline.issuer] = tuple(sorted(set(audiences)))
    return found


def _store(id_: str, named: Sequence[Settings]) -> StateStore | None:
    kept = [stack for stack in named if stack.accounts.pipeline == id_]
    if not kept:
        return None
    return StateStore(id_, kept[0].region, tuple(sorted({stack.environment for stack in kept})))


def _region(id_: str, named: Sequence[Settings]) -> str:
    regions = sorted({stack.region for stack in named})
    if len(regions) > 1:
        raise NoDutyError(
            f"account {id_} is named by stacks of several regions ({', '.join(regions)}); its roles and state lie in"
            " one: give these stacks one region, or accounts of their own"
        )
    return regions[0]


def _refuse_two_owners(id_: str, named: Sequence[Settings]) -> None:
    owners = [stack.environment for stack in named if stack.accounts.own == id_]
    if len(owners) > 1:
        raise NoDutyError(
            f"account {id_} is the own account of {' and '.join(owners)}; an account has one {names.ROLE_DEPLOY} role,"
            " so give each environment an account of its own"
        )
    if owners and any(stack.accounts.management == id_ for stack in named):
        raise NoDutyError(
            f"account {id_} is the management account and the own account of {owners[0]}; give {owners[0]} an account"
            " that the organization's policies reach"
        )
