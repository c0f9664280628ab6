import json
from typing import Any

import pytest

from rehearsal.emulator.rules import Refused
from rehearsal.emulator.services.backup import wire

_VAULT = "/backup-vaults/strongroom"
_BACKUP = wire.Wire("backup")


def _request(method: str, path: str, body: bytes = b"", query: dict[str, list[str]] | None = None) -> wire.Request:
    return wire.Request(method, path, query or {}, body)


@pytest.mark.parametrize(
    ("method", "path", "operation"),
    [
        ("PUT", _VAULT, "CreateBackupVault"),
        ("GET", "/backup-vaults/", "ListBackupVaults"),
        ("PUT", f"{_VAULT}/vault-lock", "PutBackupVaultLockConfiguration"),
        ("GET", f"{_VAULT}/recovery-points/", "ListRecoveryPointsByBackupVault"),
        ("GET", f"{_VAULT}/recovery-points/arn:aws:ec2:eu-west-2::image/ami-1", "DescribeRecoveryPoint"),
        ("GET", f"{_VAULT}/recovery-points/arn:a:b:c::image/1/restore-metadata", "GetRecoveryPointRestoreMetadata"),
        ("POST", "/untag/arn:aws:backup:eu-west-2:111111111111:backup-vault:strongroom", "UntagResource"),
        ("PATCH", _VAULT, None),
        ("GET", "/nowhere", None),
    ],
)
def test_a_request_is_the_operation_that_its_path_says(method: str, path: str, operation: str | None) -> None:
    assert _BACKUP.operation_of(_request(method, path)) == operation


def test_what_is_asked_comes_from_path_query_and_body() -> None:
    vault = _BACKUP.read("CreateBackupVault", _request("PUT", _VAULT, b'{"BackupVaultTags": {"a": "b"}, "Unknown": 1}'))
    assert vault == {"BackupVaultName": "strongroom", "BackupVaultTags": {"a": "b"}}
    arn = "arn:aws:dynamodb:eu-west-2:1:table/a/b"
    assert _BACKUP.read("ListTags", _request("GET", f"/tags/{arn}/", query={"maxResults": ["7"]})) == {
        "ResourceArn": arn,
        "MaxResults": 7,
    }
    jobs = _BACKUP.read(
        "ListBackupJobs", _request("GET", "/backup-jobs/", query={"createdBefore": ["2026-11-22T00:00:00Z"]})
    )
    assert jobs == {"ByCreatedBefore": 1795305600.0}


_INVALID = "InvalidParameterValueException"


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"{}", "MissingParameterValueException"),
        (b'{"BackupPlan": {"Rules": []}}', "MissingParameterValueException"),
        (b'{"BackupPlan": []}', _INVALID),
        (b'{"BackupPlan": {"BackupPlanName": 1, "Rules": []}}', _INVALID),
        (b'{"BackupPlan": {"BackupPlanName": "a", "Rules": {}}}', _INVALID),
        (b'{"BackupPlan": {"BackupPlanName": "a", "Rules": [{"RuleName": "a"}]}}', "MissingParameterValueException"),
        (b'{"BackupPlan": {"BackupPlanName": "a", "Rules": []}, "BackupPlanTags": []}', _INVALID),
    ],
)
def test_fails_when_a_parameter_is_missing_or_of_another_type(body: bytes, code: str) -> None:
    with pytest.raises(Refused) as refused:
        _BACKUP.read("CreateBackupPlan", _request("PUT", "/backup/plans/", body))
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("StartWindowMinutes", "60"),
        ("StartWindowMinutes", True),
        ("EnableContinuousBackup", "true"),
        ("RuleName", "not this"),
    ],
)
def test_fails_when_a_member_of_a_rule_is_none_that_it_takes(member: str, value: object) -> None:
    rule: dict[str, Any] = {"RuleName": "daily", "TargetBackupVaultName": "vault"} | {member: value}
    body = json.dumps({"BackupPlan": {"BackupPlanName": "a", "Rules": [rule]}}).encode()
    with pytest.raises(Refused) as refused:
        _BACKUP.read("CreateBackupPlan", _request("PUT", "/backup/plans/", body))
    assert refused.value.code == _INVALID


@pytest.mark.parametrize("body", [b"no json", b"[]", b"1"])
def test_fails_when_the_body_is_no_object(body: bytes) -> None:
    with pytest.raises(Refused) as refused:
        _BACKUP.read("CreateBackupVault", _request("PUT", _VAULT, body))
    assert refused.value.code == "SerializationException"


def test_a_body_may_be_empty() -> None:
    assert _BACKUP.read("CreateBackupVault", _request("PUT", _VAULT)) == {"BackupVaultName": "strongroom"}


def test_fails_when_a_word_is_none_of_its_list() -> None:
    with pytest.raises(Refused) as refused:
        _BACKUP.read("ListBackupVaults", _request("GET", "/backup-vaults/", query={"vaultType": ["BOX"]}))
    assert refused.value.code == _INVALID


def test_a_word_is_one_of_its_list() -> None:
    asked = _BACKUP.read("ListBackupVaults", _request("GET", "/backup-vaults/", query={"vaultType": ["BACKUP_VAULT"]}))
    assert asked == {"ByVaultType": "BACKUP_VAULT"}


@pytest.mark.parametrize("query", [{"maxResults": ["0"]}, {"maxResults": ["1001"]}, {"maxResults": ["many"]}])
def test_fails_when_a_page_size_is_outside_its_range(query: dict[str, list[str]]) -> None:
    with pytest.raises(Refused) as refused:
        _BACKUP.read("ListBackupVaults", _request("GET", "/backup-vaults/", query=query))
    assert refused.value.code == _INVALID


@pytest.mark.parametrize("size", ["1", "1000"])
def test_a_page_has_1_to_1000_entries(size: str) -> None:
    asked = _BACKUP.read("ListBackupVaults", _request("GET", "/backup-vaults/", query={"maxResults": [size]}))
    assert asked == {"MaxResults": int(size)}


def test_an_answer_leaves_out_what_is_none() -> None:
    assert (
        _BACKUP.write("CreateBackupVault", {"BackupVaultName": "a", "CreationDate": None})
        == b'{"BackupVaultName": "a"}'
    )
    assert _BACKUP.write("DeleteBackupVault", {}) == b""


@pytest.mark.parametrize("answer", [{"Vault": "a"}, {"CreationDate": "today"}, {"BackupVaultName": 1}])
def test_fails_when_an_answer_is_none_of_the_operation(answer: dict[str, object]) -> None:
    with pytest.raises(TypeError):
        _BACKUP.write("CreateBackupVault", answer)
