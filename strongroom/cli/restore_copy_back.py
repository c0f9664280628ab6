"""`strongroom restore copy-back`: items of a restored table written back into the table."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from strongroom.cli import restore_diff
from strongroom.cli.exits import Exit
from strongroom.cli.faults import UsageError
from strongroom.cli.restore_diff import Pair
from strongroom.cli.restore_site import Doors, confirm, find
from strongroom.facts.items import Item
from strongroom.recovery.tables import changes, copy_back
from strongroom.recovery.tables.changes import Changes, shown
from strongroom.recovery.tables.copy_back import Choice, Fate, Which, Work
from strongroom.recovery.tables.copy_back_journal import Journal
from strongroom.recovery.tables.single import Singles, Site

HELP = """Write items of a restored table back into the table, after showing what is different.

By default only items that TABLE has no more (--only-missing): nothing is overwritten. --all writes those that are
different, too. --keys takes a file with one key a line, as `strongroom restore diff` prints them without the first
word. Nothing is deleted, but with --delete-extra the items that only TABLE has.

What is there is looked at again before each write, and each write has the condition that it is still what was seen: an
item that was changed since the difference was shown is left alone and told, and the exit code is 3. What is written is
kept in strongroom-copy-backs/ in this folder, so that the same command goes on after it was stopped; an item that it
wrote once and that was changed since is never written again. Streams and triggers of TABLE see every write."""

EXITS = (
    Exit.OK,
    Exit.FAILED,
    Exit.USAGE,
    Exit.PARTIAL,
    Exit.NOT_FOUND,
    Exit.REFUSED,
    Exit.DENIED,
    Exit.TIMEOUT,
    Exit.INTERRUPTED,
)
_LEFT = (Fate.CHANGED, Fate.GONE, Fate.TOO_WIDE)


@dataclass(frozen=True)
class Options:
    """What the user asked for."""

    pair: Pair
    only_missing: bool = False
    all: bool = False
    keys: Path | None = None
    """With none of the three, as with only_missing."""
    delete_extra: bool = False
    dry_run: bool = False
    yes: bool = False
    as_json: bool = False


def run(options: Options, doors: Doors) -> Exit:
    """Compare, show, ask, write.

    Raises:
        UsageError: options that do not fit together; or see `restore_site.find`.
        RefusedError: the account and the environment were not typed.
        RecoveryError: a table cannot be compared, or the journal cannot be read.
        AwsError: AWS refuses.
    """
    choice = _choice(options, doors)
    site, aws = find(options.pair.where, doors)
    found = restore_diff.compare(options.pair, site, aws, doors)
    todo = copy_back.work(found, choice, aws.tables(site.profile))
    _show(found, todo, options, doors)
    if options.dry_run:
        return Exit.OK
    if todo.put or todo.delete:
        confirm(site, doors, yes=options.yes)
    return _carry_out(site, aws, found, todo, options, doors)


def _choice(options: Options, doors: Doors) -> Choice:
    if sum((options.only_missing, options.all, options.keys is not None)) > 1:
        raise UsageError("give one of --only-missing, --all and --keys")
    if options.keys is None:
        return Choice(Which.ALL if options.all else Which.ONLY_MISSING, None, options.delete_extra)
    try:
        text = (doors.folder / options.keys).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as failed:
        raise UsageError(f"--keys {options.keys} cannot be read: {failed}; name another file") from None
    return Choice(Which.ALL, changes.read_keys(text, f"--keys {options.keys}"), options.delete_extra)


def _show(found: Changes, todo: Work, options: Options, doors: Doors) -> None:
    if options.as_json and options.dry_run:
        plan = {"write": len(todo.put), "delete": len(todo.delete)}
        doors.output.document({**restore_diff.document(found, options.pair.first), **plan})
        return
    write = doors.output.note if options.as_json else doors.output.result
    for line in restore_diff.lines(found, options.pair.first):
        write(line)
    write(f"to be written into {todo.table}: {len(todo.put)}; to be deleted: {len(todo.delete)}")


def _carry_out(site: Site, aws: Singles, found: Changes, todo: Work, options: Options, doors: Doors) -> Exit:
    journal = Journal(doors.folder, todo.table, todo.restored)
    working = copy_back.Doors(aws.tables(site.profile), aws.item_writer(site.profile), doors.progress())
    try:
        fates = copy_back.carry_out(todo, journal, working)
    except KeyboardInterrupt:
        doors.output.note(f"stopped; {journal.path} knows what is written. The same command goes on")
        return Exit.INTERRUPTED
    code = Exit.PARTIAL if any(fates[fate] for fate in _LEFT) or not found.whole else Exit.OK
    _tell(fates, code, options, doors)
    if not found.whole:
        doors.output.note("error: there are more differences than were remembered; give a greater --remember")
    return code


def _tell(fates: Mapping[Fate, list[Item]], code: Exit, options: Options, doors: Doors) -> None:
    left = {fate.value: [shown(key) for key in fates[fate]] for fate in _LEFT if fates[fate]}
    written, deleted = len(fates[Fate.WRITTEN]), len(fates[Fate.DELETED])
    if options.as_json:
        doors.output.document({"written": written, "deleted": deleted, "left": left, "exit": code.value})
        return
    doors.output.result(f"written {written}, deleted {deleted}")
    for why, keys in left.items():
        for key in keys:
            doors.output.note(f"error: {key} {why}")
