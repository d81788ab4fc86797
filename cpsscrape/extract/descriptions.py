"""What an article says somebody is: the nouns beside a name, and whether they are alive."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cpsscrape.extract import lexicon
from cpsscrape.extract.phrases import noun_ending, noun_from
from cpsscrape.extract.words import BEING, CLAIMS, DETERMINING, NUMBER, POSSESSIVE, ROLE, WORD

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cpsscrape.extract.people import Name
    from cpsscrape.extract.prose import Paragraph
    from cpsscrape.extract.words import Token

_CALLED = {
    "rev": frozenset({"vicar", "priest", "rector", "minister", "curate"}), "dr": frozenset({"doctor"}),
    "prof": frozenset({"professor"}), "cllr": frozenset({"councillor"}), "dean": frozenset({"dean"}),
}  # fmt: skip
_CALLED["reverend"] = _CALLED["father"] = _CALLED["fr"] = _CALLED["rev"]
_DIED = frozenset("died dies dead killed murdered stabbed shot drowned strangled perished".split())
_DEATH = frozenset("murder death killing manslaughter body funeral inquest".split())
_KILLED = frozenset("murdering murdered killing killed kill murder late".split())
_CHILDREN = frozenset("son daughter child children sons daughters baby".split())
_PARENT = frozenset("mother father mum dad parent".split())
_HUSBAND, _WIFE = frozenset({"husband", "widower"}), frozenset({"wife", "widow"})
_SPOUSE = {"wife": _HUSBAND, "husband": _WIFE, "partner": frozenset({"partner"})}
_AT_COURT = {
    "prosecuting": frozenset({"prosecutor", "barrister", "lawyer"}), "mitigating": frozenset({"barrister", "lawyer"}),
    "defending": frozenset({"barrister", "lawyer", "solicitor"}),
}  # fmt: skip
_PARTIES = frozenset(
    "labour lab conservative conservatives tory tories con lib lib-dem libdem ld democrat democrats green greens plaid"
    " cymru snp reform dup ukip".split()
)
_POLITICIAN = frozenset({"mp", "politician", "backbencher"})
_BEFORE_TIES = frozenset("who of from was is had has lost aged and".split())
_DIES = frozenset({"died", "dies", "drowned", "perished"})
_NOT_THEY = frozenset("who whose and but said told had".split())
_SURVIVED = frozenset("survived survive survives injured wounded recovered".split())


def describe(par: Paragraph, name: Name, first: int, last: int) -> set[str]:
    """The nouns that stand beside a name: ``pensioner Bob Dean``, ``Ann Lee, a teacher,``, ``the mayor, Jo Day,``."""
    tokens = par.tokens
    found = set(_side(tokens, name, first, last))
    for at in range(name.last, name.end):
        if tokens[at].text in lexicon.postnominals():
            found.add(tokens[at].low)
    for at in range(name.begin, name.first):
        found.update(_CALLED.get(tokens[at].low.rstrip("."), ()))
    at = name.begin - 1 if name.begin > first and tokens[name.begin - 1].text == "," else name.title - 1
    if at >= first and tokens[at].text == ",":
        noun = noun_ending(tokens, first, at)
        if noun is not None and tokens[noun.first].low in lexicon.DETERMINING:
            found.add(tokens[noun.head].low)
    elif at >= first and _is_calling(tokens[at].low):
        found.add(tokens[at].low.partition("-of-")[0])
    for at in range(name.begin, name.title):
        if _is_calling(tokens[at].low):
            found.add(tokens[at].low.partition("-of-")[0])
    at = name.end
    while at + 1 < last and tokens[at].text in {",", "("} and tokens[at + 1].kind == NUMBER:
        at += 2
        at += 1 if at < last and tokens[at].text == ")" else 0
    at += 1 if at < last and tokens[at].text == "," else 0
    at += 1 if at + 2 < last and tokens[at].low == "who" else 0
    at += 1 if at + 1 < last and tokens[at].low in {"is", "was"} else 0
    if at < last and tokens[at].low in {"a", "an", "the"}:
        noun = noun_from(tokens, at, last)
        plain = tokens[at].low != "the" and noun is not None and not tokens[noun.head].capital
        acts = noun is not None and noun.last < last and tokens[noun.last].traits & CLAIMS
        if noun is not None and not acts and (plain or _is_calling(tokens[noun.head].low)):
            found.add(tokens[noun.head].low)
            if any(t.low == "former" for t in tokens[noun.first : noun.head]):
                found.add(f"former {tokens[noun.head].low}")
    found.update(_ties(tokens, name.end, min(last, name.end + 12)))
    return found


def _side(tokens: Sequence[Token], name: Name, first: int, last: int) -> frozenset[str]:
    """``Ann Lee, prosecuting,`` and ``Defending, Ann Lee said``; ``Labour’s Jess Okoro`` and ``Ned Pryce (Con)``."""
    if name.end + 1 < last and tokens[name.end].text == "," and tokens[name.end + 1].low in _AT_COURT:
        return _AT_COURT[tokens[name.end + 1].low]
    if name.begin == first + 2 and tokens[first].low in _AT_COURT:
        return _AT_COURT[tokens[first].low]
    before = name.begin - 1
    owned = before > first and tokens[before].kind == POSSESSIVE and tokens[before - 1].low in _PARTIES
    bracket = name.end + 1 < last and tokens[name.end].text == "(" and tokens[name.end + 1].low in _PARTIES
    return _POLITICIAN if owned or bracket else frozenset()


def _ties(tokens: Sequence[Token], first: int, last: int) -> frozenset[str]:
    """What the words after a name make of it: ``whose son Callum`` a parent, ``lost his wife`` a widower."""
    for n in range(first, last - 1):
        token, after = tokens[n], tokens[n + 1].low
        if token.low == "whose" or (
            token.low in {"his", "her"} and n > first and tokens[n - 1].low in {"lost", "losing"}
        ):
            return _PARENT if after in _CHILDREN else _SPOUSE.get(after, frozenset())
        if token.low == "married" and after == "to":
            return _HUSBAND | _WIFE
        if token.low == "who" and after == "was" and n + 2 < last and tokens[n + 2].traits & ROLE:
            return frozenset({f"former {tokens[n + 2].low}"})
        if token.kind == WORD and not token.capital and token.low not in _BEFORE_TIES:
            break
    return frozenset()


def _is_calling(low: str) -> bool:
    return low.partition("-of-")[0] in lexicon.kin() or low in lexicon.role_nouns()


def ends_life(par: Paragraph, name: Name, first: int, last: int) -> bool:
    """``murdering Reece Dawlish``, ``the death of Ann Lee``, ``Bob Dean was found dead``: they speak no more."""
    tokens = par.tokens
    at = name.begin - 1
    while at >= first and (tokens[at].text == "," or tokens[at].traits & DETERMINING):
        at -= 1
    if at >= first and tokens[at].low in _KILLED:
        return True
    if at - 1 >= first and tokens[at].low == "of" and tokens[at - 1].low in _DEATH:
        return True
    for n in range(name.end, min(last, name.end + 8)):
        low = tokens[n].low
        if (low in _NOT_THEY and n > name.end) or low in _SURVIVED:
            return False
        if low in _DIED:
            before = tokens[n - 1] if n > name.end else None
            passive = before is not None and (before.traits & BEING or before.low in {"found", "pronounced"})
            return bool(passive) or low in _DIES
    return False
