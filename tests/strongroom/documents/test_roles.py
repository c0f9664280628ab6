from collections.abc import Mapping

from strongroom.documents import roles
from tests.strongroom.documents.example import BACKUP, CI, KEY_ARN, PROD, REGION
from tests.strongroom.documents.judge import Request, allowed

ISSUER = roles.Issuer("https://token.actions.githubusercontent.com", "sts.amazonaws.com")
HOST = "token.actions.githubusercontent.com"
DEPLOY = "repo:example/strongroom:environment:prod"
PIPELINE = roles.trusted_by_pipeline(PROD, ISSUER, [DEPLOY])
REPLICATION = roles.replication(roles.Replication("exports", KEY_ARN, "archive", BACKUP, REGION))


def taken(subject: str, audience: str = "sts.amazonaws.com") -> bool:
    provider = f"arn:aws:iam::{PROD}:oidc-provider/{HOST}"
    context = {f"{HOST}:aud": audience, f"{HOST}:sub": subject}
    return allowed(PIPELINE, Request(provider, "sts:AssumeRoleWithWebIdentity", context=context))


def replicates(action: str, resource: str, context: Mapping[str, str | list[str]] | None = None) -> bool:
    return allowed(REPLICATION, Request(f"arn:aws:iam::{PROD}:role/r", action, resource, context or {}))


def test_a_pipeline_role_is_taken_by_its_subject_in_full() -> None:
    assert taken(DEPLOY)
    assert not taken(f"{DEPLOY}-operate")
    assert not taken("repo:example/strongroom:pull_request")
    assert not taken(DEPLOY, audience="another")


def test_the_backup_role_is_taken_for_its_own_account_alone() -> None:
    trust = roles.trusted_by_backup(PROD)
    taken_for = {
        account: allowed(
            trust, Request("backup.amazonaws.com", "sts:AssumeRole", context={"aws:SourceAccount": account})
        )
        for account in (PROD, CI)
    }
    assert taken_for == {PROD: True, CI: False}
    assert not allowed(trust, Request("s3.amazonaws.com", "sts:AssumeRole", context={"aws:SourceAccount": PROD}))


def test_the_replication_role_is_taken_for_its_own_bucket_alone() -> None:
    trust = roles.trusted_by_replication(PROD, "exports")
    for bucket, answer in (("exports", True), ("exports-2", False)):
        context = {"aws:SourceAccount": PROD, "aws:SourceArn": f"arn:aws:s3:::{bucket}"}
        assert allowed(trust, Request("s3.amazonaws.com", "sts:AssumeRole", context=context)) is answer


def test_replication_reads_here_and_writes_there_and_deletes_nowhere() -> None:
    there = {"aws:ResourceAccount": BACKUP}
    assert replicates("s3:GetObjectVersionForReplication", "arn:aws:s3:::exports/a")
    assert replicates("s3:ReplicateObject", "arn:aws:s3:::archive/a", there)
    assert not replicates("s3:ReplicateObject", "arn:aws:s3:::archive/a", {"aws:ResourceAccount": CI})
    assert not replicates("s3:ReplicateDelete", "arn:aws:s3:::archive/a", there)
    assert not replicates("s3:GetObject", "arn:aws:s3:::archive/a", there)


def test_replication_opens_with_the_source_key_and_seals_for_the_archive() -> None:
    via = {"kms:ViaService": "s3.eu-west-2.amazonaws.com"}
    opened = {**via, "kms:EncryptionContext:aws:s3:arn": "arn:aws:s3:::exports"}
    sealed = {**via, "kms:EncryptionContext:aws:s3:arn": "arn:aws:s3:::archive"}
    other = f"arn:aws:kms:{REGION}:{BACKUP}:key/2222"
    assert replicates("kms:Decrypt", KEY_ARN, opened)
    assert replicates("kms:Encrypt", other, sealed)
    assert not replicates("kms:Encrypt", other, opened)
    assert not replicates("kms:Encrypt", f"arn:aws:kms:{REGION}:{CI}:key/2222", sealed)
