"""The box of a page that holds the story: most of the prose around the headline."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cpsscrape.pages.outline import Outline
    from cpsscrape.pages.weights import Sums

_COLUMN = re.compile(r"(?:^|[\s_-])(?:col(?:umns?)?|cell|span\d+|region)(?:$|[\s_-])", re.IGNORECASE)
_NO_ANCHOR = frozenset("footer aside ul ol dl li table tbody tr blockquote figure nav".split())
_STANDFIRST = 60  # words


@lru_cache(maxsize=2048)
def is_column(classes: str) -> bool:
    """Whether a class attribute says, by its own word for it, that a box is a column of a grid."""
    return _COLUMN.search(classes) is not None


def anchor_of(outline: Outline, sums: Sums, headline: int | None) -> int:
    """The smallest box that holds most of the prose around the headline.

    The search begins at the smallest box that holds the headline and prose after it, so that a
    long box of advice elsewhere on the page does not outweigh a short story.
    """
    children: dict[int, list[int]] = {}
    for number, box in enumerate(outline.boxes):
        if number and sums.prose[box.last] > sums.prose[box.first] and box.tag not in _NO_ANCHOR:
            children.setdefault(box.parent, []).append(number)
    anchor = _shell(outline, sums, headline)
    total = sums.weigh(sums.prose, outline, anchor)
    while total:
        inner = [n for n in children.get(anchor, ()) if sums.weigh(sums.prose, outline, n) * 20 >= total * 11]
        if len(inner) != 1:
            break
        anchor, total = inner[0], sums.weigh(sums.prose, outline, inner[0])
    return _widened(outline, sums, anchor, headline)


def _shell(outline: Outline, sums: Sums, headline: int | None) -> int:
    """The smallest box around the headline that holds prose after it."""
    if headline is None:
        return 0
    around = outline.ancestors(outline.blocks[headline].box)
    told = [sums.prose[outline.boxes[number].last] - sums.prose[headline + 1] for number in around]
    shell = next((place for place, words in enumerate(told) if words), len(around) - 1)
    # A standfirst beside the headline is no story: the text stands in another box.
    if 0 < told[shell] < _STANDFIRST and _paragraphs(outline, sums, around[shell], headline) == 1:
        wider = next((place for place in range(shell + 1, len(around) - 1) if told[place] > told[shell]), shell)
        if _paragraphs(outline, sums, around[wider], headline) > 3:
            shell = wider
    return around[shell]


def _paragraphs(outline: Outline, sums: Sums, box: int, headline: int) -> int:
    """How many blocks of prose a box holds after the headline, texts of teasers left out."""
    return sum(sums.prose[n + 1] > sums.prose[n] for n in range(headline + 1, outline.boxes[box].last))


def _widened(outline: Outline, sums: Sums, anchor: int, headline: int | None) -> int:
    """The box around a run of paragraphs, while it adds text and neither links nor the headline."""
    while anchor and headline is not None:
        parent = outline.boxes[anchor].parent
        box = outline.boxes[parent]
        chars, linked, titles = (
            sums.weigh(total, outline, parent) - sums.weigh(total, outline, anchor)
            for total in (sums.chars, sums.linked, sums.titles)
        )
        if not parent or titles or linked * 3 > chars or box.first <= headline < box.last:
            break
        if is_column(outline.boxes[anchor].classes):
            break  # what stands beside a column is another's
        anchor = parent
    return anchor
