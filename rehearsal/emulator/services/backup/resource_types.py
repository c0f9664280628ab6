"""Which type of AWS Backup's a resource is of, by its ARN."""

import re
from typing import Final

from rehearsal.emulator.rules import Refused, rule

_API: Final = "https://docs.aws.amazon.com/aws-backup/latest/APIReference/API_StartBackupJob.html"
_OF_SERVICE: Final = {
    "dynamodb": "DynamoDB",
    "s3": "S3",
    "elasticfilesystem": "EFS",
    "fsx": "FSx",
    "redshift": "Redshift",
}
_OF_BEGINNING: Final = {"ec2:volume": "EBS", "ec2:instance": "EC2", "rds:db": "RDS", "rds:cluster": "Aurora"}
_TABLE: Final = re.compile(r"arn:aws:dynamodb:[a-z0-9-]+:\d{12}:table/[A-Za-z0-9_.-]{3,255}")


@rule(_API, read="2026-11-22")
def refuse_a_resource_of_no_type(arn: str, resource_type: str | None) -> None:
    """A job backs up a resource of a type that AWS Backup supports."""
    if resource_type is None:
        raise Refused("InvalidParameterValueException", f"Unsupported resource type: {arn}")


def refuse_a_type_that_is_not_served(arn: str) -> None:
    """Refuse what AWS takes and the local AWS Backup does not have: everything but DynamoDB tables.

    Raises:
        Refused: NotImplemented.
    """
    if not _TABLE.fullmatch(arn):
        raise Refused("NotImplemented", f"the local AWS Backup backs up DynamoDB tables only, got {arn}")


def type_of(arn: str) -> str | None:
    """Return AWS Backup's name of the type; None for an ARN of no type."""
    parts = arn.split(":", 5)
    if len(parts) < 6:
        return None
    beginning = re.split("[:/]", parts[5])[0]
    return _OF_SERVICE.get(parts[2]) or _OF_BEGINNING.get(f"{parts[2]}:{beginning}")


def name_of(arn: str) -> str:
    """Return the resource's own name: of a table, what follows `table/`."""
    return arn.rpartition("/")[2] if "/" in arn else arn.rpartition(":")[2]
