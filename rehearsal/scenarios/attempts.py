"""Something that must be stopped is tried: it counts only when the mechanism that must stop it is what did."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from botocore.exceptions import ClientError

from rehearsal.report.findings import Attempt, Findings
from rehearsal.scenarios.step import CheckError


@dataclass(frozen=True)
class Mechanism:
    """What must stop an attack, and how AWS says that it did."""

    name: str
    codes: tuple[str, ...]
    """Its error codes."""
    says: str
    """Part of its message: one code stands for several mechanisms."""


VAULT_POLICY: Final = Mechanism(
    "access policy of the vault", ("AccessDeniedException",), "explicit deny in a resource-based policy"
)
VAULT_LOCK: Final = Mechanism("lock of the vault", ("InvalidRequestException",), "is locked")
LOCK_BOUNDS: Final = Mechanism("lock of the vault: shortest life", ("FAILED",), "retention")
KEY_POLICY: Final = Mechanism(
    "policy of the key", ("AccessDeniedException",), "explicit deny in a resource-based policy"
)
TRUST: Final = Mechanism("trust policy of the role", ("AccessDenied",), "sts:AssumeRole")
BUCKET_POLICY: Final = Mechanism("policy of the bucket", ("AccessDenied",), "resource-based policy")
OWN_ACCOUNT: Final = Mechanism(
    "a vault is found in the caller's account alone", ("ResourceNotFoundException",), "does not exist"
)


class StoppedError(Exception):
    """A job that was begun has ended otherwise than it was meant to."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(f"{code}: {message}")
        self.code = code
        self.message = message


@dataclass(frozen=True)
class Attack:
    """Something that somebody tries."""

    who: str
    action: str
    target: str
    mechanism: Mechanism
    do: Callable[[], object]
    """Tries it; raises ClientError or StoppedError when it is stopped."""


def attempt(attack: Attack) -> tuple[Attempt, str]:
    """Try it; returns what came of it, and the error's message."""
    code, message = _answer(attack)
    mechanism = attack.mechanism
    stopped = code in mechanism.codes and mechanism.says.lower() in message.lower()
    who, action, target = attack.who, attack.action, attack.target
    return Attempt(who, action, target, mechanism.name, mechanism.codes, code, stopped), message


def all_are_stopped(attacks: Iterable[Attack], findings: Findings) -> None:
    """Try all of them, note each, and hold when every one was stopped by its own mechanism."""
    through = list[str]()
    for attack in attacks:
        tried, message = attempt(attack)
        findings.attempt(tried)
        if not tried.stopped:
            what = f"{tried.got_code} {message}" if tried.got_code else "success"
            through.append(f"{tried.action} on {tried.target} by {tried.who} must meet the {tried.mechanism}: {what}")
    if through:
        raise CheckError("attempts that another mechanism or none stopped", expected="none", got="; ".join(through))


def _answer(attack: Attack) -> tuple[str | None, str]:
    try:
        attack.do()
    except ClientError as refused:
        error = refused.response.get("Error", {})
        return error.get("Code", ""), error.get("Message", "")
    except StoppedError as stopped:
        return stopped.code, stopped.message
    return None, ""
