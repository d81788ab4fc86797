"""Who said what: quotes and quoted terms of an article."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cpsscrape.extract.marks import find_spans
from cpsscrape.items import Block, Quote, QuotedTerm, QuotePiece

if TYPE_CHECKING:
    from collections.abc import Sequence


def find_quotes(paragraphs: Sequence[str], language: str = "en") -> tuple[Quote, ...]:
    r"""The quotes of running prose; offsets are into ``"\n\n".join(paragraphs)``."""
    blocks = []
    start = 0
    for text in paragraphs:
        blocks.append(Block(kind="paragraph", text=text, start=start, end=start + len(text)))
        start += len(text) + 2
    return find_quotes_in_blocks(blocks, language=language)[0]


def find_quotes_in_blocks(
    blocks: Sequence[Block], *, language: str = "en", headline: str | None = None
) -> tuple[tuple[Quote, ...], tuple[QuotedTerm, ...]]:
    """The quotes and terms of an article's blocks; only blocks with offsets carry any."""
    body = [block for block in blocks if block.start is not None]
    headings = {number for number, block in enumerate(body) if block.kind == "heading"}
    quotes: list[Quote] = []
    for span in find_spans([block.text for block in body], headings=headings):
        block = body[span.block]
        base = block.start or 0
        piece = QuotePiece(
            text=block.text[span.inner_start : span.inner_end],
            start=base + span.inner_start,
            end=base + span.inner_end,
        )
        quotes.append(
            Quote(
                position=len(quotes) + 1,
                text=piece.text,
                kind="direct",
                cue=None,
                attribution="none",
                start=base + span.start,
                end=base + span.end,
                confidence=0.5,
                rule="marks",
                pieces=(piece,),
            )
        )
    return tuple(quotes), ()
