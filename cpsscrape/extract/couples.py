"""Two people whom a page introduces together: ``Craig and Lorraine Stagg``, ``Her husband, Leonard Hollis,``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cpsscrape.extract.mentions import Mention
from cpsscrape.extract.sightings import is_partner, only_age

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cpsscrape.extract.entities import Entity
    from cpsscrape.extract.people import Name
    from cpsscrape.extract.prose import Paragraph

_OWNERS = {"her": "f", "his": "m"}


def sharer_before(par: Paragraph, name: Name) -> Mention | None:
    """``Craig and`` before Lorraine Stagg: the full name of the one who shares her last name."""
    at = name.first - 1
    if at < 1 or par.tokens[at].low not in {"and", "&"} or not is_partner(par, at - 1):
        return None
    given = par.tokens[at - 1].text
    full = f"{given} {par.tokens[name.last - 1].text}"
    return Mention(text=given, kind="name", first=at - 1, last=at, name=full, full=True)


def companion_before(par: Paragraph, name: Name) -> list[str]:
    """``Rob Tolland and his brother`` before Clive Tolland: the words of the other’s full name; none without."""
    at = name.first - 1
    if at < 1 or par.tokens[at].low not in {"and", "&"}:
        return []
    before = [n for n in par.names_in(max(0, at - 8), at) if n.full and (n.end == at or only_age(par, n.end, at))]
    return par.words(before[-1].first, before[-1].last).casefold().split() if before else []


def spouse_of(par: Paragraph, first: int, name: Name, person: Entity, people: Iterable[Entity]) -> Entity | None:
    """Whose husband ``Her husband, Leonard Hollis,`` is, with her gender told.

    She bears his name, or is the only one of whom the paragraph or the one before told.
    """
    at = name.begin - 1
    at -= par.tokens[at].text == ","
    gender = _OWNERS.get(par.tokens[at - 1].low) if at > first else None
    if gender is None:
        return None
    others = [p for p in people if p is not person and p.gender in {"", gender}]
    near = [p for p in others if p.words[-1] == person.words[-1]]
    near = near or [p for p in others if par.number - 2 < p.place[0] <= par.number]
    if len(near) != 1:
        return None
    near[0].gender = gender
    return near[0]
