"""Where cases are expected: under an umbrella heading, or behind a sentence that announces them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING

from cpsscrape.extract.case_headings import bold_title, case_heading
from cpsscrape.extract.incidents import NUMBERED, has_outcome, opens_incident, tells_incident

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cpsscrape.items import Block

#: A pseudo-heading ranks below every real one.
PSEUDO = 7
#: So many blocks are looked at ahead of a heading or a lead-in; no section is longer.
AHEAD = 120
#: So many are looked at behind a lead-in to see whether they tell incidents.
_NEAR = 40
# Headings that go on with the story after cases which stood under headings of the same level.
_GOES_ON = re.compile(
    r"^(?:how|what|where|who|why|when|if|about|next|support|contact|further|background|our|more|advice|help|the future"
    r"|conclusion|sut|beth|ble|pam|cymorth|gwybodaeth)\b",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Scope:
    """Where cases are expected: under an umbrella heading or behind a lead-in.

    ``mode`` says what begins one: a child ``heading``, a ``number``, a ``list_item``, a ``paragraph``.
    """

    level: int
    mode: str
    strict: bool
    list_level: int = 1
    same_level: bool = False


def level_of(block: Block) -> int:
    """The level of a heading; a pseudo-heading ranks below every real one."""
    return block.level or PSEUDO


class Scopes:
    """Looks ahead from an umbrella or a lead-in, to see what begins a case there, if anything does."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self.blocks = blocks

    def section(self, number: int, level: int) -> list[int]:
        """The blocks under a heading, up to the next of its level or a higher one."""
        numbers = []
        for later in range(number + 1, min(number + AHEAD, len(self.blocks))):
            block = self.blocks[later]
            if block.kind == "heading" and level_of(block) <= level:
                break
            numbers.append(later)
        return numbers

    def umbrella(self, number: int, level: int, *, strict: bool) -> Scope | None:
        """The scope an umbrella heading opens, if what stands under it tells cases."""
        under = self.section(number, level)
        children = [later for later in under if self.blocks[later].kind == "heading"]
        if children:
            if strict or self.told(children):
                return Scope(level, "heading", strict)
            return None
        scope = self.headless(under, level, strict=strict) if under else None
        following = number + 1 + len(under)
        if scope or following >= len(self.blocks) or (under and level != PSEUDO):
            return scope
        if level_of(self.blocks[following]) == level and self.is_told_under(following, level):
            return Scope(level, "heading", strict, same_level=True)
        return None

    def told(self, headings: list[int]) -> bool:
        """Whether most of these headings stand over an incident."""
        good = sum(self.is_told_under(number, level_of(self.blocks[number])) for number in headings)
        return good * 2 > len(headings)

    def is_told_under(self, number: int, level: int) -> bool:
        """Whether a heading stands over an incident."""
        if self.blocks[number].kind != "heading" or _GOES_ON.match(self.blocks[number].text):
            return False
        texts = [self.blocks[later].text for later in self.section(number, level)]
        if not texts or texts[0].startswith(("Call ", "Ask ", "Use ", "Keep ")):
            return False
        return any(map(tells_incident, texts)) or (opens_incident(texts[0]) and texts[0].count(" ") > 9)

    def headless(self, under: list[int], level: int, *, strict: bool) -> Scope | None:
        """The scope of cases without headings, by what the first blocks look like."""
        kinds = [self.blocks[number] for number in under]
        begins = kinds[0]
        if strict and sum(block.kind == "paragraph" and bold_title(block) is not None for block in kinds) > 1:
            return Scope(level, "run_in", strict)
        if begins.kind == "list_item":
            items = [block for block in kinds if block.kind == "list_item"]
            top = min(block.level or 1 for block in items)
            first = [block for block in items if (block.level or 1) == top]
            return Scope(level, "list_item", strict, list_level=top) if _mostly(first) else None
        if begins.kind != "paragraph":
            return None
        if NUMBERED.match(begins.text):
            return Scope(level, "number", strict) if _mostly_numbered(kinds) else None
        if strict or _may_begin(begins):
            openers = [block for block in kinds if block.kind == "paragraph" and opens_incident(block.text)]
            if (openers and _mostly(openers)) or (strict and has_outcome(begins.text)):
                return Scope(level, "paragraph", strict)
        return None

    def announced(self, number: int, level: int) -> Scope | None:
        """The scope a lead-in opens, if incidents follow it."""
        following = self.blocks[number + 1 : number + 2]
        if following and following[0].kind == "heading":
            return self.announced_headings(number + 1)
        if not following or not _may_begin(following[0]):
            return None
        near = range(number + 1, min(number + _NEAR, len(self.blocks)))
        under = list(takewhile(lambda later: self.blocks[later].kind != "heading", near))
        return self.headless(under, level, strict=False)

    def announced_headings(self, first: int) -> Scope | None:
        """Headings behind a lead-in are topics over numbers, lists or incidents, else titles."""
        level = level_of(self.blocks[first])
        if first + 1 >= len(self.blocks) or case_heading(self.blocks[first].text):
            return None
        scope = self.headless(self.section(first, level) or [first], level - 1, strict=False)
        if scope is None or scope.mode != "paragraph" or self.blocks[first].text.endswith(":"):
            return scope
        return Scope(level - 1, "heading", strict=False)


def _may_begin(block: Block) -> bool:
    """Whether a block can be the first of the cases that a lead-in announces: a look at it alone, since it is cheap."""
    if block.kind != "paragraph":
        return block.kind == "list_item"
    return NUMBERED.match(block.text) is not None or (tells_incident(block.text) and opens_incident(block.text))


def _mostly_numbered(blocks: list[Block]) -> bool:
    """Whether at least half of the numbered items tell an incident, run-on paragraphs counted in."""
    items: list[bool] = []
    for block in blocks:
        if NUMBERED.match(block.text):
            items.append(False)
        if items:
            items[-1] = items[-1] or tells_incident(block.text)
    return sum(items) * 2 >= len(items)


def _mostly(blocks: list[Block]) -> bool:
    """Whether at least half of the blocks tell an incident."""
    return sum(tells_incident(block.text) for block in blocks) * 2 >= len(blocks)
