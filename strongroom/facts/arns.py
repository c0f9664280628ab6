"""ARNs of the things this program makes or names."""

from typing import Final

PARTITION: Final = "aws"


def role(account: str, name: str) -> str:
    """ARN of an IAM role; either part may be a pattern where a policy condition takes one."""
    return f"arn:{PARTITION}:iam::{account}:role/{name}"


def policy(account: str, name: str) -> str:
    """ARN of a customer managed IAM policy."""
    return f"arn:{PARTITION}:iam::{account}:policy/{name}"


def account_root(account: str) -> str:
    """Principal that stands for a whole account."""
    return f"arn:{PARTITION}:iam::{account}:root"


def oidc_provider(account: str, issuer: str) -> str:
    """ARN of an OpenID Connect provider; issuer is its URL with or without the scheme."""
    return f"arn:{PARTITION}:iam::{account}:oidc-provider/{issuer.removeprefix('https://')}"


def vault(region: str, account: str, name: str) -> str:
    """ARN of a backup vault."""
    return f"arn:{PARTITION}:backup:{region}:{account}:backup-vault:{name}"


def table(region: str, account: str, name: str) -> str:
    """ARN of a DynamoDB table; name may be a pattern."""
    return f"arn:{PARTITION}:dynamodb:{region}:{account}:table/{name}"


def bucket(name: str) -> str:
    """ARN of a bucket."""
    return f"arn:{PARTITION}:s3:::{name}"


def alias(region: str, account: str, name: str) -> str:
    """ARN of a key alias; name begins with alias/."""
    return f"arn:{PARTITION}:kms:{region}:{account}:{name}"


def topic(region: str, account: str, name: str) -> str:
    """ARN of a topic."""
    return f"arn:{PARTITION}:sns:{region}:{account}:{name}"
