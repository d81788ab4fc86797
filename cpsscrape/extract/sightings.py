"""Where an article shows somebody: names and phrases of a sentence, and what stands around them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cpsscrape.extract import lexicon
from cpsscrape.extract.mentions import gender_of
from cpsscrape.extract.phrases import noun_from
from cpsscrape.extract.words import (
    ACRONYM,
    ADVERB,
    BEING,
    BODY,
    CLAIMS,
    DETERMINER,
    KIN,
    NUMBER,
    ONE,
    OPENER,
    ORGANISATION,
    OTHER,
    POSSESSIVE,
    PREPOSITION,
    ROLE,
    THINGS,
    WORD,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cpsscrape.extract.entities import Sighting
    from cpsscrape.extract.people import Name
    from cpsscrape.extract.phrases import Noun
    from cpsscrape.extract.prose import Paragraph

INDEFINITE = frozenset({"a", "an"})
_ONE_OF_SEVERAL = frozenset({"a", "an", "one", "another"})
_BECOMING = frozenset({"as", "become", "became", "left", "leaves", "leaving"})
_INTO = frozenset({"in", "into", "on", "onto", "inside"})
_STILL = frozenset("also still now not always only just".split())
_TRIED = frozenset(
    "jailed sentenced convicted guilty pleaded charged accused imprisoned denied admitted handed remanded acquitted"
    " cleared fined ordered".split()
)
_PERSONAL = frozenset("who said says told added was has had is pleaded admitted".split())
_WHERE = frozenset("in near across around outside throughout inside".split())
_DIRECTIONS = frozenset("north south east west northern southern eastern western new".split())
_CIVIL = frozenset({"mr", "mrs", "miss", "ms"})
_HIS = frozenset({"he", "his", "himself"})
_HER = frozenset({"she", "her", "herself"})


class Phrase(NamedTuple):
    """Somebody without a name, in words: ``the victim``, ``a man of 40``."""

    noun: Noun
    text: str
    head: str
    gender: str
    definite: bool
    leads: bool
    sentence: int


def phrases(par: Paragraph) -> Iterator[Phrase]:
    """The people without a name in a paragraph; of the article's first sentence any noun with ``a`` that leads."""
    tokens = par.tokens
    end = 0
    lede = par.number == 0 and bool(tokens) and tokens[0].low in INDEFINITE
    fronts = par.fronts
    for at in fronts if not lede or fronts[:1] == [0] else [0, *fronts]:
        if at < end:
            continue
        sentence = par.index_of(at)
        first, last = par.sentences[sentence]
        noun = noun_from(tokens, at, last)
        if noun is None or not (tokens[noun.head].traits & ONE or (lede and at == 0)):
            continue
        end = noun.last
        if not _is_predicate(par, first, noun) and not _is_appositive(par, noun.first, noun.last):
            head = tokens[noun.head].low
            yield Phrase(noun, par.words(noun.first, noun.last), head, gender_of(head),
                         tokens[at].low not in _ONE_OF_SEVERAL, leads(par, first, at), sentence)  # fmt: skip


def _is_predicate(par: Paragraph, first: int, noun: Noun) -> bool:
    """``was a victim``, ``as the manager``, ``the victim’s brother``: tells of somebody else."""
    tokens = par.tokens
    if noun.last < len(tokens) and tokens[noun.last].kind == POSSESSIVE:
        return True
    at = noun.first - 1
    if at >= first and tokens[at].low in _INTO:
        return True  # in a chair
    while at > first and (tokens[at].traits & ADVERB or tokens[at].low in _STILL):
        at -= 1
    return at >= first and (bool(tokens[at].traits & BEING) or tokens[at].low in _BECOMING)


def _is_appositive(par: Paragraph, first: int, last: int) -> bool:
    """``Ann Lee, the boy’s mother,``: no second person."""
    tokens = par.tokens
    before = first > 0 and tokens[first - 1].text == ","
    follows = last + 1 if last < len(tokens) and tokens[last].text == "," else last
    for name in par.names_in(max(0, first - 12), last + 12):
        if (before and name.end == first - 1) or name.begin == follows:
            return True
    return False


def is_tried(par: Paragraph, first: int, last: int) -> bool:
    """The words tell of a trial."""
    return any(token.low in _TRIED for token in par.tokens[first:last])


def is_personal(par: Paragraph, first: int, name: Name) -> bool:
    """A clue that an unknown name is a person's: an age, ``who``, a verb of saying, ``The Dean, Alban Hurn, was``."""
    tokens = par.tokens
    after = tokens[name.end : name.end + 2]
    if not after:
        return False
    if after[0].text in {",", "("} and len(after) > 1:
        office = name.begin == first + 3 and tokens[first].low == "the" and tokens[first + 2].text == ","
        kin = bool(after[1].traits & KIN)  # Lerato Quint, sisters from Soweto who
        return kin or after[1].kind == NUMBER or after[1].low in {"who", "aged", "whose"} or office
    return after[0].low in _PERSONAL


def names_person(par: Paragraph, name: Name) -> bool:
    """Nothing in the words of an unknown name is of a body, a place or a thing."""
    before = par.tokens[name.begin - 1] if name.begin else None
    words = par.tokens[name.begin : name.end]
    if before is not None and before.traits & DETERMINER:
        return False
    return len(words) < 4 and not any(t.traits & (BODY | ACRONYM | ORGANISATION) or t.low in THINGS for t in words)


def age_of(par: Paragraph, name: Name) -> str:
    """``Bob Dean, 34,`` and ``Bob Dean (34)``."""
    after = par.tokens[name.end : name.end + 3]
    if not after or after[0].text not in {",", "("}:
        return ""
    number = next((t.text for t in after[1:] if t.kind == NUMBER), "")
    return number if number.isdigit() and len(number) < 4 else ""


def only_age(par: Paragraph, at: int, end: int) -> bool:
    """``Adnan Mirza, 33, and``: nothing but an age stands there."""
    return all(t.text in {",", "(", ")"} or t.kind == NUMBER for t in par.tokens[at:end])


def owns(par: Paragraph, name: Name) -> bool:
    """``Miss Garner’s niece``: the niece is who the sentence is about."""
    return name.end < len(par.tokens) and par.tokens[name.end].kind == POSSESSIVE


def says(par: Paragraph, begin: int, end: int) -> bool:
    """``Ann Lee said``, ``said Ann Lee``."""
    tokens = par.tokens
    if end < len(tokens) and tokens[end].traits & CLAIMS:
        return True
    closes = end >= len(tokens) or tokens[end].text in {",", "."}
    return closes and begin > 1 and bool(tokens[begin - 1].traits & CLAIMS) and tokens[begin - 2].kind != WORD


def is_place(par: Paragraph, name: Name) -> bool:
    """``in Orlando``, ``South Carolina``: where a first name alone is a place."""
    if not name.first:
        return False
    before = par.tokens[name.first - 1]
    return before.low in (_DIRECTIONS if name.begin < name.first else _WHERE)


def leads(par: Paragraph, first: int, at: int) -> bool:
    """Nothing but a lead-in stands before it in the sentence."""
    return at - first <= 1 or (par.tokens[at - 1].text == "," and at - first <= 14)


def is_partner(par: Paragraph, at: int) -> bool:
    """``Craig and Lorraine Stagg``, ``Brothers Craig and Lee Stagg``: a first name that shares a last name."""
    if par.tokens[at].text not in lexicon.given_names() and not is_sibling(par, at):
        return False
    before = par.tokens[at - 1] if at else None
    return before is None or not before.capital or before.low in lexicon.OPENERS or bool(before.traits & (KIN | ROLE))


def is_sibling(par: Paragraph, at: int) -> bool:
    """``Thandeka and Lerato Quint, sisters from Soweto``: a word nobody knows is a first name all the same."""
    name = next((n for n in par.names_in(at + 2, at + 4) if n.full), None)
    if name is None or not par.tokens[at].capital or par.tokens[at].traits & (OTHER | OPENER | ACRONYM):
        return False
    after = par.tokens[name.end : name.end + 4]
    before = par.tokens[at - 2] if at > 1 and par.tokens[at - 1].text == "," else par.tokens[max(0, at - 1)]
    told = (*after, before) if after and after[0].text == "," else (before,)
    return any(t.traits & KIN and lexicon.kin()[t.low][0] == "many" for t in told)


def read_genders(par: Paragraph, last: int, sightings: Sequence[Sighting]) -> None:
    """``He`` and ``her`` tell a gender where nobody else is in the sentence."""
    for sighting in sightings:
        if sighting.entity is not sightings[0].entity:
            return
    genders = sightings[0].entity.genders
    for at in range(sightings[0].token, last):
        low = par.tokens[at].low
        if low in _HIS:
            genders.append("m")
        elif low in _HER and not (low == "her" and _is_object(par, at, last)):
            genders.append("f")


def _is_object(par: Paragraph, at: int, last: int) -> bool:
    """``shared an office with her.``: somebody else."""
    after = par.tokens[at + 1] if at + 1 < last else None
    return after is None or after.kind != WORD or bool(after.traits & PREPOSITION)


def title_of(par: Paragraph, name: Name) -> str:
    """``miss`` of somebody who is Miss."""
    low = par.tokens[name.first - 1].low.rstrip(".") if name.begin < name.first else ""
    return low if low in _CIVIL else ""


def title_gender(par: Paragraph, name: Name) -> str:
    """What ``Mr`` or ``Mrs`` before a name tells."""
    titles = lexicon.titles()
    for token in par.tokens[name.begin : name.first]:
        title = titles.get(token.low.rstrip("."))
        if title is not None and title.gender:
            return title.gender
    return ""
