"""Whose a verb of saying is: its own subject, a shared one, the agent of a passive."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cpsscrape.extract.frame import ASIDE
from cpsscrape.extract.inversions import first_mention, subject_after
from cpsscrape.extract.subjects import subject_before
from cpsscrape.extract.words import QUOTE, WORD

if TYPE_CHECKING:
    from cpsscrape.extract.cues import Cue
    from cpsscrape.extract.mentions import Mention
    from cpsscrape.extract.prose import Paragraph


def after_last_quote(par: Paragraph, first: int, at: int) -> int:
    """The token after the last quote before ``at``, else ``first``."""
    for n, _ in reversed(par.quotes):
        if n < at:
            return max(n + 1, first)
    return first


def next_quote(par: Paragraph, first: int, last: int) -> int:
    """The first quote among tokens ``first`` to ``last``; ``last`` if there is none."""
    for n, _ in par.quotes:
        if n >= first:
            return min(n, last)
    return last


def subject_of(par: Paragraph, cue: Cue, cues: list[Cue], first: int) -> tuple[Mention, ...]:
    """The subject of a verb of saying, shared with an earlier verb where it has none of its own."""
    start = after_last_quote(par, first, cue.at)
    before = par.tokens[cue.at - 1] if cue.at > first else None
    if cue.use not in {"gerund", "infinitive"}:
        mentions = _own_subject(par, start, cue.at)
        if mentions:
            return mentions
    elif cue.use == "gerund":
        mentions = _participle_subject(par, start, cue.at)
        if mentions:
            return mentions
    earlier = [c for c in cues if c.at < cue.at and c.use in {"finite", "infinitive"}]
    if earlier:
        return subject_of(par, earlier[-1], cues, first)
    inverted = _inverted(par, cue, first) or _after_lead_in(par, cue, first)
    if inverted:
        return inverted
    shares = before is not None and (before.kind == WORD or before.text == "," or cue.use in {"gerund", "infinitive"})
    if not shares:
        return ()
    found = first_mention(par, first, cue.at)
    return found if not found or found[0].kind != "noun" or found[0].last < cue.at else ()


def _own_subject(par: Paragraph, start: int, verb: int) -> tuple[Mention, ...]:
    """The words right before the verb; of ``who`` and ``which``, what they refer to."""
    tokens = par.tokens
    if verb - 1 > start and tokens[verb - 1].low in {"who", "which"}:
        at = verb - 1
        at -= 1 if tokens[at - 1].text == "," else 0
        return subject_before(par, start, at, nearest=True)
    if verb - 2 > start and tokens[verb - 1].low == "and" and not tokens[verb - 2].capital:
        return ()  # Bob Dean met Ann Lee at a dance and told
    return subject_before(par, start, verb)


def _participle_subject(par: Paragraph, start: int, verb: int) -> tuple[Mention, ...]:
    """``Ann Lee, commenting on the case``, ``with one saying``."""
    tokens = par.tokens
    if verb - 1 >= start and tokens[verb - 1].text == ",":
        found = subject_before(par, start, verb - 1)
        return found if found and found[0].first - start <= 2 else ()
    for n in range(verb - 1, max(start, verb - 10) - 1, -1):
        if tokens[n].low == "with":
            return subject_before(par, n + 1, verb)
    return ()


def _inverted(par: Paragraph, cue: Cue, first: int) -> tuple[Mention, ...]:
    """``Said Ann Lee: “…``, and the same between two pieces."""
    at = cue.at - 1
    at -= 1 if at > first and par.tokens[at].text in ASIDE else 0
    if cue.at != first and par.tokens[at].kind != QUOTE:
        return ()
    stop = next_quote(par, cue.at + 1, len(par.tokens))
    return subject_after(par, cue.at + 1, stop)


def _after_lead_in(par: Paragraph, cue: Cue, first: int) -> tuple[Mention, ...]:
    """``Commenting after the case, Ann Lee from CPS Wessex: “…``, ``She was, said Ann Lee, “the kindest …``."""
    tokens = par.tokens
    leads = cue.at == first and cue.use == "gerund"
    if not leads and not (cue.at > first and tokens[cue.at - 1].text == "," and cue.use == "finite"):
        return ()
    ends = {":"} if leads else {","}
    start = next((n + 1 for n in range(cue.at, len(tokens)) if tokens[n].text == ","), None) if leads else cue.at + 1
    if start is None:
        return ()
    stop = next((n for n in range(start, len(tokens)) if tokens[n].kind == QUOTE or tokens[n].text in ends), start)
    found = subject_after(par, start, stop)
    return found if found and found[-1].last >= stop and tokens[stop].kind != QUOTE else ()


def agent_of(par: Paragraph, cue: Cue, end: int) -> tuple[Mention, ...]:
    """``described by Ann Lee as``: who did what a passive tells."""
    for n in range(cue.at + 1, end):
        if par.tokens[n].low == "by":
            return subject_after(par, n + 1, end)
        if par.tokens[n].kind == QUOTE:
            break
    return ()
