"""Sections of a story: where notes to editors and further reading begin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cpsscrape.items import Block
from cpsscrape.normalise.conventions import LONGEST_HEADING, opens_notes, opens_reading

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cpsscrape.items import BlockKind, DraftBlock, Section

_SEPARATOR = "\n\n"


def place_blocks(drafted: Iterable[DraftBlock]) -> tuple[str, tuple[Block, ...]]:
    """The body, and the blocks with their sections and their offsets into it.

    Notes and further reading run from their heading on. They and captions have no offsets; the
    others stand a blank line apart.
    """
    section: Section = "body"
    parts: list[str] = []
    placed: list[Block] = []
    position = 0
    for kind, text, level, run_in in drafted:
        opened = _opened(kind, text)
        if opened:
            section = opened
            if kind != "heading":
                kind, level = "heading", None  # noqa: PLW2901 - a plain line that says it is one
        if section != "body" or kind == "caption":
            placed.append(Block(kind=kind, text=text, section=section, level=level, run_in=run_in))
            continue
        end = position + len(text)
        placed.append(Block(kind=kind, text=text, level=level, start=position, end=end, run_in=run_in))
        parts.append(text)
        position = end + len(_SEPARATOR)
    return _SEPARATOR.join(parts), tuple(placed)


def _opened(kind: BlockKind, text: str) -> Section | None:
    """The section a block is the heading of; a plain line counts where its words leave no doubt."""
    if len(text) > LONGEST_HEADING or kind not in ("heading", "paragraph"):
        return None
    if opens_notes(text):
        return "notes"
    return "further_reading" if opens_reading(text) else None


def notes_text(blocks: Iterable[Block]) -> str | None:
    """The notes to editors without their heading; None where there are none."""
    texts = [
        block.text
        for block in blocks
        if block.section == "notes" and not (block.kind == "heading" and opens_notes(block.text))
    ]
    return _SEPARATOR.join(texts) or None
