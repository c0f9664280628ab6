"""What can go wrong at AWS, in our own words.

AwsError
  DeniedError       no credentials, expired ones, or no permission
  NotThereError     what was asked for does not exist
  TimedOutError     AWS did not answer or finish in time
  WrongAccountError credentials that belong to another account than the one meant
  FailedError       everything else
"""

import re
from collections.abc import Generator
from contextlib import contextmanager
from typing import Final

from botocore import exceptions


class AwsError(Exception):
    """A fault at AWS; its text is one sentence: what, where, why, and the fix where one is known."""


class DeniedError(AwsError):
    """Credentials are missing, expired or not enough."""


class NotThereError(AwsError):
    """What was asked for does not exist."""


class TimedOutError(AwsError):
    """AWS did not answer, or not finish, in time."""


class WrongAccountError(AwsError):
    """Credentials belong to another account than the one that is meant."""


class FailedError(AwsError):
    """AWS refused for another reason."""


_DENIED: Final = frozenset(
    {
        "AccessDenied",
        "AccessDeniedException",
        "AuthorizationError",
        "ExpiredToken",
        "ExpiredTokenException",
        "Forbidden",
        "403",
        "InvalidAccessKeyId",
        "InvalidClientTokenId",
        "InvalidIdentityToken",
        "SignatureDoesNotMatch",
        "UnauthorizedOperation",
        "UnrecognizedClientException",
    }
)
_ABSENT: Final = frozenset(
    {
        "404",
        "NoSuchBucket",
        "NoSuchBucketPolicy",
        "NoSuchEntity",
        "NoSuchKey",
        "NoSuchVersion",
        "NotFoundException",
        "ObjectLockConfigurationNotFoundError",
        "ParameterNotFound",
        "PolicyNotFoundException",
        "ResourceNotFoundException",
        "ServerSideEncryptionConfigurationNotFoundError",
        "NoSuchPublicAccessBlockConfiguration",
        "TableNotFoundException",
    }
)
_KEY_ID: Final = re.compile(r"\b(A(?:KIA|SIA)[A-Z0-9]{4})[A-Z0-9]+")


@contextmanager
def translated(what: str) -> Generator[None]:
    """Turn what botocore raises into an `AwsError`.

    Args:
        what: What is being done and on what, as a sentence's beginning needs it: "reading vault x".

    Raises:
        AwsError: one of its kinds, with AWS's own words and no secret.
    """
    try:
        yield
    except exceptions.ClientError as refused:
        raise _of_answer(what, refused) from None
    except (exceptions.ConnectTimeoutError, exceptions.ReadTimeoutError) as silent:
        raise TimedOutError(f"{what}: AWS did not answer in time ({_clean(str(silent))}); try again") from None
    except exceptions.EndpointConnectionError as unreachable:
        raise FailedError(f"{what}: cannot be reached ({_clean(str(unreachable))}); check the network") from None
    except exceptions.ProfileNotFound as unknown:
        raise DeniedError(
            f"{what}: {_clean(str(unknown))}; write the file with `strongroom bootstrap profiles` and name it in"
            " AWS_CONFIG_FILE"
        ) from None
    except (exceptions.NoCredentialsError, exceptions.PartialCredentialsError, exceptions.CredentialRetrievalError):
        raise DeniedError(f"{what}: no credentials; sign in to AWS, or name a profile") from None
    except exceptions.BotoCoreError as other:
        raise FailedError(f"{what}: {_clean(str(other))}") from None


def code(refused: exceptions.ClientError) -> str:
    """AWS's name of an error."""
    return refused.response.get("Error", {}).get("Code", "")


def _of_answer(what: str, refused: exceptions.ClientError) -> AwsError:
    name = code(refused)
    said = f"{what}: {name}: {_clean(refused.response.get('Error', {}).get('Message', ''))}"
    if name in _DENIED:
        return DeniedError(said)
    return NotThereError(said) if name in _ABSENT else FailedError(said)


def _clean(message: str) -> str:
    """AWS's words on one line, access key ids cut short."""
    return _KEY_ID.sub(r"\1...", " ".join(message.split()))
