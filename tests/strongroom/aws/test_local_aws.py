import json
import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from strongroom.aws import central, identity, readback
from strongroom.aws.cloudformation import Outcome, Waiting, apply
from strongroom.aws.errors import DeniedError
from strongroom.aws.sessions import ProfileSessions
from strongroom.cli.exits import Exit
from strongroom.cli.main import run
from strongroom.config.profiles import Mode
from strongroom.documents import vaults
from strongroom.documents.bootstrap import sizes
from strongroom.documents.bootstrap.template import template
from strongroom.documents.policy import allow, document
from strongroom.documents.principals import Caretakers, Origin
from strongroom.facts import names
from tests.emulator_process import BACKUP, CI, MANAGEMENT, PIPELINE, PROD, REGION, Emulator
from tests.strongroom.aws.surroundings import Run, administrator, pipeline
from tests.strongroom.documents.example import CHECKOUT, PATH, account, source

pytestmark = pytest.mark.emulator

BOUNDS = {"daily": (35, 90), "weekly": (90, 366), "monthly": (2557, 3653)}
ARCHIVE = f"strongroom-prod-archive-{BACKUP}-{REGION}"


def door() -> ProfileSessions:
    """The door of whoever is at hand by now."""
    return ProfileSessions(REGION)


def applied(id_: str) -> Outcome:
    """Apply an account's template with the credentials at hand."""
    waiting = Waiting(time.monotonic, time.sleep, lambda _: None, seconds=30)
    return apply(door().stacks(None), names.BOOTSTRAP_STACK, sizes.text(template(account(id_))), waiting)


def differences(id_: str) -> list[str]:
    at_hand = door()
    return readback.differences(
        account(id_), readback.Doors(at_hand.roles(None), at_hand.keys(None), at_hand.buckets(None))
    )


@pytest.fixture
def checkout() -> Iterator[None]:
    """The current folder is the project's."""
    before = Path.cwd()
    os.chdir(CHECKOUT)
    yield
    os.chdir(before)


@pytest.mark.parametrize("id_", [MANAGEMENT, PROD, CI, BACKUP, PIPELINE])
def test_an_account_holds_what_its_template_says(emulator: Emulator, monkeypatch: pytest.MonkeyPatch, id_: str) -> None:
    administrator(monkeypatch, emulator, id_)
    assert differences(id_) != []
    assert applied(id_) is Outcome.CREATED
    assert differences(id_) == []
    assert applied(id_) is Outcome.UNCHANGED


def test_what_somebody_changed_behind_the_template_is_found(
    emulator: Emulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    administrator(monkeypatch, emulator, PROD)
    applied(PROD)
    iam = emulator.client("iam", account=PROD)
    iam.attach_role_policy(RoleName="strongroom-deploy", PolicyArn="arn:aws:iam::aws:policy/AdministratorAccess")
    more = json.dumps(document(allow("Everything", ["*"], "*")))
    iam.put_role_policy(RoleName="strongroom-preview", PolicyName="more", PolicyDocument=more)
    found = differences(PROD)
    assert len(found) == 2
    assert any("role strongroom-deploy has policies AdministratorAccess" in sentence for sentence in found)
    assert any("role strongroom-preview has inline policies more" in sentence for sentence in found)


def test_a_pipeline_lands_in_the_accounts_of_its_profiles(
    emulator: Emulator, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for id_ in (PROD, BACKUP, PIPELINE):
        administrator(monkeypatch, emulator, id_)
        applied(id_)
    pipeline(monkeypatch, emulator, Run(source("prod"), Mode.DEPLOY), tmp_path)
    found = {
        profile: identity.confirm(profile, id_, door()).arn
        for profile, id_ in (("strongroom-prod", PROD), ("strongroom-backup", BACKUP), ("strongroom-state", PIPELINE))
    }
    assert [arn.split("/")[1] for arn in found.values()] == [
        "strongroom-deploy",
        "strongroom-reader-prod",
        "strongroom-state-prod",
    ]


def test_fails_when_another_pipeline_takes_the_deploy_role(
    emulator: Emulator, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    administrator(monkeypatch, emulator, PROD)
    applied(PROD)
    stranger = Run(source("prod"), Mode.DEPLOY, "repo:example/strongroom:environment:ci")
    pipeline(monkeypatch, emulator, stranger, tmp_path)
    with pytest.raises(DeniedError, match="asking who profile strongroom-prod is: AccessDenied"):
        door().identity("strongroom-prod")


def test_fails_when_the_config_file_has_no_such_profile(emulator: Emulator, monkeypatch: pytest.MonkeyPatch) -> None:
    administrator(monkeypatch, emulator, PROD)
    with pytest.raises(DeniedError, match=r"\(strongroom-prod\) could not be found; write the file with"):
        door().identity("strongroom-prod")


def make_central_side(emulator: Emulator) -> None:
    backup, s3 = emulator.client("backup", account=BACKUP), emulator.client("s3", account=BACKUP)
    policy = json.dumps(vaults.central(Origin("prod", PROD, PATH, (CI,)), Caretakers(BACKUP)))
    for tier, (low, high) in BOUNDS.items():
        vault = names.central_vault("prod", tier, low, high)
        backup.create_backup_vault(BackupVaultName=vault)
        backup.put_backup_vault_lock_configuration(BackupVaultName=vault, MinRetentionDays=low, MaxRetentionDays=high)
        backup.put_backup_vault_access_policy(BackupVaultName=vault, Policy=policy)
    place = {"LocationConstraint": REGION}
    s3.create_bucket(Bucket=ARCHIVE, CreateBucketConfiguration=place, ObjectLockEnabledForBucket=True)
    rule = {"DefaultRetention": {"Mode": "GOVERNANCE", "Days": 2557}}
    lock = {"ObjectLockEnabled": "Enabled", "Rule": rule}
    s3.put_object_lock_configuration(Bucket=ARCHIVE, ObjectLockConfiguration=lock)


def test_a_source_sees_its_central_side_with_its_reader_role(
    emulator: Emulator, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    administrator(monkeypatch, emulator, BACKUP)
    applied(BACKUP)
    settings = source("prod")
    pipeline(monkeypatch, emulator, Run(settings, Mode.PREVIEW), tmp_path)
    before = central.missing(settings, door())
    make_central_side(emulator)
    assert [sentence.split(" in account")[0] for sentence in before] == [
        *(f"vault {names.central_vault('prod', tier, *bounds)}" for tier, bounds in BOUNDS.items()),
        f"bucket {ARCHIVE}",
    ]
    assert central.missing(settings, door()) == []


@pytest.mark.usefixtures("checkout")
def test_the_command_applies_reads_back_and_is_repeated_without_change(
    emulator: Emulator, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    administrator(monkeypatch, emulator, PIPELINE)
    for outcome in ("created", "unchanged"):
        assert run(("bootstrap", "apply", "--account", "pipeline", "--yes", "--json")) is Exit.OK
        assert json.loads(capsys.readouterr().out)["outcome"] == outcome


@pytest.mark.usefixtures("checkout")
def test_the_command_is_refused_in_another_account(
    emulator: Emulator, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    administrator(monkeypatch, emulator, PROD)
    assert run(("bootstrap", "apply", "--account", "backup", "--yes")) is Exit.REFUSED
    assert f"the credentials at hand must be in account {BACKUP}, got {PROD}" in capsys.readouterr().err
    assert door().stacks(None).status(names.BOOTSTRAP_STACK) is None
