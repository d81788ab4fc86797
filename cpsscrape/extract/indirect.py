"""Reported speech without marks: ``said that …`` and ``according to …``, only the clear ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cpsscrape.extract import lexicon, welsh
from cpsscrape.extract.cues import cue_words, find_cues
from cpsscrape.extract.frame import Frame
from cpsscrape.extract.governors import subject_of
from cpsscrape.extract.inversions import subject_after
from cpsscrape.extract.words import DETERMINING, POSSESSIVE, WORD

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cpsscrape.extract.mentions import Mention
    from cpsscrape.extract.prose import Paragraph

_STOPS = frozenset({".", "!", "?", "…"})
_NO_SPEAKERS = frozenset(
    "law figures figure guidance data statistics act code rules records legislation section court jury evidence"
    " estimates research study survey plan tradition legend research".split()
)
_SUBJECTS = lexicon.PRONOUNS - {"who", "we", "i"}


class Report(NamedTuple):
    """Reported words: characters ``start`` to ``end`` of a paragraph, and their attribution."""

    start: int
    end: int
    frame: Frame
    sentence: int


_OPENERS = frozenset({"that", "according"})
_SUBORDINATES = frozenset("after before when because since although until once whether".split())
_TELLS = frozenset("tell inform assure remind warn advise notify promise convince persuade".split())


def may_report(text: str) -> bool:
    """A quick look: without one of these words a paragraph reports nothing."""
    return " that " in text or "ccording to" in text or "n ôl " in text


def find_reports(par: Paragraph, used: Mapping[int, int | None], language: str = "en") -> list[Report]:
    """The reports of one paragraph; ``used``: tokens of quotes that have an attribution, each with its cue."""
    if language == "cy":
        return _welsh(par, used)
    found: list[Report] = []
    sentences = {par.index_of(n) for n, token in enumerate(par.tokens) if token.low in _OPENERS}
    for index in sorted(sentences):
        first, last = par.sentences[index]
        report = _that_clause(par, first, last, used, index) or _according_to(par, first, last, used, index)
        if report is not None:
            found.append(report)
    return found


def _welsh(par: Paragraph, used: Mapping[int, int | None]) -> list[Report]:
    found = []
    for index, (first, last) in enumerate(par.sentences):
        said = None if any(first <= n < last for n in used) else welsh.according(par, first, last)
        if said is not None:
            cue, start, _, mentions = said
            end = last - 1 if par.tokens[last - 1].text in _STOPS else last
            frame = Frame("before", "utterance", cue, par.words(cue, cue + 2), mentions, "according")
            found.append(Report(par.start_of(start), par.end_of(end - 1), frame, index))
    return found


def _that_clause(par: Paragraph, first: int, last: int, used: Mapping[int, int | None], index: int) -> Report | None:
    tokens = par.tokens
    cues = find_cues(par, first, last)
    for cue in cues:
        if cue.use != "finite" or cue.negated or "t" not in cue.uses:
            continue
        if cue.at > first and tokens[cue.at - 1].low in {"who", "which"}:
            continue
        after = tokens[min(cue.at + 1, last - 1)]
        if cue.base not in _TELLS and after.traits & DETERMINING and after.low != "that":
            continue  # adds a pump in a field that
        that = _that_after(par, cue.at, last)
        if that is None or that + 2 >= last:
            continue
        end = _clause_end(par, that + 1, last)
        later = [cue_at for n, cue_at in used.items() if that < n < last]
        if any(at is None or at <= that for at in later):
            continue
        end = min([end, *(_before_cue(par, at, that) for at in later if at is not None)])
        if end <= that + 2:
            continue
        mentions = subject_of(par, cue, cues, first)
        if not mentions or mentions[0].head in _NO_SPEAKERS or _is_subordinate(par, mentions[0], cue.at):
            continue
        frame = Frame("before", "utterance", cue.at, cue_words(par, cue), mentions, "that")
        return Report(par.start_of(that + 1), par.end_of(end - 1), frame, index)
    return None


def _is_subordinate(par: Paragraph, subject: Mention, verb: int) -> bool:
    """``The wall was moved after shopkeepers complained that …``: no main clause says it."""
    for token in reversed(par.tokens[subject.last : verb]):
        if token.text == "," or token.low in {"and", "but"}:
            return False
        if token.low in _SUBORDINATES:
            return True
    return False


def _before_cue(par: Paragraph, cue: int, that: int) -> int:
    """Where the clause ends that another verb of saying follows: ``… and called it “…”``."""
    for n in range(cue - 1, that, -1):
        if par.tokens[n].low in {"and", "but", "while", "then"} or par.tokens[n].text in ",;":
            return n - 1 if par.tokens[n - 1].text == "," else n
    return cue


def _that_after(par: Paragraph, verb: int, last: int) -> int | None:
    """The ``that`` of ``told the court that``: only whom it was said to may stand between."""
    tokens = par.tokens
    for n in range(verb + 1, min(last, verb + 12)):
        token = tokens[n]
        if token.low == "that":
            return n if n == verb + 1 or tokens[n - 1].kind == WORD or tokens[n - 1].text == "," else None
        owns = token.text in "’'" and tokens[n - 1].low.endswith("s")  # told Ferrowby Magistrates’ Court that
        if (token.kind not in {WORD, POSSESSIVE} and not owns) or token.low in {"who", "which", "whose"}:
            return None
        if token.low in lexicon.BE or token.low in {"he", "she", "they", "was", "were", "how", "why", "what"}:
            return None
    return None


def _clause_end(par: Paragraph, start: int, last: int) -> int:
    """Before the full stop, before another main clause, before an added attribution."""
    tokens = par.tokens
    end = last
    while end > start and tokens[end - 1].text in _STOPS:
        end -= 1
    while end > start and tokens[end - 1].text in ",;":
        end -= 1
    for n in range(start, end):
        if tokens[n].text in {",", ";", "–", "—"} and n + 1 < end and _leaves(par, n + 1, end):
            return n
        if tokens[n].text == ":":
            return n
    return end


def _leaves(par: Paragraph, at: int, end: int) -> bool:
    """A new main clause or an added attribution begins here."""
    tokens = par.tokens
    if tokens[at].low in {"adding", "saying", "telling", "warning", "insisting", "claiming", "noting"}:
        return True
    if tokens[at].low not in {"but", "and", "while", "although", "though", "before", "which"}:
        return False
    if tokens[at].low == "and":
        follows = at + 2 < end and tokens[at + 2].low in lexicon.BE
        return follows and tokens[at + 1].low in {"that", "there"}
    return tokens[at].low == "but" and at + 1 < end and tokens[at + 1].low != "that"


def _according_to(par: Paragraph, first: int, last: int, used: Mapping[int, int | None], index: int) -> Report | None:
    tokens = par.tokens
    if any(first <= n < last for n in used):
        return None
    for n in range(first, last - 2):
        if tokens[n].low != "according" or tokens[n + 1].low != "to":
            continue
        mentions = subject_after(par, n + 2, last)
        if not mentions or mentions[0].head in _NO_SPEAKERS:
            return None
        words = par.words(n, n + 2)
        if n == first:
            comma = next((m for m in range(mentions[-1].last, last) if tokens[m].text == ","), None)
            if comma is None:
                return None
            end = _clause_end(par, comma + 1, last)
            frame = Frame("before", "utterance", n, words, mentions, "according")
            return Report(par.start_of(comma + 1), par.end_of(end - 1), frame, index) if comma + 1 < end else None
        if tokens[n - 1].text == "," and n - 1 > first:
            frame = Frame("after", "utterance", n, words, mentions, "according")
            return Report(par.start_of(first), par.end_of(n - 2), frame, index)
    return None
