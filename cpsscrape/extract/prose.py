"""A paragraph read on demand: its words, sentences, names and verbs of saying."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from cpsscrape.extract.once import once
from cpsscrape.extract.people import Name, find_names
from cpsscrape.extract.tokens import Sentence, read_sentences, read_starts, read_tokens
from cpsscrape.extract.words import DETERMINER, DETERMINING, ONE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cpsscrape.extract.cues import Cue
    from cpsscrape.extract.marks import Span
    from cpsscrape.extract.mentions import Mention
    from cpsscrape.extract.posts import Post
    from cpsscrape.extract.words import Token

#: No paragraph of prose is longer, in characters, or denser in marks. What is, holds no quotes;
#: this keeps the reading linear for input that is no prose at all.
LONGEST = 20_000
_DENSEST = 0.1
_OF_ONE = DETERMINING | ONE


def is_prose(text: str) -> bool:
    """A text that can be a paragraph somebody wrote."""
    if len(text) > LONGEST:
        return False
    if len(text) < 400:
        return True
    marks = sum(map(text.count, "“”\"‘’'?`„«»"))
    return marks <= _DENSEST * len(text)


class Paragraph:
    """One block's text with what the grammar needs of it; ``numbered`` are the spans that stand in it."""

    def __init__(self, number: int, text: str, spans: Sequence[Span], numbered: Sequence[tuple[int, Span]]) -> None:
        self.number = number
        self.text = text
        self.spans = spans
        self.numbered = numbered
        self.cues: dict[tuple[int, int], list[Cue]] = {}
        self.mentions: dict[tuple[int, int, int], Mention] = {}
        self.posts: dict[tuple[int, int], Post] = {}
        self._starts: list[int] = []

    @once
    def tokens(self) -> list[Token]:
        """Words, points and whole quotes, in order."""
        return read_tokens(self.text, self.numbered)

    @once
    def sentences(self) -> list[Sentence]:
        """The sentences, as ranges of tokens."""
        return read_sentences(self)

    def start_of(self, token: int) -> int:
        """Where a token begins, in characters."""
        if token >= len(self._starts):
            read_starts(self, self._starts, token)
        return self._starts[token]

    def end_of(self, token: int) -> int:
        """Where a token ends, in characters."""
        span = self.tokens[token].span
        return self.spans[span].end if span >= 0 else self.start_of(token) + len(self.tokens[token].text)

    @once
    def names(self) -> list[Name]:
        """What may be names of people, in order."""
        return find_names(self.tokens)

    @once
    def _firsts(self) -> list[int]:
        return [name.first for name in self.names]

    def names_in(self, first: int, last: int) -> list[Name]:
        """The names that begin among tokens ``first`` to ``last``, in order."""
        if not self.names:
            return []
        return self.names[bisect_left(self._firsts, first) : bisect_left(self._firsts, last)]

    @once
    def fronts(self) -> list[int]:
        """The determiners after which a noun of one person may come before the next of them: ``the``, ``his``."""
        found = []
        follows = False
        for n in reversed([n for n, token in enumerate(self.tokens) if token.traits & _OF_ONE]):
            traits = self.tokens[n].traits
            if traits & ONE:
                follows = True
            elif follows:
                found.append(n)
                follows = not traits & DETERMINER
        return found[::-1]

    def sentence_of(self, token: int) -> Sentence:
        """The sentence that holds a token."""
        return self.sentences[self.index_of(token)]

    def index_of(self, token: int) -> int:
        """The number of the sentence that holds a token."""
        return bisect_right(self.sentences, (token, len(self.tokens) + 1)) - 1

    @once
    def quotes(self) -> tuple[tuple[int, int], ...]:
        """The quotes among the tokens: number of the token, number of the span."""
        if not self.numbered:
            return ()
        return tuple([(n, token.span) for n, token in enumerate(self.tokens) if token.span >= 0])

    def words(self, first: int, last: int) -> str:
        """The text of tokens ``first`` to ``last``, as written."""
        if last - first == 1 and self.tokens[first].text:
            return self.tokens[first].text
        return self.text[self.start_of(first) : self.end_of(last - 1)] if first < last else ""
