"""The subject that stands before its verb, and those who say it with it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cpsscrape.extract import lexicon
from cpsscrape.extract.fronts import narrowed, placed
from cpsscrape.extract.heads import (
    POINTS,
    belongs_to_name,
    chunk_start,
    clause_start,
    ends_in_person,
    inside_post,
    is_appositive,
    last_name,
    may_head,
    name_after_field,
    name_before_aside,
    opens_phrase,
    tells_of_agent,
    tells_of_one,
)
from cpsscrape.extract.inversions import PRONOUNS, is_adverb_at, pronoun_at
from cpsscrape.extract.mentions import Mention, anonymous, named
from cpsscrape.extract.phrases import Noun, is_past, noun_ending
from cpsscrape.extract.posts import Post
from cpsscrape.extract.sightings import is_sibling
from cpsscrape.extract.words import DETERMINING, LINK, POSSESSIVE, ROLE, WORD

if TYPE_CHECKING:
    from cpsscrape.extract.prose import Paragraph

_STATEMENTS = frozenset("statement message letter post email tweet interview".split())
Mentions = tuple[Mention, ...]
_ADVERBS = frozenset(
    "also then later now today yesterday earlier again further once still even simply just previously"
    " subsequently afterwards all always often has have had did do does himself herself themselves"
    " went on not never been once meanwhile however too has have tonight".split()
)


def subject_before(par: Paragraph, first: int, verb: int, *, nearest: bool = False) -> Mentions:
    """The subject that ends before token ``verb`` in the clause that begins at ``first``.

    ``nearest``: what ``who`` refers to, so the last phrase rather than the one at the front.
    """
    tokens = par.tokens
    end = verb
    while end > first and (tokens[end - 1].low in _ADVERBS or is_adverb_at(par, end - 1)):
        end -= 1
    if end - 1 > first and tokens[end - 1].text == ")":
        opening = next((n for n in range(end - 2, max(first, end - 8), -1) if tokens[n].text == "("), None)
        end = opening if opening is not None else end
    if end <= first:
        return ()
    comma = tokens[end - 1].text in {",", "–", "—", "-", ")"}
    if not comma and tokens[end - 1].low in PRONOUNS:
        return (pronoun_at(par, end - 1),)
    found = () if comma else narrowed(par, first, end)
    found = found or (() if comma or nearest else placed(par, first, end))
    found = found or _known(par, first, end - 1 if comma else end)
    if found:
        return found
    if not comma:
        found = _ending(par, first, end)
        if found:
            return found
    return _headed(par, first, end)


def _known(par: Paragraph, first: int, end: int) -> Mentions:
    """A name that is surely one, whose post and asides fill the words up to the verb."""
    tokens = par.tokens
    for name in reversed(par.names_in(first, end)):
        if name.end > end or not (name.full or (name.sure and name.end == end)):
            continue
        mention = named(par, name, clause_start(par, first, name.begin), end)
        if not name.sure and not (mention.post and mention.last > name.end and opens_phrase(par, name, first)):
            continue
        if tokens[end - 1].text != "," and end - 1 > name.end and tells_of_agent(par, name, first):
            continue
        if mention.last >= end and not inside_post(par, name) and may_head(par, name, first):
            return _with_partners(par, mention, first)
        if end - name.end > 60:
            break
    return ()


def _ending(par: Paragraph, first: int, end: int) -> Mentions:
    """A phrase that ends right before the verb: ``Kris Vaughan from CPS South East said``."""
    name = last_name(par, first, end)
    if name is not None and not name.full and inside_post(par, name):
        name = None  # A spokesman for Mr Dean
    noun = noun_ending(par.tokens, first, end)
    if noun is not None and noun.first - 2 >= first and par.tokens[noun.first - 2].traits & ROLE and (
        par.tokens[noun.first - 2].capital and par.tokens[noun.first - 1].traits & LINK
    ):  # fmt: skip
        wider = Noun(noun.first - 2, noun.last, noun.first - 2)  # Director of Public Prosecutions Zorah Quint
        noun = wider if name_after_field(par, wider) is not None else noun
    if noun is not None and _is_in_statement(par, noun):
        noun = Noun(noun.first + 2, noun.last, max(noun.head, noun.first + 2))  # In a statement Ferrowby FC said
    owned = name is not None and name.full and name.begin > first and par.tokens[name.begin - 1].kind == POSSESSIVE
    hides = name is not None and not name.sure and not owned and noun is not None and (
        noun.first < name.title or (not name.full and noun.first == name.first and noun.head >= name.last)
    )  # fmt: skip
    if hides and noun is not None and name is not None and not ends_in_person(par, noun, name):
        name = name_after_field(par, noun) if noun.last == end else None
    if name is not None:
        return _with_partners(par, named(par, name, clause_start(par, first, name.begin), end), first)
    if noun is None:
        return ()
    hidden = name_after_field(par, noun)
    if hidden is not None:
        return _with_partners(par, named(par, hidden, clause_start(par, first, hidden.begin), end), first)
    if belongs_to_name(par, first, noun.first):
        return ()
    name = next((n for n in par.names_in(noun.first, noun.last) if n.full and n.begin == noun.first), None)
    # Xiomara Beale from Victim Support; Inspector Xiomara Beale of the cyber crime desk
    if name is not None and name.end < noun.last and (
        name.last == noun.head + 1 if name.begin == name.first else par.tokens[name.end].traits & LINK
    ):  # fmt: skip
        return _with_partners(par, named(par, name, clause_start(par, first, name.begin), end), first)
    return _with_partners(par, anonymous(par, noun), first)


def _is_in_statement(par: Paragraph, noun: Noun) -> bool:
    tokens = par.tokens
    return (
        noun.last - noun.first > 2 and bool(tokens[noun.first].traits & DETERMINING)
        and tokens[noun.first + 1].low in _STATEMENTS and tokens[noun.first + 2].capital
    )  # fmt: skip


def _headed(par: Paragraph, first: int, end: int) -> Mentions:
    """The head of a subject whose appositives stand between commas before the verb."""
    tokens = par.tokens
    stop = end
    for _ in range(9):
        if stop <= first:
            return ()
        start = chunk_start(par, first, stop)
        chunk_end = stop - 1 if tokens[stop - 1].text in POINTS else stop
        of_one = start > first and tokens[start - 1].text == "," and tells_of_one(par, first, start - 1)
        if chunk_end > start and not of_one:
            name = last_name(par, start, chunk_end) or name_before_aside(par, start, chunk_end)
            wider = noun_ending(tokens, start, chunk_end) if name is not None and not name.sure else None
            hides = wider is not None and name is not None and wider.first < name.title
            if wider is not None and name is not None and hides and ends_in_person(par, wider, name):
                hides = False
            if name is not None and not hides:
                return _with_partners(par, named(par, name, clause_start(par, first, name.begin), end), first)
            noun = noun_ending(tokens, start, chunk_end)
            if noun is not None and not is_appositive(par, first, start, noun.first):
                return _with_partners(par, anonymous(par, noun), first)
            if tokens[chunk_end - 1].low in PRONOUNS and tokens[chunk_end - 1].low != "it":
                return (pronoun_at(par, chunk_end - 1),)
        stop = start
        if stop > first and tokens[stop - 1].text in {",", "–", "—", "-", ")", "("}:
            stop -= 1
            if tokens[stop].text == ")":
                while stop > first and tokens[stop].text != "(":
                    stop -= 1
    return ()


def _with_partners(par: Paragraph, mention: Mention, first: int) -> Mentions:
    """Put the other speakers of ``Max Hill KC and Chief Constable Sarah Crew said`` before the last."""
    tokens = par.tokens
    at = mention.first
    if at - 1 > first and tokens[at - 1].text == ",":
        tie = at - 2
        if tokens[tie].low in lexicon.kin() and tie - 1 > first:
            at = tie - 1
    if at - 1 > first and tokens[at - 1].low in lexicon.DETERMINERS:
        at -= 1
    if at - 1 <= first or (tokens[at - 1].low not in {"and", "&"} and tokens[at - 1].text != "&"):
        return (mention,)
    stop = at - 1
    if stop > first and tokens[stop - 1].text == "," and mention.kind not in {"name", "noun"}:
        return (mention,)
    partners = _partner(par, first, stop, mention)
    if len(partners) == 1 and _is_half(partners[0], mention):
        return (replace(mention, text=par.words(partners[0].first, mention.last), first=partners[0].first),)
    return (*(_sharing(p, mention.post) for p in partners), mention)


def _is_half(partner: Mention, mention: Mention) -> bool:
    """``Oakhanger and Vale Hospitals Trust``: one body."""
    bare = partner.kind == "name" and not partner.full and partner.text == partner.name
    return bare and mention.kind == "body" and mention.text[:1].isupper() and len(mention.text.split()) > 1 and (
        mention.text.split()[0].lower() not in lexicon.DETERMINERS
    )  # fmt: skip


def _sharing(partner: Mention, post: Post) -> Mention:
    """``Inspector Ned Crouch and Constable Olu Sandys, of Wessex Vale Police``: the body counts for both.

    So does a plural post: ``Ned Crouch and Olu Sandys, Specialist Prosecutors,``.
    """
    if partner.kind != "name" or partner.kin:
        return partner
    own = partner.post.role
    body = None if own and " of " in own else post.organisation  # the Director of Public Prosecutions and a constable
    role = post.role if post.role and post.role.split()[-1].lower() in lexicon.plural_roles() else None
    return replace(partner, post=Post(own or role, partner.post.organisation or body))


def _partner(par: Paragraph, first: int, stop: int, mention: Mention) -> Mentions:
    tokens = par.tokens
    comma = tokens[stop - 1].text == ","
    known = tokens[stop - 1].text in lexicon.given_names() or is_sibling(par, stop - 1)
    if mention.kind == "name" and mention.full and not comma and known:
        given = tokens[stop - 1].text  # John and Mary Ellis
        if stop - 2 < first or not tokens[stop - 2].capital:
            surname = mention.name.split()[-1]
            return (
                Mention(
                    text=given, kind="name", first=stop - 1, last=stop, name=f"{given} {surname}", full=True,
                    post=mention.post,
                ),
            )  # fmt: skip
    title = lexicon.titles().get(tokens[stop - 1].low)
    if title is not None and title.kind == "honorific" and title.gender and mention.kind == "name":
        surname = mention.name.split()[-1]  # Mr and Mrs Dean
        return (
            Mention(
                text=tokens[stop - 1].text, kind="name", first=stop - 1, last=stop, name=surname, gender=title.gender
            ),
        )  # fmt: skip
    found = _ending(par, first, stop) if not comma else _headed(par, first, stop)
    if not found or found[-1].kind not in {"name", "noun", "body"}:
        return ()
    begin = found[0].first
    if begin > first and tokens[begin - 1].low in lexicon.DETERMINERS:
        begin -= 1
    before = tokens[begin - 1]
    plain = before.kind == WORD and before.low not in lexicon.PREPOSITIONS and not is_past(before)
    opens = begin == first or before.text in {",", ":"} or before.low in {"both", "today", "yesterday"} or (
        plain and found[0].kind == "name" and found[0].full and comma
    )  # fmt: skip
    return found if opens else ()
