"""Whose credentials a profile stands for, and whether they lie in the account that is meant."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from strongroom.aws.errors import WrongAccountError, translated

if TYPE_CHECKING:
    from mypy_boto3_sts.client import STSClient


@dataclass(frozen=True)
class Identity:
    """Who the credentials are."""

    account: str
    arn: str


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
    """Ask AWS whose credentials a client signs with."""
    with translated(f"asking who {f'profile {profile}' if profile else 'the caller'} is"):
        answer = client.get_caller_identity()
    return Identity(answer["Account"], answer["Arn"])
