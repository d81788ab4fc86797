"""Case studies told within a story: headed, run in, numbered, listed, or a paragraph each."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import TYPE_CHECKING

from cpsscrape.extract.case_headings import bold_title, case_heading, run_in
from cpsscrape.extract.incidents import (
    NUMBERED,
    has_outcome,
    is_statement,
    leads_in,
    opens_incident,
    tells_incident,
)
from cpsscrape.items import CaseStudy

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cpsscrape.items import Block, Boundary

#: A pseudo-heading ranks below every real one.
_PSEUDO = 7
#: So many blocks are looked at ahead of a heading or a lead-in; no section is longer.
_AHEAD = 120
#: So many are looked at behind a lead-in to see whether they tell incidents.
_NEAR = 40
_HINTS = ("case", "example", "prosecution", "convict", "courts", "sentenced", "following", "achos", "enghreifft")
# Headings that go on with the story after cases which stood under headings of the same level.
_GOES_ON = re.compile(
    r"^(?:how|what|where|who|why|when|if|about|next|support|contact|further|background|our|more|advice|help|the future"
    r"|conclusion|sut|beth|ble|pam|cymorth|gwybodaeth)\b",
    re.IGNORECASE,
)


@dataclass(slots=True)
class _Case:
    """A case while it is gathered: ``first`` to ``last`` are its body's blocks, ``heading`` its title's."""

    boundary: Boundary
    confidence: float
    title: str | None = None
    heading: int | None = None
    level: int = _PSEUDO + 1
    first: int | None = None
    last: int = 0


@dataclass(slots=True)
class _Scope:
    """Where cases are expected: under an umbrella heading or behind a lead-in.

    ``mode`` says what begins one: a child ``heading``, a ``number``, a ``list_item``, a ``paragraph``.
    """

    level: int
    mode: str
    strict: bool
    list_level: int = 1
    same_level: bool = False


def find_case_studies(
    blocks: Sequence[Block], body: str, *, language: str = "en"
) -> tuple[tuple[Block, ...], tuple[CaseStudy, ...]]:
    """The blocks with the section of each case marked, and the cases in order.

    Works on the article's linear blocks with offsets. Nothing is inferred: a title stands on the
    page or is None.
    """
    del language  # openers and headings of both languages are tried on every text: stories mix them
    told = [number for number, block in enumerate(blocks) if block.start is not None]
    folded = body.casefold()
    if not any(hint in folded for hint in _HINTS):
        return tuple(blocks), ()
    finder = _Finder([blocks[number] for number in told])
    cases = finder.run()
    marked = list(blocks)
    found: list[CaseStudy] = []
    for case in cases:
        assert case.first is not None, "a case without text is dropped by the finder"
        top = case.heading if case.heading is not None else case.first
        for number in range(told[top], told[case.last] + 1):
            marked[number] = replace(marked[number], section="case_study")
        start, end = blocks[told[case.first]].start or 0, blocks[told[case.last]].end or 0
        found.append(
            CaseStudy(
                position=len(found) + 1,
                title=case.title,
                body=body[start:end],
                start=start,
                end=end,
                boundary=case.boundary,
                confidence=case.confidence,
            )
        )
    return tuple(marked), tuple(found)


def _level(block: Block) -> int:
    return block.level or _PSEUDO


class _Finder:
    """One pass over the body's blocks with at most one case and one scope open."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self.blocks = blocks
        self.cases: list[_Case] = []
        self.case: _Case | None = None
        self.scope: _Scope | None = None
        self.level = 0

    def run(self) -> list[_Case]:
        """Find the cases; those whose heading has no text under it are none."""
        for number, block in enumerate(self.blocks):
            if block.kind == "heading":
                self.heading(number, block)
            else:
                self.text(number, block)
        return [case for case in self.cases if case.first is not None]

    def open(self, number: int, case: _Case) -> None:
        """Begin a case; the one before it is closed."""
        self.case = case
        self.cases.append(case)
        if case.heading is None:
            case.first = case.last = number

    def heading(self, number: int, block: Block) -> None:
        """A heading begins a case, announces cases, stays inside one, or ends it."""
        level = _level(block)
        named = case_heading(block.text)
        if named and not named.umbrella and not self.is_umbrella(number, named.title):
            self.leave(level)
            self.open(number, _Case("heading", 0.98, title=named.title, heading=number, level=level))
        elif named and not (self.case and self.case.heading is not None and level > self.case.level):
            self.case = None
            self.scope = self.umbrella(number, level, strict=named.strict)
        elif self.case and self.case.heading is not None and (level > self.case.level or self.is_inner(number, level)):
            self.case.last = number
        elif self.is_child(number, level):
            self.open(number, _Case("heading", 0.95, title=block.text, heading=number, level=level))
        elif not self.is_topic(number):
            self.case = self.scope = None
        else:
            self.case = None
        if not self.case:
            self.level = level

    def is_inner(self, number: int, level: int) -> bool:
        """Whether a bold line inside a bold-headed case is the case's: another case comes later."""
        if self.case is None or level != self.case.level or level != _PSEUDO or self.case.confidence < 0.98:
            return False
        for block in self.blocks[number + 1 : number + _AHEAD]:
            if block.kind == "heading" and _level(block) < level:
                return False
            named = case_heading(block.text) if block.kind == "heading" else None
            if named:
                return not named.umbrella and named.title is not None
        return False

    def leave(self, level: int) -> None:
        """Leave a scope that a heading of its own level or a higher one ends."""
        if self.scope and level < self.scope.level:
            self.scope = None

    def is_umbrella(self, number: int, title: str | None) -> bool:
        """Whether a bare ``Case study`` only stands over the case's own heading."""
        if title is not None or number + 1 >= len(self.blocks):
            return False
        following = self.blocks[number + 1]
        return (
            following.kind == "heading"
            and _level(following) >= _level(self.blocks[number])
            and not NUMBERED.search(self.blocks[number].text[-2:] + ". x")
            and case_heading(following.text) is None
        )

    def section(self, number: int, level: int) -> list[int]:
        """The blocks under a heading, up to the next of its level or a higher one."""
        numbers = []
        for later in range(number + 1, min(number + _AHEAD, len(self.blocks))):
            block = self.blocks[later]
            if block.kind == "heading" and _level(block) <= level:
                break
            numbers.append(later)
        return numbers

    def umbrella(self, number: int, level: int, *, strict: bool) -> _Scope | None:
        """The scope an umbrella heading opens, if what stands under it tells cases."""
        under = self.section(number, level)
        children = [later for later in under if self.blocks[later].kind == "heading"]
        if children:
            if strict or self.told(children):
                return _Scope(level, "heading", strict)
            return None
        scope = self.headless(under, level, strict=strict) if under else None
        following = number + 1 + len(under)
        if scope or following >= len(self.blocks) or (under and level != _PSEUDO):
            return scope
        if _level(self.blocks[following]) == level and self.is_told_under(following, level):
            return _Scope(level, "heading", strict, same_level=True)
        return None

    def told(self, headings: list[int]) -> bool:
        """Whether most of these headings stand over an incident."""
        good = sum(self.is_told_under(number, _level(self.blocks[number])) for number in headings)
        return good * 2 > len(headings)

    def is_told_under(self, number: int, level: int) -> bool:
        """Whether a heading stands over an incident."""
        if self.blocks[number].kind != "heading" or _GOES_ON.match(self.blocks[number].text):
            return False
        texts = [self.blocks[later].text for later in self.section(number, level)]
        if not texts or texts[0].startswith(("Call ", "Ask ", "Use ", "Keep ")):
            return False
        return any(map(tells_incident, texts)) or (opens_incident(texts[0]) and texts[0].count(" ") > 9)

    def headless(self, under: list[int], level: int, *, strict: bool) -> _Scope | None:
        """The scope of cases without headings, by what the first blocks look like."""
        kinds = [self.blocks[number] for number in under]
        begins = kinds[0]
        if strict and sum(block.kind == "paragraph" and bold_title(block) is not None for block in kinds) > 1:
            return _Scope(level, "run_in", strict)
        if begins.kind == "list_item":
            items = [block for block in kinds if block.kind == "list_item"]
            top = min(block.level or 1 for block in items)
            first = [block for block in items if (block.level or 1) == top]
            return _Scope(level, "list_item", strict, list_level=top) if _mostly(first) else None
        if begins.kind != "paragraph":
            return None
        if NUMBERED.match(begins.text):
            return _Scope(level, "number", strict) if _mostly_numbered(kinds) else None
        if strict or _may_begin(begins):
            openers = [block for block in kinds if block.kind == "paragraph" and opens_incident(block.text)]
            if (openers and _mostly(openers)) or (strict and has_outcome(begins.text)):
                return _Scope(level, "paragraph", strict)
        return None

    def is_child(self, number: int, level: int) -> bool:
        """Whether a heading under an umbrella is a case's title."""
        scope = self.scope
        if scope is None or scope.mode != "heading":
            return False
        if level > scope.level:
            return scope.strict or self.is_told_under(number, level)
        if level == scope.level == _PSEUDO or scope.same_level:
            return level == scope.level and self.is_told_under(number, level)
        return False

    def is_topic(self, number: int) -> bool:
        """Whether a heading behind a lead-in sorts the cases that follow: ``Homophobic:``."""
        scope = self.scope
        if scope is None or number + 1 >= len(self.blocks):
            return False
        following = self.blocks[number + 1]
        if scope.mode == "number":
            return NUMBERED.match(following.text) is not None
        if scope.mode == "list_item":
            return following.kind == "list_item" and tells_incident(following.text)
        return (
            scope.mode == "paragraph"
            and scope.level < _level(self.blocks[number])
            and (opens_incident(following.text) and tells_incident(following.text))
        )

    def text(self, number: int, block: Block) -> None:
        """A block of text begins a case, goes on with one, or announces some."""
        named = run_in(block) if block.kind in ("paragraph", "list_item") else None
        if named:
            self.open(number, _Case("run_in", 0.95, title=named.title))
            self.scope = _Scope(self.level, "run_in", strict=True)
        elif self.scope and self.begins(block):
            titled = self.scope.mode == "run_in" or (self.scope.mode == "list_item" and self.scope.strict)
            title = bold_title(block) if titled else None
            boundary: Boundary = self.scope.mode  # type: ignore[assignment] # modes that start a case are boundaries
            self.open(number, _Case(boundary, self.confidence(block), title=title))
        elif self.case and self.case.heading is not None:
            self.case.first = number if self.case.first is None else self.case.first
            self.case.last = number
        elif self.case and self.goes_on(block):
            self.case.last = number
        elif block.kind == "paragraph" and leads_in(block.text):
            self.case = None
            self.scope = self.announced(number)
        elif self.case:
            self.case = self.scope = None

    def announced(self, number: int) -> _Scope | None:
        """The scope a lead-in opens, if incidents follow it."""
        following = self.blocks[number + 1 : number + 2]
        if following and following[0].kind == "heading":
            return self.announced_headings(number + 1)
        if not following or not _may_begin(following[0]):
            return None
        near = range(number + 1, min(number + _NEAR, len(self.blocks)))
        under = list(takewhile(lambda later: self.blocks[later].kind != "heading", near))
        return self.headless(under, self.level, strict=False)

    def announced_headings(self, first: int) -> _Scope | None:
        """Headings behind a lead-in are topics over numbers, lists or incidents, else titles."""
        level = _level(self.blocks[first])
        if first + 1 >= len(self.blocks) or case_heading(self.blocks[first].text):
            return None
        scope = self.headless(self.section(first, level) or [first], level - 1, strict=False)
        if scope is None or scope.mode != "paragraph" or self.blocks[first].text.endswith(":"):
            return scope
        return _Scope(level - 1, "heading", strict=False)

    def begins(self, block: Block) -> bool:
        """Whether a block begins a case in the open scope."""
        scope = self.scope
        assert scope is not None, "asked only where a scope is open"
        if scope.mode == "number":
            return block.kind == "paragraph" and NUMBERED.match(block.text) is not None
        if scope.mode == "list_item":
            return block.kind == "list_item" and (block.level or 1) == scope.list_level
        if scope.mode == "run_in":
            return block.kind == "paragraph" and bold_title(block) is not None
        if scope.mode != "paragraph" or block.kind != "paragraph" or is_statement(block.text):
            return False
        if self.case is None and tells_incident(block.text) and not self.cases_in_scope():
            return True
        return opens_incident(block.text)

    def cases_in_scope(self) -> bool:
        """Whether the open scope has given a case already."""
        return bool(self.cases) and self.cases[-1].boundary == "paragraph"

    def goes_on(self, block: Block) -> bool:
        """Whether a block goes on with a case that has no heading to end it."""
        assert self.case is not None, "asked only where a case is open"
        if self.case.boundary == "list_item":
            return block.kind == "list_item"
        if block.kind == "paragraph" and is_statement(block.text) and self.case.boundary != "run_in":
            return False
        return not leads_in(block.text)

    def confidence(self, block: Block) -> float:
        """How sure a start without heading is: a number more than an opener."""
        assert self.scope is not None, "asked only where a scope is open"
        sure = {"number": 0.92, "list_item": 0.88, "run_in": 0.9}.get(self.scope.mode)
        if sure is not None:
            return sure
        return 0.85 if opens_incident(block.text) and has_outcome(block.text) else 0.7


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
