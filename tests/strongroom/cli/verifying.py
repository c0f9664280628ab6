"""A screen in front of verify and status, and backups that are stale, warned of, or not to be seen."""

import io
from datetime import timedelta
from pathlib import Path

from strongroom.aws.errors import AwsError
from strongroom.aws.groups import Watching
from strongroom.cli import status_tell, verify_judge
from strongroom.cli.exits import Exit
from strongroom.cli.output import Output
from strongroom.cli.verify_look import Doors, Form, Options
from tests.stacks import world
from tests.strongroom.evidence.kept import RECEIPTS, Kept


class Screen:
    """What a command wrote, and the doors that it was given."""

    def __init__(self, kept: Kept, folder: Path = world.CHECKOUT) -> None:
        self.kept, self.folder = kept, folder
        self.out, self.err = io.StringIO(), io.StringIO()
        self.regions: list[str] = []

    @property
    def doors(self) -> Doors:
        def opened(region: str) -> Watching:
            self.regions.append(region)
            return self.kept.sessions

        clock = self.kept.aws.clock
        return Doors(self.folder, opened, lambda _: "eu-west-2", clock.monotonic, Output(self.out, self.err))

    def verify(self, form: Form = Form.TEXT, *, publish: bool = False, environment: str = "prod") -> Exit:
        return verify_judge.run(Options(environment, form=form, publish=publish), self.doors)

    def status(self, form: Form = Form.TEXT) -> Exit:
        return status_tell.run(Options("prod", form=form), self.doors)

    @property
    def said(self) -> str:
        return self.out.getvalue()


def stale() -> Kept:
    kept = Kept()
    kept.change("daily", RECEIPTS, created=kept.at - timedelta(hours=40))
    return kept


def warned() -> Kept:
    kept = Kept()
    kept.change("daily", RECEIPTS, deleted_at=kept.at - timedelta(days=1))
    return kept


def blind(fault: AwsError, kept: Kept | None = None) -> Kept:
    kept = kept or Kept()
    kept.aws.wire.trouble(1, fault, operation="backups.recent")
    return kept
