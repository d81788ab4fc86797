"""Acts of speech: which stretches in marks belong to one statement, and which are mere terms."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cpsscrape.extract import frames, lines, welsh
from cpsscrape.extract.frame import TERM, Frame

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from cpsscrape.extract.marks import Span
    from cpsscrape.extract.prose import Paragraph

_OTHER = re.compile(r"[^\w .!?]|_")
_LETTERS = re.compile("[a-z]+")


@dataclass(slots=True)
class Act:
    """One act of speech. ``block`` and ``sentence``: where its attribution stands."""

    spans: list[Span]
    whole: bool
    block: int
    sentence: int
    frame: Frame | None = None
    attribution: str = "none"
    inherits: bool = False
    places: list[tuple[int, int]] = field(default_factory=list)

    @property
    def last(self) -> tuple[int, int]:
        """Block and sentence of its last piece."""
        return self.places[-1]


class Stage:
    """Walks the spans of an article once; ``acts`` and ``terms`` are the result."""

    def __init__(
        self, paragraphs: Sequence[Paragraph], spans: Sequence[Span], headings: Collection[int], language: str = "en"
    ) -> None:
        self.find_frame = welsh.find_frame if language == "cy" else frames.find_frame
        self.line_before = welsh.line_before if language == "cy" else lines.line_before
        self.paragraphs = paragraphs
        self.spans = spans
        self.headings = headings
        self.acts: list[Act] = []
        self.terms: list[Span] = []
        self.current: Act | None = None
        self.echoes = find_echoes(paragraphs, spans)
        for par in paragraphs:
            if par.number in headings:
                self.current = None
            for at, number in par.quotes if par.numbered else ():
                if number not in self.echoes:
                    self._place(par, at, spans[number])
            if par.number in headings:
                self.current = None
        for act in self.acts:
            if act.frame is None and not act.inherits:
                self._name_later(act)

    def _name_later(self, act: Act) -> None:
        """``“One.`` ¶ ``“Two.”`` ¶ ``So said Ann Lee``: whose statement of several paragraphs it was."""
        block, sentence = act.last
        frame = self._named_after(self.paragraphs[block], (block, sentence))
        if frame is not None:
            act.frame, act.attribution = frame, "after"
            act.block, act.sentence = block + 1, 0

    def _place(self, par: Paragraph, at: int, span: Span) -> None:
        content = par.text[span.inner_start : span.inner_end]
        sentence = par.index_of(at)
        place = (par.number, sentence)
        frame = self.find_frame(par, at, content)
        current = self.current
        if not span.opened and not span.joined and (frame is None or not frame.mentions):
            frame = (
                self.line_before(self.paragraphs[par.number - 1], heading=False)
                if span.start == 0 and par.number
                else None
            )
            if frame is not None and frame.mentions:
                act = self._open(span, place, frame, whole=True, attribution="previous_block")
                act.block, act.sentence = par.number - 1, len(self.paragraphs[par.number - 1].sentences) - 1
            else:
                self.current = None
        elif frame is TERM:
            self.terms.append(span)
        elif span.joined and current is not None:
            self._join(current, span, place, frame)
        elif frame is not None:
            self._attributed(span, place, frame)
        elif par.number in self.headings:
            self.terms.append(span)
        elif self._stands_alone(par, at, sentence, content):
            self._whole(par, span, place)
        elif current is not None and current.frame is not None and self._same_sentence(current, place) and (
            current.frame.slot == "fragment"
        ):  # fmt: skip
            self._add(current, span, place)
        else:
            self.terms.append(span)

    def _join(self, current: Act, span: Span, place: tuple[int, int], frame: Frame | None) -> None:
        """A statement left open goes on; an attribution of its own makes it a new one."""
        if frame is None or frame.where == "before":
            self._add(current, span, place)
        elif current.frame is None:
            current.frame = frame
            current.block, current.sentence = place
            current.attribution = "after"
            self._add(current, span, place)
        else:
            self._open(span, place, frame, whole=True, attribution="after")

    def _attributed(self, span: Span, place: tuple[int, int], frame: Frame) -> None:
        current = self.current
        same = current is not None and current.frame is not None and current.block == place[0] and (
            frame.cue is not None and current.frame.cue == frame.cue and current.sentence == place[1]
        )  # fmt: skip
        if same and current is not None:
            if frame.slot == "utterance":
                current.whole = True
            if current.attribution == "after":
                current.attribution = "split"
            self._add(current, span, place)
            return
        whole = frame.slot == "utterance"
        loose = current is not None and current.frame is None and not (current.inherits and place[1] == 0)
        if frame.where == "after" and current is not None and loose and self._follows(current, place):
            current.frame = frame
            current.block, current.sentence = place
            current.attribution = "after"
            self._add(current, span, place)
            return
        self._open(span, place, frame, whole=whole, attribution=frame.where)

    def _open(self, span: Span, place: tuple[int, int], frame: Frame | None, *, whole: bool, attribution: str) -> Act:
        act = Act([span], whole, place[0], place[1], frame, attribution, places=[place])
        self.acts.append(act)
        self.current = act
        return act

    def _add(self, act: Act, span: Span, place: tuple[int, int]) -> None:
        if act.attribution == "after" and act.frame is not None and (act.block, act.sentence) <= place and (
            (act.block, act.sentence) != place
        ):  # fmt: skip
            act.attribution = "split"
        act.spans.append(span)
        act.places.append(place)
        self.current = act

    def _same_sentence(self, act: Act, place: tuple[int, int]) -> bool:
        return act.last == place

    def _stands_alone(self, par: Paragraph, at: int, sentence: int, content: str) -> bool:
        """The quote is its sentence, or begins a paragraph as a sentence of its own."""
        first, last = par.sentences[sentence]
        if at != first and not (at == first + 1 and par.tokens[first].text in "•*-–—"):
            return False
        rest = [t for t in par.tokens[at + 1 : last] if t.text not in ".,;"]
        return (not rest and len(content.split()) > 1) or (not rest and content[-1:] in ".!?")

    def _whole(self, par: Paragraph, span: Span, place: tuple[int, int]) -> None:
        current = self.current
        if current is not None and current.whole and self._follows(current, place) and not (
            current.frame is not None and place[1] == 0 and self._named_after(par, place)
        ):  # fmt: skip
            self._add(current, span, place)
            return
        first_of_block = place[1] == 0
        frame = None
        if first_of_block and par.number > 0:
            frame = self.line_before(self.paragraphs[par.number - 1], heading=par.number - 1 in self.headings)
        if frame is not None:
            act = self._open(span, place, frame, whole=True, attribution="previous_block")
            act.block, act.sentence = par.number - 1, len(self.paragraphs[par.number - 1].sentences) - 1
            return
        if not first_of_block:
            before = par.sentences[place[1] - 1]
            frame = lines.reaction_of(par, before.first, before.last)
            if frame is not None:
                self._open(span, place, frame, whole=True, attribution="before")
                return
        frame = self._named_after(par, place)
        if frame is not None:
            act = self._open(span, place, frame, whole=True, attribution="after")
            act.block, act.sentence = par.number + 1, 0
            return
        inherits = current is not None and current.attribution != "none" and self._may_inherit(current, place)
        act = self._open(span, place, None, whole=True, attribution="inherited" if inherits else "none")
        act.inherits = inherits

    def _named_after(self, par: Paragraph, place: tuple[int, int]) -> Frame | None:
        """The next block says whose words these were."""
        following = par.number + 1
        if place[1] + 1 < len(par.sentences) or following >= len(self.paragraphs) or following in self.headings:
            return None
        return lines.line_after(self.paragraphs[following])

    def _follows(self, act: Act, place: tuple[int, int]) -> bool:
        """Nothing but the act's own attribution stands between its last piece and this place."""
        block, sentence = act.last
        if block == place[0]:
            return sentence + 1 == place[1]
        return block + 1 == place[0] and place[1] == 0 and sentence == len(self.paragraphs[block].sentences) - 1

    def _may_inherit(self, act: Act, place: tuple[int, int]) -> bool:
        """Nobody else was brought in as a speaker since the act."""
        names = {n for m in (act.frame.mentions if act.frame else ()) for n in m.name.split()}
        block, sentence = act.last
        while (block, sentence) < place:
            par = self.paragraphs[block]
            sentence += 1
            if sentence >= len(par.sentences):
                block, sentence = block + 1, -1
                continue
            if (block, sentence) >= place:
                break
            first, last = self.paragraphs[block].sentences[sentence]
            for name in self.paragraphs[block].names:
                if first <= name.first < last and name.sure:
                    words = set(self.paragraphs[block].words(name.first, name.last).split())
                    if not words & names:
                        return False
        return True


def find_echoes(paragraphs: Sequence[Paragraph], spans: Sequence[Span]) -> set[int]:
    """Pull-quotes: paragraphs that only repeat, in marks, sentences of another quote."""
    if len(spans) < 2:
        return set()
    contents = [paragraphs[s.block].text[s.inner_start : s.inner_end] for s in spans]
    said = Counter(_LETTERS.findall(_without_apostrophes("\n".join(contents))))
    alone = [
        n
        for n, span in enumerate(spans)
        if _stands_in_frame(paragraphs[span.block], span) and _may_repeat(contents[n], said)
    ]
    if not alone:
        return set()
    owners: dict[str, list[int]] = {}
    texts = [_plain(content) for content in contents]
    for number, text in enumerate(texts):
        for part in text.split(". "):
            seen = owners.setdefault(part.strip(" ."), [])
            if len(seen) < 4:  # enough to know that it is said again
                seen.append(number)
    echoes: set[int] = set()
    for number in alone:
        parts = [p.strip(" .") for p in texts[number].split(". ")]
        others = [set(owners[p]) - {number} - echoes for p in parts if p]
        if parts and len(texts[number]) > 15 and all(others):
            bigger = [n for n in set.intersection(*others) if len(texts[n]) > len(texts[number]) or n < number]
            if bigger:
                echoes.add(number)
    return echoes


def _stands_in_frame(par: Paragraph, span: Span) -> bool:
    """The paragraph is the words in marks and little else."""
    return len(par.numbered) == 1 and len(par.text) - (span.end - span.start) <= 60 and len(par.tokens) <= 12


def _may_repeat(content: str, said: Counter[str]) -> bool:
    """A quick look: who says a sentence again says its longest word again."""
    longest = max(content.split(), key=len, default="").strip(".,;:!?").casefold()
    return not (longest.isascii() and longest.isalpha()) or said[longest] > 1


def _without_apostrophes(text: str) -> str:
    return text.casefold().replace("’", "").replace("'", "").replace("‘", "")


def _plain(text: str) -> str:
    kept = _OTHER.sub(" ", _without_apostrophes(text))
    return " ".join(kept.replace("!", ".").replace("?", ".").split())
