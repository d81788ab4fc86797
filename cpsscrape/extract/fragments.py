"""Fragments within a sentence: which verb frames them, or that they are mere terms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cpsscrape.extract import lexicon
from cpsscrape.extract.cues import cue_words
from cpsscrape.extract.frame import ASIDE, CARRIERS, TERM, Frame
from cpsscrape.extract.governors import agent_of, subject_of
from cpsscrape.extract.inversions import subject_after
from cpsscrape.extract.mentions import Mention
from cpsscrape.extract.phrases import is_past
from cpsscrape.extract.subjects import subject_before
from cpsscrape.extract.words import DETERMINER, POSSESSIVE, WORD

if TYPE_CHECKING:
    from cpsscrape.extract.cues import Cue
    from cpsscrape.extract.prose import Paragraph


_MEANS = frozenset({"mean", "means", "meant", "meaning"})


def is_named(par: Paragraph, at: int, first: int) -> bool:
    """``the so-called “nerdy kid”``, ``known as “the firm”``."""
    n = at - 1
    while n >= first and (par.tokens[n].low in {"as", "the", "a", "by", "an"} or par.tokens[n].text in ",("):
        n -= 1
    if n < first:
        return False
    low = par.tokens[n].low
    if n == at - 1 and (low in _MEANS or (low == "to" and par.tokens[n - 1].low in {"amounts", "amounted", "amount"})):
        return True
    if _is_known_as(par, at, first) or (low in {"this", "these"} and n > first and par.tokens[n - 1].low == "call"):
        return True  # Prosecutors call this a “sentence uplift”
    if low in {"title", "words", "word", "name", "nickname", "slogan", "codename", "phrase", "term", "marked", "label",
               "reading", "reads", "themselves", "itself", "himself", "headline"} and n == at - 1:  # fmt: skip
        return True
    if low in {"called", "named", "termed"} and n == at - 1 and n > first and not _has_speaker(par, n):
        return True
    if low == "so-called" or (low == "known" and par.tokens[n + 1].low == "as"):
        return True
    return low in {"nicknamed", "entitled", "titled", "codenamed", "code-named", "dubbed"} or (
        par.tokens[n].text == "Operation" and n == at - 1
    )  # fmt: skip


def _is_known_as(par: Paragraph, at: int, first: int) -> bool:
    """``known around the gulf as the “no-drop zone”``."""
    end = at - 1 - (par.tokens[at - 1].traits & DETERMINER > 0)
    if end <= first or par.tokens[end].low != "as":
        return False
    known = next((n for n in range(end - 1, max(first, end - 6) - 1, -1) if par.tokens[n].low == "known"), None)
    return known is not None and all(t.kind == WORD for t in par.tokens[known:end])


def _has_speaker(par: Paragraph, at: int) -> bool:
    """``what she called “…”``: the word before the verb is who spoke; ``a group called “…”`` has none."""
    before = par.tokens[at - 1]
    one = lexicon.kin().get(before.low, ("", ""))[0] == "one" and par.tokens[max(0, at - 2)].low not in {"a", "an"}
    return (
        before.low in {"he", "she", "they", "has", "had", "also", "later", "police"} or before.capital or one
        or before.low in lexicon.role_nouns() or any(t.low in {"what", "whom"} for t in par.tokens[max(0, at - 6) : at])
    )  # fmt: skip


def governing(par: Paragraph, at: int, cues: list[Cue], first: int) -> Frame | None:
    """The nearest verb of saying before a fragment."""
    modifier = _modifies(par, at)
    for cue in reversed([c for c in cues if c.at < at]):
        if modifier and "p" not in cue.uses:
            return TERM
        if _cannot_frame(par, cue, at):
            continue
        frame = _passive(par, cue, at) if cue.use == "passive" else _active(par, cue, cues, at, first)
        if frame is not None:
            return frame
    return _according(par, at, first)


def _cannot_frame(par: Paragraph, cue: Cue, at: int) -> bool:
    """Planned, denied or thought, or a verb that needs a word it does not have (``spoke of``)."""
    tokens = par.tokens
    if (
        cue.use == "planned"
        or (cue.negated and cue.base != "deny")
        or cue.base in {"think", "wonder", "read", "mention"}
    ):
        return True
    if cue.use == "infinitive" and not (cue.at > 1 and tokens[cue.at - 2].low in {"on", "continued", "sought"}):
        return True
    thing = tokens[at - 1].low in {"a", "an"} and tokens[at - 2].low == "for"  # asked for a “sentence uplift”
    if cue.base == "ask" and (thing or cue.text.lower() == "ask"):
        return True
    if cue.uses == "f" and not _finds(par, cue, at):
        return True
    return cue.base in {"speak", "talk"} and tokens[cue.at + 1].low not in {"of", "about"}


def _passive(par: Paragraph, cue: Cue, at: int) -> Frame | None:
    """``was described by the judge as``; without an agent the words are a term."""
    agent = agent_of(par, cue, at) or _agent_after(par, at)
    if agent:
        return Frame("before", "fragment", cue.at, cue_words(par, cue), agent, "agent")
    plain = par.tokens[cue.at - 1].low in lexicon.BE or par.tokens[at - 1].low == "as"
    return TERM if plain else None


def _active(par: Paragraph, cue: Cue, cues: list[Cue], at: int, first: int) -> Frame | None:
    tokens = par.tokens
    words = cue_words(par, cue)
    if "p" in cue.uses and at - cue.at <= 3 and (agent := _agent_after(par, at)):
        return Frame("before", "fragment", cue.at, words, agent, "agent")
    if tokens[at - 1].low == "as" and "p" not in cue.uses:
        return TERM
    mentions = subject_of(par, cue, cues, first)
    if mentions and (mentions[0].head in CARRIERS or mentions[0].head == "law"):
        return TERM
    if cue.uses == "f" and mentions and mentions[0].kind != "body":
        return None
    if mentions:
        rule = "fragment" if "t" in cue.uses or "q" in cue.uses else "describe"
        return Frame("before", "fragment", cue.at, words, mentions, rule)
    if cue.use == "finite" and tokens[cue.at - 1].low in {"which", "that"}:
        return TERM
    if cue.use == "finite" and cue.base in {"say", "warn", "claim", "insist", "argue", "add"}:
        return Frame("before", "fragment", cue.at, words, (), "fragment")
    return None


def _finds(par: Paragraph, cue: Cue, at: int) -> bool:
    """``found that``, ``found “serious failings”``: a document or a body that finds states it."""
    return cue.at + 1 == at or (cue.at + 1 < at and par.tokens[cue.at + 1].low == "that")


def _modifies(par: Paragraph, at: int) -> bool:
    """``the “county lines” gang``: words that only make a noun more exact."""
    tokens = par.tokens
    before = tokens[at - 1].low if at else ""
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    return (
        before in lexicon.DETERMINING and after is not None and after.kind == WORD
        and after.text[:1].islower() and after.low not in lexicon.OPENERS and not lexicon.is_adverb(after.low)
        and after.low not in lexicon.verbs() and not is_past(after)
    )  # fmt: skip


def _agent_after(par: Paragraph, at: int) -> tuple[Mention, ...]:
    """``was described as “callous” by the judge``."""
    if at + 1 < len(par.tokens) and par.tokens[at + 1].low == "by":
        return subject_after(par, at + 2, len(par.tokens))
    return ()


def in_words(par: Paragraph, at: int, first: int) -> Frame | None:
    """``in her words, “…”``, ``in the words of Ann Lee, “…”``."""
    tokens = par.tokens
    for n in range(max(first, at - 9), at - 1):
        if tokens[n].low != "in":
            continue
        owner = tokens[n + 1].low
        if owner in {"his", "her", "their"} and any(t.low == "words" for t in tokens[n + 2 : at]):
            head = {"his": "he", "her": "she"}.get(owner, "they")
            gender = {"his": "m", "her": "f"}.get(owner, "")
            mention = Mention(
                text=tokens[n + 1].text, kind="pronoun", first=n + 1, last=n + 2, gender=gender, head=head
            )
            return Frame("before", "fragment", None, None, (mention,), "words")
        owned = next(
            (m for m in range(n + 2, at) if tokens[m].low == "words" and tokens[m - 1].kind == POSSESSIVE), None
        )
        if owned is not None:
            mentions = subject_before(par, n + 1, owned - 1)
            return Frame("before", "fragment", None, None, mentions, "words") if mentions else None
        if [t.low for t in tokens[n + 1 : n + 4]] == ["the", "words", "of"]:
            mentions = subject_after(par, n + 4, at)
            return Frame("before", "fragment", None, None, mentions, "words") if mentions else None
    return None


def _according(par: Paragraph, at: int, first: int) -> Frame | None:
    for n in range(at - 2, first - 1, -1):
        if par.tokens[n].low == "according" and par.tokens[n + 1].low == "to":
            mentions = subject_after(par, n + 2, at)
            if mentions:
                return Frame("before", "fragment", n, par.words(n, n + 2), mentions, "according")
    return None


def trailing(par: Paragraph, at: int, cues: list[Cue], last: int) -> Frame | None:
    """A fragment whose attribution ends the sentence, as in ``It was “cruel”, the judge said``."""
    tokens = par.tokens
    for n in range(at + 1, last - 2):
        if tokens[n].low == "according" and tokens[n + 1].low == "to":
            mentions = subject_after(par, n + 2, last)
            return Frame("after", "fragment", n, par.words(n, n + 2), mentions, "according") if mentions else None
    for cue in cues:
        if cue.at <= at or cue.use != "finite" or cue.negated:
            continue
        mentions = subject_before(par, at + 1, cue.at)
        if mentions and mentions[0].first > at + 1:
            before = tokens[mentions[0].first - 1]
            if before.text in ASIDE or before.low in {"how", "what", "as"}:
                return Frame("after", "fragment", cue.at, cue_words(par, cue), mentions, "trailing")
        if tokens[cue.at - 1].text in ASIDE and (inverted := subject_after(par, cue.at + 1, last)):
            return Frame("after", "fragment", cue.at, cue_words(par, cue), inverted, "trailing")
    return None
