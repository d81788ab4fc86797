"""Sections of a story: where notes to editors and further reading begin."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cpsscrape.items import Block
from cpsscrape.normalise.conventions import opens_notes, opens_reading

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cpsscrape.items import Section

_SEPARATOR = "\n\n"


def mark_sections(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Give every block its section: notes and further reading run from their heading on."""
    section: Section = "body"
    marked: list[Block] = []
    for block in blocks:
        opened = _opened(block)
        section = opened or section
        if section == "body":
            marked.append(block)
        elif opened and block.kind != "heading":
            marked.append(replace(block, section=section, kind="heading", level=None))
        else:
            marked.append(replace(block, section=section))
    return tuple(marked)


def _opened(block: Block) -> Section | None:
    """The section a block is the heading of; a plain line counts where its words leave no doubt."""
    if block.kind not in ("heading", "paragraph"):
        return None
    if opens_notes(block.text):
        return "notes"
    return "further_reading" if opens_reading(block.text) else None


def place_blocks(blocks: Iterable[Block]) -> tuple[str, tuple[Block, ...]]:
    """The body, and the blocks with their offsets into it.

    Captions, notes and further reading have none. Blocks stand a blank line apart.
    """
    parts: list[str] = []
    placed: list[Block] = []
    position = 0
    for block in blocks:
        if block.kind == "caption" or block.section in ("notes", "further_reading"):
            placed.append(block)
            continue
        end = position + len(block.text)
        placed.append(
            Block(
                kind=block.kind,
                text=block.text,
                section=block.section,
                level=block.level,
                start=position,
                end=end,
                run_in=block.run_in,
            )
        )
        parts.append(block.text)
        position = end + len(_SEPARATOR)
    return _SEPARATOR.join(parts), tuple(placed)


def notes_text(blocks: Iterable[Block]) -> str | None:
    """The notes to editors without their heading; None where there are none."""
    texts = [
        block.text
        for block in blocks
        if block.section == "notes" and not (block.kind == "heading" and opens_notes(block.text))
    ]
    return _SEPARATOR.join(texts) or None
