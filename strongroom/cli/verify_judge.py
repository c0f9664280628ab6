"""`strongroom verify`: judge the backups of an environment, and let alarms know."""

from dataclasses import replace
from typing import Final

from strongroom.cli import verify_look
from strongroom.cli.exits import Exit
from strongroom.cli.verify_look import Doors, Form, Looked, Options
from strongroom.evidence.places import measuring
from strongroom.evidence.places.sights import Report, Seen, attempted, together
from strongroom.facts import names

HELP = """Judge the backups of an environment: is every copy there, young, whole, locked and kept as declared?

ENV is a source, such as prod: its tables, points, jobs and exports are looked at with profile strongroom-<ENV>, and its
vaults and archive in the backup account with strongroom-backup. `verify backup` looks from the backup account at the
vaults and archives of all sources. What is declared is read from Pulumi.<ENV>.yaml in this folder; where there is none,
from the settings manifest in the archive, which takes a role that may read it.

One line a finding: stale, missing, wrong, or a warning; and one for each place that could not be looked at, which is
never taken for healthy. Warnings alone leave the exit code at 0. With --publish ages, lags, failures and a heartbeat go
to CloudWatch, namespace Strongroom, where the alarms of the stack wait for them. With --output nagios the exit code is
that of a monitoring plugin instead: 0 OK, 1 WARNING, 2 CRITICAL, 3 UNKNOWN."""

EXITS: Final = verify_look.EXITS


def run(options: Options, doors: Doors) -> Exit:
    """Look, judge, write, and publish if asked to.

    Raises:
        UsageError: see `verify_look.look`.
        SettingsError: see there.
        ManifestError: see there.
        AwsError: see there. Measurements that cannot be sent are told in the report.
    """
    if options.form is Form.NAGIOS:
        return verify_look.as_a_plugin(lambda: _published(verify_look.look(options, doors), options), doors.output)
    report = _published(verify_look.look(options, doors), options)
    code = ending(report)
    verify_look.write(report, code, options, doors.output, rows=False)
    return code


def ending(report: Report) -> Exit:
    """What a verify ends with: what is known to be bad comes before what could not be seen."""
    return Exit.MISMATCH if report.failures else verify_look.unseen(report)


def _published(looked: Looked, options: Options) -> Report:
    """The report, and in it that its measurements could not be sent, if so: it must be read all the same."""
    report = looked.report
    if not options.publish:
        return report
    metrics = looked.sessions.metrics(names.profile(report.environment))

    def put() -> Seen:
        metrics.put(names.METRICS_NAMESPACE, measuring.of(report))
        return Seen()

    return replace(report, seen=together([report.seen, attempted("CloudWatch", put)]))
