from datetime import timedelta

from strongroom.aws.errors import FailedError
from strongroom.evidence.places import measuring, verify
from tests.strongroom.evidence.kept import RECEIPTS, Kept, central


def measured(kept: Kept) -> dict[tuple[str, tuple[str, ...]], float]:
    """Values by name and the values of their dimensions."""
    report = verify.of_source(kept.wanted, "it", kept.sessions, lambda _: None)
    return {(one.name, tuple(one.dimensions.values())): one.value for one in measuring.of(report)}


def test_every_age_is_told_by_table_and_place() -> None:
    found = measured(Kept())
    ages = {where: value for (name, where), value in found.items() if name == "RecoveryPointAgeHours"}
    assert ages["prod", "local", RECEIPTS] == ages["prod", "daily", RECEIPTS] == 9
    assert ages["prod", "monthly", RECEIPTS] == 21 * 24
    assert len([where for where in ages if len(where) == 3]) == 6 + 6 + 4 + 1
    assert found["PitrLagMinutes", ("prod", RECEIPTS)] == 5


def test_the_worst_of_a_place_stands_for_it() -> None:
    kept = Kept()
    kept.change("daily", RECEIPTS, created=kept.at - timedelta(hours=30))
    found = measured(kept)
    assert found["RecoveryPointAgeHours", ("prod", "daily")] == 30
    assert found["RecoveryPointAgeHours", ("prod", "local")] == 9
    assert found["PitrLagMinutes", ("prod",)] == 5


def test_dimensions_are_those_that_alarms_wait_for() -> None:
    report = verify.of_source(Kept().wanted, "it", Kept().sessions, lambda _: None)
    assert {tuple(one.dimensions) for one in measuring.of(report)} == {
        ("Environment", "Place", "Table"),
        ("Environment", "Place"),
        ("Environment", "Table"),
        ("Environment",),
    }


def test_where_all_is_well_there_is_a_heartbeat_and_no_failure() -> None:
    found = measured(Kept())
    assert (found["VerifyFailures", ("prod",)], found["VerifyHeartbeat", ("prod",)]) == (0, 1)


def test_a_copy_that_is_not_there_has_no_age_and_is_a_failure() -> None:
    kept = Kept()
    kept.take_away("daily", RECEIPTS)
    found = measured(kept)
    assert ("RecoveryPointAgeHours", ("prod", "daily", RECEIPTS)) not in found
    assert found["VerifyFailures", ("prod",)] == 1


def test_a_verify_that_could_not_look_has_no_heartbeat() -> None:
    kept = Kept()
    kept.aws.wire.trouble(1, FailedError("no"), operation="backups.recent")
    found = measured(kept)
    assert found["VerifyFailures", ("prod",)] == 1
    assert ("VerifyHeartbeat", ("prod",)) not in found


def test_a_warning_is_no_failure() -> None:
    kept = Kept()
    kept.change("daily", RECEIPTS, deleted_at=kept.at - timedelta(days=1))
    assert measured(kept)["VerifyFailures", ("prod",)] == 0


def test_the_backup_account_tells_places_of_each_source() -> None:
    report = verify.of_central(central(), "it", Kept().sessions, lambda _: None)
    places = {one.dimensions["Place"] for one in measuring.of(report) if "Place" in one.dimensions}
    assert places == {"prod-daily", "prod-weekly", "prod-monthly"}
    assert all(one.dimensions["Environment"] == "backup" for one in measuring.of(report))
