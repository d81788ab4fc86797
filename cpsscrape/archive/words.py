"""Turns what a person types into a full-text query that SQLite cannot refuse.

* words are all wanted, in any order: ``fire station``
* marks make a phrase: ``"hate crime"``, curly ones too; a mark without a partner is only a mark
* ``burgl*`` is the beginning of a word
* ``A OR B`` is either, ``NOT B`` takes hits away; in capitals, as in FTS5
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from cpsscrape.exceptions import UsageError

_TOKEN = re.compile(r"[\"“”„‟]([^\"“”„‟]*)[\"“”„‟](\*?)|([^\s\"“”„‟]+)")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Term:
    """A word or phrase; ``prefix`` where only its beginning is given."""

    text: str
    prefix: bool = False

    @property
    def fts(self) -> str:
        """The term in FTS5's language; inside its marks nothing is an operator."""
        return f'"{self.text}"{"*" if self.prefix else ""}'


@dataclass(frozen=True, slots=True)
class Words:
    """What is looked for: every group must match with any of its terms, no excluded term may."""

    groups: tuple[tuple[Term, ...], ...]
    excluded: tuple[Term, ...] = ()

    @property
    def fts(self) -> str:
        """The whole query for ``MATCH``."""
        wanted = " AND ".join("(" + " OR ".join(t.fts for t in group) + ")" for group in self.groups)
        return f"({wanted})" + "".join(f" NOT {term.fts}" for term in self.excluded)

    @property
    def terms(self) -> tuple[Term, ...]:
        """Every wanted term."""
        return tuple(term for group in self.groups for term in group)


def read_words(text: str) -> Words:
    """Read a query. Raises UsageError only where nothing is left to look for."""
    groups: list[list[Term]] = []
    excluded: list[Term] = []
    operator = ""
    for token in _tokens(text):
        if isinstance(token, str):
            operator = token
        elif operator == "NOT":
            excluded.append(token)
            operator = ""
        else:
            if operator == "OR" and groups:
                groups[-1].append(token)
            else:
                groups.append([token])
            operator = ""
    if not groups:
        hint = "NOT only takes hits away: say what to look for as well" if excluded else "name a word"
        raise UsageError(f'there is nothing to look for in {text!r}; {hint}, such as `fraud` or `"hate crime"`.')
    return Words(tuple(tuple(group) for group in groups), tuple(excluded))


def _tokens(text: str) -> list[Term | str]:
    found: list[Term | str] = []
    for match in _TOKEN.finditer(text):
        phrase, starred, word = match.groups()
        if word in {"AND", "OR", "NOT"}:
            found.append(word)
            continue
        raw = phrase if phrase is not None else word
        # FTS5 cuts at the same places; "victim's" is the phrase `victim s`.
        words = _WORD.findall(raw.replace("_", " "))
        if words:
            prefix = bool(starred) if phrase is not None else raw.rstrip("),;:.").endswith("*")
            found.append(Term(" ".join(words), prefix))
    return found
