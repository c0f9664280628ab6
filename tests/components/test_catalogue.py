import json
from typing import Any, Final

import pytest
from pulumi.provider.experimental.component import ComponentProvider

from components.catalogue import COMPONENTS
from tests.recorder import run

SITE: Final = {"environment": "prod", "region": "eu-west-2", "accountId": "111111111111"}
SOURCE: Final = {
    "environment": "prod",
    "accountId": "111111111111",
    "sourcesPath": "o-exampleorg1/r-exam/ou-exam-sources1/",
}
# As they come over the wire from another language: camelCase, enums as texts, whole numbers as floats.
INPUTS: Final[dict[str, dict[str, Any]]] = {
    "BackupAlarms": {**SITE, "emails": ["operations@example.com"]},
    "CentralVault": {
        "region": "eu-west-2",
        "accountId": "333333333333",
        "source": SOURCE,
        "tier": "daily",
        "lockMinDays": 35.0,
        "lockMaxDays": 90.0,
        "lock": {"mode": "governance"},
    },
    "LocalBackup": {
        **SITE,
        "backupAccountId": "333333333333",
        "dataClasses": ["short"],
        "retentionDays": {"daily": 40.0},
    },
    "ProtectedTable": {
        "environment": "prod",
        "region": "eu-west-2",
        "tableName": "receipts",
        "dataClass": "critical",
        "hashKey": {"name": "id", "type": "N"},
        "stream": "KEYS_ONLY",
        "pitrDays": 35.0,
    },
    "ReplicatedExportBucket": {
        "ends": "archive",
        "region": "eu-west-2",
        "source": SOURCE,
        "archiveAccountId": "333333333333",
        "retentionDays": 2557.0,
        "mode": "compliance",
    },
}


@pytest.fixture(scope="module")
def provider() -> ComponentProvider:
    return ComponentProvider(list(COMPONENTS), "strongroom")


@pytest.fixture(scope="module")
def schema(provider: ComponentProvider) -> dict[str, Any]:
    return json.loads(provider.schema or "")


def test_a_program_in_any_language_finds_the_five(schema: dict[str, Any]) -> None:
    assert set(schema["resources"]) == {f"strongroom:index:{name}" for name in INPUTS}


@pytest.mark.parametrize("name", INPUTS)
def test_each_component_and_all_that_it_takes_and_gives_is_described(name: str, schema: dict[str, Any]) -> None:
    component = schema["resources"][f"strongroom:index:{name}"]
    assert component["description"]
    parts = {**component["inputProperties"], **component["properties"]}
    assert [part for part, said in parts.items() if not said.get("description")] == []


def test_every_nested_argument_is_described(schema: dict[str, Any]) -> None:
    objects = {name: said["properties"] for name, said in schema["types"].items() if "properties" in said}
    assert objects
    for name, parts in objects.items():
        assert [f"{name}.{part}" for part, said in parts.items() if not said.get("description")] == []


@pytest.mark.parametrize("name", INPUTS)
def test_a_program_in_another_language_makes_one(name: str, provider: ComponentProvider) -> None:
    token = f"strongroom:index:{name}"
    seen = run(lambda: provider.construct("theirs", token, INPUTS[name]))
    assert seen.resources[0].type == token
    assert len(seen.in_aws) == len(seen.resources) - 1 > 0
