"""Attribution: which verb of saying governs a stretch in marks, and whom it names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cpsscrape.extract import lexicon
from cpsscrape.extract.cues import cue_words, find_cues
from cpsscrape.extract.fragments import governing, in_words, is_named, trailing
from cpsscrape.extract.frame import ASIDE, CARRIERS, TERM, Frame, Slot
from cpsscrape.extract.governors import after_last_quote, next_quote, subject_of
from cpsscrape.extract.inversions import subject_after
from cpsscrape.extract.lines import colon_frame, last_cue, only_name
from cpsscrape.extract.subjects import subject_before
from cpsscrape.extract.words import DETERMINING, WORD

if TYPE_CHECKING:
    from cpsscrape.extract.cues import Cue
    from cpsscrape.extract.prose import Paragraph


_HEARERS = frozenset("him her them me us out at to back simply reporters officers police".split())
_ONE_WORD = frozenset("say answer reply shout yell scream whisper respond cry exclaim mutter".split())
_CLAUSE = frozenset("that as it was were is are be being been how what why whether if for of with by about".split())


def find_frame(par: Paragraph, at: int, content: str) -> Frame | None:
    """The attribution of the quote at token ``at``; ``TERM`` where its words are nobody's; None without any."""
    sentence = par.sentence_of(at)
    cues = find_cues(par, sentence.first, sentence.last)
    if is_named(par, at, sentence.first):
        return TERM
    near = (
        None
        if at > sentence.first and par.tokens[at - 1].low in CARRIERS
        else _directly_before(par, at, content, cues, sentence.first)
    )
    if near is not None:
        return near
    after = _directly_after(par, at, content, cues, sentence.first, sentence.last)
    if after is not None:
        return after
    words = in_words(par, at, sentence.first)
    if words is not None:
        return words
    before = governing(par, at, cues, sentence.first)
    if before is not None:
        return before
    return trailing(par, at, cues, sentence.last)


def _opens_upper(content: str) -> bool:
    for letter in content:
        if letter.isalnum():
            return letter.isupper() or letter.isdigit()
    return False


def _directly_before(par: Paragraph, at: int, content: str, cues: list[Cue], first: int) -> Frame | None:
    """``Ann Lee said: “…``, ``Ann Lee: “…``, ``she said, “…``, ``he shouted “…``."""
    if at <= first:
        return None
    token = par.tokens[at - 1]
    upper = _opens_upper(content)
    start = after_last_quote(par, first, at)
    if token.text == ":" or (token.text in ASIDE and token.text != "," and upper):
        return colon_frame(par, start, at - 1, cues, first, spoken=token.text == ":")
    if token.text == "," and upper:
        frame = last_cue(par, start, at - 1, cues, first, "utterance")
        return frame if frame is not None and frame.cue is not None and content[-1:] in ".,!?…" else None
    cue = next((c for c in cues if c.at < at and _only_object(par, c.at + 1, at)), None)
    if cue is None or "q" not in cue.uses or cue.use == "passive":
        return None
    if not upper and content[-1:] not in "!?" and not (content[-1:] == "." and cue.at == at - 1):
        return None
    if " " not in content and content[-1:] not in ".!?" and cue.base not in _ONE_WORD:
        return None
    mentions = subject_of(par, cue, cues, first)
    return Frame("before", "utterance", cue.at, cue_words(par, cue), mentions, "verb") if mentions else None


def _only_object(par: Paragraph, start: int, at: int) -> bool:
    """Nothing, or whom it was said to, stands between a verb and its quote: ``told him “…``."""
    words = par.tokens[start:at]
    if len(words) > 5 or any(t.low in _CLAUSE or t.kind != WORD for t in words):
        return False
    if not words:
        return True
    if words[-1].traits & DETERMINING and words[-1].low != "her":
        return False
    if len(words) == 1 and not words[0].capital and (words[0].low == "staff" or words[0].low.endswith("s")):
        return True  # told jurors “…
    return words[0].low in _HEARERS or words[0].low in lexicon.DETERMINERS or words[0].capital


def _directly_after(par: Paragraph, at: int, content: str, cues: list[Cue], first: int, last: int) -> Frame | None:
    """``“…,” said Ann Lee``, ``“…,” Ann Lee said``, ``“…” – Ann Lee``."""
    tokens = par.tokens
    start = at + 1
    comma = start < last and tokens[start].text in ASIDE
    dash = comma and tokens[start].text != ","
    start += 1 if comma else 0
    if start >= last or tokens[start].low in lexicon.RELATIVES or tokens[start].low in {"but", "while", "although"}:
        return None
    closed = content[-1:] in ",?!…—–-.'’" or comma
    whole = (at == first or tokens[at - 1].text in {":", ","} or _opens_upper(content)) and closed
    slot: Slot = "utterance" if whole and _opens_upper(content) and at == _clause_start(par, at, first) else "fragment"
    if tokens[start].low == "according" and start + 1 < last and tokens[start + 1].low == "to":
        mentions = subject_after(par, start + 2, last)
        return Frame("after", slot, start, par.words(start, start + 2), mentions, "according") if mentions else None
    limit = next_quote(par, start, last)
    here = [c for c in cues if start <= c.at < limit and c.use in {"finite", "infinitive"} and "q" in c.uses]
    if not here:
        name = only_name(par, start, last - 1 if tokens[last - 1].text == "." else last) if dash and at == first else ()
        return Frame("after", slot, None, None, name, "dash") if name else None
    cue = here[0]
    inverted = all(_is_filler(par, n) for n in range(start, cue.at))
    if inverted:
        mentions = subject_after(par, cue.at + 1, limit)
        if mentions or not closed:
            return Frame("after", slot, cue.at, cue_words(par, cue), mentions, "inverted") if mentions else None
    if not closed:
        return None
    if cue.at + 1 < last and tokens[cue.at + 1].text == ":" and not content.endswith(",") and not comma:
        return None
    mentions = subject_before(par, start, cue.at)
    lead = 5 if mentions and mentions[0].kin else 2  # “…,” his father, Bob Dean, told the court
    if not mentions or mentions[0].first - start > lead or (cue.at + 1 < last and tokens[cue.at + 1].low == "that"):
        return None
    return Frame("after", slot, cue.at, cue_words(par, cue), mentions, "after")


def _is_filler(par: Paragraph, at: int) -> bool:
    return par.tokens[at].low in {"also", "then", "later", "has", "have", "had"}


def _clause_start(par: Paragraph, at: int, first: int) -> int:
    """``at`` itself when the quote begins its sentence or follows a colon or another quote’s attribution."""
    if at == first or par.tokens[at - 1].text in {":", ","} or par.tokens[at - 1].low in {"and", "but"}:
        return at
    return first
