"""Sections of a story: where notes to editors and further reading begin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cpsscrape.items import Block
from cpsscrape.normalise.conventions import opens

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cpsscrape.items import DraftBlock, Section

_SEPARATOR = "\n\n"
_OPENERS = ("heading", "paragraph")  # a plain line counts where its words leave no doubt


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
        opened = opens(text) if kind in _OPENERS else None
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


def notes_text(blocks: Iterable[Block]) -> str | None:
    """The notes to editors without their heading; None where there are none."""
    texts = [
        block.text
        for block in blocks
        if block.section == "notes" and not (block.kind == "heading" and opens(block.text) == "notes")
    ]
    return _SEPARATOR.join(texts) or None
