from dataclasses import replace
from typing import cast

from rehearsal.report import document
from tests.rehearsal.report.stories import FAILED, HELD, TABLE, recovered, told


def test_a_failure_says_what_was_expected_what_came_and_where_the_log_is() -> None:
    said = document.render(told(results=(HELD, FAILED)))
    assert said["green"] is False
    assert said["seconds"] == 13.4
    assert said["steps"] == [
        {"name": "seed", "proves": "it is seeded", "result": "held", "seconds": 4.3, "calls": 243},
        {
            "name": "up prod",
            "proves": "it is deployed",
            "result": "failed",
            "seconds": 9.0,
            "calls": 10,
            "check": "exit code",
            "expected": "0",
            "got": "1: AccessDenied",
            "log": "/logs/01-up.log",
        },
    ]


def test_a_table_says_what_was_expected_and_what_came() -> None:
    assert document.render(recovered())["tables"] == [
        {
            "table": "prod-submit-passes",
            "tier": "daily",
            "pointCreated": "2026-12-26T02:07:00+00:00",
            "expectedItems": 8_413,
            "recoveredItems": 8_413,
            "equal": True,
            "rpoSeconds": 23_100,
        }
    ]


def test_an_equal_digest_with_another_number_of_items_is_not_equal() -> None:
    said = document.render(told(lambda to: to.table(replace(TABLE, recovered_items=1))))
    (table,) = cast("list[dict[str, object]]", said["tables"])
    assert table["equal"] is False


def test_what_is_virtual_stands_apart_from_what_was_measured() -> None:
    assert document.render(recovered())["recovery"] == {
        "virtual": {"rtoSeconds": 4_320, "durations": {"restore of a table": "21 to 40 min"}},
        "measured": {"operatorSeconds": 48.3, "apiCalls": {"strongroom-prod": 1_412}},
    }


def test_what_was_tried_is_told_with_both_codes() -> None:
    assert document.render(recovered())["attempts"] == [
        {
            "who": "prod's administrator",
            "action": "backup:DeleteRecoveryPoint",
            "target": "arn:aws:backup:eu-west-2:333333333333:recovery-point:1",
            "mechanism": "the central vault's access policy",
            "expectedCodes": ["AccessDeniedException"],
            "gotCode": "AccessDeniedException",
            "stopped": True,
        }
    ]


def test_moments_losses_and_vaults_are_told() -> None:
    said = document.render(recovered())
    assert said["moments"] == [
        {"at": "2026-12-26T02:07:00+00:00", "what": "the last points are taken"},
        {"at": "2026-12-26T08:07:00+00:00", "what": "prod is lost"},
    ]
    assert said["losses"] == [{"environment": "prod", "lostAccount": "111111111111", "freshAccount": "555555555555"}]
    assert said["vaults"] == [
        {
            "account": "111111111111",
            "name": "strongroom-prod",
            "tier": None,
            "points": 210,
            "newest": "2026-12-26T02:07:00+00:00",
            "locked": False,
        },
        {
            "account": "333333333333",
            "name": "strongroom-prod-daily-35-90",
            "tier": "daily",
            "points": 33,
            "newest": "2026-12-26T02:07:00+00:00",
            "locked": True,
        },
    ]


def test_what_no_step_told_of_is_empty() -> None:
    said = document.render(told())
    assert said["recovery"] is None
    assert [said[name] for name in ("moments", "losses", "vaults", "tables", "attempts")] == [[], [], [], [], []]
