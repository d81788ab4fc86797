"""A subject at the front of its clause that a phrase or a clause without comma narrows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cpsscrape.extract import lexicon
from cpsscrape.extract.heads import POINTS, clause_start
from cpsscrape.extract.inversions import PRONOUNS
from cpsscrape.extract.mentions import Mention, anonymous
from cpsscrape.extract.phrases import noun_from
from cpsscrape.extract.words import (
    BEING,
    BODY,
    CLAIMS,
    DETERMINING,
    DOCUMENT,
    KIN,
    PAST,
    PREPOSITION,
    QUOTE,
    RELATIVE,
    ROLE,
    WORD,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cpsscrape.extract.prose import Paragraph
    from cpsscrape.extract.words import Token

Mentions = tuple[Mention, ...]
_CONNECTS = frozenset("and but while then however meanwhile".split())
_NARROWS = frozenset("who speaking writing talking working living standing".split())


def narrowed(par: Paragraph, first: int, end: int) -> Mentions:
    """``A man who was in the shop said``: the phrase at the clause's start that a who-clause without comma narrows."""
    tokens = par.tokens
    who = next((n for n in range(end - 2, first, -1) if _narrows(tokens, n)), None)
    if who is None or tokens[who - 1].kind != WORD or any(
        t.text in POINTS or t.kind == QUOTE or t.low in {"and", "but"} for t in tokens[who:end]
    ):  # fmt: skip
        return ()
    start = next((n + 1 for n in range(who - 1, first - 1, -1) if tokens[n].text in POINTS or tokens[n].kind == QUOTE),
                 first)  # fmt: skip
    if tokens[start].low not in lexicon.DETERMINERS:
        return ()
    noun = noun_from(tokens, start, who)
    return (anonymous(par, noun),) if noun is not None and noun.last == who else ()


def placed(par: Paragraph, first: int, end: int) -> Mentions:
    """``A neighbour in Mill Lane said``, ``The man accused of killing Ann Lee said``: who is at the front."""
    tokens = par.tokens
    start = clause_start(par, first, end)
    while start < end and tokens[start].low in _CONNECTS:
        start += 1
    noun = noun_from(tokens, start, end) if start < end else None
    if noun is None or noun.last >= end - 1 or not _is_tied(tokens[noun.last]):
        return ()
    name = next((n for n in par.names_in(noun.last, end) if n.end == end and n.full and n.sure), None)
    if name is not None and not _is_tied(tokens[name.begin - 1]):
        return ()  # The prosecutor in the case Ann Lee said
    clause = tokens[noun.last].traits & CLAIMS and tokens[noun.last + 1].traits & PREPOSITION  # accused of
    between = tokens[noun.last + bool(clause) : end]
    if any(t.kind != WORD or t.low == "and" or t.traits & (CLAIMS | BEING | RELATIVE) for t in between):
        return ()
    return (anonymous(par, noun),) if tokens[noun.head].traits & (KIN | ROLE | DOCUMENT | BODY) else ()


def _narrows(tokens: Sequence[Token], at: int) -> bool:
    """``who was there``, ``speaking to``, ``that runs the hospital``; not ``that the men ran``."""
    if tokens[at].low not in {"that", "which"}:
        return tokens[at].low in _NARROWS
    after = tokens[at + 1]
    return not after.capital and not after.traits & DETERMINING and after.low not in PRONOUNS


def _is_tied(token: Token) -> bool:
    """A word that ties what follows to what stands before: ``in``, ``accused``, ``acting``."""
    return token.kind == WORD and not token.capital and (
        bool(token.traits & (PREPOSITION | PAST)) or token.low.endswith("ing")
    )  # fmt: skip
