"""A paragraph read once: its words, sentences and names."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from cpsscrape.extract.people import Name, find_names
from cpsscrape.extract.tokens import Sentence, Token, read_sentences, read_tokens

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cpsscrape.extract.marks import Span


class Paragraph(NamedTuple):
    """One block's text with what the grammar needs; ``spans`` are the article's, numbered."""

    number: int
    text: str
    tokens: list[Token]
    sentences: list[Sentence]
    names: list[Name]

    def sentence_of(self, token: int) -> Sentence:
        """The sentence that holds a token."""
        return self.sentences[self.index_of(token)]

    def index_of(self, token: int) -> int:
        """The number of the sentence that holds a token."""
        return bisect_right(self.sentences, token, key=lambda s: s.first) - 1

    def words(self, first: int, last: int) -> str:
        """The text of tokens ``first`` to ``last``, as written."""
        return self.text[self.tokens[first].start : self.tokens[last - 1].end] if first < last else ""


def read_paragraph(
    number: int, text: str, spans: Sequence[Span], numbered: Sequence[tuple[int, Span]]
) -> Paragraph:
    """Read one paragraph; ``numbered`` are the spans that stand in it."""
    tokens = read_tokens(text, numbered)
    return Paragraph(number, text, tokens, read_sentences(text, tokens, spans), find_names(tokens))
