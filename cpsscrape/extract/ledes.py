"""Whom a story begins with: the lede tells of somebody without a name, the next sentences name them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cpsscrape.extract.mentions import gender_of
from cpsscrape.extract.phrases import noun_from
from cpsscrape.extract.posts import NOBODY, Post, read_post
from cpsscrape.extract.sightings import INDEFINITE, is_tried
from cpsscrape.extract.words import ROLE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from cpsscrape.extract.entities import Entity, Sighting
    from cpsscrape.extract.prose import Paragraph

_NEAR = 3  # sentences after the lede in which its person is named


class Lede(NamedTuple):
    """``A retired teacher has been found …``, then ``Margaret Tring, 72, had slipped``: she is the teacher."""

    person: Entity
    head: str
    gender: str
    post: Post = NOBODY
    entity: Entity | None = None


def read_lede(
    paragraphs: Sequence[Paragraph], seen: Mapping[tuple[int, int], Sequence[Sighting]], people: Iterable[Entity]
) -> Lede | None:
    """Whom the first words of an article mean, when the article names them afterwards."""
    if not paragraphs or not paragraphs[0].sentences:
        return None
    par = paragraphs[0]
    opening = seen.get((0, 0), ())
    low = par.tokens[0].low
    if low in INDEFINITE:
        entity = next((s.entity for s in opening if s.leads and s.entity.kind == "anonymous"), None)
        if entity is None or entity.name != par.words(0, min(len(entity.name.split()), len(par.tokens))):
            return None
        tried = is_tried(par, 0, par.sentences[0].last)
        person = _private(list(people), _named_next(paragraphs, seen), tried=tried)
        fits = person is not None and not (entity.gender and person.gender and entity.gender != person.gender)
        return Lede(person, entity.head, entity.gender, entity=entity) if person is not None and fits else None
    if low == "the" and not any(s.entity.kind == "person" for s in opening):
        return _office(par, list(people), _named_next(paragraphs, seen))
    return None


def _private(people: Sequence[Entity], following: Entity | None, *, tried: bool) -> Entity | None:
    """Of the case’s own people with an age or a trial the first; of several on trial nobody."""
    alone = [p for p in people if p.private and not p.dead]
    fits = [p for p in alone if p.age or p.accused]
    if not fits and tried and len(alone) == 1:
        return alone[0]
    if not tried:
        return fits[0] if fits else None
    accused = [p for p in fits if p.accused]
    if len(accused or fits) == 1:
        return (accused or fits)[0]
    return following if not accused and following in fits else None


def _office(par: Paragraph, people: Sequence[Entity], following: Entity | None) -> Lede | None:
    """``The Director of Public Prosecutions has called …``, then ``Ann Lee told the lecture``: she holds the post."""
    noun = noun_from(par.tokens, 0, par.sentences[0].last)
    if noun is None or following is None or not following.private or following.age or following.accused:
        return None
    head = par.tokens[noun.head]
    post = read_post(par, noun.first, noun.last)
    taken = post.role is None or any((p.post.role or "").casefold() == post.role.casefold() for p in people)
    if not head.traits & ROLE or taken:
        return None
    return Lede(following, head.low, gender_of(head.low), post)


def _named_next(paragraphs: Sequence[Paragraph], seen: Mapping[tuple[int, int], Sequence[Sighting]]) -> Entity | None:
    """Whom one of the next sentences begins with, when nobody else has been named before."""
    places = [(par.number, n) for par in paragraphs[:_NEAR] for n in range(len(par.sentences))][1 : _NEAR + 1]
    for place in places:
        named = [s for s in seen.get(place, ()) if s.entity.kind == "person"]
        if named:
            return named[0].entity if named[0].leads else None
    return None
