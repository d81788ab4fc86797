"""Who said what: the quotes and quoted terms of an article.

The parts, in order: marks → tokens and names → acts of speech → roster and speakers → records.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cpsscrape.extract.acts import Act, Stage
from cpsscrape.extract.confidence import measured
from cpsscrape.extract.indirect import Report, find_reports, may_report
from cpsscrape.extract.marks import find_spans
from cpsscrape.extract.prose import Paragraph, is_prose
from cpsscrape.extract.roster import Roster
from cpsscrape.extract.seams import SEAMS
from cpsscrape.extract.speakers import Cast
from cpsscrape.items import Block, Quote, QuotedTerm, QuotePiece

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cpsscrape.extract.marks import Span
    from cpsscrape.extract.mentions import Mention
    from cpsscrape.items import Attribution, QuoteKind, Speaker

_SPOKEN = frozenset({"body", "case_study"})


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
    """The quotes and terms of an article's blocks; only blocks with offsets carry any.

    The other blocks (notes, captions) and the headline may introduce people.
    """
    body = [block for block in blocks if block.start is not None]
    other = [block.text for block in blocks if block.start is None]
    reading = _Reading(body, [*other, headline or ""], language)
    return reading.quotes(), reading.terms()


class _Reading:
    """One article's reading: the stages run in ``__init__``, the records are built on request."""

    def __init__(self, blocks: Sequence[Block], extra: Sequence[str], language: str) -> None:
        self.blocks = blocks
        headings = {n for n, block in enumerate(blocks) if block.kind == "heading"}
        texts = [block.text if is_prose(block.text) else "" for block in blocks]
        apart = {n for n, block in enumerate(blocks) if block.kind == "block_quote"}
        self.spans = find_spans(texts, headings=headings, apart=apart, seams=SEAMS)
        self.paragraphs = _paragraphs(texts, self.spans)
        others = _paragraphs([text for text in extra if is_prose(text)], [])
        self.stage = Stage(self.paragraphs, self.spans, headings, language)
        self.reports = self._reports(headings, language)
        frames = [act.frame for act in self.stage.acts if act.frame] + [report.frame for _, report in self.reports]
        told = bool(self.stage.acts or self.reports)
        roster = Roster(
            self.paragraphs if told else (),
            others if told else (),
            language,
            only=_surnames(mention for frame in frames for mention in frame.mentions),
        )
        self.cast = Cast(self.paragraphs, roster, headings)

    def _reports(self, headings: set[int], language: str) -> list[tuple[int, Report]]:
        taken = {
            id(span): act.frame.cue if act.frame and act.block == span.block else None
            for act in self.stage.acts
            for span in act.spans
        }
        found: list[tuple[int, Report]] = []
        for par in self.paragraphs:
            if par.number in headings or not may_report(par.text):
                continue
            used = {n: taken[id(self.spans[number])] for n, number in par.quotes if id(self.spans[number]) in taken}
            found.extend((par.number, report) for report in find_reports(par, used, language))
        return found

    def quotes(self) -> tuple[Quote, ...]:
        """The quotes in order; who ``she`` is depends on who spoke before, so they are made in that order."""
        order: list[tuple[int, int, Act | Report]] = [
            (act.spans[0].block, act.spans[0].start, act) for act in self.stage.acts
        ]
        order.extend((block, report.start, report) for block, report in self.reports)
        order.sort(key=lambda row: row[:2])
        quotes: list[Quote] = []
        previous: Quote | None = None
        for block, _, what in order:
            if isinstance(what, Act):
                quote = self._from_act(what, len(quotes) + 1, previous)
            else:
                quote = self._from_report(what, block, len(quotes) + 1)
            quotes.append(quote)
            previous = quote
        return tuple(quotes)

    def _from_act(self, act: Act, position: int, previous: Quote | None) -> Quote:
        frame = act.frame
        pieces = tuple(self._piece(span) for span in act.spans)
        speakers: tuple[Speaker, ...] = ()
        attribution: Attribution = act.attribution  # type: ignore[assignment] # an act holds it as text
        cue = frame.words if frame else None
        rule = frame.rule if frame else attribution
        if frame is not None:
            speakers = self.cast.resolve(frame, (act.block, act.sentence), "\n".join(p.text for p in pieces))
        elif act.inherits and previous is not None:
            speakers = tuple(_inherited(s) for s in previous.speakers)
        if not speakers:
            attribution = "none"
        opened = act.spans[0].opened
        kind: QuoteKind = "unmarked" if not opened else ("direct" if act.whole else "partial")
        rule = f"{kind}-{rule}-{speakers[0].resolution if speakers else 'unknown'}"
        return Quote(
            position=position, text="\n\n".join(p.text for p in pieces), kind=kind, cue=cue,
            attribution=attribution, start=self._base(act.spans[0].block) + act.spans[0].start,
            end=self._base(act.spans[-1].block) + act.spans[-1].end,
            confidence=measured(rule), rule=rule, pieces=pieces, speakers=speakers,
        )  # fmt: skip

    def _from_report(self, report: Report, block: int, position: int) -> Quote:
        frame = report.frame
        speakers = self.cast.resolve(frame, (block, report.sentence))
        base = self._base(block)
        piece = QuotePiece(
            text=self.blocks[block].text[report.start : report.end], start=base + report.start, end=base + report.end
        )
        rule = f"indirect-{frame.rule}-{speakers[0].resolution if speakers else 'unknown'}"
        return Quote(
            position=position, text=piece.text, kind="indirect", cue=frame.words,
            attribution=frame.where if speakers else "none", start=piece.start, end=piece.end,
            confidence=measured(rule), rule=rule, pieces=(piece,), speakers=speakers,
        )  # fmt: skip

    def terms(self) -> tuple[QuotedTerm, ...]:
        """Words in marks that nobody uttered, in order."""
        pieces = (self._piece(span) for span in self.stage.terms)
        return tuple(QuotedTerm(text=p.text, start=p.start, end=p.end) for p in pieces)

    def _base(self, block: int) -> int:
        return self.blocks[block].start or 0

    def _piece(self, span: Span) -> QuotePiece:
        base = self._base(span.block)
        text = self.blocks[span.block].text[span.inner_start : span.inner_end]
        return QuotePiece(text=text, start=base + span.inner_start, end=base + span.inner_end)


def _paragraphs(texts: Sequence[str], spans: Sequence[Span]) -> list[Paragraph]:
    numbered: dict[int, list[tuple[int, Span]]] = {}
    for number, span in enumerate(spans):
        numbered.setdefault(span.block, []).append((number, span))
    return [Paragraph(n, text, spans, numbered.get(n, ())) for n, text in enumerate(texts)]


def _surnames(mentions: Iterable[Mention]) -> frozenset[str] | None:
    """The last names in lower case, if every mention is a full name."""
    named = list(mentions)
    return frozenset(m.name.casefold().split()[-1] for m in named) if all(m.full for m in named) else None


def _inherited(speaker: Speaker) -> Speaker:
    return replace(speaker, resolution="inherited")
