"""What each block of a page weighs, summed so that a box is weighed by subtraction."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from cpsscrape.normalise.conventions import LONGEST_HEADING, opens
from cpsscrape.normalise.dates import date_line
from cpsscrape.normalise.urls import is_story_href

if TYPE_CHECKING:
    from cpsscrape.pages.outline import Outline, RawBlock

_PROSE_ENDS = frozenset(".!?”\"’'…")
_SHORTEST = 20  # characters of prose
_LEAD_ENDS = frozenset(":;)")
#: The text of a teaser stands within so many blocks of its title.
_TEASER_BLOCKS = 3


@dataclass(frozen=True, slots=True)
class Sums:
    """Running totals over the blocks: characters, words of prose, and what else is counted."""

    chars: tuple[int, ...]
    linked: tuple[int, ...]
    prose: tuple[int, ...]
    links: tuple[int, ...]
    titles: tuple[int, ...]
    dates: tuple[int, ...]
    ends: tuple[int, ...]

    def weigh(self, totals: tuple[int, ...], outline: Outline, box: int) -> int:
        """What one of the totals gains within a box."""
        found = outline.boxes[box]
        return totals[found.last] - totals[found.first]


def sums_of(outline: Outline) -> Sums:
    """Weigh every block once, in one loop: a page has hundreds of them, most in menus."""
    chars = linked = prose = links = titles = dates = ends = 0
    rows = [(0, 0, 0, 0, 0, 0, 0)]
    since = _TEASER_BLOCKS + 1
    for block in outline.blocks:
        text = block.text
        length = len(text)
        chars += length
        since += 1
        if block.links and is_only_link(block):
            links += 1
            if is_story_href(block.links[0][0]):
                titles += 1
                since = 0
        else:
            if length >= _SHORTEST and since > _TEASER_BLOCKS:
                prose += prose_words(block)
            if length <= LONGEST_HEADING:
                dates += is_date(text)
                ends += opens(text) is not None
        linked += block.link_chars
        rows.append((chars, linked, prose, links, titles, dates, ends))
    return Sums(*zip(*rows, strict=True))


def prose_words(block: RawBlock) -> int:
    """The words of a block that reads as prose, 0 for labels, links and headings."""
    text = block.text
    length = len(text)
    if length < _SHORTEST or block.kind == "heading" or block.link_chars * 2 > length:
        return 0
    if text[-1] in _PROSE_ENDS or length > 120 or (length > 50 and text[-1] in _LEAD_ENDS):
        return text.count(" ") + 1
    return 0


def is_only_link(block: RawBlock) -> bool:
    """Whether a block is nothing but a link."""
    return bool(block.links) and block.link_chars * 10 >= len(block.text) * 9


def is_story_title(block: RawBlock) -> bool:
    """Whether a block is nothing but a link to a story, as teasers begin."""
    return is_only_link(block) and is_story_href(block.links[0][0])


def is_date(text: str) -> bool:
    """Whether a block is a date alone on its line."""
    return 5 < len(text) < 40 and _DIGIT.search(text) is not None and any(_date_line(text))


_DIGIT = re.compile(r"\d")


@lru_cache(maxsize=1024)
def _date_line(text: str) -> tuple[str | None, str | None]:
    return date_line(text)
