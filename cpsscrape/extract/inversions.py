"""The subject that follows its verb: ``said Kate Brown, Chief Crown Prosecutor for CPS Wessex``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cpsscrape.extract import lexicon
from cpsscrape.extract.heads import POINTS, ends_in_person
from cpsscrape.extract.mentions import KINDS_OF_BODY, Mention, anonymous, named
from cpsscrape.extract.phrases import noun_from, post_end
from cpsscrape.extract.words import ADVERB, DETERMINING, IN_POST, LINK, OPENER, POSSESSIVE, PREPOSITION, ROLE, WORD

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cpsscrape.extract.people import Name
    from cpsscrape.extract.prose import Paragraph
    from cpsscrape.extract.words import Token

Mentions = tuple[Mention, ...]
PRONOUNS = frozenset({"he", "she", "they", "it", "both"})
_GENDER = {"he": "m", "she": "f"}


def subject_after(par: Paragraph, first: int, limit: int) -> Mentions:
    """The subject that begins at ``first``: ``said Kate Brown, Chief Crown Prosecutor for CPS Wessex``."""
    tokens = par.tokens
    while first < limit and (tokens[first].low in {"also", "then", "later", "both"} or is_adverb_at(par, first)):
        first += 1
    if first >= limit:
        return ()
    if tokens[first].low in PRONOUNS:
        return (pronoun_at(par, first),)
    name = next((n for n in par.names_in(first, limit) if n.begin >= first and n.end <= limit), None)
    name = _behind_post(par, name, limit)
    if name is not None and (_is_spoken_for(par, first, name) or _owns(par, name, limit)):
        name = None
    if name is not None and _reaches(par, first, name):
        mention = named(par, name, first, limit)
        return (mention, *_and_then(par, mention.last, limit))
    noun = noun_from(tokens, first, limit)
    if noun is None:
        return ()
    post_first = _post_then_name(par, noun.last, limit)
    if post_first is not None and post_end(tokens, first, noun.last) >= noun.last:
        return (named(par, post_first, first, limit),)
    person = next((n for n in par.names_in(first + 1, noun.last) if ends_in_person(par, noun, n)), None)
    mention = anonymous(par, noun) if person is None else named(par, person, first, limit)
    return (mention, *_and_then(par, mention.last, limit))


def _behind_post(par: Paragraph, name: Name | None, limit: int) -> Name | None:
    """``said Rovers manager Bob Dean``: the first capital word is of his post."""
    if name is None or name.full or name.sure or name.end >= limit:
        return name
    person = next((n for n in par.names_in(name.end, limit) if n.full and n.end <= limit), None)
    if person is None or not any(t.traits & ROLE for t in par.tokens[name.end : person.begin]):
        return name
    between = par.tokens[name.end : person.begin]
    return person if all(t.kind == WORD and not t.capital and t.traits & IN_POST for t in between) else name


def first_mention(par: Paragraph, first: int, limit: int) -> Mentions:
    """The subject of a clause whose verb nobody knows: the first phrase that begins a chunk."""
    tokens = par.tokens
    at = first
    while at < limit:
        while at < limit and (tokens[at].low in {"and", "but", "while", "then", "today", "yesterday", "however"}
                              or tokens[at].text in POINTS):  # fmt: skip
            at += 1
        if at >= limit:
            return ()
        asked = tokens[at].low.endswith("ed") and at + 1 < limit and bool(tokens[at + 1].traits & PREPOSITION)
        if asked or tokens[at].traits & PREPOSITION or tokens[at].low.endswith("ing") or _is_lead_in(tokens, at, limit):
            while at < limit and tokens[at].text != ",":
                at += 1
            continue
        found = subject_after(par, at, limit)
        heard = (
            found[-1].last if found and found[0].head in {"court", "jury", "inquest", "hearing", "tribunal"} else limit
        )
        if heard + 1 < limit and tokens[heard].low in {"heard", "was"}:
            at = heard + 1
            at += 1 if tokens[at].low in {"that", "how", "told"} else 0
            continue
        return found
    return ()


def _is_spoken_for(par: Paragraph, first: int, name: Name) -> bool:
    """``a spokesman for the charity Harbour``: one word after a link is no person."""
    between = par.tokens[first : name.begin]
    if between and between[-1].low in KINDS_OF_BODY:
        return True  # the charity Harbour Lights
    if not between or name.full:
        return False
    if between[-1].traits & LINK and between[0].traits & DETERMINING and any(t.traits & ROLE for t in between):
        return True  # the solicitor for Ms Lee
    if name.sure:
        return False
    if between[-1].traits & LINK and between[0].low == "the":
        return True  # the Director of Public Prosecutions
    return between[0].low in {"a", "an", "one"} and any(t.traits & LINK for t in between)


def _owns(par: Paragraph, name: Name, limit: int) -> bool:
    """``Ann Lee’s family``."""
    return name.end < limit and par.tokens[name.end].kind == POSSESSIVE


def _reaches(par: Paragraph, first: int, name: Name) -> bool:
    """Only the words of a post stand between the verb and the name."""
    if name.title <= first or name.begin <= first:
        return True
    if name.first - first > 16:
        return False
    if name.begin - first == 2 and name.full and par.tokens[first].low == "a" and not par.tokens[first + 1].capital:
        return True  # a relieved Bob Dean
    return post_end(par.tokens, first, name.first) >= min(name.title, name.first)


def _post_then_name(par: Paragraph, at: int, limit: int) -> Name | None:
    """``said the head of the unit, Ann Lee``."""
    if at + 1 >= limit or par.tokens[at].text != ",":
        return None
    return next((n for n in par.names_in(at + 1, limit) if n.begin == at + 1 and n.end <= limit and n.full), None)


def _and_then(par: Paragraph, at: int, limit: int) -> Mentions:
    if at < limit and par.tokens[at].text == ",":
        at += 1
    if at + 1 >= limit or par.tokens[at].low not in {"and", "&"}:
        return ()
    name = next((n for n in par.names_in(at + 1, limit) if n.begin >= at + 1 and n.end <= limit), None)
    if name is None or not _reaches(par, at + 1, name):
        return ()
    closes = name.end >= limit or par.tokens[name.end].text in {".", ","}
    if not name.full and not (closes and at and par.tokens[at - 1].kind == WORD and par.tokens[at - 1].capital):
        return ()  # say Idris and Jo-Beth.
    return (named(par, name, at + 1, limit),)


def _is_lead_in(tokens: Sequence[Token], at: int, limit: int) -> bool:
    """``Here in Columbia, …``, ``Eight years ago, …``, ``Minutes later, …``: tells when or where, up to a comma."""
    if not tokens[at].traits & (OPENER | ADVERB) or tokens[at].traits & DETERMINING or tokens[at].low in PRONOUNS:
        return False
    return any(t.text == "," for t in tokens[at : min(limit, at + 6)])


def pronoun_at(par: Paragraph, at: int) -> Mention:
    """The mention that is one pronoun; ``both`` counts as ``they``."""
    token = par.tokens[at]
    return Mention(
        text=token.text, kind="pronoun", first=at, last=at + 1, gender=_GENDER.get(token.low, ""),
        many=token.low in {"they", "both"}, head="they" if token.low == "both" else token.low,
    )  # fmt: skip


def is_adverb_at(par: Paragraph, at: int) -> bool:
    """``quietly``, in lower case."""
    token = par.tokens[at]
    return token.kind == WORD and not token.capital and lexicon.is_adverb(token.low)
