"""Which blocks of a page are the story: by the boxes they stand in and by what they say.

No class name is needed: a box is furniture by its landmark, its first words, or its links.
Class names and landmarks only add evidence where a template has them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING

from cpsscrape.normalise.conventions import ENDS, FURTHER, NOTES
from cpsscrape.normalise.dates import date_line
from cpsscrape.normalise.urls import is_story_url, site_of
from cpsscrape.pages.phrases import BOX_HEADING, FURNITURE, STANDING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cpsscrape.pages.outline import Box, Outline, RawBlock

_HINT = re.compile(
    r"(?:^|[\s_-])(?:cookies?|consent|breadcrumbs?|shar(?:e|ing)|social|related|newsletter|subscribe|sign-?up|sidebar"
    r"|side-?box|skip-?links?|pager|pagination|menu|navigation|footer|masthead|advert|feedback|survey|back-to-top|print"
    r"|most-read|popular|latest-news|see-also|promo|recommended|toolbar|site-header)(?:$|[\s_-])",
    re.IGNORECASE,
)
_SHELL = frozenset(("html", "body", "main", "article"))
_NO_ANCHOR = frozenset(("footer", "aside", "ul", "ol", "dl", "li", "table", "tbody", "tr", "blockquote", "figure", "nav"))
_BYLINE = re.compile(r"^(?:posted|published|cyhoeddwyd|by|gan|author|written by|last updated|updated)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Sums:
    """Running totals over the blocks, so that a box is weighed by one subtraction."""

    chars: tuple[int, ...]
    linked: tuple[int, ...]
    prose: tuple[int, ...]

    def of(self, outline: Outline, box: int) -> tuple[int, int, int]:
        """Characters, linked characters and words of prose in a box."""
        first, last = outline.boxes[box].first, outline.boxes[box].last
        return (
            self.chars[last] - self.chars[first],
            self.linked[last] - self.linked[first],
            self.prose[last] - self.prose[first],
        )


def sums_of(outline: Outline) -> Sums:
    """Weigh every block once."""
    blocks = outline.blocks
    return Sums(
        chars=(0, *accumulate(len(block.text) for block in blocks)),
        linked=(0, *accumulate(block.link_chars for block in blocks)),
        prose=(0, *accumulate(_weights(outline))),
    )


def prose_words(block: RawBlock) -> int:
    """The words of a block that reads as prose, 0 for labels, links and headings."""
    text = block.text
    if block.kind == "heading" or len(text) < 20 or block.link_chars * 2 > len(text):
        return 0
    if text[-1] in ".!?”\"’'…" or len(text) > 120 or (len(text) > 50 and text[-1] in ":;)"):
        return text.count(" ") + 1
    return 0


def is_story_title(block: RawBlock) -> bool:
    """Whether a block is nothing but a link to a story, as teasers begin."""
    address = block.links[0][0] if is_only_link(block) else ""
    return is_story_url(address, site_of(address))


def is_only_link(block: RawBlock) -> bool:
    """Whether a block is nothing but a link."""
    return bool(block.links) and block.link_chars * 10 >= len(block.text) * 9


def _weights(outline: Outline) -> Iterator[int]:
    """Words of prose block by block; the text of a teaser, three blocks from its title, weighs nothing."""
    since = 9
    for block in outline.blocks:
        since = 0 if block.links and is_story_title(block) else since + 1
        yield prose_words(block) if since > 3 else 0


@dataclass(frozen=True, slots=True)
class Region:
    """The story's blocks by number, and those beside its headline that may be date and labels."""

    story: tuple[int, ...]
    beside: tuple[int, ...]


def anchor_of(outline: Outline, sums: Sums, headline: int | None) -> int:
    """The smallest box that holds most of the prose around the headline.

    The search begins at the smallest box that holds the headline and prose after it, so that a
    long box of advice elsewhere on the page does not outweigh a short story.
    """
    children: dict[int, list[int]] = {}
    for number, box in enumerate(outline.boxes[1:], start=1):
        children.setdefault(box.parent, []).append(number)
    anchor = shell_of(outline, sums, headline)
    total = sums.of(outline, anchor)[2]
    while total:
        inner = [
            child
            for child in children.get(anchor, ())
            if sums.of(outline, child)[2] * 20 >= total * 11 and outline.boxes[child].tag not in _NO_ANCHOR
        ]
        if len(inner) != 1:
            break
        anchor, total = inner[0], sums.of(outline, inner[0])[2]
    return _widened(outline, sums, anchor, headline)


def _widened(outline: Outline, sums: Sums, anchor: int, headline: int | None) -> int:
    """The box around a run of paragraphs, while it adds text and neither links nor the headline."""
    while anchor and headline is not None:
        parent = outline.boxes[anchor].parent
        box, inner = outline.boxes[parent], outline.boxes[anchor]
        chars, linked, _ = (a - b for a, b in zip(sums.of(outline, parent), sums.of(outline, anchor), strict=True))
        if not parent or box.first <= headline < box.last or linked * 3 > chars:
            break
        extra = (*range(box.first, inner.first), *range(inner.last, box.last))
        if any(is_story_title(outline.blocks[number]) for number in extra):
            break
        anchor = parent
    return anchor


def shell_of(outline: Outline, sums: Sums, headline: int | None) -> int:
    """The smallest box around the headline that holds prose after it."""
    if headline is None:
        return 0
    for number in outline.ancestors(outline.blocks[headline].box):
        if sums.prose[outline.boxes[number].last] > sums.prose[headline + 1]:
            return number
    return 0


def region_of(outline: Outline, sums: Sums, anchor: int, headline: int | None, *, strict: bool) -> Region:
    """Sort the page's blocks into story, date-and-labels, and furniture.

    ``strict`` is for a known body box: of what stands outside it only notes to editors and
    further reading are the story's.
    """
    path = set(outline.ancestors(anchor))
    box = outline.boxes[anchor]
    first = box.first if headline is None or headline >= box.last else min(headline + 1, box.first)
    if headline is not None and box.first <= headline < box.last:
        first = headline + 1
    dropped = _dropped(outline, sums, path, anchor, first)
    story: list[int] = []
    beside: list[int] = [] if headline is None else _before(outline, headline)
    notes = 0
    shell = box.last if strict else outline.boxes[_common(outline, anchor, headline)].last
    for number in range(first, len(outline.blocks)):
        block = outline.blocks[number]
        if dropped[block.box]:
            continue
        if box.first <= number < box.last:
            story.append(number)
            continue
        if number >= box.last and (NOTES.match(block.text) or FURTHER.match(block.text)):
            notes = max(notes, outline.boxes[_walls(outline, block.box)].last)
        after = bool(story) and (block.kind == "list_item" or not is_only_link(block))
        if number < notes or (number < shell and not strict and (after or prose_words(block) or block.kind == "caption")):
            story.append(number)
        elif number < box.first:
            beside.append(number)
    return Region(story=tuple(_trimmed(outline, story, beside)), beside=tuple(beside))


def _walls(outline: Outline, box: int) -> int:
    """The box a heading opens: the smallest that holds more than the heading."""
    while box and outline.boxes[box].last - outline.boxes[box].first < 2:
        box = outline.boxes[box].parent
    return box


def _common(outline: Outline, anchor: int, headline: int | None) -> int:
    """The smallest box around both the text and the headline."""
    if headline is None:
        return outline.boxes[anchor].parent
    around = set(outline.ancestors(outline.blocks[headline].box))
    return next(number for number in outline.ancestors(anchor) if number in around)


def _before(outline: Outline, headline: int) -> list[int]:
    """Date line and labels that stand directly above the headline."""
    found: list[int] = []
    for number in range(headline - 1, max(-1, headline - 4), -1):
        block = outline.blocks[number]
        if not (block.text.startswith("|") or any(date_line(block.text))):
            break
        found.insert(0, number)
    return found


def _dropped(outline: Outline, sums: Sums, path: set[int], anchor: int, first: int) -> list[bool]:
    """For each box whether it, or one around it, is furniture.

    Links between the headline and the text may be labels and are kept for ``beside``.
    """
    begins = outline.boxes[anchor].first
    dropped = [False] * len(outline.boxes)
    anchored = [False] * len(outline.boxes)
    for number, box in enumerate(outline.boxes):
        if number == 0:
            continue
        anchored[number] = box.parent == anchor or anchored[box.parent] or first <= box.first <= box.last <= begins
        dropped[number] = dropped[box.parent] or (
            number not in path and _is_furniture(outline, sums, number, inside=anchored[number])
        )
    return dropped


def _is_furniture(outline: Outline, sums: Sums, number: int, *, inside: bool) -> bool:
    box = outline.boxes[number]
    if box.first == box.last:
        return False
    blocks = outline.blocks[box.first : box.last]
    if len(blocks) > 1 and any(NOTES.match(block.text) or FURTHER.match(block.text) for block in blocks):
        return False
    chars, linked, prose = sums.of(outline, number)
    if any("|" in block.text[:40] for block in blocks[:2]) and box.first < 400 and len(blocks) < 6 and prose < 30:
        return False
    if blocks[0].kind == "block_quote" and box.tag == "footer":
        return False
    if box.tag in ("aside", "footer", "form") or box.role in ("complementary", "contentinfo"):
        return prose < 150 or box.tag != "form"
    if box.classes and box.tag not in _SHELL and _hinted(box.classes) and prose < 150:
        return True
    opening = blocks[0].text
    if FURNITURE.match(opening) or STANDING.match(opening):
        return prose < 60 or STANDING.match(opening) is not None
    if BOX_HEADING.match(opening) and (len(blocks) > 1 or linked):
        return True
    if inside:
        return _is_box_of_stories(blocks) and not _is_reading(outline, box)
    if _is_reading(outline, box) or _is_announced(outline, box):
        return False
    return linked * 2 > chars or _is_list_of_stories(blocks)


def _is_reading(outline: Outline, box: Box) -> bool:
    """Whether a box stands under ``Further reading``, where links are what one expects."""
    if box.first and _opens_end(outline.blocks[box.first - 1].text):
        return True
    return any(
        _opens_end(outline.blocks[outline.boxes[number].first].text) for number in outline.ancestors(box.parent)[:4]
    )


def _opens_end(text: str) -> bool:
    return len(text) < 60 and (FURTHER.match(text) or NOTES.match(text)) is not None


def _is_announced(outline: Outline, box: Box) -> bool:
    """Whether a list stands behind a sentence that announces it: ``The guidance covers:``."""
    before = outline.blocks[box.first - 1] if box.first else None
    return before is not None and before.text.endswith(":") and before.kind == "paragraph" and not before.bold


def _is_box_of_stories(blocks: list[RawBlock]) -> bool:
    """A heading over nothing but titles of other stories."""
    first = blocks[0]
    heading = (first.kind == "heading" or first.bold) and not first.links
    return heading and len(blocks) > 2 and all(map(is_story_title, blocks[1:]))


def _is_list_of_stories(blocks: list[RawBlock]) -> bool:
    """Titles that are links to stories, or dates alone on a line: teasers, not prose."""
    titles = sum(map(is_story_title, blocks))
    dates = sum(1 for block in blocks if len(block.text) < 40 and date_line(block.text) != (None, None))
    linked = titles or sum(map(is_only_link, blocks))
    return titles >= 2 or (linked >= 2 and dates >= 2) or bool(titles and dates)


def _trimmed(outline: Outline, story: list[int], beside: list[int]) -> list[int]:
    """Take lines of furniture out, and a box without walls (``Related stories`` and its links) off the end."""
    kept: list[int] = []
    skipping = reading = False
    for place, number in enumerate(story):
        block = outline.blocks[number]
        text = block.text
        if NOTES.match(text) or FURTHER.match(text):
            skipping, reading = False, True
        elif len(text) < 120 and BOX_HEADING.match(text) and _is_tail(outline, story[place + 1 :]):
            skipping = True
        if block.pieces and all(map(FURNITURE.match, block.pieces)):
            continue
        if skipping or ENDS.match(text) or (len(text) < 60 and FURNITURE.match(text)) or STANDING.match(text):
            continue
        if not kept and len(text) < 200 and _is_label(block):
            beside.append(number)
            continue
        if is_only_link(block) and block.kind == "paragraph" and text.count(" ") < 5 and not reading:
            continue
        kept.append(number)
    return kept


def _is_tail(outline: Outline, after: list[int]) -> bool:
    """Whether what follows is links and labels up to the end or up to the notes."""
    prose = linked = 0
    for number in after:
        block = outline.blocks[number]
        if NOTES.match(block.text) or FURTHER.match(block.text):
            break
        prose += prose_words(block)
        linked += bool(block.links)
    return bool(after) and linked > 0 and prose < 80


def _is_label(block: RawBlock) -> bool:
    """A date, a byline or a line of labels between headline and story."""
    if "|" in block.text[:40] or (len(block.text) < 60 and _BYLINE.match(block.text) and block.text[-1] != "."):
        return True
    if prose_words(block):
        return False
    return date_line(block.text) != (None, None) or (bool(block.links) and block.link_chars * 10 > len(block.text) * 7)


@lru_cache(maxsize=2048)
def _hinted(classes: str) -> bool:
    return _HINT.search(classes) is not None
