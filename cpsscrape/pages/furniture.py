"""Which boxes of a page are furniture: by their landmark, their first words, or their links.

Class names and landmarks only add evidence where a template has them; a page without either
is judged by what its boxes say.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from cpsscrape.normalise.conventions import opens
from cpsscrape.pages.phrases import BOX_HEADING, FURNITURE, STANDING
from cpsscrape.pages.weights import is_date, is_only_link

if TYPE_CHECKING:
    from cpsscrape.pages.outline import Box, Outline
    from cpsscrape.pages.weights import Sums

_HINT = re.compile(
    r"(?:^|[\s_-])(?:cookies?|consent|breadcrumbs?|shar(?:e|ing)|social|related|newsletter|subscribe"
    r"|sign-?up|sidebar"
    r"|side-?box|skip-?links?|pager|pagination|menu|navigation|footer|masthead|advert|feedback|survey"
    r"|back-to-top|print"
    r"|most-read|popular|latest-news|see-also|promo|recommended|toolbar|site-header)(?:$|[\s_-])",
    re.IGNORECASE,
)
_SHELLS = frozenset(("html", "body", "main", "article"))
_SIDE_TAGS = frozenset(("aside", "footer", "form"))
_SIDE_ROLES = frozenset(("complementary", "contentinfo"))
#: A box with more words of prose than this is no furniture, whatever its class says.
_TOO_LONG = 150


def is_furniture(outline: Outline, sums: Sums, number: int, *, inside: bool) -> bool:
    """Whether a box is no part of the story. ``inside`` is the story's own box, where links may stand."""
    box = outline.boxes[number]
    first, last = box.first, box.last
    if first == last or (last - first > 1 and sums.ends[last] > sums.ends[first]):
        return False
    prose = sums.prose[last] - sums.prose[first]
    opening = outline.blocks[first]
    if last - first < 6 and prose < 30 and "|" in opening.text[:40]:
        return False  # "|News, Sexual offences": a line of labels
    if last - first == 1 and is_date(opening.text):
        return False  # class "print-submitted"
    if box.tag == "footer" and opening.kind == "block_quote":
        return False  # who said it, inside the quotation
    if box.tag in _SIDE_TAGS or box.role in _SIDE_ROLES:
        return box.tag != "form" or prose < _TOO_LONG
    if box.classes and prose < _TOO_LONG and box.tag not in _SHELLS and _is_hinted(box.classes):
        return True
    linked = sums.linked[last] - sums.linked[first]
    if len(opening.text) < 200 and _opens_furniture(opening.text, alone=last - first == 1 and not linked, prose=prose):
        return True
    if inside:
        return _is_box_of_titles(outline, sums, box) and not _is_reading(outline, box)
    if linked * 2 <= sums.chars[last] - sums.chars[first] and not _is_list_of_stories(sums, box):
        return False
    return not (_is_reading(outline, box) or _is_announced(outline, box))


def _opens_furniture(opening: str, *, alone: bool, prose: int) -> bool:
    """Whether a box begins with words that only furniture begins with."""
    if STANDING.match(opening):
        return True
    if prose < 60 and FURNITURE.match(opening):
        return True
    return not alone and BOX_HEADING.match(opening) is not None


def _is_reading(outline: Outline, box: Box) -> bool:
    """Whether a box stands under ``Further reading``, where links are what one expects."""
    blocks = outline.blocks
    if box.first and opens(blocks[box.first - 1].text):
        return True
    around = outline.ancestors(box.parent)[:4]
    return any(opens(blocks[outline.boxes[number].first].text) is not None for number in around)


def _is_announced(outline: Outline, box: Box) -> bool:
    """Whether a list stands behind a sentence that announces it: ``The guidance covers:``."""
    before = outline.blocks[box.first - 1] if box.first else None
    return before is not None and before.text.endswith(":") and before.kind == "paragraph" and not before.bold


def _is_box_of_titles(outline: Outline, sums: Sums, box: Box) -> bool:
    """A heading over nothing but titles of other stories, or a heading and a text that are one link."""
    opening = outline.blocks[box.first]
    rest = box.last - box.first - 1
    if rest and opening.kind == "heading" and all(map(is_only_link, outline.blocks[box.first : box.last])):
        return all(block.kind != "list_item" for block in outline.blocks[box.first : box.last])
    return (
        rest > 1
        and (opening.kind == "heading" or opening.bold)
        and not opening.links
        and sums.titles[box.last] - sums.titles[box.first] == rest
    )


def _is_list_of_stories(sums: Sums, box: Box) -> bool:
    """Titles that are links to stories, or links beside dates: teasers, not prose."""
    titles = sums.titles[box.last] - sums.titles[box.first]
    dates = sums.dates[box.last] - sums.dates[box.first]
    links = sums.links[box.last] - sums.links[box.first]
    return titles >= 2 or (links >= 2 and dates >= 2) or bool(titles and dates)


@lru_cache(maxsize=2048)
def _is_hinted(classes: str) -> bool:
    return _HINT.search(classes) is not None
