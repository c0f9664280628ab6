"""An operator who recovers: the commands' doors onto a lost account in memory."""

import io
from concurrent.futures import Executor
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random

from strongroom.cli import dr_clean, dr_plan, dr_run, dr_status
from strongroom.cli.exits import Exit
from strongroom.cli.output import Output
from tests.strongroom.recovery.loss import FRESH, REGION, Loss
from tests.strongroom.recovery.running import Here, lost

TYPED = f"{FRESH} prod"


@dataclass
class Desk:
    """The commands' doors onto a loss in memory, and what they wrote."""

    folder: Path
    loss: Loss = field(default_factory=lost)
    typed: str = TYPED
    pool: Executor = field(default_factory=Here)

    def __post_init__(self) -> None:
        self.out, self.err = io.StringIO(), io.StringIO()

    @property
    def output(self) -> Output:
        return Output(self.out, self.err)

    @property
    def run_id(self) -> str:
        return next((self.folder / "strongroom-runs").iterdir()).name

    def run(self, **options: object) -> Exit:
        choice = dr_plan.Options(
            "prod", "" if options.keys() & {"plan", "resume"} else REGION, as_json=options.pop("as_json", False) is True
        )
        doors = dr_run.Doors(
            aws=lambda _: self.loss.sessions,
            ask=lambda _: self.typed,
            random=Random(1),  # noqa: S311 - the same run id every time
            now=self.loss.aws.clock.monotonic,
            sleep=self.loss.aws.clock.sleep,
            pool=self.pool,
            folder=self.folder,
            output=self.output,
        )
        return dr_run.run(replace(dr_run.Options(choice), **options), doors)

    def status(self, run: str | None = None, *, as_json: bool = False) -> Exit:
        doors = dr_status.Doors(lambda _: self.loss.sessions, self.folder, self.output)
        return dr_status.run(dr_status.Options(run, as_json=as_json), doors)

    def clean(self, **options: object) -> Exit:
        clock = self.loss.aws.clock
        doors = dr_clean.Doors(
            lambda _: self.loss.sessions, lambda _: self.typed, clock.monotonic, self.folder, self.output
        )
        return dr_clean.run(replace(dr_clean.Options(self.run_id), **options), doors)

    def said(self) -> str:
        text = self.out.getvalue()
        self.out.seek(0)
        self.out.truncate()
        return text
