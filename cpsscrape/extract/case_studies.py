"""Case studies told within a story: headed, run in, numbered, listed, or a paragraph each."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cpsscrape.extract.case_headings import bold_title, case_heading, run_in
from cpsscrape.extract.case_scopes import AHEAD, PSEUDO, Scope, Scopes, level_of
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

_HINTS = ("case", "example", "prosecution", "convict", "courts", "sentenced", "following", "achos", "enghreifft")


@dataclass(slots=True)
class _Case:
    """A case while it is gathered: ``first`` to ``last`` are its body's blocks, ``heading`` its title's."""

    boundary: Boundary
    confidence: float
    title: str | None = None
    heading: int | None = None
    level: int = PSEUDO + 1
    first: int | None = None
    last: int = 0


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


class _Finder:
    """One pass over the body's blocks with at most one case and one scope open."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self.blocks = blocks
        self.scopes = Scopes(blocks)
        self.cases: list[_Case] = []
        self.case: _Case | None = None
        self.scope: Scope | None = None
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
        level = level_of(block)
        named = case_heading(block.text)
        if named and not named.umbrella and not self.is_umbrella(number, named.title):
            self.leave(level)
            self.open(number, _Case("heading", 0.98, title=named.title, heading=number, level=level))
        elif named and not (self.case and self.case.heading is not None and level > self.case.level):
            self.case = None
            self.scope = self.scopes.umbrella(number, level, strict=named.strict)
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
        if self.case is None or level != self.case.level or level != PSEUDO or self.case.confidence < 0.98:
            return False
        for block in self.blocks[number + 1 : number + AHEAD]:
            if block.kind == "heading" and level_of(block) < level:
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
            and level_of(following) >= level_of(self.blocks[number])
            and not NUMBERED.search(self.blocks[number].text[-2:] + ". x")
            and case_heading(following.text) is None
        )

    def is_child(self, number: int, level: int) -> bool:
        """Whether a heading under an umbrella is a case's title."""
        scope = self.scope
        if scope is None or scope.mode != "heading":
            return False
        if level > scope.level:
            return scope.strict or self.scopes.is_told_under(number, level)
        if level == scope.level == PSEUDO or scope.same_level:
            return level == scope.level and self.scopes.is_told_under(number, level)
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
            and scope.level < level_of(self.blocks[number])
            and (opens_incident(following.text) and tells_incident(following.text))
        )

    def text(self, number: int, block: Block) -> None:
        """A block of text begins a case, goes on with one, or announces some."""
        named = run_in(block) if block.kind in ("paragraph", "list_item") else None
        if named:
            self.open(number, _Case("run_in", 0.95, title=named.title))
            self.scope = Scope(self.level, "run_in", strict=True)
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
            self.scope = self.scopes.announced(number, self.level)
        elif self.case:
            self.case = self.scope = None

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
