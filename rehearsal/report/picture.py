"""The picture of accounts, vaults and copies: where each box and each arrow lies.

Each source is a lane from top to bottom: its account, the copies on their way, its vaults in the backup account, and,
after a loss, the recovery on its way into a fresh account. Lengths are units of the drawing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from rehearsal.report.findings import VaultFinding
from rehearsal.report.story import Story
from strongroom.config.settings import SourceSettings
from strongroom.config.tiers import TIERS, Tier

LANE: Final = 200
"""Width of a lane."""
_MARGIN: Final = 10
_LINE: Final = 19
"""From a line of text to the next."""
_HEAD: Final = 26
"""From a box's upper edge to its first line."""
_WAY: Final = 54
"""Height of an arrow."""
_VAULT: Final = 54
_GAP: Final = 8


@dataclass(frozen=True)
class Box:
    """A rectangle with lines of text; the first is its title."""

    x: int
    y: int
    width: int
    height: int
    lines: Sequence[str]
    kind: str
    """source, lost, backup, vault, own or fresh."""


@dataclass(frozen=True)
class Arrow:
    """An arrow downwards and what travels along it."""

    x: int
    top: int
    bottom: int
    text: str


@dataclass(frozen=True)
class Picture:
    """Everything to be drawn, and the same in words."""

    width: int
    height: int
    boxes: Sequence[Box]
    arrows: Sequence[Arrow]
    words: Sequence[str]
    """Sentences for who cannot see it."""


def of(story: Story) -> Picture:
    """Return the picture of a rehearsal's world and findings."""
    lanes = [_Lane(number, settings, story) for number, settings in enumerate(story.world.sources.values())]
    depth = max(lane.vaults_end for lane in lanes)
    backup = story.world.any.accounts.backup
    width = len(lanes) * LANE + 2 * _MARGIN
    around = Box(_MARGIN // 2, _Lane.BACKUP, width - _MARGIN, depth - _Lane.BACKUP, (f"backup {backup}",), "backup")
    fresh = [box for lane in lanes for box in lane.fresh(depth)]
    height = max([depth, *(box.y + box.height for box in fresh)]) + _MARGIN
    return Picture(
        width,
        height,
        [around, *(box for lane in lanes for box in lane.boxes), *fresh],
        [arrow for lane in lanes for arrow in lane.arrows(depth)],
        [lane.words for lane in lanes],
    )


@dataclass(frozen=True)
class _Lane:
    number: int
    settings: SourceSettings
    story: Story

    SOURCE = _HEAD + 4 * _LINE
    """Height of an account's box."""
    BACKUP = _MARGIN + SOURCE + _WAY
    """Where the backup account begins."""

    @property
    def left(self) -> int:
        return _MARGIN + self.number * LANE + _GAP // 2

    @property
    def width(self) -> int:
        return LANE - _GAP

    @property
    def environment(self) -> str:
        return self.settings.environment

    @property
    def tiers(self) -> list[Tier]:
        used = {tier.name for table in self.settings.tables for tier in table.data_class.tiers}
        return [tier for name, tier in TIERS.items() if name in used]

    @property
    def vaults_end(self) -> int:
        return self.BACKUP + _HEAD + _LINE + len(self.tiers) * (_VAULT + _GAP)

    @property
    def boxes(self) -> list[Box]:
        first = self.BACKUP + _HEAD + _GAP
        vaults = [
            Box(self.left, first + place * (_VAULT + _GAP), self.width, _VAULT, self._vault(tier), "vault")
            for place, tier in enumerate(self.tiers)
        ]
        kind = "lost" if self.story.loss(self.environment) else "source"
        return [Box(self.left, _MARGIN, self.width, self.SOURCE, self._source(), kind), *vaults]

    def fresh(self, depth: int) -> list[Box]:
        loss = self.story.loss(self.environment)
        if loss is None:
            return []
        account = loss.fresh_account or "has not joined yet"
        lines = (f"{self.environment}, fresh", account, *self._recovered())
        return [Box(self.left, depth + _WAY, self.width, self.SOURCE - _LINE, lines, "fresh")]

    def arrows(self, depth: int) -> list[Arrow]:
        middle = self.left + self.width // 4
        copies = Arrow(middle, _MARGIN + self.SOURCE, self.BACKUP, f"copies of {self.environment}")
        if self.story.loss(self.environment) is None:
            return [copies]
        return [copies, Arrow(middle, depth, depth + _WAY, "copies, then restores")]

    @property
    def words(self) -> str:
        vaults = "; ".join(" ".join(self._vault(tier)) for tier in self.tiers)
        fresh = " ".join(" ".join(box.lines) for box in self.fresh(0))
        begun = f"{' '.join(self._source())}. Its copies go to the backup account: {vaults}."
        return f"{begun} The recovery leads to {fresh}." if fresh else begun

    def _source(self) -> tuple[str, ...]:
        own = self.settings.accounts.own
        lost = (f"{self.environment}: lost",) if self.story.loss(self.environment) else (self.environment,)
        return *lost, own, f"tables: {len(self.settings.tables)}", self._own_vault(own)

    def _own_vault(self, own: str) -> str:
        seen = [one for one in self.story.found.vaults if one.account == own and one.tier is None]
        return f"own points: {sum(one.points for one in seen)}" if seen else "own vault"

    def _vault(self, tier: Tier) -> tuple[str, str]:
        name = self.settings.retention_days.central_vault(self.environment, tier)
        seen = next((one for one in self.story.found.vaults if one.name == name), None)
        title = f"{tier.name}, {self.settings.retention_days.days(tier):,} days"
        return title, _told(seen)

    def _recovered(self) -> tuple[str, ...]:
        own = {table.name for table in self.settings.tables}
        tables = [one for one in self.story.found.tables if one.table in own]
        equal = sum(one not in self.story.unequal for one in tables)
        return (f"equal tables: {equal} of {len(own)}",) if tables else ("tables not compared",)


def _told(vault: VaultFinding | None) -> str:
    if vault is None:
        return "not looked at"
    return f"points: {vault.points}, {'locked' if vault.locked else 'not locked'}"
