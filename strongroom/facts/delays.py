"""How far AWS lags behind by itself, so that a wait that is its own is not taken for a fault."""

from datetime import timedelta
from typing import Final

PITR_BEHIND: Final = timedelta(minutes=5)
"""How far the latest instant that a table can be restored to lies behind.

https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/PointInTimeRecovery_Howitworks.html, read 2026-11-22.
"""

COPY_STUCK: Final = timedelta(hours=2)
"""How long a copy job may stay CREATED after a fault of the system before AWS tries it again.

https://docs.aws.amazon.com/aws-backup/latest/devguide/recov-point-create-a-copy.html, read 2026-11-22.
"""

EXPIRY_DRAWN_OUT: Final = timedelta(hours=8)
"""A recovery point is deleted at some moment in this time after it expires.

https://docs.aws.amazon.com/aws-backup/latest/devguide/deleting-backups.html, read 2026-11-22.
"""
