"""The words of a paragraph outside its quotation marks, and its sentences."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from cpsscrape.extract.words import BREAK, CLAIMS, ENDS, NUMBER, OPENER, QUOTE, WORD, quote_of, word_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cpsscrape.extract.marks import Span
    from cpsscrape.extract.prose import Paragraph
    from cpsscrape.extract.words import Token

# The first line is no rule of its own: a plain word before a space, as most are, is what the fifth would find.
_TOKEN = re.compile(
    r"""
    [A-Za-z]++(?=[ ,])
    |(?:(?=[A-Zv])(?:(?:[A-Z]\.){2,}
       |(?:Dr|Mr|Mrs|Ms|Prof|St|Lt|Gen|Sgt|Sen|Rep|Gov|Rev|Jr|Sr|Supt|Insp|Det|Ch|Col|Capt|Maj|Cllr|Hon|Rt|vs|Cpl|Insp)\.(?=[\s,])
       |[A-Z]\.(?=\s+[A-Z(]|,)))
    |(?<=\w)[’'][sr]\b
    |\d+(?:-[a-z]+)+
    |[^\W\d_][^\W_]*(?:(?:[-&/‑](?=[^\W_])|[’'](?![sr]\b)(?=[^\W\d_])|\.(?=[a-z]))[^\W_]*)*
    |\d(?:[\d,./:]*\d)?(?:st|nd|rd|th)?
    |[\n\t]
    |\.{3}|\S
    """,
    re.VERBOSE,
)
# "Ann J. Lee": an initial, where "Plan J. She" ends a sentence
_INITIAL = re.compile(r"\.(?<=[A-Z]\.)\s+[A-Z(]")
# LONDON – ; NEW YORK, Nov. 3 (Reuters) - ; PARIS (AP) —
_DATELINE = re.compile(
    r"[A-Z][A-Z.'’-]+(?: [A-Z][A-Z.'’-]+){0,3}(?:, [A-Z][\w. ]{1,18})?(?: \([A-Z][\w ]{1,20}\))? (?:[—–-]|--) "
)
_LONGEST = 200  # tokens; a longer sentence is a list, or no prose
_SUBJECT = 7  # words of a subject before its verb
_BULLETS = frozenset("•*([-–—")


class Sentence(NamedTuple):
    """Tokens ``first`` to ``last`` (half-open) of a paragraph."""

    first: int
    last: int


def read_tokens(text: str, spans: Sequence[tuple[int, Span]] = ()) -> list[Token]:
    """Tokens of ``text``; each span (with its number) is one token of kind ``quote``."""
    tokens: list[Token] = []
    at = 0
    for number, span in spans:
        tokens.extend(_read_plain(text[at : span.start]))
        tokens.append(quote_of(number))
        at = span.end
    tokens.extend(_read_plain(text[at:] if at else text))
    return tokens


def _read_plain(text: str) -> Iterable[Token]:
    """The tokens of prose outside of quotes: but for an initial, no word asks what stands behind its space."""
    if _INITIAL.search(text):
        return map(word_of, _TOKEN.findall(text))
    *chunks, last = text.split(" ")
    return chain(chain.from_iterable(map(_read_chunk, chunks)), map(word_of, _TOKEN.findall(last)))


@lru_cache(maxsize=1 << 15)
def _read_chunk(chunk: str) -> tuple[Token, ...]:
    """The tokens of what stands between two spaces: a word with its points."""
    return tuple(map(word_of, _TOKEN.findall(f"{chunk} ")))


def read_starts(par: Paragraph, starts: list[int], last: int) -> None:
    """Add where the tokens up to ``last`` begin: they are found again, with nothing but white space between them."""
    text = par.text
    at = par.end_of(len(starts) - 1) if starts else 0
    for token in par.tokens[len(starts) : last + 1]:
        word = token.text
        if word:
            begin = text.find(word, at)
            at = begin + len(word)
        else:
            begin, at = par.spans[token.span].start, par.spans[token.span].end
        starts.append(begin)


def read_sentences(par: Paragraph) -> list[Sentence]:
    """Split at full stops and after quotes that end a sentence, never inside a quote.

    A dateline (``WASHINGTON (AP) —``) is a sentence of its own: nobody of that name speaks.
    """
    tokens = par.tokens
    count = len(tokens)
    first = _dateline(par)
    sentences = [Sentence(0, first)] if first else []
    ends = [n for n, token in enumerate(tokens) if token.traits & ENDS]
    if not ends or ends[-1] + 1 < count:
        ends.append(count - 1)
    for n in ends:
        while n - first > _LONGEST:
            sentences.append(Sentence(first, first + _LONGEST + 1))
            first += _LONGEST + 1
        if n >= first and (n + 1 == count or n - first == _LONGEST or _ends(par, n)):
            sentences.append(Sentence(first, n + 1))
            first = n + 1
    return sentences


def _dateline(par: Paragraph) -> int:
    """The number of tokens that a place and an agency before a dash take at the start of a story."""
    match = _DATELINE.match(par.text)
    if match is None:
        return 0
    return next((n for n in range(len(par.tokens)) if par.start_of(n) >= match.end()), 0)


def _asks(tokens: Sequence[Token], first: int) -> bool:
    """``“Who did this?” Ann Lee asked``: a subject and its verb of saying, and nothing before them."""
    if tokens[first].traits & OPENER:
        return False  # “Go!” She replied that
    for n in range(first, min(first + _SUBJECT, len(tokens))):
        if tokens[n].traits & CLAIMS:
            return n > first
        if tokens[n].kind != WORD:
            return False
    return False


def _ends(par: Paragraph, at: int) -> bool:
    token, after = par.tokens[at], par.tokens[at + 1]
    if token.kind == BREAK:
        return True
    begins = after.kind in (QUOTE, NUMBER) or after.text[0].isupper() or after.text in _BULLETS
    if token.kind != QUOTE:
        return begins
    last = par.text[par.spans[token.span].inner_end - 1]
    if last in "!?" and _asks(par.tokens, at + 1):
        return False
    return last in ".!?…’'\"" and begins and after.text not in _BULLETS
