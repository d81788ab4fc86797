"""What each block of a page weighs, summed so that a box is weighed by subtraction."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING

from cpsscrape.normalise.conventions import FURTHER, NOTES
from cpsscrape.normalise.dates import date_line
from cpsscrape.normalise.urls import is_story_href

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cpsscrape.pages.outline import Outline, RawBlock

_PROSE_ENDS = frozenset(".!?”\"’'…")
_LEAD_ENDS = frozenset(":;)")
#: The text of a teaser stands within so many blocks of its title.
_TEASER_BLOCKS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Sums:
    """Running totals over the blocks: characters, words of prose, titles of other stories …"""

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
    """Weigh every block once."""
    blocks = outline.blocks
    links = [is_only_link(block) for block in blocks]
    titles = [linked and is_story_href(block.links[0][0]) for block, linked in zip(blocks, links, strict=True)]
    return Sums(
        chars=_totals(len(block.text) for block in blocks),
        linked=_totals(block.link_chars for block in blocks),
        prose=_totals(_weights(blocks, titles)),
        links=_totals(links),
        titles=_totals(titles),
        dates=_totals(not linked and is_date(block.text) for block, linked in zip(blocks, links, strict=True)),
        ends=_totals(not linked and opens_end(block.text) for block, linked in zip(blocks, links, strict=True)),
    )


def _totals(values: Iterator[int] | list[bool]) -> tuple[int, ...]:
    return tuple(accumulate(values, initial=0))


def _weights(blocks: list[RawBlock], titles: list[bool]) -> Iterator[int]:
    """Words of prose block by block; what stands close behind another story's title weighs nothing."""
    since = _TEASER_BLOCKS + 1
    for block, title in zip(blocks, titles, strict=True):
        since = 0 if title else since + 1
        yield prose_words(block) if since > _TEASER_BLOCKS else 0


def prose_words(block: RawBlock) -> int:
    """The words of a block that reads as prose, 0 for labels, links and headings."""
    text = block.text
    length = len(text)
    if length < 20 or block.kind == "heading" or block.link_chars * 2 > length:
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
    return len(text) < 40 and _DIGIT.search(text) is not None and any(_date_line(text))


_DIGIT = re.compile(r"\d")


@lru_cache(maxsize=1024)
def _date_line(text: str) -> tuple[str | None, str | None]:
    return date_line(text)


def opens_end(text: str) -> bool:
    """Whether a block is the heading of the notes to editors or of further reading."""
    if len(text) > 60:
        return False
    folded = text.casefold()
    if not ("edit" in folded or "reading" in folded or "olyg" in folded or "pellach" in folded):
        return False
    return (NOTES.match(text) or FURTHER.match(text)) is not None
