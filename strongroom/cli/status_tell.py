"""`strongroom status`: tell how the backups of an environment stand, and judge nothing."""

from typing import Final

from strongroom.cli import verify_look
from strongroom.cli.exits import Exit
from strongroom.cli.verify_look import Doors, Form, Options

HELP = """Tell how old every copy of an environment is, and what is not as declared.

One line for every table and place: the head of point-in-time recovery, the newest point beside the tables and in the
central vault of each tier, the newest export, the settings manifest in the archive; then what `verify` would find. It
looks where `verify` looks, with the same profiles, and judges nothing: the exit code is 0 when it could look
everywhere. With --output nagios it is that of a monitoring plugin, as `verify` has it."""

EXITS: Final = tuple(code for code in verify_look.EXITS if code is not Exit.MISMATCH)


def run(options: Options, doors: Doors) -> Exit:
    """Look, and write.

    Raises:
        UsageError: see `verify_look.look`.
        SettingsError: see there.
        ManifestError: see there.
        AwsError: see there.
    """
    if options.form is Form.NAGIOS:
        return verify_look.as_a_plugin(lambda: verify_look.look(options, doors).report, doors.output)
    report = verify_look.look(options, doors).report
    code = verify_look.unseen(report)
    verify_look.write(report, code, options, doors.output, rows=True)
    return code
