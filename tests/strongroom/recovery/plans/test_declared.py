import json
from collections.abc import Callable

import pytest

from strongroom.aws.errors import AwsError, DeniedError, FailedError, NotThereError, TimedOutError
from strongroom.config import manifest
from strongroom.config.manifest import ManifestError
from strongroom.recovery.plans.declared import Declared, Source, manifest_of
from tests.strongroom.aws.memory_others import put_object
from tests.strongroom.recovery.loss import ARCHIVE, BACKUP, KEY, REGION, Loss, settings


def read(loss: Loss, version: str | None = None, environment: str = "prod") -> Declared:
    return manifest_of(Source(environment, REGION, BACKUP), loss.sessions.objects("strongroom-backup"), version)


CI = "strongroom-prod-ci-daily-35-90"
TWIN = "strongroom-prod-daily-daily-35-90"
YEARLY = "strongroom-prod-yearly-35-90"


def own() -> manifest.Manifest:
    return manifest.of(settings())


def test_the_newest_version_is_read_in_silence() -> None:
    loss = Loss()
    newer = loss.declare(manifest.of(settings("only-one")))
    found = read(loss)
    assert [table.name for table in found.manifest.settings.tables] == ["only-one"]
    assert (found.version_id, found.modified, found.warnings) == (newer, loss.aws.clock.now(), ())


def test_what_a_delete_marker_hides_is_read_and_the_marker_is_told() -> None:
    loss = Loss()
    put_object(loss.aws, ARCHIVE, KEY, None)
    found = read(loss)
    assert found.manifest == own()
    assert found.warnings == (
        "the settings manifest was deleted on 2026-11-22 12:00 UTC; the version beneath, of 2026-11-21 03:00 UTC, was"
        " read",
    )


def _of_another(change: Callable[[dict[str, dict[str, object]]], None]) -> bytes:
    document = json.loads(manifest.text(own()))
    change(document)
    return json.dumps(document).encode()


@pytest.mark.parametrize(
    ("document", "says"),
    [
        (b"", "is not JSON"),
        (b'{"version": 1', "is not JSON"),
        (b"\xff\xfe", "can't decode byte"),
        (b"[]", "has version None"),
        (b'{"version": 2}', "has version 2, this program reads 1"),
        (b'{"version": 1}', "cannot be used"),
        (_of_another(lambda said: said["settings"].update(environment="other")), "it is of other, eu-west-2, 3333"),
        (_of_another(lambda said: said["settings"].update(region="eu-west-1")), "it is of prod, eu-west-1, 33333"),
        (_of_another(lambda said: said["vaults"].update(central={"daily": "mine"})), "mine is no vault of prod"),
        (_of_another(lambda said: said["vaults"].update(central={"daily": CI})), f"{CI} is no vault of prod"),
        (_of_another(lambda said: said["vaults"].update(central={"daily": TWIN})), f"{TWIN} is no vault of prod"),
        (_of_another(lambda said: said["vaults"].update(central={"yearly": YEARLY})), f"{YEARLY} is no vault of prod"),
    ],
)
def test_a_version_that_cannot_be_used_is_told_and_the_one_beneath_is_read(document: bytes, says: str) -> None:
    loss = Loss()
    bad = loss.declare(document)
    found = read(loss)
    assert found.manifest == own()
    (said,) = found.warnings
    assert said.startswith(f"version {bad} of the settings manifest, of 2026-11-22 12:00 UTC, cannot be used: ")
    assert says in said
    assert "\n" not in said


def test_a_version_that_may_not_be_read_is_told_and_the_one_beneath_is_read() -> None:
    loss = Loss()
    loss.declare(manifest.of(settings("only-one")))
    loss.aws.wire.trouble(1, DeniedError("reading it: AccessDenied: kms:Decrypt"), operation="objects.read")
    found = read(loss)
    assert found.manifest == own()
    assert "kms:Decrypt; the version beneath" in found.warnings[0]


def test_fails_when_no_answer_comes_because_an_older_version_is_no_second_try() -> None:
    loss = Loss()
    loss.declare()
    loss.aws.wire.trouble(1, TimedOutError("reading it: no answer"), operation="objects.read")
    with pytest.raises(TimedOutError):
        read(loss)


@pytest.mark.parametrize(("fault", "kind"), [(DeniedError, DeniedError), (FailedError, ManifestError)])
def test_fails_when_no_version_can_be_read(fault: type[AwsError], kind: type[Exception]) -> None:
    loss = Loss()
    loss.aws.wire.trouble(1, fault("reading it: no"), operation="objects.read")
    with pytest.raises(kind, match=f"no version of {KEY} in bucket {ARCHIVE} can be used:\nreading it: no"):
        read(loss)


def test_fails_when_there_is_no_bucket_and_says_what_to_check() -> None:
    with pytest.raises(NotThereError, match=r"there is no archive bucket strongroom-staging-arc.*; check the env"):
        read(Loss(), environment="staging")


def test_fails_when_the_bucket_is_another_accounts() -> None:
    loss = Loss()
    loss.aws.buckets[ARCHIVE].owner = "999999999999"
    with pytest.raises(DeniedError, match=f"archive bucket {ARCHIVE} is not account {BACKUP}'s, or"):
        read(loss)


def test_fails_when_nothing_was_ever_replicated() -> None:
    loss = Loss()
    loss.aws.buckets[ARCHIVE].objects.clear()
    with pytest.raises(NotThereError, match=f"holds no settings manifest \\({KEY}\\)"):
        read(loss)


def test_an_older_version_can_be_asked_for() -> None:
    loss = Loss()
    old = loss.aws.buckets[ARCHIVE].objects[KEY][0].version.version_id
    loss.declare(manifest.of(settings("only-one")))
    assert read(loss, old).manifest == own()
    assert read(loss, old).warnings == ()


def test_fails_when_the_version_that_is_asked_for_is_not_there_and_names_those_that_are() -> None:
    loss = Loss()
    there = loss.declare()
    with pytest.raises(NotThereError, match=rf"has no version v9; there are {there} \(2026-11-22 12:00 UTC\), "):
        read(loss, "v9")


def test_fails_when_the_version_that_is_asked_for_cannot_be_used() -> None:
    loss = Loss()
    with pytest.raises(ManifestError, match="is not JSON"):
        read(loss, loss.declare(b"{"))
