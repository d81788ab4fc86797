"""Short forms of names: whom ``Kennedy``, ``DI Lee``, ``Baljit`` or ``Steve`` means on a page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cpsscrape.extract import lexicon
from cpsscrape.extract.entities import NOWHERE
from cpsscrape.extract.offices import initials

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cpsscrape.extract.entities import Entity

_CAPITAL = re.compile(r"\b[A-Z][\w’'-]+\Z")
_EDGE = re.compile(r"\b")
_PAIR = re.compile(r"\b([A-Z][\w’'-]+) (?=(\w+))")
_BEGINNING = re.compile(r"\w*")


def given_before(text: str, last: str) -> Iterator[str]:
    """The known first names that stand before a last name in a text, its quotes included: ``Carla`` of ``Renshaw``."""
    behind = f" {last}"
    free = 0
    at = text.find(behind)
    while at >= 0:
        end = at + len(behind)
        word = _CAPITAL.search(text, max(free, text.rfind(" ", 0, at) + 1), at) if _EDGE.match(text, end) else None
        if word is not None:
            free = end
            if word[0] in lexicon.given_names():
                yield word[0]
        at = text.find(behind, at + 1)


def behind_given(texts: Iterable[str]) -> frozenset[str]:
    """The beginnings of all words before which a known first name stands: ``O`` of ``Carla O’Shea``."""
    known = lexicon.given_names()
    return frozenset(pair[2] for text in texts for pair in _PAIR.finditer(text) if pair[1] in known)


def beginning(word: str) -> str:
    """The letters that a word begins with; none of ``’Malley``."""
    found = _BEGINNING.match(word)
    return found[0] if found else ""


class ShortForms:
    """The people of a page by the words of their names."""

    def __init__(self) -> None:
        self.people: dict[tuple[str, str], Entity] = {}
        self.by_last: dict[str, list[Entity]] = {}
        self.by_first: dict[str, list[Entity]] = {}

    def add(self, first: str, last: str, person: Entity) -> None:
        """File somebody under a first and a last name, in lower case."""
        self.people[first, last] = person
        self.by_last.setdefault(last, []).append(person)
        self.by_first.setdefault(first, []).append(person)

    def knows(self, word: str) -> bool:
        """Somebody has this last or first name."""
        return word in self.by_last or word in self.by_first

    def longer(self, words: list[str]) -> Entity | None:
        """``Grace Quint`` of the page’s only Zorah Grace Quint, and the other way round."""
        bearers = self.by_last.get(words[-1], ())
        if len(bearers) != 1 or len(words) == len(bearers[0].words):
            return None
        short, long = sorted((words, bearers[0].words), key=len)
        return bearers[0] if long[-len(short) :] == short else None

    def find(self, word: str, gender: str = "", rank: str = "", place: tuple[int, int] = NOWHERE) -> Entity | None:
        """Whom a last or a first name means at a place of the text; nobody when two people fit.

        ``gender`` and ``rank`` are those of the words before it: ``Mrs``, ``PC``.
        """
        low = word.casefold()
        for index in (self.by_last, self.by_first):
            bearers = index.get(low)
            if not bearers:
                continue
            fits = [p for p in bearers if not gender or p.gender in {"", gender}]
            if len(fits) > 1:
                fits = _narrowed(fits, gender, rank, place)
            if fits:
                return fits[0] if len(fits) == 1 else None
        return self._by_short_name(low)

    def _by_short_name(self, low: str) -> Entity | None:
        """``Steve``, where the page has one Stephen; ``Stephen``, where it has one Steve."""
        wanted = lexicon.short_names().get(low, ())
        fits = [p for full in wanted for p in self.by_first.get(full, ())]
        if low in lexicon.shortened_names():
            fits.extend(p for p in self.people.values() if low in lexicon.short_names().get(p.words[0], ()))
        return fits[0] if len(fits) == 1 else None


def _narrowed(fits: list[Entity], gender: str, rank: str, place: tuple[int, int]) -> list[Entity]:
    """The likelier ones of several bearers of a name."""
    if rank:
        fits = [p for p in fits if _has_rank(p, rank)] or fits
        fits = [p for p in fits if not p.title or p.title == rank.split(maxsplit=1)[0].lower().rstrip(".")] or fits
    if gender:
        fits = [p for p in fits if p.gender == gender] or fits
    fits = [p for p in fits if not p.dead] or fits
    if not gender:
        fits = [p for p in fits if not p.married] or fits
    return [p for p in fits if p.place < place] or fits


def _has_rank(person: Entity, rank: str) -> bool:
    """``PC Lathbury`` is the constable of that name, ``DI Lee`` the detective inspector."""
    role = (person.post.role or "").lower()
    words = rank.lower().split()
    return any(word in role.split() or word == initials(role) for word in words)
