"""Which blocks of a page are the story: around its headline, without its furniture."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cpsscrape.normalise.conventions import ENDS, opens
from cpsscrape.pages.anchor import is_column
from cpsscrape.pages.furniture import is_furniture
from cpsscrape.pages.labels import LABEL_LINK, is_known_label
from cpsscrape.pages.phrases import BOX_HEADING, FIELD_NAME, FURNITURE, STANDING
from cpsscrape.pages.weights import is_date, is_only_link, prose_words

if TYPE_CHECKING:
    from cpsscrape.pages.outline import Outline, RawBlock
    from cpsscrape.pages.weights import Sums

_BYLINE = re.compile(r"^(?:posted|published|cyhoeddwyd|by|gan|author|written by|last updated|updated)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Region:
    """The story's blocks by number, and those beside its headline that may be date and labels."""

    story: tuple[int, ...]
    beside: tuple[int, ...]


def region_of(outline: Outline, sums: Sums, anchor: int, headline: int | None, *, strict: bool) -> Region:
    """Sort the page's blocks into story, date-and-labels, and furniture.

    ``strict`` is for a known body box: of what stands outside it only notes to editors and
    further reading are the story's.
    """
    box = outline.boxes[anchor]
    first = box.first if headline is None else headline + 1
    if not box.first <= first < box.last:
        first = min(first, box.first)
    shell = box.last if strict else outline.boxes[_common(outline, anchor, headline)].last
    limit = _limit(outline, sums, shell)
    dropped = _dropped(outline, sums, anchor, first, limit)
    story: list[int] = []
    beside: list[int] = [] if headline is None else _before(outline, headline)
    notes = 0
    for number in range(first, limit):
        block = outline.blocks[number]
        if dropped[block.box]:
            continue
        if box.first <= number < box.last:
            story.append(number)
            continue
        if number >= box.last and sums.ends[number + 1] > sums.ends[number]:
            notes = max(notes, outline.boxes[_walls(outline, block.box)].last)
        told = number < shell and not strict and _is_told(block, begun=bool(story))
        told = told and not (number < box.first and _is_byline(outline, block))
        if number < notes or told or _is_standfirst(outline, block):
            story.append(number)
        elif number < box.first:
            beside.append(number)
    trimmed = tuple(_trimmed(outline, sums, story, beside))
    return Region(story=trimmed, beside=tuple(sorted(beside)))


def stands_alone(outline: Outline, sums: Sums, anchor: int, headline: int | None) -> bool:
    """Whether nothing around a known body box could be the story's: then both ways of reading give the same."""
    box = outline.boxes[anchor]
    if sums.ends[len(outline.blocks)] != sums.ends[box.last]:
        return False
    first = box.first if headline is None else min(headline + 1, box.first)
    outside = (*range(first, box.first), *range(box.last, outline.boxes[_common(outline, anchor, headline)].last))
    return not any(_is_told(outline.blocks[number], begun=number >= box.last) for number in outside)


def _side_columns(outline: Outline, sums: Sums, anchor: int) -> set[int]:
    """Columns beside the one the story stands in, by their own word for it, that tell little: ``Report it``."""
    found: set[int] = set()
    told = sums.weigh(sums.prose, outline, anchor)
    for inner in outline.ancestors(anchor)[:-1]:
        if not is_column(outline.boxes[inner].classes):
            continue
        row = outline.boxes[inner].parent
        first, last = outline.boxes[row].first, outline.boxes[row].last
        for number, box in enumerate(outline.boxes):
            beside = box.parent == row and number != inner and first <= box.first < box.last <= last
            if beside and is_column(box.classes) and sums.weigh(sums.prose, outline, number) * 3 < told:
                found.add(number)
    return found


def _is_told(block: RawBlock, *, begun: bool) -> bool:
    """Whether a block outside the story's box goes with the story: prose, and what follows prose."""
    if block.kind == "caption" or prose_words(block):
        return True
    return begun and (block.kind == "list_item" or not is_only_link(block))


def _is_standfirst(outline: Outline, block: RawBlock) -> bool:
    """Whether a block is grouped with the headline, as its second line."""
    box = outline.boxes[block.box]
    return block.kind == "paragraph" and "hgroup" in (box.tag, outline.boxes[box.parent].tag)


def _limit(outline: Outline, sums: Sums, shell: int) -> int:
    """The block at which nothing of the story can follow: behind the shell, or behind late notes."""
    total = len(outline.blocks)
    return shell if sums.ends[total] == sums.ends[shell] else total


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
    for number in range(headline - 1, max(-1, headline - 7), -1):
        if not _is_kicker(outline.blocks[number]):
            break
        found.insert(0, number)
    return found


def _is_kicker(block: RawBlock) -> bool:
    """A date, a line of labels, or known labels one by one; links to the front page and to listings are menus."""
    if block.text.startswith("|") or is_date(block.text):
        return True
    if len(block.text) > 120 or any(not LABEL_LINK.search(href) for href, _ in block.links):
        return False
    pieces = block.pieces or [block.text]
    return all(is_known_label(piece) or is_date(piece) for piece in pieces)


def _dropped(outline: Outline, sums: Sums, anchor: int, first: int, limit: int) -> list[bool]:
    """For each box whether it, or one around it, is furniture.

    Links between the headline and the text may be labels and are kept for ``beside``. Boxes
    outside ``first`` to ``limit`` are not looked at.
    """
    begins = outline.boxes[anchor].first
    path = set(outline.ancestors(anchor))
    columns = _side_columns(outline, sums, anchor)
    told = sums.weigh(sums.prose, outline, anchor)
    dropped = [False] * len(outline.boxes)
    inside = [False] * len(outline.boxes)
    for number, box in enumerate(outline.boxes):
        if box.last <= first or box.first >= limit or number in path:
            continue
        inside[number] = box.parent == anchor or inside[box.parent] or first <= box.first <= box.last <= begins
        aside = number in columns and not sums.ends[box.last] > sums.ends[box.first] and box.first >= begins
        most = begins <= box.first and sums.weigh(sums.prose, outline, number) * 2 > told  # whatever it is called
        dropped[number] = dropped[box.parent] or (
            not most and (aside or is_furniture(outline, sums, number, inside=inside[number]))
        )
    return dropped


def _trimmed(outline: Outline, sums: Sums, story: list[int], beside: list[int]) -> list[int]:
    """Take out lines of furniture, and from the end a box without walls: ``Related stories`` and its links."""
    kept: list[int] = []
    tails: list[bool] = []
    skipping = reading = False
    for place, number in enumerate(story):
        block = outline.blocks[number]
        short = len(block.text) < 200
        if sums.ends[number + 1] > sums.ends[number]:
            skipping, reading = False, True
        elif short and BOX_HEADING.match(block.text) and (tails := tails or _tails(outline, story))[place]:
            skipping = True
        elif short and kept and place + 5 > len(story) and _is_last_field(outline, story[place:]):
            beside.extend(story[place:])
            break
        elif block.kind == "heading" and place + 1 == len(story) and BOX_HEADING.match(block.text):
            skipping = True  # "Leave a reply", over a form
        if skipping or (short and _is_line_of_furniture(block)) or STANDING.match(block.text):
            continue
        if short and ((not kept and _is_label(block)) or (len(kept) < 3 and _is_field(outline, story, place))):
            beside.append(number)
        elif reading or not (block.links and _is_button(block)):
            kept.append(number)
    return kept


def _is_line_of_furniture(block: RawBlock) -> bool:
    if ENDS.match(block.text) or (len(block.text) < 60 and FURNITURE.match(block.text)):
        return True
    return len(block.parts) > 1 and all(piece.isdigit() or FURNITURE.match(piece) for piece in block.pieces)


def _is_button(block: RawBlock) -> bool:
    """``Work with us``: a link by itself, in a few words, is a button and not a paragraph."""
    return is_only_link(block) and block.kind == "paragraph" and block.text.count(" ") < 5


def _tails(outline: Outline, story: list[int]) -> list[bool]:
    """For each place whether what follows is links and labels up to the end or up to the notes."""
    tails: list[bool] = []
    prose, linked = 0, False
    for number in reversed(story):
        tails.append(linked and prose < 80)
        block = outline.blocks[number]
        if opens(block.text):
            prose, linked = 0, False
        else:
            prose += prose_words(block)
            linked = linked or bool(block.links)
    return tails[::-1]


def _is_field(outline: Outline, story: list[int], place: int) -> bool:
    """Whether a block before the story is a field's name with its value behind it, or such a value."""
    block = outline.blocks[story[place]]
    if block.kind == "heading":
        return False
    if FIELD_NAME.match(block.text):
        return place + 1 < len(story) and not prose_words(outline.blocks[story[place + 1]])
    return place > 0 and FIELD_NAME.match(outline.blocks[story[place - 1]].text) is not None and not prose_words(block)


def _is_last_field(outline: Outline, rest: list[int]) -> bool:
    """Whether the story ends with a field's name and its short value: ``Area``, ``North East``."""
    blocks = [outline.blocks[number] for number in rest[:5]]
    field = FIELD_NAME.match(blocks[0].text)
    if field is None or not field["label"] or not 1 < len(rest) < 5:
        return False
    return all(len(block.text) < 60 and not prose_words(block) for block in blocks)


def _is_byline(outline: Outline, block: RawBlock) -> bool:
    """Whether a block before the text is a label, a field's name or an author's address."""
    return _is_label(block) or FIELD_NAME.match(block.text) is not None or outline.boxes[block.box].tag == "address"


def _is_label(block: RawBlock) -> bool:
    """A date, a byline or a line of labels between headline and story."""
    text = block.text
    if "|" in text[:40] or (len(text) < 60 and _BYLINE.match(text) and text[-1] != "."):
        return True
    if prose_words(block):
        return False
    return is_date(text) or (bool(block.links) and block.link_chars * 10 > len(text) * 7)
