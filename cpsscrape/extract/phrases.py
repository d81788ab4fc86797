"""Noun phrases: a post with or without a name, somebody without a name, a body."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cpsscrape.extract.posts import SENT, looks_like_post
from cpsscrape.extract.words import (
    ACRONYM,
    ADVERB,
    BODY,
    CLAIMS,
    CLOSES,
    DATES,
    DETERMINER,
    DETERMINING,
    DOCUMENT,
    IN_POST,
    KIN,
    LINK,
    NAMES,
    NUMBER,
    OPENER,
    PAST,
    POSSESSIVE,
    RANK,
    ROLE,
    VERB,
    WORD,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cpsscrape.extract.words import Token

_NUMBERS = frozenset("two three four five six seven eight nine ten".split())
_SEVERAL = _NUMBERS | frozenset("all several many most others some few".split())
_FIELDS = frozenset(
    "safeguarding nursing housing policing planning marketing fundraising engineering training learning teaching"
    " broadcasting banking shipping farming lending sentencing charging".split()
)
_ROLES = ROLE | RANK
_STEPS = IN_POST | LINK | DETERMINING
_LOWER_LINKS = frozenset({"of", "for"})


class Noun(NamedTuple):
    """A phrase such as ``the mother of one victim``: tokens, and the token of its head noun."""

    first: int
    last: int
    head: int


def post_end(tokens: Sequence[Token], start: int, limit: int, *, strict: bool = False) -> int:
    """How far the words of a post run from ``start``.

    ``strict`` refuses lower-case words nobody knows, as before a name: ``statement prosecutor Ann Lee``.
    """
    at = start
    while at < limit:
        if tokens[at].traits & _STEPS == IN_POST:
            at += 1
            continue
        step = _post_step(tokens, at, start, limit, strict=strict)
        if step == 0:
            break
        at += step
    while at > start and (tokens[at - 1].traits & LINK or tokens[at - 1].low in {"and", "&", "the", "a"}):
        at -= 1
    return at


def _post_step(tokens: Sequence[Token], at: int, start: int, limit: int, *, strict: bool) -> int:
    token = tokens[at]
    traits, kind = token.traits, token.kind
    if kind != WORD:
        return _point_step(tokens, at, start)
    if token.low == "and" and at + 1 < limit and _names_another(tokens, at + 1, limit):
        return 0
    if token.low == "and" and at + 1 < limit and (tokens[at + 1].traits & IN_POST or _shares_post(tokens, at, limit)):
        return 1
    if not strict and _in_field(tokens, at, start):
        return 1
    if traits & LINK or (token.low == "to" and at > start and tokens[at - 1].low in SENT):
        return 1 if at + 1 < limit and _link_goes_on(tokens, at, limit) else 0
    if traits & DETERMINING:
        return 1 if at == start or tokens[at - 1].traits & LINK or tokens[at - 1].low == "and" else 0
    if traits & IN_POST:
        return 1
    if traits & CLAIMS:
        return 0
    if at > start and tokens[at - 1].low in _LOWER_LINKS and not strict:
        return 0 if traits & OPENER else 1
    if (strict and at == start) or traits & OPENER:
        return 0
    owned = at > start and (tokens[at - 1].traits & DETERMINER or tokens[at - 1].kind == POSSESSIVE)
    owned = owned or (at - 1 > start and tokens[at - 1].capital)
    return 1 if _role_ahead(tokens, at, limit) or (owned and at - 1 > start and _body_ahead(tokens, at, limit)) else 0


def _point_step(tokens: Sequence[Token], at: int, start: int) -> int:
    """``Children’s``, ``Victims’``, ``Callow & Sons``, ``Unit 5`` go on; any other mark ends a post."""
    token = tokens[at]
    if token.kind == POSSESSIVE or token.text == "&":
        return 1
    if token.text == "(" and at > start and at + 3 < len(tokens) and tokens[at + 2].text == ")":
        goes_on = tokens[at + 3].traits & (BODY | LINK) or tokens[at + 3].low == "and"
        return 3 if tokens[at + 1].traits & ACRONYM and goes_on else 0  # Offences (RASSO) unit
    if token.text in "’'" and at > start and tokens[at - 1].low.endswith("s"):
        return 1
    return 1 if token.kind == NUMBER and at > start and tokens[at - 1].capital else 0


def _link_goes_on(tokens: Sequence[Token], at: int, limit: int) -> bool:
    """``for CPS Wessex``, ``of policy``, ``at the hospital``; not ``in a statement``, ``in January``."""
    ahead = at + 1
    while ahead < limit and tokens[ahead].traits & DETERMINING:
        ahead += 1
    if ahead >= limit or tokens[ahead].kind != WORD or tokens[ahead].low in DATES:
        return False
    if tokens[ahead].capital:
        return not tokens[ahead].traits & OPENER
    if tokens[at].low in _LOWER_LINKS:
        doing = tokens[ahead].low.endswith("ing") and tokens[ahead].low not in _FIELDS
        return not tokens[ahead].traits & OPENER and not doing
    return any(t.traits & BODY and t.low != "court" for t in tokens[ahead : min(limit, ahead + 3)])


def _role_ahead(tokens: Sequence[Token], at: int, limit: int) -> bool:
    """``independent domestic violence adviser``: a role noun within five plain words."""
    for n in range(at + 1, min(limit, at + 5)):
        token = tokens[n]
        if token.traits & ROLE:
            return True
        if token.kind != WORD or token.traits & (OPENER | VERB):
            return False
    return False


def _names_another(tokens: Sequence[Token], at: int, limit: int) -> bool:
    """``of Kent Police and Chief Constable Ann Lee``: behind the ``and`` stands somebody else with a post."""
    end = at
    while end < limit and tokens[end].capital:
        end += 1
    role = last_role(tokens, at, end)
    return role >= 0 and end - role > 2 and not any(t.traits & (BODY | ACRONYM) for t in tokens[role + 1 : end])


def _in_field(tokens: Sequence[Token], at: int, start: int) -> bool:
    """``national lead for rape and serious sexual offences``: lower-case words from the link on."""
    token = tokens[at]
    if token.capital or token.traits & (CLAIMS | PAST | LINK | DETERMINING | VERB):
        return False
    if token.traits & OPENER and (token.low not in {"and", "against"} or tokens[at + 1 : at + 2] == []):
        return False
    if token.low == "and" and (tokens[at + 1].capital or tokens[at + 1].traits & (DETERMINING | CLAIMS | OPENER)):
        return False
    link = next((n for n in range(at - 1, max(start, at - 8), -1) if tokens[n].low in _LOWER_LINKS), None)
    if link is None or not tokens[link - 1].traits & ROLE or at == link + 1:
        return False
    return all(t.kind == WORD and not t.capital and not t.traits & DETERMINING for t in tokens[link + 1 : at])


def _shares_post(tokens: Sequence[Token], at: int, limit: int) -> bool:
    """``Prosecutor and hate crime coordinator for CPS Wessex``: two posts of one body."""
    after = tokens[at + 1]
    plain = after.kind == WORD and not after.capital and not after.traits & (DETERMINING | OPENER | CLAIMS | PAST | KIN)
    return plain and tokens[at - 1].traits & (ROLE | RANK) > 0 and _role_ahead(tokens, at, limit)


def _body_ahead(tokens: Sequence[Token], at: int, limit: int) -> bool:
    """``of the dog section``: a plain word before the noun of a body."""
    return any(tokens[n].traits & BODY for n in range(at + 1, min(limit, at + 3)))


def is_post(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Tokens ``first`` to ``last`` are the words of a post and nothing else."""
    if first >= last or post_end(tokens, first, last) < last:
        return False
    return has_role(tokens, first, last) or looks_like_post(tokens[first:last])


def has_role(tokens: Sequence[Token], first: int, last: int) -> bool:
    """A role noun or a rank stands among them."""
    return last_role(tokens, first, last) >= 0


def last_role(tokens: Sequence[Token], first: int, last: int) -> int:
    """The last role noun or rank among them; -1 if there is none."""
    for n in range(last - 1, first - 1, -1):
        if tokens[n].traits & _ROLES:
            return n
    return -1


def noun_ending(tokens: Sequence[Token], first: int, last: int) -> Noun | None:
    """The longest noun phrase that ends right before ``last``."""
    for start in range(max(first, last - 14), last):
        linked = start > first and (tokens[start - 1].traits & LINK or tokens[start - 1].low in {"the", "a", "an"})
        if linked and not tokens[start].traits & DETERMINING and not tokens[start].capital:
            continue
        noun = noun_from(tokens, start, last)
        if noun is not None and noun.last == last:
            return noun
    return None


def noun_from(tokens: Sequence[Token], first: int, limit: int) -> Noun | None:
    """The noun phrase that begins at ``first``: ``a spokesperson for CPS Wessex``."""
    at = first
    if at < limit and tokens[at].traits & DETERMINING:
        at += 1
        if tokens[first].low == "that" and at < limit and tokens[at].capital:
            return None
    determined = at > first
    core = _core_end(tokens, at, limit)
    head = _known_head(tokens, at, core) - 1
    if head >= at and tokens[head].low in _SEVERAL and all(t.traits & OPENER for t in tokens[head + 1 : core]):
        head = core - 1  # All six
    if head < at:
        if not (determined and tokens[first].low in {"one", "some", "both", "each", "another"}):
            return None
        head = first
    end = _with_links(tokens, head + 1, limit)
    return Noun(first, end, head) if _can_speak(tokens, first, head, determined=determined) else None


def _of_several(tokens: Sequence[Token], head: int) -> bool:
    """``Two of the women``."""
    return head + 1 < len(tokens) and tokens[head + 1].low == "of"


def is_past(token: Token) -> bool:
    """After a noun, a word such as ``jailed`` or ``came`` begins what it did."""
    return bool(token.traits & PAST)


def _core_end(tokens: Sequence[Token], at: int, limit: int) -> int:
    begin = at
    while at < limit:
        token = tokens[at]
        if token.kind == WORD:
            amid = token.capital and at > begin and tokens[at - 1].capital  # the Cheshire Sunday League
            amid = amid and at + 1 < limit and tokens[at + 1].capital and token.low in DATES
            if not amid and (token.traits & CLOSES or (at > begin and token.traits & PAST)):
                break
        elif not (
            token.kind in {POSSESSIVE, NUMBER} or token.text == "&"
            or (token.text in "’'" and at > 0 and tokens[at - 1].low.endswith("s"))
        ):  # fmt: skip
            break
        at += 1
    while at > 0 and tokens[at - 1].kind in (POSSESSIVE, NUMBER) and not _is_numbered(tokens, begin, at):
        at -= 1
    return at


def _is_numbered(tokens: Sequence[Token], begin: int, end: int) -> bool:
    """``Victim 1``, ``Witness 2``."""
    return end - begin == 2 and tokens[begin].capital and bool(tokens[begin].traits & (KIN | ROLE))


def _known_head(tokens: Sequence[Token], at: int, end: int) -> int:
    """``The victim came up``: lower-case words after the last noun known to speak are not of the phrase."""
    for n in range(end - 1, at - 1, -1):
        if tokens[n].traits & NAMES:
            return n + 1
    return end


def _with_links(tokens: Sequence[Token], at: int, limit: int) -> int:
    """Take in the phrases with ``of``, ``for``, ``from``, ``at`` that follow the head."""
    while at < limit and tokens[at].low in {"of", "for", "from", "at", "with"}:
        start = at + 1
        if start + 1 < limit and tokens[start].low in {"one", "some", "two", "three"} and tokens[start + 1].low == "of":
            start += 2
        if start < limit and tokens[start].traits & DETERMINING:
            start += 1
        end = _core_end(tokens, start, limit)
        if end > start and tokens[at].low in {"of", "for"}:
            end = _known_head(tokens, start, end)
        plain = tokens[at].low not in {"of", "for"} and not tokens[end - 1].capital
        if end <= start or (plain and not tokens[end - 1].traits & BODY):
            break
        at = end
        while at + 1 < limit and tokens[at].low == "and" and tokens[at + 1].capital:
            at = _core_end(tokens, at + 1, limit)
    return at


def _can_speak(tokens: Sequence[Token], first: int, head: int, *, determined: bool) -> bool:
    noun = tokens[head]
    low = noun.low
    if noun.kind != WORD and not determined:
        return False
    if noun.traits & (KIN | ROLE | DOCUMENT):
        return determined or low.endswith("s") or low in {"people", "men", "women", "children", "counsel"} or (
            any(t.capital or t.kind == POSSESSIVE for t in tokens[first:head])
        )  # fmt: skip
    if noun.traits & (BODY | ACRONYM):
        return determined or noun.capital or low == "police"
    if tokens[first].capital and tokens[first].low in _SEVERAL:
        return tokens[first].low not in _NUMBERS or head > first or _of_several(tokens, head)
    if noun.capital:
        return determined or not noun.traits & (OPENER | ADVERB)
    return determined and low not in {"court", "jury", "time", "day", "year", "case", "way", "hearing", "trial"}
