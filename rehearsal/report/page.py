"""The report of a rehearsal as a page: one file that needs no network and no script."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from jinja2 import Environment, PackageLoader, StrictUndefined

from rehearsal.report import cells, picture
from rehearsal.report.findings import Moment
from rehearsal.report.story import Story
from rehearsal.scenarios.step import Mark, Result
from strongroom.recovery import instants

_PAGES: Final = Environment(
    loader=PackageLoader("rehearsal.report"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def render(story: Story) -> str:
    """Return the page. Whatever steps told is escaped; a part that no step told of is said in words."""
    return _PAGES.get_template("report.html.jinja").render(
        story=story,
        steps=cells.steps(story),
        tables=cells.tables(story),
        vaults=cells.vaults(story),
        attempts=cells.attempts(story),
        picture=picture.of(story),
        moments=_moments(story.found.moments),
        failures=_failures(story.results),
        instant=instants.told,
        age=instants.age,
    )


def _moments(moments: Sequence[Moment]) -> list[tuple[Moment, str]]:
    """Each moment, and how long after the one before; nothing stands at the first."""
    before = [moments[0].at, *(one.at for one in moments)] if moments else []
    return [(one, _since(one.at - at)) for one, at in zip(moments, before, strict=False)]


def _since(passed: timedelta) -> str:
    return f"{instants.age(passed)} later" if passed >= timedelta(seconds=1) else ""


def _failures(results: Sequence[Result]) -> list[Result]:
    # What a step that was not run waited for has failed itself, and is shown.
    return [result for result in results if result.failure and result.mark is Mark.FAILED]
