"""The application whose data is protected: a role of its own in each source account, and no pipeline's."""

import json
from typing import TYPE_CHECKING, Final, cast

import boto3
from botocore.config import Config

from rehearsal.local.administrators import Administrators
from strongroom.config.settings import SourceSettings
from strongroom.facts import arns

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_sts import STSClient

ROLE: Final = "submit-application"
_POLICY: Final = "its-tables"
_ACTIONS: Final = (
    "dynamodb:BatchWriteItem",
    "dynamodb:DeleteItem",
    "dynamodb:GetItem",
    "dynamodb:PutItem",
    "dynamodb:Query",
)
_CALL_SECONDS: Final = 30


def make(administrators: Administrators, settings: SourceSettings) -> None:
    """Make the application's role in a source account, as its administrator."""
    account = settings.accounts.own
    iam = administrators.iam(account)
    trusts = {"Effect": "Allow", "Principal": {"AWS": arns.account_root(account)}, "Action": "sts:AssumeRole"}
    iam.create_role(RoleName=ROLE, AssumeRolePolicyDocument=_document(trusts))
    tables = [arns.table(settings.region, account, table.name) for table in settings.tables]
    iam.put_role_policy(
        RoleName=ROLE,
        PolicyName=_POLICY,
        PolicyDocument=_document({"Effect": "Allow", "Action": [*_ACTIONS], "Resource": tables}),
    )


def dynamodb(administrators: Administrators, settings: SourceSettings) -> "DynamoDBClient":
    """DynamoDB as the application of a source account calls it."""
    config = Config(proxies={}, read_timeout=_CALL_SECONDS, parameter_validation=False)
    session = administrators.session(settings.accounts.own)
    sts = cast("STSClient", session.client("sts", endpoint_url=administrators.endpoint, config=config))
    given = sts.assume_role(RoleArn=arns.role(settings.accounts.own, ROLE), RoleSessionName=settings.environment)
    keys = given["Credentials"]
    own = boto3.Session(keys["AccessKeyId"], keys["SecretAccessKey"], keys["SessionToken"], region_name=settings.region)
    return cast("DynamoDBClient", own.client("dynamodb", endpoint_url=administrators.endpoint, config=config))


def _document(statement: object) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})
