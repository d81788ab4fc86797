"""Whom ``he``, ``she``, ``they`` and ``both`` mean, from who has spoken and who stands where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cpsscrape.extract import lexicon
from cpsscrape.extract.entities import Entity, Sighting, people_in
from cpsscrape.extract.words import BEING, DETERMINING, MODIFIER, PREPOSITION, ROLE, VERB

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from cpsscrape.extract.mentions import Mention
    from cpsscrape.extract.prose import Paragraph

Place = tuple[int, int]
"""A paragraph and a sentence of it."""
_REACH = 14  # sentences a pronoun looks back over
_ASKED = frozenset("asked asks told tells reminded warned".split())
_OPENS_QUESTION = lexicon.BE | lexicon.HAVE | {"does", "did", "do", "can", "could", "will", "would"}
_OWN = {"he": "his", "she": "her"}
_ASKING = frozenset({"asked", "asks"})
_OF_A_PHRASE = DETERMINING | ROLE | MODIFIER
_ANSWERS = frozenset("answered answers replied replies responded responds retorted".split())


class Antecedents:
    """Who was seen and who has spoken before a place of the text; ``heard`` is told of each attribution in turn."""

    def __init__(
        self, paragraphs: Sequence[Paragraph], seen: Mapping[Place, Sequence[Sighting]], headings: Collection[int]
    ) -> None:
        self.paragraphs = paragraphs
        self.seen = seen
        self.headings = headings
        self.last: list[Entity] = []
        self.spoken: dict[Place, list[Entity]] = {}
        self.everybody: dict[Entity, None] = {}  # all who have spoken so far, each once
        self.named: set[str] = set()

    def heard(self, speakers: list[Entity], place: Place) -> None:
        """These have spoken here."""
        self.last = speakers
        self.spoken.setdefault(place, []).extend(speakers)
        self.everybody.update(dict.fromkeys(speakers))

    def of(self, mention: Mention, place: Place, said: str, verb: str) -> list[Entity]:
        """Whom a pronoun means. ``said`` are the words: whom they name is hardly who ``she`` is."""
        self.named = {
            word.strip(".,;:!?’'“”\"()").removesuffix("’s").casefold() for word in said.split() if word[:1].isupper()
        }
        if mention.text.lower() == "both":
            return self._both(place)
        if mention.head == "they":
            return self._they(place)
        if mention.head == "it":
            return self.last if len(self.last) == 1 and _is_thing(self.last[0]) else []
        found = self._one(mention, place, answers=verb in _ANSWERS)
        for entity in found:
            entity.gender = entity.gender or mention.gender
        return found

    def nearest(self, people: Sequence[Entity], place: Place) -> list[Entity]:
        """Those of several whom this paragraph has shown already."""
        block, sentence = place
        here = people_in(s for n in range(sentence + 1) for s in self.seen.get((block, n), ()))
        return [p for p in people if any(p is e for e in here)]

    def latest(self, place: Place) -> Entity | None:
        """Who began or spoke in the nearest sentence before that has anybody."""
        earlier: Place | None = place
        for _ in range(4):
            earlier = self.earlier(earlier) if earlier else None
            if earlier is None:
                break
            here = people_in(s for s in self._sightings(earlier, None) if s.leads and s.entity.kind == "person")
            if here:
                return here[0]
        return None

    def stranger(self, place: Place, gender: str) -> Entity | None:
        """The only person without a name whom the sentence before shows: ``an angler``, then ``the man``."""
        earlier = self.earlier(place)
        if earlier is None:
            return None
        here = people_in(s for s in self._sightings(earlier, None) if s.entity.kind == "anonymous")
        fits = [e for e in here if not e.definite and (e.gender == gender or not (e.gender and gender))]
        return fits[0] if len(here) == len(fits) == 1 else None

    def _one(self, mention: Mention, place: Place, *, answers: bool) -> list[Entity]:
        """``He`` or ``she``: in this sentence before the pronoun, else in the nearest one that has somebody."""
        before: int | None = mention.first
        fronted: list[Sighting] = []
        stranger: list[Entity] = []
        chained = False
        for steps in range(_REACH):
            here = [s for s in self._sightings(place, before) if self._fits(s.entity, mention.gender)]
            if steps and self._goes_on(place, mention.head):
                here, chained = [], True
            elif steps and self._goes_on(place, _OWN.get(mention.head, "")):
                here = [s for s in here if s.leads or s.says]  # His first trial was that of a man. … he said
            if not steps and self._opens_with(place, mention):
                here = []
            if not steps:
                fronted = [s for s in here if self._is_fronted(place, s, mention.first)]
                here = [s for s in here if s not in fronted]
            choice = self._hearer(place, here) if answers and steps == 1 else None
            choice = choice or (self._speaker(place, here, mention.gender) if steps else None)
            choice = _choose(here, mention.gender) if choice is None else choice
            if choice and chained and not choice[0].gender and choice[0].kind == "anonymous":
                stranger, choice = stranger or choice, None  # She drew. A publisher wrote. She never answered. She said
            if choice is not None:
                return choice
            earlier = self.earlier(place)
            if earlier is None:
                break
            place, before = earlier, None
        return stranger or _choose(fronted, mention.gender) or []

    def _is_fronted(self, place: Place, sighting: Sighting, pronoun: int) -> bool:
        """``In a note to the judge, she wrote``, ``When a trustee asked, she said``: she is hardly the judge.

        Whoever stands behind a preposition before the comma, and who asks there.
        """
        block, sentence = place
        tokens = self.paragraphs[block].tokens
        first, _ = self.paragraphs[block].sentences[sentence]
        if tokens[pronoun - 1].text != "," and not tokens[first].traits & PREPOSITION:
            return False
        if any(t.low in _ASKING for t in tokens[sighting.token + 1 : pronoun]):
            return True
        at = sighting.token - 1
        while at > first and (tokens[at].capital or tokens[at].traits & _OF_A_PHRASE):
            at -= 1
        return at >= first and bool(tokens[at].traits & PREPOSITION) and tokens[at].low not in lexicon.CONJUNCTIONS

    def _opens_with(self, place: Place, mention: Mention) -> bool:
        """``He praised Mr Haidari, whose conduct he called …``: the sentence itself began with him."""
        block, sentence = place
        first, _ = self.paragraphs[block].sentences[sentence]
        return mention.first > first and self.paragraphs[block].tokens[first].low == mention.head

    def _goes_on(self, place: Place, pronoun: str) -> bool:
        """``She learned it from a customer. … she said``: whoever the sentence before calls ``She`` is meant still."""
        block, sentence = place
        first, last = self.paragraphs[block].sentences[sentence]
        tokens = self.paragraphs[block].tokens
        asks = tokens[first].low in _OPENS_QUESTION and first + 1 < last
        if tokens[first + asks].low == pronoun:
            return True
        lead = tokens[first : min(last, first + 4)]  # For once she does not answer
        return any(t.low == pronoun for t in lead[1:]) and not any(t.capital and t is not lead[0] for t in lead)

    def _speaker(self, place: Place, here: Sequence[Sighting], gender: str) -> list[Entity] | None:
        """The one who spoke in a sentence; of one whose gender nobody knows rather the one it names."""
        spoke = [e for e in self.spoken.get(place, ()) if self._fits(e, gender)]
        if len(spoke) != 1:
            return None
        if spoke[0].kind == "anonymous" and not spoke[0].gender:
            named = people_in(s for s in here if s.entity.gender == gender)
            return named if len(named) == 1 else spoke
        return spoke

    def _hearer(self, place: Place, here: Sequence[Sighting]) -> list[Entity] | None:
        """``Ann Lee asked Bob Dean if …``: he answers; so he does where he ``was asked by Ann Lee``."""
        block, sentence = place
        tokens = self.paragraphs[block].tokens
        first, last = self.paragraphs[block].sentences[sentence]
        asked = next((n for n in range(first, last) if tokens[n].low in _ASKED), None)
        if asked is None:
            return None
        if asked > first and tokens[asked - 1].traits & BEING:
            fits = people_in(s for s in here if s.token < asked)
        else:
            fits = people_in(s for s in here if asked < s.token <= asked + 4)
        return fits if len(fits) == 1 else None

    def _fits(self, entity: Entity, gender: str) -> bool:
        """A single person of that gender, as far as the text tells, whom the words do not name."""
        if entity.kind == "collective" or entity.gender not in {"", gender} or entity.dead:
            return False
        if entity.kind != "person" or not self.named:
            return True
        words = entity.words
        return words[0] not in self.named and words[-1] not in self.named

    def _both(self, place: Place) -> list[Entity]:
        """The two people whom the sentences before begin with."""
        earlier: Place | None = place
        found: list[Entity] = []
        for _ in range(3):
            earlier = self.earlier(earlier) if earlier else None
            if earlier is None:
                break
            leading = people_in(s for s in self._sightings(earlier, None) if s.leads and s.entity.kind == "person")
            found.extend(e for e in reversed(leading) if e not in found)
        return found[::-1] if len(found) == 2 else []

    def _they(self, place: Place) -> list[Entity]:
        """Several people or a body that spoke last, else the pair that the sentences before begin with."""
        if len(self.last) > 1 or (self.last and self.last[0].kind != "person"):
            return self.last
        earlier: Place | None = place
        for steps in range(2):
            earlier = self.earlier(earlier) if earlier else None
            if earlier is None:
                break
            people = [s for s in self._sightings(earlier, None) if s.token >= 0 and s.entity.kind == "person"]
            first = people[0].leads if people else False
            if len(people_in(people)) == 2 and (first or steps == 0) and self._joined(earlier[0], people[0], people[1]):
                return people_in(people)
        return []

    def _joined(self, block: int, one: Sighting, two: Sighting) -> bool:
        """``Rob Tolland, 61, and his brother Clive``: nothing but a tie and asides stand between."""
        between = self.paragraphs[block].tokens[one.token + 1 : two.token]
        return any(t.low in {"and", "&"} for t in between) and len(between) < 12 and not any(
            t.traits & (VERB | BEING) or t.low in lexicon.HAVE for t in between
        )  # fmt: skip

    def _sightings(self, place: Place, before: int | None) -> list[Sighting]:
        found = [s for s in self.seen.get(place, ()) if before is None or s.token < before]
        if before is None:
            spoken = self.spoken.get(place, ())
            extra = [e for e in spoken if not any(s.entity is e for s in found)]
            found = [Sighting(e, -1, leads=True) for e in extra] + found
        return found

    def earlier(self, place: Place) -> Place | None:
        """The sentence before, in this part of the story."""
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


def _is_thing(entity: Entity) -> bool:
    """A body or a document, not ``prosecutors``."""
    people = lexicon.kin().get(entity.head, ("", ""))[0] == "many" or entity.head in lexicon.plural_roles()
    return entity.kind == "collective" and (not people or entity.head in lexicon.body_nouns())


def _choose(sightings: Sequence[Sighting], gender: str) -> list[Entity] | None:
    """Whom ``he`` or ``she`` means among the people of one sentence; None: look further back.

    Who says something in it comes first, then whom it begins with, then the one whose gender the text tells.
    """
    fits = [s for s in sightings if s.entity.kind != "collective" and s.entity.gender in {"", gender}]
    others = [s for s in fits if not s.owns]
    if any(s.leads or s.entity.kind == "person" for s in others) or all(s.entity.kind != "person" for s in fits):
        fits = others or fits  # but of Ann Lee’s son was killed by a driver she is Ann Lee
    people = people_in(fits)
    if not people:
        return None
    if len(people) == 1:
        return people
    leading = people_in([*(s for s in fits if s.says), *(s for s in fits if s.leads)])[:1]
    known = [e for e in people if e.gender == gender]
    if leading and (leading[0].kind == "person" or not known or leading[0] in known):
        return leading
    named = people_in(s for s in fits if s.entity.kind == "person")
    if not leading and len(named) == 1 and (not known or named[0] in known):
        return named
    return known if len(known) == 1 else []
