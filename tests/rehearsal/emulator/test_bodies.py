import sqlite3

from rehearsal.emulator import bodies
from rehearsal.emulator.bodies import Bodies

VERSIONS = "services.s3:_object_versions"
LARGE, OTHER, SMALL = b"a" * 5000, b"b" * 5000, b"c" * 10


def database() -> sqlite3.Connection:
    made = sqlite3.connect(":memory:")
    made.execute(bodies.TABLE)
    return made


def count(kept: sqlite3.Connection) -> int:
    return kept.execute("select count(*) from bodies").fetchone()[0]


def test_an_entry_comes_back_with_its_contents_in_another_process() -> None:
    kept = database()
    entry = [{"version_id": "1", "body": LARGE}, {"version_id": "2", "body": SMALL}]
    first = Bodies(kept)
    text = first.dumps(VERSIONS, entry)
    first.write()
    assert Bodies(kept).loads(text) == entry
    assert first.loads(text) == entry


def test_a_content_is_written_once_however_often_its_entry_is() -> None:
    kept = database()
    writer = Bodies(kept)
    texts = [writer.dumps(VERSIONS, [LARGE] * versions) for versions in (1, 2, 3)]
    writer.write()
    assert count(kept) == 1
    assert all(len(text) < len(LARGE) for text in texts)


def test_two_contents_are_two() -> None:
    kept = database()
    writer = Bodies(kept)
    assert writer.dumps(VERSIONS, LARGE) != writer.dumps(VERSIONS, OTHER)
    writer.write()
    assert count(kept) == 2


def test_a_content_that_is_not_written_yet_can_be_read() -> None:
    writer = Bodies(database())
    assert writer.loads(writer.dumps(VERSIONS, LARGE)) == LARGE


def test_other_stores_keep_everything_in_the_entry() -> None:
    kept = database()
    writer = Bodies(kept)
    text = writer.dumps("services.sqs:_queues", LARGE)
    writer.write()
    assert count(kept) == 0
    assert LARGE in text
