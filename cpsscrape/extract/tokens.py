"""The words of a paragraph outside its quotation marks, and its sentences."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from cpsscrape.extract.words import BREAK, CLAIMS, NUMBER, OPENER, POINT, QUOTE, WORD, word_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cpsscrape.extract.marks import Span

_TOKEN = re.compile(
    r"""
    (?:(?=[A-Zv])(?:(?:[A-Z]\.){2,}
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
# LONDON – ; NEW YORK, Nov. 3 (Reuters) - ; PARIS (AP) —
_DATELINE = re.compile(
    r"[A-Z][A-Z.'’-]+(?: [A-Z][A-Z.'’-]+){0,3}(?:, [A-Z][\w. ]{1,18})?(?: \([A-Z][\w ]{1,20}\))? (?:[—–-]|--) "
)
_LONGEST = 200  # tokens; a longer sentence is a list, or no prose
_SUBJECT = 7  # words of a subject before its verb
_BULLETS = frozenset("•*([-–—")
_STOPS = frozenset(".!?…") | {"..."}


class Token(NamedTuple):
    """A word, a mark of punctuation, or a whole quote (``span`` is its number among the spans).

    ``low`` to ``traits`` are of the word itself (``words.word_of``).
    """

    text: str
    low: str
    start: int
    end: int
    kind: str
    span: int = -1
    capital: bool = False
    traits: int = 0


class Sentence(NamedTuple):
    """Tokens ``first`` to ``last`` (half-open) of a paragraph."""

    first: int
    last: int


def read_tokens(text: str, spans: Sequence[tuple[int, Span]] = ()) -> list[Token]:
    """Tokens of ``text``; each span (with its number) is one token of kind ``quote``."""
    tokens: list[Token] = []
    at = 0
    for number, span in spans:
        _read_plain(text, at, span.start, tokens)
        tokens.append(Token("", "", span.start, span.end, QUOTE, number))
        at = span.end
    _read_plain(text, at, len(text), tokens)
    return tokens


def _read_plain(text: str, start: int, end: int, tokens: list[Token]) -> None:
    # The innermost loop: tuple.__new__ takes a third of the time of Token(…), and finding the words again,
    # with nothing but white space between them, less than a match object for each.
    new, add, known, find = tuple.__new__, tokens.append, word_of, text.find
    at = start
    for word in _TOKEN.findall(text, start, end):
        low, kind, capital, traits = known(word)
        begin = find(word, at)
        at = begin + len(word)
        add(new(Token, (word, low, begin, at, kind, -1, capital, traits)))


def read_sentences(text: str, tokens: Sequence[Token], spans: Sequence[Span]) -> list[Sentence]:
    """Split at full stops and after quotes that end a sentence, never inside a quote.

    A dateline (``WASHINGTON (AP) —``) is a sentence of its own: nobody of that name speaks.
    """
    sentences = []
    count = len(tokens)
    first = _dateline(text, tokens)
    if first:
        sentences.append(Sentence(0, first))
    for n, token in enumerate(tokens[first:], first):
        if token.kind == WORD and n - first < _LONGEST and n + 1 < count:
            continue
        if n + 1 == count or n - first >= _LONGEST or _ends(text, tokens, n, spans):
            sentences.append(Sentence(first, n + 1))
            first = n + 1
    return sentences


def _dateline(text: str, tokens: Sequence[Token]) -> int:
    """The number of tokens that a place and an agency before a dash take at the start of a story."""
    match = _DATELINE.match(text)
    if match is None:
        return 0
    return next((n for n, token in enumerate(tokens) if token.start >= match.end()), 0)


def _asks(tokens: Sequence[Token], first: int) -> bool:
    """``“Who did this?” Ann Lee asked``: a subject and its verb of saying, and nothing before them."""
    if tokens[first].traits & OPENER:
        return False  # “Go!” She replied that
    for token in tokens[first : first + _SUBJECT]:
        if token.traits & CLAIMS:
            return token is not tokens[first]
        if token.kind != WORD:
            return False
    return False


def _ends(text: str, tokens: Sequence[Token], at: int, spans: Sequence[Span]) -> bool:
    token, after = tokens[at], tokens[at + 1]
    if token.kind == BREAK:
        return True
    begins = after.kind in (QUOTE, NUMBER) or after.text[0].isupper() or after.text in _BULLETS
    if token.kind == POINT:
        return token.text in _STOPS and begins
    if token.kind == QUOTE:
        span = spans[token.span]
        last = text[span.inner_end - 1]
        if last in "!?" and _asks(tokens, at + 1):
            return False
        return last in ".!?…’'\"" and begins and after.text not in _BULLETS
    return False
