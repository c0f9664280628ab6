import re
from dataclasses import replace
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest

from rehearsal.report import page
from rehearsal.report.findings import LossFinding, Moment
from rehearsal.report.story import Story
from rehearsal.scenarios.step import CheckError, Result
from tests.rehearsal.report.stories import ATTEMPT, FAILED, HELD, NIGHT, NOT_RUN, TABLE, recovered, told

_VOID = {"meta"}
_SVG = "{http://www.w3.org/2000/svg}"


class Read(HTMLParser):
    """A page taken apart; fails where an element is not closed in its turn."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements = list[tuple[str, dict[str, str | None]]]()
        self.text = ""
        self._open = list[str]()
        self.feed(text)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in _VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if not {"style"} & set(self._open):
            self.text += data

    @property
    def words(self) -> str:
        return " ".join(self.text.split())


def read(story: Story) -> Read:
    return Read(page.render(story))


def drawing(story: Story) -> ElementTree.Element:
    found = re.search(r"<svg.*?</svg>", page.render(story), re.DOTALL)
    assert found
    text = found.group().replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1)
    return ElementTree.fromstring(text)  # noqa: S314 - our own page


def drawn(story: Story) -> list[str]:
    return [element.text or "" for element in drawing(story).iter(f"{_SVG}text")]


STORIES = {
    "nothing told": told(),
    "no step": told(results=()),
    "recovered": recovered(),
    "failed": replace(recovered(), results=(HELD, FAILED, NOT_RUN)),
}


@pytest.mark.parametrize("story", STORIES.values(), ids=STORIES)
def test_it_is_whole_and_loads_nothing(story: Story) -> None:
    text = page.render(story)
    elements = Read(text).elements
    assert text.lstrip().startswith("<!doctype html>")
    assert not {tag for tag, _ in elements} & {"script", "link", "img", "iframe", "object", "a"}
    assert not [attributes for _, attributes in elements if {"src", "href", "style"} & attributes.keys()]
    assert "url(" not in text.replace("url(#head)", "")
    assert "@import" not in text


@pytest.mark.parametrize("story", STORIES.values(), ids=STORIES)
def test_no_table_is_empty(story: Story) -> None:
    for table in page.render(story).split("<table")[1:]:
        assert "<td" in table


@pytest.mark.parametrize("story", STORIES.values(), ids=STORIES)
def test_ids_stand_once_and_what_names_them_finds_them(story: Story) -> None:
    attributes = [found for _, found in read(story).elements]
    ids = [found["id"] for found in attributes if "id" in found]
    assert len(set(ids)) == len(ids)
    named = {name for found in attributes for name in (found.get("aria-labelledby") or "").split()}
    assert named <= set(ids)


def test_the_verdict_comes_first_and_in_words() -> None:
    words = read(recovered()).words
    assert "Green: 2 of 2 steps held, 1 of 1 tables are equal, 1 of 1 attempts were stopped." in words
    assert "Not green" in read(replace(recovered(), results=(HELD, FAILED))).words


def test_what_no_step_told_of_is_said_in_words() -> None:
    words = read(told()).words
    for sentence in (
        "No step lost an account",
        "No step looked into the vaults.",
        "No table was compared",
        "there is no RTO.",
        "No step tried what must be stopped.",
        "No step told of a moment.",
    ):
        assert sentence in words
    assert "No step was run." in read(told(results=())).words


def test_a_failure_is_told_once_and_what_waited_for_it_is_not_blamed() -> None:
    words = read(told(results=(HELD, FAILED, NOT_RUN))).words
    assert "Expected 0 Got 1: AccessDenied Log /logs/01-up.log" in words
    assert words.count("1: AccessDenied") == 1
    assert "destroy prod not run" in words


def test_the_virtual_time_is_called_virtual_beside_the_durations_that_made_it() -> None:
    words = read(recovered()).words
    virtual, measured = words[words.index("Virtual RTO") :].split("Measured", 1)
    assert "Virtual RTO 1 h 12 min on the virtual clock, not AWS's" in virtual
    assert "restore of a table 21 to 40 min" in virtual
    assert "48.3 s of the operator's commands" in measured
    assert "strongroom-prod 1,412" in measured


def test_a_table_tells_items_point_and_equality() -> None:
    words = read(recovered()).words
    assert "prod-submit-passes yes 8,413 8,413 2026-12-26 02:07 UTC 6 h 25 min daily" in words
    lost = replace(TABLE, recovered_items=None, point_created=None, rpo=None, tier=None, equal=False)
    assert "prod-submit-passes no 8,413 no table none unknown none" in read(told(lambda to: to.table(lost))).words


def test_an_attempt_that_succeeded_is_called_so() -> None:
    assert "backup:DeleteRecoveryPoint stopped prod's administrator" in read(recovered()).words
    words = read(told(lambda to: to.attempt(replace(ATTEMPT, got_code=None, stopped=False)))).words
    assert "backup:DeleteRecoveryPoint not by this prod's administrator" in words
    assert "AccessDeniedException it succeeded" in words


def test_moments_say_how_long_after_the_one_before() -> None:
    assert "the last points are taken 2026-12-26 08:07 UTC prod is lost 6 h 0 min later" in read(recovered()).words


def test_whatever_steps_told_is_escaped() -> None:
    evil = '<script>alert("x")</script>&"'
    step = replace(FAILED.step, name=evil, proves=evil)
    failed: Result = replace(FAILED, step=step, failure=CheckError(evil, expected=evil, got=evil))
    story = told(
        lambda to: to.moment(Moment(NIGHT, evil)),
        lambda to: to.loss(LossFinding("prod", "1", evil)),
        lambda to: to.table(replace(TABLE, table=evil, tier=evil)),
        lambda to: to.attempt(replace(ATTEMPT, who=evil, target=evil, got_code=evil)),
        results=(failed,),
    )
    assert "<script" not in page.render(story)
    assert read(story).text.count(evil) == 14
    assert evil in "".join(drawn(story))


def test_cells_name_their_columns_for_narrow_screens() -> None:
    cells = [attributes for tag, attributes in read(recovered()).elements if tag == "td"]
    assert all(attributes["data-column"] and attributes["role"] == "cell" for attributes in cells)


def test_it_suits_a_phone_paper_and_the_dark() -> None:
    text = page.render(recovered())
    assert 'content="width=device-width, initial-scale=1"' in text
    assert "@media print" in text
    assert "(max-width: 46rem)" in text
    assert "(prefers-color-scheme: dark)" in text


def test_the_picture_has_a_title_and_says_in_words_what_it_shows() -> None:
    picture = drawing(recovered())
    title, words = (picture.find(f"{_SVG}{name}") for name in ("title", "desc"))
    assert title is not None
    assert title.text == "Accounts, vaults and copies"
    assert words is not None
    assert "prod: lost 111111111111" in (words.text or "")
    assert "The recovery leads to prod, fresh 555555555555 equal tables: 1 of 6." in (words.text or "")


def test_the_lost_account_is_crossed_out_and_says_so() -> None:
    assert drawing(recovered()).find(f".//{_SVG}path[@class='cross']") is not None
    assert "prod: lost" in drawn(recovered())
    assert drawing(told()).find(f".//{_SVG}path[@class='cross']") is None
