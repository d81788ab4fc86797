"""Names of people among the words of a paragraph, told from bodies and places."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cpsscrape.extract import lexicon
from cpsscrape.extract.words import (
    ACRONYM,
    BODY,
    GIVEN,
    HONORIFIC,
    KIN,
    MODIFIER,
    NUMBER,
    OPENER,
    OTHER,
    PARTICLE,
    PREPOSITION,
    ROLE,
    THINGS,
    TITLE,
    WORD,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cpsscrape.extract.words import Token

# Body and area nouns that are surnames too, when a first name stands before them.
_SURNAMES = frozenset(
    "church west north east south england ireland london wales bank city force group king major bishop judge"
    " justice constable sergeant parish french english marshal chambers temple mayor dean abbot pope prince"
    " abbey abbott hall house mills lodge hill kent devon durham surrey sheffield lancaster york wells washington"
    " jordan france paris berlin chester bolton derby lincoln carlisle warwick stafford bedford windsor bristol"
    " cleveland houston essex somerset norfolk garden gardner school close farm forest wood woods brewer archer"
    " fletcher porter butler turner carter cooper mason parker sawyer draper taylor clerk clark bailey valley"
    " rivers rivera bridge bridges street townsend dale field fields worth ford land holland england scott"
    " gallery banks kitchen moor moore marsh pool heath west eastwood station squad guild league orchard barn"
    " castle towers tower cross crown head chambers boss coach page baker cook lord price deputy marshall"
    " lane hill park".split()
)
# Surnames that end like a participle.
_ING = frozenset(
    "king fleming harding browning manning golding cushing hawking keating bunting fielding gosling darling"
    " pickering downing manning channing canning dowling rawling rawlings starling stirling sterling wilding".split()
)


# Nobody is called so, whatever stands before.
_NO_SURNAMES = frozenset(
    "police constabulary council court crown university hospital college academy street road avenue airport stadium"
    " prison trust foundation ltd limited plc inc llp service services association federation society committee"
    " commission company hotel theatre museum university institute agency authority department ministry office"
    " unit division team squad branch directorate centre center party government parliament union act bill station"
    " operation solicitors chambers newspaper magazine awards award".split()
)


_BEFORE_AGE = frozenset({"aged", "now", "then"})


class Name(NamedTuple):
    """A person's name in token numbers (half-open).

    ``begin``: first word of the capital run, rank or body included. ``title``: first honorific,
    else ``first``. ``first`` to ``last``: the name. ``end``: after post-nominals.
    ``sure``: a known first name or a title vouches for it.
    """

    begin: int
    title: int
    first: int
    last: int
    end: int
    sure: bool

    @property
    def full(self) -> bool:
        """More than one word."""
        return self.last - self.first > 1


def find_names(tokens: Sequence[Token]) -> list[Name]:
    """Every run of capital words that may be a person, in order."""
    names: list[Name] = []
    end = 0
    for at in [n for n, token in enumerate(tokens) if token.capital]:
        if at >= end and _starts(tokens, at):
            end = _run_end(tokens, at)
            names.extend(_read_run(tokens, at, end))
    return names


def _starts(tokens: Sequence[Token], at: int) -> bool:
    token = tokens[at]
    if not token.traits & OPENER:
        lead_in = token.low.endswith("ing") and _begins_sentence(tokens, at) and token.low not in _ING
        return not lead_in or bool(token.traits & GIVEN)
    follows = tokens[at + 1] if at + 1 < len(tokens) else None
    return bool(token.traits & GIVEN) and follows is not None and follows.capital and not follows.traits & OPENER


def _begins_sentence(tokens: Sequence[Token], at: int) -> bool:
    return at == 0 or (tokens[at - 1].kind not in (WORD, "number") and tokens[at - 1].text not in ",(’")


def _run_end(tokens: Sequence[Token], at: int) -> int:
    count = len(tokens)
    end = at + 1
    while end < count:
        token = tokens[end]
        if token.capital:
            if token.traits & OPENER and not _is_surname_month(tokens, end):
                break
        elif not token.traits & PARTICLE or not _is_within(tokens, end, count):
            break
        end += 1
    while tokens[end - 1].traits & PARTICLE and not tokens[end - 1].capital:
        end -= 1
    return end


def _is_within(tokens: Sequence[Token], at: int, count: int) -> bool:
    """``Anna van der Berg``, not ``CPS de facto``: whether a particle stands in a name."""
    if at + 1 >= count or tokens[at - 1].traits & ACRONYM:
        return False
    return tokens[at + 1].capital or tokens[at + 1].traits & PARTICLE > 0


def _is_surname_month(tokens: Sequence[Token], at: int) -> bool:
    """``Theresa May``, not ``Police May``."""
    return bool(tokens[at - 1].traits & GIVEN) and tokens[at].low in {"may", "march", "will", "day", "moor"}


def _read_run(tokens: Sequence[Token], begin: int, end: int) -> list[Name]:
    if end - begin == 1 and tokens[begin].traits & OTHER:
        return []
    last = end
    letters = lexicon.postnominals()
    while last - 1 > begin and tokens[last - 1].text in letters and (last - 2 > begin or end - begin > 1):
        last -= 1
    given = _given(tokens, begin, last)
    if given is not None and not _owns_place(tokens, given, last):
        given = _before_middle(tokens, begin, _after_title(tokens, begin, given), last)
        return [_named(tokens, begin, given, _name_end(tokens, given, last), last, end)]
    if tokens[begin].low == "justice" and begin and tokens[begin - 1].low == "the":
        return []  # the Justice Ledger
    first = begin
    for n in range(begin, last):
        if tokens[n].traits & OTHER and not (n == last - 1 and n > begin and _vouched_surname(tokens, n, begin)):
            first = n + 1
    if first >= last:
        lead = next((n for n in range(begin, last) if tokens[n].traits & OTHER), last)
        if lead - begin >= 2 and not tokens[lead].traits & BODY and tokens[last - 1].low not in THINGS:
            return [_named(tokens, begin, begin, lead, lead, lead)]
        return []
    return [_named(tokens, begin, first, last, last, end)]


def _given(tokens: Sequence[Token], begin: int, last: int) -> int | None:
    """The first first name of a run that is no title; the last word of a run is none."""
    for n in range(begin, last - 1):
        if tokens[n].traits & (GIVEN | TITLE) == GIVEN:
            return n
    return None


def _after_title(tokens: Sequence[Token], begin: int, given: int) -> int:
    """``Captain João Carlos Pinheiro``: an unknown word between a title and a first name is a first name."""
    first = given
    while first > begin and not tokens[first - 1].traits & (OTHER | TITLE):
        first -= 1
    return first if first > begin and tokens[first - 1].traits & TITLE else given


def _before_middle(tokens: Sequence[Token], begin: int, given: int, last: int) -> int:
    """``Zorah Grace Quint``: an unknown word before a first name that is no last name is the first name."""
    word = tokens[begin]
    if begin and tokens[begin - 1].traits & PREPOSITION:
        return given  # Secretary for Transport Alan Munro
    plain = not word.traits & (OTHER | TITLE | OPENER | BODY | ACRONYM) and word.low not in THINGS
    return begin if given == begin + 1 and last - given > 1 and plain and "-of-" not in word.low else given


def _named(tokens: Sequence[Token], begin: int, first: int, last: int, cut: int, end: int) -> Name:
    title = first
    while title > begin and tokens[title - 1].traits & HONORIFIC:
        title -= 1
    before = tokens[first - 1] if first else None
    traits = before.traits if before is not None else 0
    titled = title < first or (first > begin and bool(traits & TITLE))
    called = traits & (ROLE | KIN) or (before is not None and "-of-" in before.low)
    linked = begin > 0 and tokens[begin - 1].low in {"of", "for"}  # director of Patient Voice Aotearoa
    if before is not None and last - first > 1 and called and (not before.capital or (first > begin and not linked)):
        titled = True  # prosecutor Farida Hussain, Victim Farida Hussain
    if before is not None and traits & KIN and not before.capital and lexicon.kin()[before.low][0] == "one":
        titled = True  # her mother Farida
    if first > begin and last - first == 1 and traits & ROLE:
        titled = True  # Nurse Khan, Prosecutor Lee
    if traits & KIN and tokens[first].traits & GIVEN:
        titled = True  # Mr Bevan’s daughter Lucy
    if last - first > 1 and cut + 1 < len(tokens) and tokens[cut].text in {",", "("}:
        age = cut + 1 + (tokens[cut + 1].low in _BEFORE_AGE and cut + 2 < len(tokens))
        titled = titled or (tokens[age].kind == NUMBER and tokens[age].text.isdigit())  # Curtis Vane, then 23
    known = last - first > 1 and any(tokens[n].traits & GIVEN for n in range(first, last))
    return Name(begin, title, first, last, end if last == cut else last, titled or known)


def _name_end(tokens: Sequence[Token], given: int, last: int) -> int:
    """``Ann Lee Senior Crown Prosecutor``: the comma was forgotten, the name ends before the post."""
    for n in range(given + 2, last):
        if tokens[n].low in _SURNAMES or tokens[n].traits & GIVEN:
            continue
        if tokens[n].traits & (ROLE | TITLE | ACRONYM | MODIFIER):
            return n
    return last


def _owns_place(tokens: Sequence[Token], given: int, last: int) -> bool:
    """``Victoria Police``, ``Charlotte Street``: a first name, but no person."""
    if given + 1 >= last:
        return True
    return tokens[given + 1].low in _NO_SURNAMES or tokens[last - 1].low in _NO_SURNAMES


def _vouched_surname(tokens: Sequence[Token], at: int, begin: int) -> bool:
    """``Judge West``, ``Inspector Zorah Church``: after a title, the last word is a surname all the same."""
    if tokens[at - 1].traits & TITLE:
        return tokens[at].low in _SURNAMES
    plain = not tokens[at - 1].traits & OTHER
    titled = at - 2 >= begin and bool(tokens[at - 2].traits & (TITLE | ROLE))
    surname = tokens[at].low in _SURNAMES or not tokens[at].traits & ROLE  # not Chief Operating Officer
    return plain and titled and surname and tokens[at].low not in _NO_SURNAMES
