"""Chooses how progress is shown."""

import sys
from collections.abc import Generator
from contextlib import contextmanager
from datetime import datetime

from rich.console import Console

from rehearsal.local.progress import Progress
from rehearsal.report.live import Live
from rehearsal.report.plain import Plain


@contextmanager
def shown() -> Generator[Progress, None, None]:
    """Progress on standard error, so that standard output holds results alone: drawn on a terminal, else in lines."""
    console = Console(stderr=True)
    if console.is_terminal:
        with Live(console) as live:
            yield live
    else:
        yield Plain(sys.stderr, lambda: datetime.now().astimezone())
