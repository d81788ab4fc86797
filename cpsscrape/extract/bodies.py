"""Bodies that an article names, so that ``the council`` and ``HMCPSI`` find theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cpsscrape.extract.phrases import noun_ending
from cpsscrape.extract.words import ACRONYM, OPENER, ORGANISATION, ROLE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cpsscrape.extract.prose import Paragraph

_COMPANY = frozenset(
    "ltd limited plc inc llp llc corp group bank holdings industries airlines airways systems technologies homes"
    " foods stores motors partners securities energy brewery bakery studios media".split()
)
_COMMON = {"company": _COMPANY, "firm": _COMPANY, "business": _COMPANY, "charity": {"charity", "trust", "foundation"},
           "force": {"police", "constabulary"}}  # fmt: skip
_INNER = frozenset({"&", "and", "of", "for", "the"})


class Bodies:
    """Full names of bodies by their last noun, and by the letters that stand for them in brackets."""

    def __init__(self, paragraphs: Sequence[Paragraph]) -> None:
        self.by_noun: dict[str, set[str]] = {}
        self.by_letters: dict[str, str] = {}
        self.leading: set[str] = set()
        for number, par in enumerate(paragraphs):
            for words, noun in _names(par):
                self.by_noun.setdefault(noun, set()).add(words)
                if number == 0:
                    self.leading.add(words)
            self._read_brackets(par)

    def _read_brackets(self, par: Paragraph) -> None:
        tokens = par.tokens
        if "(" not in par.text:
            return
        for n in range(2, len(tokens) - 1):
            if tokens[n].traits & ACRONYM and tokens[n - 1].text == "(" and tokens[n + 1].text == ")":
                noun = noun_ending(tokens, par.sentence_of(n).first, n - 1)
                if noun is not None and any(t.capital for t in tokens[noun.first : noun.last]):
                    self.by_letters.setdefault(tokens[n].text, par.words(noun.first, noun.last))

    def find(self, head: str, mention: str) -> str | None:
        """The one full name that a short mention can mean; None when none or several fit."""
        words = mention.split()
        if words[-1] in self.by_letters:
            full = self.by_letters[words[-1]]
            return full if len(words) == 1 or (len(words) == 2 and words[0].lower() == "the") else None
        if len(words) != 2 or words[0].lower() != "the":
            return None
        fits = set(self.by_noun.get(head, ()))
        for noun in _COMMON.get(head, ()):
            fits |= self.by_noun.get(noun, set())
        if len(fits) > 1:
            fits &= self.leading  # the story is about the one it begins with
        return next(iter(fits)) if len(fits) == 1 else None


def _names(par: Paragraph) -> Iterator[tuple[str, str]]:
    """Runs of capital words with the noun of a body: ``Callow & Sons Bank``, ``the Court of Appeal``."""
    tokens = par.tokens
    at = 0
    while at < len(tokens):
        if not tokens[at].capital or tokens[at].traits & OPENER:
            at += 1
            continue
        end = at + 1
        while end < len(tokens) and (
            (tokens[end].capital and not tokens[end].traits & OPENER)
            or (tokens[end].low in _INNER and end + 1 < len(tokens) and tokens[end + 1].capital)
        ):
            end += 1
        last = tokens[end - 1]
        posts = [n for n in range(at, end) if tokens[n].traits & ROLE]
        if posts and posts[-1] + 2 < end:
            at = posts[-1] + 1
            while tokens[at].low in _INNER:
                at += 1
        named = (tokens[n] for n in range(at, end - 1) if tokens[n + 1].low == "of")
        head = last if last.traits & ORGANISATION else next((t for t in named if t.traits & ORGANISATION), None)
        if end - at > 1 and head is not None:
            article = at > 0 and tokens[at - 1].low == "the"
            yield par.words(at - article, end), head.low
        at = end
