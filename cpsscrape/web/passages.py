"""An article's body in the shape of a page: parts, lines, and who says which stretch of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cpsscrape.archive.stored import Row, StoredArticle

_MARKS = frozenset("“”‘’\"'„‟")
DOUBTFUL = 0.7  # below this a judgement is shown as doubtful, as on the terminal


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
    blocks = [block for block in stored.blocks if block["start"] is not None]
    found: list[Part] = []
    for number, block in enumerate(blocks):
        case = _case_of(stored, blocks, number)
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


def _case_of(stored: StoredArticle, blocks: Sequence[Row], number: int) -> Row | None:
    """Return the case study a block belongs to; the heading just before one is its title."""
    block = blocks[number]
    after = blocks[number + 1] if number + 1 < len(blocks) else None
    for case in stored.case_studies:
        if case["start"] <= block["start"] and block["end"] <= case["end"]:
            return case
        titled = block["kind"] == "heading" and block["section"] == "case_study"
        if titled and after is not None and after["start"] == case["start"]:
            return case
    return None


def _stretches(quotes: Sequence[Row], block: Row) -> Iterator[Stretch]:
    text, origin, cursor = block["text"], block["start"], 0
    for start, end, quote, first in sorted(_ranges(quotes, block), key=lambda found: found[:2]):
        # An indirect quote may run over a partial one: the earlier keeps the text.
        begin = max(start - origin, cursor)
        if begin >= end - origin:
            continue
        if cursor < begin:
            yield Stretch(text=text[cursor:begin])
        cursor = end - origin
        yield Stretch(text=text[begin:cursor], quote=quote, first=first)
    if cursor < len(text):
        yield Stretch(text=text[cursor:])


def _ranges(quotes: Sequence[Row], block: Row) -> Iterator[tuple[int, int, Row, bool]]:
    """Yield where pieces of quotes stand in a block, their outer marks included."""
    for quote in quotes:
        for number, piece in enumerate(quote["pieces"]):
            start, end = piece["start"], piece["end"]
            if block["start"] <= start and end <= block["end"]:
                text, origin = block["text"], block["start"]
                start -= start > origin and text[start - origin - 1] in _MARKS
                end += end < block["end"] and text[end - origin] in _MARKS
                yield start, end, quote, number == 0
