import pytest

from rehearsal.emulator.services.backup.vaults.message_categories import category_of


@pytest.mark.parametrize(
    ("message", "category"),
    [
        (None, "SUCCESS"),
        ("Access Denied trying to call AWS Backup service", "ACCESS_DENIED"),
        ("IAM Role arn:aws:iam::1:role/a cannot be assumed by AWS Backup", "ACCESS_DENIED"),
        ("User: a is not authorized to perform: b on resource: c", "ACCESS_DENIED"),
        (
            "Copy job failed. Both source and destination account must be a member of the same organization.",
            "ACCESS_DENIED",
        ),
        ("There are too many copy jobs running for resource.", "CONCURRENT_JOB"),
        (
            "Copy job failed. Cross-account copy feature is not enabled for the current organization.",
            "FEATURE_NOT_ENABLED",
        ),
        (
            "Copy job failed. The retention specified in the job is not within the range specified for the target "
            "Backup Vault.",
            "INVALID_LIFECYCLE",
        ),
        ("KMS key is either disabled or pending deletion or access to KMS key is denied", "KMS_KEY_ERROR"),
        ("Cannot find recovery point a.", "RESOURCE_NOT_FOUND"),
        ("Table not found.", "RESOURCE_NOT_FOUND"),
        ("Feature is not supported for provided resource type.", "UNSUPPORTED_OPERATION"),
        ("Backup job expired before completion.", "JOB_EXPIRED"),
        ("anything else", "MISCELLANEOUS"),
    ],
)
def test_a_message_has_the_category_that_aws_lists_it_under(message: str | None, category: str) -> None:
    assert category_of(message) == category
