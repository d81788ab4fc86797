"""The people an article introduces, so that a short form, a pronoun or an office finds its person."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cpsscrape.extract import lexicon, welsh
from cpsscrape.extract.bodies import Bodies
from cpsscrape.extract.descriptions import describe, ends_life
from cpsscrape.extract.mentions import Mention, gender_of, named
from cpsscrape.extract.phrases import noun_from
from cpsscrape.extract.posts import NOBODY, Post
from cpsscrape.extract.words import BEING, DETERMINING, NUMBER, PARTICLE, POSSESSIVE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cpsscrape.extract.people import Name
    from cpsscrape.extract.prose import Paragraph
    from cpsscrape.items import SpeakerKind

_POLICE = frozenset(
    "detective inspector sergeant constable superintendent commander pc wpc dc ds di dci dsu dcs sgt supt insp"
    " officer det ditectif arolygydd rhingyll cwnstabl uwcharolygydd heddwas".split()
)
_OFFICERS = frozenset("officer detective policeman policewoman swyddog ditectif heddwas".split())
_TRIED = frozenset(
    "jailed sentenced convicted guilty pleaded charged accused imprisoned denied admitted handed remanded acquitted"
    " cleared fined ordered".split()
)
_MARRIED = frozenset("wife husband widow widower partner mother father".split())
_SPOUSES = {"wife": "f", "husband": "m", "brother": "m", "sister": "f"}
_SIBLINGS = {"brothers": "m", "sisters": "f"}
_OLD = frozenset("pensioner oap octogenarian great-grandmother great-grandfather grandmother grandfather".split())
_BENCH = frozenset("judge recorder hhj justice magistrate sheriff".split())


#: Titles that are part of the name of a peer or a king: ``Lord Ashby``.
PEERS = frozenset("lord lady baroness baron dame sir pope king queen prince princess".split())


@dataclass(slots=True, eq=False)
class Entity:
    """Somebody or some body of an article; ``gender`` is empty until the text tells it."""

    name: str
    kind: SpeakerKind
    post: Post = NOBODY
    gender: str = ""
    kin: str = ""
    head: str = ""
    sure: bool = True
    accused: bool = False
    age: str = ""
    dead: bool = False
    definite: bool = False
    married: bool = False
    genders: list[str] = field(default_factory=list)
    nouns: set[str] = field(default_factory=set)

    @property
    def words(self) -> list[str]:
        """The name's words in lower case, for comparison."""
        return self.name.casefold().split()


@dataclass(frozen=True, slots=True)
class Sighting:
    """An entity at a place of the text: paragraph and token, and whether it begins its clause."""

    entity: Entity
    token: int
    leads: bool


class Roster:
    """Every full name of the page, in order of appearance, with the first post the page gives it."""

    def __init__(self, paragraphs: Sequence[Paragraph], extra: Sequence[Paragraph] = (), language: str = "en") -> None:
        self.language = language
        self.people: dict[tuple[str, str], Entity] = {}
        self.by_last: dict[str, list[Entity]] = {}
        self.by_first: dict[str, list[Entity]] = {}
        self.seen: dict[tuple[int, int], list[Sighting]] = {}
        self.nameless: dict[str, Entity] = {}
        self.singles: dict[str, Entity] = {}
        self.pairs: list[tuple[Entity, Entity]] = []
        self.titled: set[tuple[str, str]] = set()
        self.lede: Entity | None = None
        self.unnamed: dict[str, list[Entity]] = {}
        self.bodies = Bodies([*paragraphs, *extra])
        for par in paragraphs:
            self._read(par, counted=True)
        for par in extra:
            self._read(par, counted=False)
        for person in self.people.values():
            person.gender = person.gender or gender_by_name(person)
        for par in paragraphs:
            self._read_short_forms(par)
        self._settle()

    def _read(self, par: Paragraph, *, counted: bool) -> None:
        for index, sentence in enumerate(par.sentences):
            reach = 0
            for name in par.names_in(sentence.first, sentence.last):
                if not name.full:
                    continue
                if par.tokens[name.first].traits & PARTICLE:
                    continue  # Van der Berg, a surname
                if not name.sure and name.first < reach:
                    continue  # Serious Economic, within a post
                mention = self._named(par, name, sentence.first, sentence.last)
                if self.language == "cy" and mention.name.startswith(("y ", "yr ")):
                    continue  # Uwch Erlynydd y Goron
                if not name.sure and not mention.post and not mention.kin and not _personal(par, name.first):
                    continue
                person = self.add(mention, sure=name.sure or bool(mention.post) or bool(mention.kin))
                person.accused = person.accused or self._is_accused(par, sentence.first, sentence.last, name, mention)
                reach = max(reach, mention.last)
                person.age = person.age or _age(par, name)
                person.nouns |= describe(par, name, sentence.first, sentence.last)
                person.dead = person.dead or ends_life(par, name, sentence.first, sentence.last)
                self._read_partner(par, name, person)
                if counted:
                    leads = _leads(par, sentence.first, mention.first) and not _owns(par, name)
                    self.seen.setdefault((par.number, index), []).append(Sighting(person, name.first, leads))

    def _settle(self) -> None:
        """What all of the page tells: genders, widows by their title, whom ``the pensioner`` in a sentence means."""
        for person in self.everybody():
            person.gender = person.gender or gender_by_name(person) or _told(person.genders)
        self._read_wives()
        if self.lede is not None:
            self._read_lede(self.lede)
        for sightings in self.seen.values():
            for n, sighting in enumerate(sightings):
                entity = sighting.entity
                if entity.kind == "anonymous" and entity.head and entity.definite:
                    fits = self.office(entity.head, entity.name)
                    if len(fits) == 1:
                        sightings[n] = Sighting(fits[0], sighting.token, sighting.leads)

    def everybody(self) -> tuple[Entity, ...]:
        """All people with a name."""
        return (*self.people.values(), *self.singles.values())

    def _read_partner(self, par: Paragraph, name: Name, person: Entity) -> None:
        """``Craig and Lorraine Stagg``: two people, and a couple; ``Rob Tolland and his brother Clive``: two."""
        at = name.first - 1
        if at < 1 or par.tokens[at].low not in {"and", "&"}:
            return
        given = par.tokens[at - 1]
        alone = at < 2 or not par.tokens[at - 2].capital or par.tokens[at - 2].low in lexicon.OPENERS
        if given.text in lexicon.given_names() and alone:
            surname = person.name.split()[-1]
            mention = Mention(
                text=given.text, kind="name", first=at - 1, last=at, name=f"{given.text} {surname}", full=True
            )
            other = self.add(mention)
        else:
            before = [
                n for n in par.names_in(max(0, at - 8), at) if n.full and (n.end == at or _only_age(par, n.end, at))
            ]
            words = par.words(before[-1].first, before[-1].last).casefold().split() if before else [""]
            found = self.people.get((words[0], words[-1]))
            if found is None or found is person:
                return
            other = found
        self.pairs.append((other, person))

    def _read_wives(self) -> None:
        """``His wife, Pamela``, later ``Mrs Foy``: Pamela Foy."""
        for word, gender in self.titled:
            family = self.by_last.get(word, ())
            if not family or any(p.gender in {"", gender} for p in family):
                continue
            fits = [(k, p) for k, p in self.singles.items() if p.kin in _MARRIED and p.gender == gender]
            if len(fits) == 1:
                key, person = fits[0]
                person.married = True
                person.name = f"{person.name} {family[0].name.split()[-1]}"
                del self.singles[key]
                self.people[key, word] = person
                self.by_last[word].append(person)
                self.by_first.setdefault(key, []).append(person)

    def _read_lede(self, lede: Entity) -> None:
        """``A retired teacher has been found``, then ``Margaret Tring, 72, had slipped``: she is the teacher."""
        fits = [p for p in self.people.values() if not p.post and not p.kin and not p.dead and (p.age or p.accused)]
        accused = [p for p in fits if p.accused]
        if lede.accused:
            fits = accused or fits
        if not fits or (lede.accused and len(fits) > 1):
            return
        person = fits[0]
        if lede.gender and person.gender and lede.gender != person.gender:
            return
        person.gender = person.gender or lede.gender
        person.nouns.add(lede.head)
        for sightings in self.seen.values():
            for n, sighting in enumerate(sightings):
                if sighting.entity is lede:
                    sightings[n] = Sighting(person, sighting.token, sighting.leads)

    def _is_accused(self, par: Paragraph, first: int, last: int, name: Name, mention: Mention) -> bool:
        """``Bob Dean, 34, of Ferrowby, was jailed``: the sentence begins with him and tells of a trial."""
        if mention.post or name.begin - first > 2:
            return False
        return any(par.tokens[n].low in _TRIED for n in range(name.end, min(last, name.end + 30)))

    def _named(self, par: Paragraph, name: Name, first: int, last: int) -> Mention:
        if self.language != "cy":
            return named(par, name, first, last)
        said = next((n for n in range(first, name.first) if par.tokens[n].low in lexicon.welsh_verbs()), None)
        return welsh.named(par, name, said + 1 if said is not None else name.title, last)

    def add(self, mention: Mention, *, sure: bool = True) -> Entity:
        """The person of a full name, new or known; a fuller name and a first post are kept."""
        words = mention.name.casefold().split()
        key = (words[0], words[-1])
        person = self.people.get(key)
        if person is None:
            person = Entity(mention.name, "person", mention.post, mention.gender, mention.kin, sure=sure)
            self.people[key] = person
            self.by_last.setdefault(words[-1], []).append(person)
            self.by_first.setdefault(words[0], []).append(person)
            return person
        if len(mention.name) > len(person.name):
            person.name = mention.name
        person.sure = person.sure or sure
        person.post = Post(person.post.role or mention.post.role, person.post.organisation or mention.post.organisation)
        person.gender = person.gender or mention.gender
        person.kin = person.kin or mention.kin
        return person

    def _read_short_forms(self, par: Paragraph) -> None:
        """``Mr Kennedy`` tells a gender; so do ``he`` and ``her`` where nobody else is in the sentence."""
        titles = lexicon.titles()
        for index, sentence in enumerate(par.sentences):
            sightings = self.seen.setdefault((par.number, index), [])
            for name in par.names_in(sentence.first, sentence.last):
                if name.full:
                    continue
                word = par.tokens[name.first].low
                gender = next(
                    (titles[low].gender for n in range(name.begin, name.first)
                     if (low := par.tokens[n].low.rstrip(".")) in titles and titles[low].gender), "",
                )  # fmt: skip
                if gender:
                    self.titled.add((par.tokens[name.first].low, gender))
                person = self.short(word, gender) or self._single(par, name, sentence.first, sentence.last)
                if person is not None:
                    person.gender = person.gender or gender
                    person.nouns |= describe(par, name, sentence.first, sentence.last)
                    leads = _leads(par, sentence.first, name.begin) and not _owns(par, name)
                    sightings.append(Sighting(person, name.first, leads))
            self._read_nouns(par, index)
            sightings.sort(key=lambda s: s.token)
            self._read_gender(par, sentence.last, sightings)
            if index and par.tokens[sentence.first].low in {"he", "she"}:
                before = people_in(self.seen.get((par.number, index - 1), ()))
                if len(before) == 1:
                    before[0].genders.append("m" if par.tokens[sentence.first].low == "he" else "f")

    def _single(self, par: Paragraph, name: Name, first: int, last: int) -> Entity | None:
        """A person whom the page knows by one name only: ``Rose``, ``Mr Justice Hale``."""
        token = par.tokens[name.first]
        word = token.low
        if word in self.by_last or word in self.by_first or not self._may_stand_alone(par, name):
            return None
        titled = any(par.tokens[n].low.rstrip(".") in lexicon.titles() for n in range(name.begin, name.first))
        aged = name.end + 1 < last and par.tokens[name.end].text == "," and par.tokens[name.end + 1].kind == "number"
        if word not in self.singles and not titled and not aged and token.text not in lexicon.given_names():
            return None
        mention = self._named(par, name, first, last)
        person = self.singles.get(word)
        if person is None:
            peer = mention.text.split()[0].lower() in PEERS
            person = Entity(mention.text if peer else mention.name, "person", mention.post, mention.gender, mention.kin)
            self.singles[word] = person
        elif not person.post:
            person.post = mention.post
        return person

    def _may_stand_alone(self, par: Paragraph, name: Name) -> bool:
        """Not ``the Dean of Wensbury``."""
        return name.begin == 0 or name.begin < name.first or par.tokens[name.begin - 1].low not in lexicon.DETERMINERS

    def _read_nouns(self, par: Paragraph, index: int) -> None:
        """People without a name are sightings too: ``the victim``, ``a man``."""
        sentence = par.sentences[index]
        kin = lexicon.kin()
        tokens = par.tokens
        at = sentence.first
        while at < sentence.last:
            if tokens[at].traits & DETERMINING:
                low = tokens[at].low
                noun = noun_from(tokens, at, sentence.last)
                lede = at == sentence.first and index == par.number == 0 and low in {"a", "an"}
                if noun is not None and ((head := tokens[noun.head].low) and (lede or _is_one(head, kin))):
                    text = par.words(noun.first, noun.last)
                    owns = noun.last < len(tokens) and tokens[noun.last].kind == POSSESSIVE
                    predicate = at > sentence.first and (
                        tokens[at - 1].traits & BEING or tokens[at - 1].low in {"as", "become", "became"}
                    )
                    if not owns and not predicate and not self._is_appositive(par, noun.first, noun.last):
                        entity = Entity(text, "anonymous", gender=gender_of(head), head=head, sure=False)
                        entity.definite = low not in {"a", "an", "one", "another"}
                        if low in {"a", "an"}:
                            self.unnamed.setdefault(head, []).append(entity)
                        leads = _leads(par, sentence.first, at)
                        if low in {"a", "an"} and par.number == 0 and index == 0 and leads:
                            entity.accused = any(t.low in _TRIED for t in par.tokens[at : sentence.last])
                            self.lede = self.lede or entity
                        self.seen.setdefault((par.number, index), []).append(Sighting(entity, at, leads))
                    at = noun.last
                    continue
            at += 1

    def _is_appositive(self, par: Paragraph, first: int, last: int) -> bool:
        """``Ann Lee, the boy’s mother,``: no second person."""
        before = first > 0 and par.tokens[first - 1].text == ","
        return any(
            (before and n.end == first - 1) or n.begin in (last, last + 1)
            for n in par.names_in(max(0, first - 12), last + 12)
        )

    def _read_gender(self, par: Paragraph, last: int, sightings: list[Sighting]) -> None:
        people = {id(s.entity): s for s in sightings}
        if len(people) != 1:
            return
        sighting = next(iter(people.values()))
        for at in range(sighting.token, last):
            low = par.tokens[at].low
            if low in {"he", "his", "himself"}:
                sighting.entity.genders.append("m")
            elif low in {"she", "her", "herself"}:
                sighting.entity.genders.append("f")

    def short(self, word: str, gender: str = "") -> Entity | None:
        """Whom a last or a first name means; nobody when two people fit."""
        low = word.casefold()
        for index in (self.by_last, self.by_first):
            fits = [p for p in index.get(low, ()) if not gender or p.gender in {"", gender}]
            if gender and len(fits) > 1:
                fits = [p for p in fits if p.gender == gender] or fits
            if len(fits) > 1:
                fits = [p for p in fits if not p.dead] or fits
            if len(fits) > 1 and not gender:
                fits = [p for p in fits if not p.married] or fits
            if len(fits) == 1:
                return fits[0]
            if fits:
                return None
        return self._by_short_name(low)

    def _by_short_name(self, low: str) -> Entity | None:
        """``Steve``, where the page has one Stephen; ``Stephen``, where it has one Steve."""
        wanted = lexicon.short_names().get(low, frozenset())
        fits = [p for full in wanted for p in self.by_first.get(full, ())]
        fits.extend(p for p in self.people.values() if low in lexicon.short_names().get(p.words[0], ()))
        return fits[0] if len(fits) == 1 else None

    def full(self, mention: Mention) -> Entity:
        """The person of a full name."""
        return self.add(mention)

    def office(self, head: str, words: str) -> list[Entity]:
        """Named people whom ``the officer``, ``the DPP``, ``the pensioner`` or ``his mother`` can mean."""
        gender = gender_of(head)
        everybody = [p for p in self.everybody() if not gender or p.gender in {"", gender}]
        letters = head.isalpha() and words.rsplit(maxsplit=1)[-1].isupper()
        found = [p for p in everybody if _holds(p, head, letters=letters)]
        if len(found) > 1:
            said = set(words.lower().split()[1:])
            found = [p for p in found if said <= set((p.post.role or "").lower().split())] or found
        if found:
            return found
        if head == "defendant":
            return [p for p in self.people.values() if p.age and not p.post and not p.kin]
        if "-of-" in head or any(f" of {n}" in words for n in ("two", "three", "four", "five", "six", "seven")):
            gender = gender_of(head.split("-of-", maxsplit=1)[0])
            return [p for p in self.people.values() if p.gender == gender and p.age and not p.post and not p.kin]
        return []

    def couple(self, head: str) -> tuple[Entity, ...]:
        """``The couple``, ``the brothers``: the only two people who were introduced together."""
        gender = _SIBLINGS.get(head)
        pairs = {frozenset(map(id, p)): p for p in self.pairs if not p[0].post and not p[1].post}
        if gender is not None:
            pairs = {k: p for k, p in pairs.items() if p[0].words[-1] == p[1].words[-1]
                     and all(e.gender in {"", gender} for e in p)}  # fmt: skip
        return next(iter(pairs.values())) if len(pairs) == 1 else ()

    def partner(self, head: str, last: Entity | None) -> Entity | None:
        """``His wife``, ``his brother``: the other one of the only pair that was introduced together."""
        gender = _SPOUSES.get(head)
        pairs = [p for p in self.pairs if p[0].words[-1] == p[1].words[-1] and any(e.gender == gender for e in p)]
        if len({frozenset(map(id, p)) for p in pairs}) != 1:
            return None
        one, two = pairs[0]
        fits = [e for e in (one, two) if e.gender == gender]
        if len(fits) == 2:
            fits = [e for e in fits if e is not last] if last in fits else []
        return fits[0] if len(fits) == 1 else None


def _holds(person: Entity, head: str, *, letters: bool) -> bool:
    """Whether a noun fits somebody's post, calling, tie or age."""
    role = (person.post.role or "").lower()
    heads = set(role.replace("-", " ").split())
    age = int(person.age) if person.age else 0
    return bool(
        head in heads
        or head in person.nouns
        or (head in _OFFICERS and heads & _POLICE)
        or (head == "judge" and heads & _BENCH)
        or (person.kin and person.kin == head)
        or (head == "defendant" and person.accused)
        or (age and head == f"{age}-year-old")
        or (head in _OLD and age >= 60)
        or (head == "teenager" and 12 < age < 20)
        or (letters and _initials(role) == head)
    )


def _is_one(head: str, kin: dict[str, tuple[str, str]]) -> bool:
    return (head in kin and kin[head][0] == "one") or (
        head in lexicon.role_nouns() and head not in lexicon.plural_roles() and head not in kin
    )


def gender_by_name(person: Entity) -> str:
    """What the first name tells, where only women or only men bear it; not of ``Judge Beverley``."""
    words = person.name.split()
    if person.kind != "person" or (len(words) == 1 and person.post):
        return ""
    return lexicon.given_genders().get(words[0], "")


def _personal(par: Paragraph, at: int) -> bool:
    """A clue that an unknown name is a person's: an age, ``who``, a verb of saying."""
    name = par.names_in(at, at + 1)[0]
    tokens = par.tokens
    after = tokens[name.end : name.end + 2]
    if not after:
        return False
    if after[0].text in {",", "("} and len(after) > 1:
        return after[1].kind == "number" or after[1].low in {"who", "aged", "whose"}
    return after[0].low in {"who", "said", "says", "told", "added", "was", "has", "had", "is", "pleaded", "admitted"}


def _told(genders: Sequence[str]) -> str:
    """What the pronouns near a name say: all of them, or four of five."""
    for gender in ("f", "m"):
        if genders and genders.count(gender) >= 0.8 * len(genders):
            return gender
    return ""


def _age(par: Paragraph, name: Name) -> str:
    """``Bob Dean, 34,`` and ``Bob Dean (34)``."""
    after = par.tokens[name.end : name.end + 3]
    number = (
        next((t.text for t in after[1:] if t.kind == "number"), "") if after and after[0].text in {",", "("} else ""
    )
    return number if number.isdigit() and len(number) < 4 else ""


def _only_age(par: Paragraph, at: int, end: int) -> bool:
    """``Adnan Mirza, 33, and``: nothing but an age stands there."""
    return all(t.text in {",", "(", ")"} or t.kind == NUMBER for t in par.tokens[at:end])


def _owns(par: Paragraph, name: Name) -> bool:
    """``Miss Garner’s niece``: the niece is who the sentence is about."""
    return name.end < len(par.tokens) and par.tokens[name.end].kind == POSSESSIVE


def _leads(par: Paragraph, first: int, at: int) -> bool:
    """Nothing but a lead-in stands before it in the sentence."""
    return at - first <= 1 or (par.tokens[at - 1].text == "," and at - first <= 14)


def _initials(role: str) -> str:
    return "".join(word[0] for word in role.split() if word not in {"of", "the", "for", "and"})


def people_in(sightings: Iterable[Sighting]) -> list[Entity]:
    """The different entities, in order."""
    found: list[Entity] = []
    for sighting in sightings:
        if not any(sighting.entity is e for e in found):
            found.append(sighting.entity)
    return found
