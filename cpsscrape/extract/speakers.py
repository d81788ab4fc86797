"""From the words that name a speaker to the speaker: names, short forms, pronouns, offices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cpsscrape.extract import lexicon, offices
from cpsscrape.extract.entities import PEERS, Entity, Sighting, people_in
from cpsscrape.extract.posts import Post
from cpsscrape.extract.words import BEING, VERB
from cpsscrape.items import Resolution, Speaker, SpeakerKind

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from cpsscrape.extract.mentions import Mention
    from cpsscrape.extract.prose import Paragraph
    from cpsscrape.extract.roster import Roster

_PRIVATE = frozenset("victim survivor witness defendant offender suspect complainant".split())
_DEFINITE = frozenset({"the", "that", "this", "y", "yr"})
_PAIRS = frozenset("couple pair duo brothers sisters".split())
_REACH = 14  # sentences a pronoun looks back over


class Cast:
    """Resolves mentions in reading order; who spoke before is remembered."""

    def __init__(self, paragraphs: Sequence[Paragraph], roster: Roster, headings: Collection[int]) -> None:
        self.paragraphs = paragraphs
        self.roster = roster
        self.headings = headings
        self.last: list[Entity] = []
        self.spoken: dict[tuple[int, int], list[Entity]] = {}
        self.named: set[str] = set()

    def resolve(self, mentions: Sequence[Mention], block: int, sentence: int, said: str = "") -> tuple[Speaker, ...]:
        """The speakers of one attribution; empty when anybody of them stays unknown.

        ``said`` are the words: whom they name is hardly who ``she`` is.
        """
        self.named = {
            word.strip(".,;:!?’'“”\"()").removesuffix("’s").casefold() for word in said.split() if word[:1].isupper()
        }
        found: list[tuple[Entity, Mention, Resolution]] = []
        for mention in mentions:
            hits = self._find(mention, block, sentence)
            if not hits:
                return ()
            found.extend((entity, mention, how) for entity, how in hits)
        self.last = [entity for entity, _, _ in found]
        self.spoken.setdefault((block, sentence), []).extend(self.last)
        return tuple(_speaker(entity, mention, how) for entity, mention, how in found)

    def _find(self, mention: Mention, block: int, sentence: int) -> list[tuple[Entity, Resolution]]:
        if mention.kind == "name":
            return self._name(mention, block)
        if mention.kind == "pronoun":
            return [(entity, "pronoun") for entity in self._pronoun(mention, block, sentence)]
        return self._nameless(mention, block, sentence)

    def _name(self, mention: Mention, block: int) -> list[tuple[Entity, Resolution]]:
        if mention.full:
            words = mention.name.casefold().split()
            bearer = self.roster.names.find(words[-1]) if words[0] in lexicon.PARTICLES else None
            if bearer is not None and bearer.words[-len(words) :] == words:
                return [(bearer, "last_name")]  # Van der Berg
            return [(self.roster.add(mention), "explicit")]
        word = mention.name.casefold()
        rank = f"{mention.text.removesuffix(mention.name)} {mention.post.role or ''}".strip()
        person = self.roster.names.find(word, mention.gender, rank, (block, mention.first))
        if person is None and word in self.roster.singles:
            return [(self.roster.singles[word], "explicit")]
        if person is not None:
            how: Resolution = "last_name" if person.words[-1] == word else "first_name"
            return [(person, how)]
        if self.roster.names.knows(word):
            return []
        return [(self._single(mention), "explicit")]

    def _single(self, mention: Mention) -> Entity:
        """A name of one word that the page never gives in full: a judge, a peer, a child, a company."""
        known = self.roster.nameless.get(mention.name.casefold())
        if known is not None:
            return known
        titled = mention.text != mention.name
        body = mention.name.lower() in lexicon.body_nouns() or (mention.name.isupper() and len(mention.name) > 1)
        kind: SpeakerKind = "collective" if body and not titled else "person"
        peer = mention.text.split()[0].lower() in PEERS
        name = mention.text if peer else mention.name
        entity = Entity(name, kind, mention.post, mention.gender)
        self.roster.nameless[mention.name.casefold()] = entity
        return entity

    def _nameless(self, mention: Mention, block: int, sentence: int) -> list[tuple[Entity, Resolution]]:
        first, _, rest = mention.text.casefold().partition(" ")
        key = rest if first in {"a", "an", "the"} else mention.text.casefold()
        definite = first in _DEFINITE or first in lexicon.POSSESSIVES or not rest
        if definite and (people := self._office(mention, first, rest, block, sentence)):
            return [(person, "pronoun") for person in people]
        if mention.kind == "body" and " " not in mention.text:
            person = self.roster.names.find(key)
            if person is not None:
                return [(person, "last_name" if person.words[-1] == key else "first_name")]
        if mention.kind == "body":
            full = self.roster.bodies.find(mention.head, mention.text)
            if full is not None and full.casefold() != key:
                letters = mention.text.split()[-1].isupper()
                entity = self.roster.nameless.setdefault(full.casefold(), Entity(full, "collective", head=mention.head))
                return [(entity, "explicit" if letters else "pronoun")]
        known = self.roster.nameless.get(key)
        if known is None and definite:
            same = [e for e in people_in(Sighting(e, 0, leads=False) for e in self.roster.nameless.values())
                    if e.head == mention.head]  # fmt: skip
            heard = [e for spoken in self.spoken.values() for e in spoken]
            told = self.roster.unnamed.get(rest, ())  # A neighbour saw it; he said
            same = same or [e for e in told if e.definite or e in heard]
            if len(same) == 1 and rest == mention.head and "former" not in same[0].name.split():
                return [(same[0], "pronoun")]
        if known is None:
            kind: SpeakerKind = "collective" if mention.many else "anonymous"
            known = Entity(mention.text, kind, mention.post, mention.gender, head=mention.head)
            self.roster.nameless[key] = known
        return [(known, "explicit")]

    def _office(self, mention: Mention, first: str, rest: str, block: int, sentence: int) -> Sequence[Entity]:
        """The people with a name whom ``the officer``, ``the couple`` or ``his wife`` means."""
        single = not rest.count(" ")
        if mention.head in _PAIRS and single and (couple := offices.couple(self.roster.pairs, mention.head)):
            return couple
        if mention.many or mention.kind != "noun":
            return ()
        fits = self.roster.office(mention.head, mention.text)
        if mention.post.organisation:
            fits = [p for p in fits if offices.same_body(p.post.organisation, mention.post.organisation)]
        if len(fits) == 1:
            return fits
        other = offices.partner(self.roster.pairs, mention.head, self._latest(block, sentence))
        return (other,) if other is not None and first in lexicon.POSSESSIVES and single else ()

    def _latest(self, block: int, sentence: int) -> Entity | None:
        """Who began or spoke in the nearest sentence before that has anybody."""
        place: tuple[int, int] | None = (block, sentence)
        for _ in range(4):
            place = self._earlier(place) if place else None
            if place is None:
                break
            here = people_in(s for s in self._sightings(place, None) if s.leads and s.entity.kind == "person")
            if here:
                return here[0]
        return None

    def _pronoun(self, mention: Mention, block: int, sentence: int) -> list[Entity]:
        if mention.text.lower() == "both":
            return self._both(block, sentence)
        if mention.head == "they":
            return self._they(block, sentence)
        if mention.head == "it":
            return self.last if len(self.last) == 1 and self.last[0].kind == "collective" else []
        place = (block, sentence)
        for steps in range(_REACH):
            here = self._sightings(place, before=mention.first if steps == 0 else None)
            spoke = [e for e in self.spoken.get(place, ()) if steps and self._fits(e, mention.gender)]
            if len(spoke) == 1 and spoke[0].kind == "anonymous" and not spoke[0].gender:
                named = people_in(s for s in here if s.entity.gender == mention.gender and not s.entity.dead)
                spoke = named if len(named) == 1 else spoke
            choice = (
                spoke
                if len(spoke) == 1
                else _choose([s for s in here if self._fits(s.entity, mention.gender)], mention.gender)
            )
            if choice is not None:
                for entity in choice:
                    entity.gender = entity.gender or mention.gender
                return choice
            earlier = self._earlier(place)
            if earlier is None:
                break
            place = earlier
        return []

    def _fits(self, entity: Entity, gender: str) -> bool:
        """A single person of that gender, as far as the text tells, whom the words do not name."""
        if entity.kind == "collective" or entity.gender not in {"", gender} or entity.dead:
            return False
        return entity.kind != "person" or not self.named & {entity.words[0], entity.words[-1]}

    def _both(self, block: int, sentence: int) -> list[Entity]:
        """The two people whom the sentences before begin with."""
        place: tuple[int, int] | None = (block, sentence)
        found: list[Entity] = []
        for _ in range(3):
            place = self._earlier(place) if place else None
            if place is None:
                break
            leading = people_in(s for s in self._sightings(place, None) if s.leads and s.entity.kind == "person")
            found.extend(e for e in reversed(leading) if e not in found)
        return found[::-1] if len(found) == 2 else []

    def _they(self, block: int, sentence: int) -> list[Entity]:
        """Several people or a body that spoke last, else the pair that the sentences before begin with."""
        if len(self.last) > 1 or (self.last and self.last[0].kind != "person"):
            return self.last
        place: tuple[int, int] | None = (block, sentence)
        for _ in range(2):
            place = self._earlier(place) if place else None
            if place is None:
                break
            people = [s for s in self._sightings(place, None) if s.token >= 0 and s.entity.kind == "person"]
            if len(people_in(people)) == 2 and people[0].leads and self._joined(place[0], people[0], people[1]):
                return people_in(people)
        return []

    def _joined(self, block: int, one: Sighting, two: Sighting) -> bool:
        """``Rob Tolland, 61, and his brother Clive``: nothing but a tie and asides stand between."""
        between = self.paragraphs[block].tokens[one.token + 1 : two.token]
        return any(t.low in {"and", "&"} for t in between) and len(between) < 12 and not any(
            t.traits & (VERB | BEING) or t.low in lexicon.HAVE for t in between
        )  # fmt: skip

    def _sightings(self, place: tuple[int, int], before: int | None) -> list[Sighting]:
        found = [s for s in self.roster.seen.get(place, ()) if before is None or s.token < before]
        if before is None:
            spoken = self.spoken.get(place, ())
            extra = [e for e in spoken if not any(s.entity is e for s in found)]
            found = [Sighting(e, -1, leads=True) for e in extra] + found
        return found

    def _earlier(self, place: tuple[int, int]) -> tuple[int, int] | None:
        block, sentence = place
        if sentence > 0:
            return block, sentence - 1
        while block > 0:
            block -= 1
            if block in self.headings or block + 1 in self.headings:
                return None
            count = len(self.paragraphs[block].sentences)
            if count:
                return block, count - 1
        return None


def _choose(sightings: Sequence[Sighting], gender: str) -> list[Entity] | None:
    """Whom ``he`` or ``she`` means among the people of one sentence; None: look further back.

    Who says something in it comes first, then whom it begins with, then the one whose gender the text tells.
    """
    fits = [s for s in sightings if s.entity.kind != "collective" and s.entity.gender in {"", gender}]
    fits = [s for s in fits if not s.owns] or fits
    people = people_in(fits)
    if not people:
        return None
    if len(people) == 1:
        return people
    leading = people_in([*(s for s in fits if s.says), *(s for s in fits if s.leads)])[:1]
    known = [e for e in people if e.gender == gender]
    if leading and (leading[0].kind == "person" or not known or leading[0] in known):
        return leading
    return known if len(known) == 1 else []


def _speaker(entity: Entity, mention: Mention, how: Resolution) -> Speaker:
    post = entity.post
    if mention.kind == "name" and mention.full and mention.post.role:
        post = Post(mention.post.role, mention.post.organisation or post.organisation)
    elif mention.kind == "name" and not post:
        post = mention.post
    office = entity.kind == "person" and bool(post) and entity.kin not in _PRIVATE
    return Speaker(
        name=entity.name, kind=entity.kind, mention=mention.text, role=post.role,
        organisation=post.organisation, resolution=how, official=office,
    )  # fmt: skip
