"""Whose credentials a profile stands for, and whether they lie in the account that is meant."""

from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Protocol

from strongroom.aws.answers import there
from strongroom.aws.errors import FailedError, WrongAccountError, translated

if TYPE_CHECKING:
    from mypy_boto3_sts.client import STSClient


@dataclass(frozen=True)
class Identity:
    """Who the credentials are."""

    account: str
    arn: str
    at: datetime
    """When AWS answered, by its own clock: aware, UTC, whole seconds. Ages are counted from it, because the clock of
    whoever runs the program may be wrong."""


class Callers(Protocol):
    """Something that can tell whose credentials a profile stands for."""

    def identity(self, profile: str | None) -> Identity:
        """Who a profile is; None is whoever the environment says.

        Raises:
            AwsError: there are no credentials, or AWS does not take them.
        """
        ...


def confirm(profile: str | None, account: str, callers: Callers) -> Identity:
    """Make sure that a profile lands in the account that is meant, before anything is done there.

    Args:
        profile: Name of the profile; None is whoever the environment says.
        account: Twelve digits.
        callers: Door to AWS.

    Raises:
        WrongAccountError: it lands in another account.
        AwsError: it lands nowhere.
    """
    found = callers.identity(profile)
    if found.account != account:
        who = f"profile {profile}" if profile else "the credentials at hand"
        where = f"role_arn of {profile} in the AWS config file" if profile else "AWS_PROFILE, or give --profile"
        raise WrongAccountError(
            f"{who} must be in account {account}, got {found.account} ({found.arn}); change {where}"
        )
    return found


def ask(client: "STSClient", profile: str | None) -> Identity:
    """Ask AWS whose credentials a client signs with, and what time it is.

    Raises:
        AwsError: it does not take them, or its answer is not whole.
    """
    what = f"asking who {f'profile {profile}' if profile else 'the caller'} is"
    with translated(what):
        answer = client.get_caller_identity()
    account, arn = there(answer.get("Account"), "Account", what), there(answer.get("Arn"), "Arn", what)
    headers = answer["ResponseMetadata"]["HTTPHeaders"]
    return Identity(account, arn, _date(headers.get("date", ""), what))


def _date(said: str, what: str) -> datetime:
    try:
        found = parsedate_to_datetime(said)
    except ValueError:
        raise FailedError(f"{what}: AWS's answer tells no time it was given at ({said!r}); try again") from None
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
