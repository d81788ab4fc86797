"""The people an article introduces, so that a short form, a pronoun or an office finds its person."""

from __future__ import annotations

import re
from operator import attrgetter
from typing import TYPE_CHECKING

from cpsscrape.extract import lexicon, offices, welsh
from cpsscrape.extract.bodies import Bodies
from cpsscrape.extract.couples import companion_before, sharer_before, spouse_of
from cpsscrape.extract.descriptions import describe, ends_life
from cpsscrape.extract.doubted import Doubted, people_among
from cpsscrape.extract.entities import (
    NOWHERE,
    PEERS,
    Entity,
    Nameless,
    Sighting,
    gender_by_name,
    gender_by_pronouns,
    people_in,
)
from cpsscrape.extract.ledes import Lede, read_lede
from cpsscrape.extract.mentions import Mention, named, post_of
from cpsscrape.extract.once import once
from cpsscrape.extract.posts import Post
from cpsscrape.extract.short_forms import ShortForms, beginning, behind_given, given_before
from cpsscrape.extract.sightings import (
    age_of,
    is_personal,
    is_place,
    is_tried,
    leads,
    owns,
    phrases,
    read_genders,
    says,
    title_gender,
    title_of,
)
from cpsscrape.extract.words import DETERMINER, GIVEN, NUMBER, PARTICLE, ROLE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cpsscrape.extract.people import Name
    from cpsscrape.extract.prose import Paragraph
    from cpsscrape.extract.sightings import Phrase
    from cpsscrape.extract.tokens import Sentence

# "a couple of weeks", and somebody who is married, tell nothing of two people named together
_COUPLE = re.compile(r"\b(?:the|a married) couple\b", re.IGNORECASE)
_by_token = attrgetter("token")
_MARRIED = frozenset("wife husband widow widower partner mother father".split())


class Roster:
    """Every full name of the page, in order of appearance, with the first post the page gives it.

    ``singles`` are known by one name only, ``nameless`` by none; ``seen`` has who is where, by
    paragraph and sentence. Where every attribution gives a full name, ``only`` those
    last names are looked for: who else the page tells of changes nothing.
    """

    def __init__(
        self,
        paragraphs: Sequence[Paragraph],
        extra: Sequence[Paragraph] = (),
        language: str = "en",
        *,
        only: frozenset[str] | None = None,
    ) -> None:
        self.language = language
        self._all = (*paragraphs, *extra)
        self.names = ShortForms()
        self.seen: dict[tuple[int, int], list[Sighting]] = {}
        self.nameless = Nameless()
        self.singles: dict[str, Entity] = {}
        self.pairs: list[tuple[Entity, Entity]] = []
        self.married: list[tuple[Entity, Entity]] = []
        self._doubted: list[Doubted] = []
        self.titled: set[tuple[str, str]] = set()
        self.phrases: dict[str, Entity] = {}
        self.unnamed: dict[str, list[Entity]] = {}
        for par in paragraphs:
            if only is None or any(name in par.text.casefold() for name in only):
                self._read(par, counted=True)
        for par in extra:
            if only is None or any(name in par.text.casefold() for name in only):
                self._read(par, counted=False)
        if only is not None:
            return
        if self._doubted:
            for par, index, name, mention in people_among(self._doubted, paragraphs, self.seen, self.names):
                self._meet(par, index, name, mention, sure=False, counted=True)
        for person in self.names.people.values():
            person.gender = person.gender or gender_by_name(person)
        for par in paragraphs:
            self._read_short_forms(par)
        self._settle(paragraphs)

    @once
    def bodies(self) -> Bodies:
        """The bodies that the page names."""
        return Bodies(self._all)

    def everybody(self) -> tuple[Entity, ...]:
        """All people with a name."""
        return (*self.names.people.values(), *self.singles.values())

    @once
    def _behind_given(self) -> frozenset[str]:
        return behind_given(par.text for par in self._all)

    def full_name(self, last: str) -> str:
        """``Carla Renshaw``, of whom only a statement gives the first name; else the last name."""
        begins = beginning(last)
        if begins and begins not in self._behind_given:
            return last
        found = {f"{given} {last}" for par in self._all for given in given_before(par.text, last)}
        return found.pop() if len(found) == 1 else last

    def office(self, head: str, words: str) -> list[Entity]:
        """Named people whom ``the officer``, ``the DPP``, ``the pensioner`` or ``his mother`` can mean."""
        return offices.holders(self.everybody(), head, words)

    def add(self, mention: Mention, place: tuple[int, int] = NOWHERE, *, sure: bool = True) -> Entity:
        """The person of a full name, new or known; a fuller name and a first post are kept."""
        words = mention.name.casefold().split()
        person = self.names.people.get((words[0], words[-1])) or self.names.longer(words)
        if person is None:
            person = Entity(mention.name, "person", mention.post, mention.gender, mention.kin, sure=sure, place=place)
            self.names.add(words[0], words[-1], person)
            return person
        if len(mention.name) > len(person.name):
            person.name = mention.name
        person.sure = person.sure or sure
        if mention.post:
            role, body = person.post
            person.post = Post(role or mention.post.role, body or mention.post.organisation)
        person.gender = person.gender or mention.gender
        person.kin = person.kin or mention.kin
        return person

    def _read(self, par: Paragraph, *, counted: bool) -> None:
        sentence = -1
        reach = 0
        for name in par.names:
            if not name.full or par.tokens[name.first].traits & PARTICLE:
                continue  # Van der Berg, a surname
            index = par.index_of(name.first)
            if index != sentence:
                sentence, reach = index, 0
            if not name.sure and name.first < reach:
                continue  # Serious Economic, within a post
            first, last = par.sentences[index]
            mention = self._named(par, name, first, last)
            if self.language == "cy" and (mention.name.startswith(("y ", "yr ")) or welsh.names_body(par, name)):
                continue  # Uwch Erlynydd y Goron
            vouched = name.sure or bool(mention.post) or bool(mention.kin)
            if not vouched and not is_personal(par, first, name):
                if counted:
                    self._doubted.append(Doubted(par, index, name, mention))
                continue
            reach = max(reach, mention.last)
            self._meet(par, index, name, mention, sure=vouched, counted=counted)

    def _meet(self, par: Paragraph, index: int, name: Name, mention: Mention, *, sure: bool, counted: bool) -> None:
        """Somebody’s full name, and what its sentence tells of them."""
        sentence = par.sentences[index]
        person = self.add(mention, (par.number, name.first) if counted else NOWHERE, sure=sure)
        self._read_person(par, sentence, name, mention, person)
        if counted:
            self._see(par, index, person, name, at_front=leads(par, sentence.first, mention.first))

    def _see(self, par: Paragraph, index: int, person: Entity, name: Name, *, at_front: bool) -> None:
        owned = owns(par, name)
        spoke = says(par, name.begin, name.end)
        sighting = Sighting(person, name.first, at_front and not owned, owned, spoke)
        self.seen.setdefault((par.number, index), []).append(sighting)

    def _read_person(self, par: Paragraph, sentence: Sentence, name: Name, mention: Mention, person: Entity) -> None:
        """What the sentence of a full name tells of its person."""
        first, last = sentence
        if not mention.post and name.begin - first <= 2:  # Bob Dean, 34, of Ferrowby, was jailed
            person.accused = person.accused or is_tried(par, name.end, min(last, name.end + 30))
        person.age = person.age or age_of(par, name)
        person.title = person.title or title_of(par, name)
        person.nouns |= describe(par, name, first, last)
        person.dead = person.dead or ends_life(par, name, first, last)
        self._read_companion(par, name, person)
        if mention.kin in offices.SPOUSES:
            spouse = spouse_of(par, first, name, person, self.names.people.values())
            if spouse is not None:
                self.married.append((spouse, person))

    def _read_companion(self, par: Paragraph, name: Name, person: Entity) -> None:
        """Who is introduced together with somebody."""
        sharer = sharer_before(par, name)
        if sharer is not None:
            self.pairs.append((self.add(sharer, (par.number, sharer.first)), person))
            return
        words = companion_before(par, name)
        found = self.names.people.get((words[0], words[-1])) if words else None
        if found is not None and found is not person:
            self.pairs.append((found, person))

    def _named(self, par: Paragraph, name: Name, first: int, last: int) -> Mention:
        if self.language != "cy":
            return named(par, name, first, last)
        said = next((n for n in range(first, name.first) if par.tokens[n].low in lexicon.welsh_verbs()), None)
        return welsh.named(par, name, said + 1 if said is not None else name.title, last)

    def _read_short_forms(self, par: Paragraph) -> None:
        """Who else is where: short forms of names, people without a name; then what the pronouns tell of all."""
        for name in par.names:
            if not name.full:
                self._read_short_form(par, name)
        shown = bool(par.names)
        for phrase in phrases(par):
            self._read_phrase(par, phrase)
            shown = True
        if shown:
            self._read_pronouns(par)

    def _read_pronouns(self, par: Paragraph) -> None:
        """``He`` and ``her`` tell a gender where nobody else is in the sentence, or in the one before ``He``."""
        for index, (first, last) in enumerate(par.sentences):
            sightings = self.seen.get((par.number, index))
            if sightings is not None:
                sightings.sort(key=_by_token)
                read_genders(par, last, sightings)
            low = par.tokens[first].low
            if index and low in {"he", "she"}:
                before = people_in(self.seen.get((par.number, index - 1), ()))
                if len(before) == 1:
                    before[0].genders.append("m" if low == "he" else "f")

    def _read_short_form(self, par: Paragraph, name: Name) -> None:
        """``Mr Kennedy`` tells a gender."""
        index = par.index_of(name.first)
        first, last = par.sentences[index]
        gender = title_gender(par, name)
        word = par.tokens[name.first].low
        if gender:
            self.titled.add((word, gender))
        rank = par.words(name.begin, name.first)
        person = self.names.find(word, gender, rank, (par.number, name.first))
        person = person or self._single(par, name, first, last)
        if person is not None:
            person.gender = person.gender or gender
            person.title = person.title or title_of(par, name)
            person.nouns |= describe(par, name, first, last)
            self._see(par, index, person, name, at_front=leads(par, first, name.begin))

    def _single(self, par: Paragraph, name: Name, first: int, last: int) -> Entity | None:
        """A person whom the page knows by one name only: ``Rose``, ``Mr Justice Hale``."""
        tokens = par.tokens
        token = tokens[name.first]
        word = token.low
        alone = name.begin and name.begin == name.first
        if self.names.knows(word) or (alone and tokens[name.begin - 1].traits & DETERMINER):
            return None  # the Dean of Wensbury
        titled = any(tokens[n].low.rstrip(".") in lexicon.titles() for n in range(name.begin, name.first))
        aged = name.end + 1 < last and tokens[name.end].text == "," and tokens[name.end + 1].kind == NUMBER
        if not titled and not aged and (is_place(par, name) or not (word in self.singles or token.traits & GIVEN)):
            return None
        mention = self._named(par, name, first, last)
        person = self.singles.get(word)
        if person is None:
            peer = mention.text.split()[0].lower() in PEERS
            full = mention.text if peer else self.full_name(mention.name)
            person = Entity(full, "person", mention.post, mention.gender, mention.kin)
            self.singles[word] = person
        elif not person.post:
            person.post = mention.post
        return person

    def _read_phrase(self, par: Paragraph, phrase: Phrase) -> None:
        """People without a name are sightings too: ``the victim``, ``a man``."""
        entity = self.phrases.get(phrase.text.casefold()) if phrase.definite else None
        if entity is None:
            entity = Entity(phrase.text, "anonymous", gender=phrase.gender, head=phrase.head, sure=False)
            entity.definite = phrase.definite
        if phrase.definite:
            self.phrases[phrase.text.casefold()] = entity
        elif par.tokens[phrase.noun.head].traits & ROLE:
            entity.post = post_of(par, phrase.noun)
        if phrase.definite is False or " " in phrase.text.partition(" ")[2]:
            same = self.unnamed.setdefault(phrase.head, [])
            if entity not in same:
                same.append(entity)
        spoke = says(par, phrase.noun.first, phrase.noun.last)
        sighting = Sighting(entity, phrase.noun.first, phrase.leads, says=spoke)
        self.seen.setdefault((par.number, phrase.sentence), []).append(sighting)

    def _settle(self, paragraphs: Sequence[Paragraph]) -> None:
        """What all of the page tells: genders, widows by their title, whom ``the pensioner`` in a sentence means."""
        for person in self.everybody():
            person.gender = person.gender or gender_by_name(person) or gender_by_pronouns(person.genders)
        self._read_wives()
        if self.pairs and not self.married and any(_COUPLE.search(par.text) for par in paragraphs):
            self.married.extend(self.pairs)
        lede = read_lede(paragraphs, self.seen, self.names.people.values())
        if lede is not None:
            self._settle_lede(lede)
        self._settle_phrases()

    def _settle_phrases(self) -> None:
        """``The pensioner`` of a sentence is the one person of the page who can be meant."""
        meant: dict[str, list[Entity]] = {}
        for sightings in self.seen.values():
            for n, sighting in enumerate(sightings):
                entity = sighting.entity
                if not entity.definite or entity.kind != "anonymous" or not entity.head:
                    continue
                fits = meant.get(entity.name)
                if fits is None:
                    fits = meant[entity.name] = self.office(entity.head, entity.name)
                if len(fits) == 1:
                    sightings[n] = sighting._replace(entity=fits[0])

    def _settle_lede(self, lede: Lede) -> None:
        person = lede.person
        person.gender = person.gender or lede.gender
        person.nouns.add(lede.head)
        if lede.entity is not None and "former" in lede.entity.name.split():
            person.nouns.add(f"former {lede.head}")
        if not person.post:
            person.post = lede.post
        for sightings in self.seen.values():
            for n, sighting in enumerate(sightings):
                if sighting.entity is lede.entity:
                    sightings[n] = sighting._replace(entity=person)

    def _read_wives(self) -> None:
        """``His wife, Pamela``, later ``Mrs Foy``: Pamela Foy."""
        for word, gender in sorted(self.titled):
            family = self.names.by_last.get(word, ())
            if not family or any(p.gender in {"", gender} for p in family):
                continue
            fits = [(k, p) for k, p in self.singles.items() if p.kin in _MARRIED and p.gender == gender]
            if len(fits) == 1:
                key, person = fits[0]
                person.married = True
                person.name = f"{person.name} {family[0].name.split()[-1]}"
                del self.singles[key]
                self.names.add(key, word, person)
