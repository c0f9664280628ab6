import pytest

from rehearsal.provider.wire import Asset
from tests.emulator_process import Emulator
from tests.rehearsal.provider.driver import Driver
from tests.rehearsal.provider.journey import Journey
from tests.rehearsal.provider.types.s3_buckets import make_bucket

pytestmark = pytest.mark.emulator

OBJECT = "aws:s3/bucketObjectv2:BucketObjectv2"


def test_an_object_lives(provider: Driver, emulator: Emulator) -> None:
    name = make_bucket(emulator, locked=True)
    Journey(
        OBJECT,
        {"bucket": name, "key": "settings/manifest.json", "content": "{}", "contentType": "application/json"},
        changes=(
            {"content": '{"a": 1}', "metadata": {"environment": "prod"}},
            {"tags": {"owner": "platform"}},
            {"tags": {"owner": "data"}},
            {
                "cacheControl": "no-cache",
                "contentDisposition": "inline",
                "contentLanguage": "en",
                "contentEncoding": "identity",
            },
            {"serverSideEncryption": "AES256", "storageClass": "STANDARD_IA", "websiteRedirect": "/other"},
            {"objectLockMode": "GOVERNANCE", "objectLockRetainUntilDate": "2099-01-01T00:00:00Z"},
            {"objectLockRetainUntilDate": "2098-01-01T00:00:00Z"},
            {"objectLockLegalHoldStatus": "ON"},
            {"objectLockLegalHoldStatus": "OFF"},
            {"forceDestroy": True},
        ),
        import_id=f"{name}/{{id}}",
        unreadable=frozenset({"content", "forceDestroy"}),
    ).travel(provider)


def test_an_object_is_named_after_its_resource_and_made_of_a_file(provider: Driver, emulator: Emulator) -> None:
    name = make_bucket(emulator)
    given = {"bucket": name, "source": Asset(hash="1", text="first")}
    made = provider.create(OBJECT, "manifest", given)
    assert made.id == "manifest"
    changed = {**given, "source": Asset(hash="2", text="second")}
    assert provider.diff(made, changed).diffs == ["source"]
    provider.update(made, changed)
    assert emulator.client("s3").get_object(Bucket=name, Key="manifest")["Body"].read() == b"second"


def test_an_object_takes_its_key_from_its_bucket(provider: Driver, emulator: Emulator) -> None:
    name = make_bucket(emulator)
    key = emulator.client("kms").create_key()["KeyMetadata"]["Arn"]
    default = {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": key}
    emulator.client("s3").put_bucket_encryption(
        Bucket=name,
        ServerSideEncryptionConfiguration={
            "Rules": [{"ApplyServerSideEncryptionByDefault": default, "BucketKeyEnabled": True}]
        },
    )
    given = {"bucket": name, "content": "{}"}
    made = provider.create(OBJECT, "k", given)
    assert (made.state["serverSideEncryption"], made.state["kmsKeyId"]) == ("aws:kms", key)
    assert made.state["bucketKeyEnabled"] is True
    assert provider.diff(made, given).diffs == []
    provider.delete(made)


def test_deleting_an_object_deletes_all_its_versions(provider: Driver, emulator: Emulator) -> None:
    name = make_bucket(emulator, versioned=True)
    s3 = emulator.client("s3")
    made = provider.create(OBJECT, "k", {"bucket": name, "content": "1"})
    s3.put_object(Bucket=name, Key="k", Body=b"2")
    s3.put_object(Bucket=name, Key="k2", Body=b"of another")
    provider.delete(made)
    assert [one["Key"] for one in s3.list_object_versions(Bucket=name)["Versions"]] == ["k2"]
