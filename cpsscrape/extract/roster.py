"""The people an article introduces, so that a short form, a pronoun or an office finds its person."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cpsscrape.extract import lexicon, welsh
from cpsscrape.extract.bodies import Bodies
from cpsscrape.extract.mentions import Mention, gender_of, named
from cpsscrape.extract.phrases import noun_from
from cpsscrape.extract.posts import NOBODY, Post

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cpsscrape.extract.people import Name
    from cpsscrape.extract.prose import Paragraph
    from cpsscrape.items import SpeakerKind

_POLICE = frozenset(
    "detective inspector sergeant constable superintendent commander pc wpc dc ds di dci dsu dcs sgt supt insp"
    " officer det".split()
)
_TRIED = frozenset(
    "jailed sentenced convicted guilty pleaded charged accused imprisoned denied admitted handed remanded acquitted"
    " cleared fined ordered".split()
)
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
    genders: list[str] = field(default_factory=list)

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
        self.bodies = Bodies([*paragraphs, *extra])
        for par in paragraphs:
            self._read(par, counted=True)
        for par in extra:
            self._read(par, counted=False)
        for par in paragraphs:
            self._read_short_forms(par)
        for person in (*self.people.values(), *self.singles.values()):
            person.gender = person.gender or _told(person.genders)

    def _read(self, par: Paragraph, *, counted: bool) -> None:
        for index, sentence in enumerate(par.sentences):
            reach = 0
            for name in par.names_in(sentence.first, sentence.last):
                if not name.full:
                    continue
                if par.tokens[name.first].low in lexicon.PARTICLES:
                    continue  # Van der Berg, a surname
                if not name.sure and name.first < reach:
                    continue  # Serious Economic, within a post
                mention = self._named(par, name, sentence.first, sentence.last)
                if not name.sure and not mention.post and not mention.kin and not _personal(par, name.first):
                    continue
                person = self.add(mention, sure=name.sure or bool(mention.post) or bool(mention.kin))
                person.accused = person.accused or self._is_accused(par, sentence.first, sentence.last, name, mention)
                reach = max(reach, mention.last)
                person.age = person.age or _age(par, name)
                if counted:
                    leads = _leads(par, sentence.first, mention.first)
                    self.seen.setdefault((par.number, index), []).append(Sighting(person, name.first, leads))

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
                person = self.short(word, gender) or self._single(par, name, sentence.first, sentence.last)
                if person is not None:
                    person.gender = person.gender or gender
                    leads = _leads(par, sentence.first, name.begin)
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
        if word in self.by_last or word in self.by_first:
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

    def _read_nouns(self, par: Paragraph, index: int) -> None:
        """People without a name are sightings too: ``the victim``, ``a man``."""
        sentence = par.sentences[index]
        kin = lexicon.kin()
        at = sentence.first
        while at < sentence.last:
            low = par.tokens[at].low
            if low in lexicon.DETERMINERS or low in lexicon.POSSESSIVES:
                noun = noun_from(par.tokens, at, sentence.last)
                if noun is not None and (head := par.tokens[noun.head].low) in kin and kin[head][0] == "one":
                    text = par.words(noun.first, noun.last)
                    owns = noun.last < len(par.tokens) and par.tokens[noun.last].kind == "possessive"
                    predicate = at > sentence.first and par.tokens[at - 1].low in lexicon.BE | {
                        "as",
                        "become",
                        "became",
                    }
                    if not owns and not predicate and not self._is_appositive(par, noun.first, noun.last):
                        entity = Entity(text, "anonymous", gender=gender_of(head), head=head, sure=False)
                        leads = _leads(par, sentence.first, at)
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
            if len(fits) == 1:
                return fits[0]
            if fits:
                return None
        return None

    def full(self, mention: Mention) -> Entity:
        """The person of a full name."""
        return self.add(mention)

    def office(self, head: str, words: str) -> list[Entity]:
        """Named people whom ``the officer``, ``the judge``, ``the DPP`` or ``his mother`` can mean."""
        found = []
        for person in (*self.people.values(), *self.singles.values()):
            role = (person.post.role or "").lower()
            heads = set(role.replace("-", " ").split())
            fits = (
                (head in heads and role)
                or (head in {"officer", "detective", "policeman", "policewoman"} and heads & _POLICE)
                or (head == "judge" and heads & _BENCH)
                or (person.kin and person.kin == head)
                or (head == "defendant" and person.accused)
                or (person.age and head == f"{person.age}-year-old")
                or (head.isalpha() and words.rsplit(maxsplit=1)[-1].isupper() and _initials(role) == head)
            )
            if fits:
                found.append(person)
        if head == "defendant" and not found:
            found = [p for p in self.people.values() if p.age and not p.post and not p.kin]
        return found


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
