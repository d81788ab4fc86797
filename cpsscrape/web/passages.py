"""An article's body in the shape of a page: parts, lines, and who says which stretch of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cpsscrape.presentation.passages import body_blocks, cases_of, spoken_ranges

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cpsscrape.archive.stored import Row, StoredArticle


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Some text of a block; ``quote`` is what it belongs to, ``first`` where that quote begins."""

    text: str
    quote: Row | None = None
    first: bool = False


@dataclass(slots=True, kw_only=True)
class Line:
    """A block, or the items of a list; ``notes`` are the quotes that begin in it."""

    kind: str
    level: int
    items: list[list[Stretch]]
    notes: list[Row] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Part:
    """Lines that belong together: a case study, or what stands between two of them."""

    case: Row | None
    lines: list[Line] = field(default_factory=list)


def parts(stored: StoredArticle) -> list[Part]:
    """Return the body in reading order; notes and captions are no part of it."""
    blocks = body_blocks(stored)
    found: list[Part] = []
    for block, case in zip(blocks, cases_of(stored, blocks), strict=True):
        if not found or found[-1].case is not case:
            found.append(Part(case=case))
        begun = [quote for quote in stored.quotes if block["start"] <= _beginning(quote) < block["end"]]
        _add(found[-1].lines, block, list(_stretches(stored.quotes, block)), begun)
    return found


def outside(stored: StoredArticle, section: str) -> list[Line]:
    """Return the lines of a section that is not the body: ``notes`` or ``further_reading``."""
    lines: list[Line] = []
    for block in stored.blocks:
        titled = block["kind"] == "heading" and not lines  # the page gives the section its own title
        if block["section"] == section and block["kind"] != "caption" and not titled:
            _add(lines, block, [Stretch(text=block["text"])], [])
    return lines


def _beginning(quote: Row) -> int:
    return int(quote["pieces"][0]["start"] if quote["pieces"] else quote["start"])


def _add(lines: list[Line], block: Row, stretches: list[Stretch], notes: list[Row]) -> None:
    level = block["level"] or 1
    if block["kind"] == "list_item" and lines and lines[-1].kind == "list_item" and lines[-1].level == level:
        lines[-1].items.append(stretches)
        lines[-1].notes.extend(notes)
    else:
        lines.append(Line(kind=block["kind"], level=level, items=[stretches], notes=notes))


def _stretches(quotes: Sequence[Row], block: Row) -> Iterator[Stretch]:
    text, cursor = block["text"], 0
    for start, end, quote, first in sorted(spoken_ranges(quotes, block), key=lambda found: found[:2]):
        # An indirect quote may run over a partial one: the earlier keeps the text.
        begin = max(start, cursor)
        if begin >= end:
            continue
        if cursor < begin:
            yield Stretch(text=text[cursor:begin])
        cursor = end
        yield Stretch(text=text[begin:cursor], quote=quote, first=first)
    if cursor < len(text):
        yield Stretch(text=text[cursor:])
