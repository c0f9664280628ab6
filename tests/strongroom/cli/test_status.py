from strongroom.cli.exits import Exit
from strongroom.cli.verify_look import Form
from tests.strongroom.cli.verifying import Screen, stale
from tests.strongroom.evidence.kept import RECEIPTS


def test_status_tells_every_place_and_judges_nothing() -> None:
    screen = Screen(stale())
    assert screen.status() is Exit.OK
    lines = screen.said.splitlines()
    assert lines[0] == "prod in account 111111111111 at 2026-11-22T12:00:00Z, declared by Pulumi.prod.yaml"
    assert lines[1].split() == ["place", "subject", "newest", "age", "limit"]
    assert ["daily", RECEIPTS, "2026-11-20T20:00:00Z", "40.0", "h", "39.0", "h"] in [line.split() for line in lines]
    assert any(line.split()[:2] == ["monthly", RECEIPTS] and "21.0 d  31.6 d" in line for line in lines)
    assert any(line.endswith("none scheduled") for line in lines)
    assert lines[-1] == "prod: 1 failure, 0 warnings"
    places = [line.split()[0] for line in lines[2 : lines.index("")]]
    assert list(dict.fromkeys(places)) == ["pitr", "export", "local", "daily", "weekly", "monthly", "archive"]
    assert places == sorted(places, key=list(dict.fromkeys(places)).index)


def test_status_as_a_plugin_ends_with_the_state_that_it_prints() -> None:
    screen = Screen(stale())
    code = screen.status(Form.NAGIOS)
    assert "CRITICAL" in screen.said
    assert code.value == 2
