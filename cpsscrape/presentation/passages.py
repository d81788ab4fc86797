"""Where the quotes and the case studies of an article stand among its blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cpsscrape.archive.stored import Row, StoredArticle

_MARKS = frozenset("“”‘’\"'„‟")


def body_blocks(stored: StoredArticle) -> list[Row]:
    """Return the blocks of the body in reading order; notes and captions have no place in it."""
    return [block for block in stored.blocks if block["start"] is not None]


def spoken_ranges(quotes: Sequence[Row], block: Row) -> Iterator[tuple[int, int, Row, bool]]:
    """Yield where pieces of quotes stand in a block's text, outer marks included, and whether a quote begins so."""
    text, origin = block["text"], block["start"]
    for quote in quotes:
        for number, piece in enumerate(quote["pieces"]):
            if block["start"] <= piece["start"] and piece["end"] <= block["end"]:
                start, end = piece["start"] - origin, piece["end"] - origin
                start -= start > 0 and text[start - 1] in _MARKS
                end += end < len(text) and text[end] in _MARKS
                yield start, end, quote, number == 0


def cases_of(stored: StoredArticle, blocks: Sequence[Row]) -> list[Row | None]:
    """Return for each block the case study it belongs to; the heading just before one is its title."""
    return [_case_of(stored, blocks, number) for number in range(len(blocks))]


def _case_of(stored: StoredArticle, blocks: Sequence[Row], number: int) -> Row | None:
    block = blocks[number]
    after = blocks[number + 1] if number + 1 < len(blocks) else None
    for case in stored.case_studies:
        if case["start"] <= block["start"] and block["end"] <= case["end"]:
            return case
        titled = block["kind"] == "heading" and block["section"] == "case_study"
        if titled and after is not None and after["start"] == case["start"]:
            return case
    return None
