"""Names of this program's own measurements: `verify --publish` sends them, and the alarms wait for them.

A measurement of all tables of a place carries no table: it is the worst of them, so that one alarm watches a place
however many tables there are.
"""

from typing import Final

AGE_HOURS: Final = "RecoveryPointAgeHours"
"""Age of the newest good recovery point."""
PITR_LAG_MINUTES: Final = "PitrLagMinutes"
"""How far the head of point-in-time recovery lies behind."""
FAILURES: Final = "VerifyFailures"
"""Things that are stale, missing, wrong or could not be looked at."""
HEARTBEAT: Final = "VerifyHeartbeat"
"""1 for each verify that could look everywhere."""

ENVIRONMENT: Final = "Environment"
"""Dimension: environment that was verified; the backup account's own is one of them."""
PLACE: Final = "Place"
"""Dimension: local or the name of a tier; seen from the backup account `<source>-<tier>`."""
TABLE: Final = "Table"
"""Dimension: name of the table. Absent: the worst of all."""
