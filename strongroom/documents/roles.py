"""Trusts of roles, and what the roles of services may do."""

from collections.abc import Sequence
from dataclasses import dataclass

from strongroom.documents.policy import Condition, Document, Statement, allow, document, when
from strongroom.facts import arns, services


@dataclass(frozen=True)
class Issuer:
    """Where the pipeline's identity tokens come from."""

    url: str
    """Address of the OpenID Connect issuer, beginning with https://."""
    audience: str


@dataclass(frozen=True)
class Replication:
    """One replication of a bucket into another account."""

    source_bucket: str
    source_key_arn: str
    destination_bucket: str
    destination_account: str
    region: str
    """Region of both buckets and keys."""


def trusted_by_backup(account: str) -> Document:
    """Trust of the role that AWS Backup takes in `account`, for work of that account alone."""
    return document(_service(services.BACKUP, {"StringEquals": {"aws:SourceAccount": account}}))


def trusted_by_replication(account: str, source_bucket: str) -> Document:
    """Trust of the role that S3 takes to replicate one bucket of `account`."""
    of_the_bucket: Condition = {
        "StringEquals": {"aws:SourceAccount": account},
        "ArnLike": {"aws:SourceArn": arns.bucket(source_bucket)},
    }
    return document(_service(services.S3, of_the_bucket))


def trusted_by_pipeline(account: str, issuer: Issuer, subjects: Sequence[str]) -> Document:
    """Trust of a pipeline role.

    Args:
        account: Account of the role and of its OpenID Connect provider.
        issuer: Who issues the tokens.
        subjects: The tokens' subjects that are let in, in full.
    """
    host = issuer.url.removeprefix("https://")
    return document(
        {
            "Sid": "ByThePipeline",
            "Effect": "Allow",
            "Principal": {"Federated": arns.oidc_provider(account, issuer.url)},
            "Action": ["sts:AssumeRoleWithWebIdentity"],
            "Condition": {"StringEquals": {f"{host}:aud": issuer.audience, f"{host}:sub": list(subjects)}},
        }
    )


def replication(route: Replication) -> Document:
    """What the replication role may do: read new versions here, write replicas there, and delete nowhere."""
    source, destination = arns.bucket(route.source_bucket), arns.bucket(route.destination_bucket)
    via: Condition = {"StringEquals": {"kms:ViaService": f"s3.{route.region}.amazonaws.com"}}
    return document(
        allow("ReadTheConfiguration", ["s3:GetReplicationConfiguration", "s3:ListBucket"], source),
        allow(
            "ReadNewVersions",
            ["s3:GetObjectVersionAcl", "s3:GetObjectVersionForReplication", "s3:GetObjectVersionTagging"],
            f"{source}/*",
        ),
        allow(
            "WriteReplicas",
            ["s3:ObjectOwnerOverrideToBucketOwner", "s3:ReplicateObject", "s3:ReplicateTags"],
            f"{destination}/*",
            {"StringEquals": {"aws:ResourceAccount": route.destination_account}},
        ),
        allow("OpenWhatIsRead", ["kms:Decrypt"], route.source_key_arn, when(via, _context(source))),
        allow(
            "SealWhatIsWritten",
            ["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey"],
            f"arn:{arns.PARTITION}:kms:{route.region}:{route.destination_account}:key/*",
            when(via, _context(destination)),
        ),
    )


def _context(bucket_arn: str) -> Condition:
    return {"StringLike": {"kms:EncryptionContext:aws:s3:arn": [bucket_arn, f"{bucket_arn}/*"]}}


def _service(service: str, condition: Condition) -> Statement:
    return {
        "Sid": "ByTheService",
        "Effect": "Allow",
        "Principal": {"Service": service},
        "Action": ["sts:AssumeRole"],
        "Condition": condition,
    }
