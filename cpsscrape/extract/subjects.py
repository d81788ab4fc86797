"""Who does the saying: the phrases before or after a verb that can be its subject."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cpsscrape.extract import lexicon
from cpsscrape.extract.mentions import KINDS_OF_BODY, Mention, anonymous, named
from cpsscrape.extract.people import Name
from cpsscrape.extract.phrases import is_past, noun_ending, noun_from, post_end
from cpsscrape.extract.posts import Post, is_acronym, is_role
from cpsscrape.extract.words import (
    ADVERB,
    BEING,
    BODY,
    CLAIMS,
    DETERMINING,
    DOCUMENT,
    KIN,
    LINK,
    MODIFIER,
    NUMBER,
    OPENER,
    PAST,
    POSSESSIVE,
    PREPOSITION,
    QUOTE,
    RELATIVE,
    ROLE,
    WORD,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cpsscrape.extract.phrases import Noun
    from cpsscrape.extract.prose import Paragraph
    from cpsscrape.extract.tokens import Token

Mentions = tuple[Mention, ...]

_ADVERBS = frozenset(
    "also then later now today yesterday earlier again further once still even simply just previously"
    " subsequently afterwards all always often has have had did do does himself herself themselves"
    " went on not never been once meanwhile however too has have tonight".split()
)
_PRONOUNS = frozenset({"he", "she", "they", "it", "both"})
_GENDER = {"he": "m", "she": "f"}
_CONNECTS = frozenset("and but while then however meanwhile".split())
_NARROWS = frozenset("who speaking writing talking working living standing".split())
_POINTS = frozenset({",", "–", "—", "-", "(", ")", ";", ":"})


def subject_before(par: Paragraph, first: int, verb: int, *, nearest: bool = False) -> Mentions:
    """The subject that ends before token ``verb`` in the clause that begins at ``first``.

    ``nearest``: what ``who`` refers to, so the last phrase rather than the one at the front.
    """
    tokens = par.tokens
    end = verb
    while end > first and (tokens[end - 1].low in _ADVERBS or _is_adverb(par, end - 1)):
        end -= 1
    if end - 1 > first and tokens[end - 1].text == ")":
        opening = next((n for n in range(end - 2, max(first, end - 8), -1) if tokens[n].text == "("), None)
        end = opening if opening is not None else end
    if end <= first:
        return ()
    comma = tokens[end - 1].text in {",", "–", "—", "-", ")"}
    if not comma and tokens[end - 1].low in _PRONOUNS:
        return (_pronoun(par, end - 1),)
    found = () if comma else _before_clause(par, first, end)
    found = found or (() if comma or nearest else _placed(par, first, end))
    found = found or _known(par, first, end - 1 if comma else end)
    if found:
        return found
    if not comma:
        found = _ending(par, first, end)
        if found:
            return found
    return _headed(par, first, end)


def _before_clause(par: Paragraph, first: int, end: int) -> Mentions:
    """``A man who was in the shop said``: the phrase at the clause's start that a who-clause without comma narrows."""
    tokens = par.tokens
    who = next((n for n in range(end - 2, first, -1) if _narrows(tokens, n)), None)
    if who is None or tokens[who - 1].kind != WORD or any(
        t.text in _POINTS or t.kind == QUOTE or t.low in {"and", "but"} for t in tokens[who:end]
    ):  # fmt: skip
        return ()
    start = next((n + 1 for n in range(who - 1, first - 1, -1) if tokens[n].text in _POINTS or tokens[n].kind == QUOTE),
                 first)  # fmt: skip
    if tokens[start].low not in lexicon.DETERMINERS:
        return ()
    noun = noun_from(tokens, start, who)
    return (anonymous(par, noun),) if noun is not None and noun.last == who else ()


def _is_tied(token: Token) -> bool:
    """A word that ties what follows to what stands before: ``in``, ``accused``, ``acting``."""
    return token.kind == WORD and not token.capital and (
        bool(token.traits & (PREPOSITION | PAST)) or token.low.endswith("ing")
    )  # fmt: skip


def _narrows(tokens: Sequence[Token], at: int) -> bool:
    """``who was there``, ``speaking to``, ``that runs the hospital``; not ``that the men ran``."""
    if tokens[at].low not in {"that", "which"}:
        return tokens[at].low in _NARROWS
    after = tokens[at + 1]
    return not after.capital and not after.traits & DETERMINING and after.low not in _PRONOUNS


def _placed(par: Paragraph, first: int, end: int) -> Mentions:
    """``A neighbour in Mill Lane said``, ``The man accused of killing Ann Lee said``: who is at the front."""
    tokens = par.tokens
    start = _clause(par, first, end)
    while start < end and tokens[start].low in _CONNECTS:
        start += 1
    noun = noun_from(tokens, start, end) if start < end else None
    if noun is None or noun.last >= end - 1 or not _is_tied(tokens[noun.last]):
        return ()
    name = next((n for n in par.names_in(noun.last, end) if n.end == end and n.full and n.sure), None)
    if name is not None and not _is_tied(tokens[name.begin - 1]):
        return ()  # The prosecutor in the case Ann Lee said
    clause = tokens[noun.last].traits & CLAIMS and tokens[noun.last + 1].traits & PREPOSITION  # accused of
    between = tokens[noun.last + bool(clause) : end]
    if any(t.kind != WORD or t.low == "and" or t.traits & (CLAIMS | BEING | RELATIVE) for t in between):
        return ()
    return (anonymous(par, noun),) if tokens[noun.head].traits & (KIN | ROLE | DOCUMENT | BODY) else ()


def _known(par: Paragraph, first: int, end: int) -> Mentions:
    """A name that is surely one, whose post and asides fill the words up to the verb."""
    tokens = par.tokens
    for name in reversed(par.names_in(first, end)):
        if name.end > end or not (name.full or (name.sure and name.end == end)):
            continue
        mention = named(par, name, _clause(par, first, name.begin), end)
        if not name.sure and not (mention.post and mention.last > name.end and _opens_phrase(par, name, first)):
            continue
        if tokens[end - 1].text != "," and end - 1 > name.end and _tells_of_agent(par, name, first):
            continue
        if mention.last >= end and not _inside_post(par, name) and _may_head(par, name, first):
            return _with_partners(par, mention, first)
        if end - name.end > 60:
            break
    return ()


def _tells_of_agent(par: Paragraph, name: Name, first: int) -> bool:
    """``read by her solicitor, Ann Lee, the boy’s mother said``: the name belongs to the phrase before it."""
    comma = name.begin - 1
    noun = noun_ending(par.tokens, first, comma) if comma > first and par.tokens[comma].text == "," else None
    return noun is not None and noun.first > first and par.tokens[noun.first - 1].low in {"by", "with"}


def _opens_phrase(par: Paragraph, name: Name, first: int) -> bool:
    before = par.tokens[name.begin - 1] if name.begin > first else None
    plain = before is not None and before.kind == WORD and not before.capital and (
        not before.traits & (PREPOSITION | DETERMINING | MODIFIER)
    )  # fmt: skip
    return before is None or before.text == "," or plain


def _inside_post(par: Paragraph, name: Name) -> bool:
    """``a spokesperson for Ann Lee said``: whoever speaks for her, it is not she."""
    before = par.tokens[name.begin - 1] if name.begin else None
    return before is not None and before.low in lexicon.LINKS


def _is_adverb(par: Paragraph, at: int) -> bool:
    token = par.tokens[at]
    return token.kind == WORD and not token.capital and lexicon.is_adverb(token.low)


def _pronoun(par: Paragraph, at: int) -> Mention:
    token = par.tokens[at]
    return Mention(
        text=token.text, kind="pronoun", first=at, last=at + 1, gender=_GENDER.get(token.low, ""),
        many=token.low in {"they", "both"}, head="they" if token.low == "both" else token.low,
    )  # fmt: skip


def _ending(par: Paragraph, first: int, end: int) -> Mentions:
    """A phrase that ends right before the verb: ``Kris Vaughan from CPS South East said``."""
    name = _last_name(par, first, end)
    if name is not None and not name.full and _inside_post(par, name):
        name = None  # A spokesman for Mr Dean
    noun = noun_ending(par.tokens, first, end)
    owned = name is not None and name.full and name.begin > first and par.tokens[name.begin - 1].kind == POSSESSIVE
    hides = name is not None and not name.sure and not owned and noun is not None and (
        noun.first < name.title or (not name.full and noun.first == name.first and noun.head >= name.last)
    )  # fmt: skip
    if hides and noun is not None and name is not None and not _ends_in_person(par, noun, name):
        name = _name_after_field(par, noun) if noun.last == end else None
    if name is not None:
        return _with_partners(par, named(par, name, _clause(par, first, name.begin), end), first)
    if noun is None:
        return ()
    hidden = _name_after_field(par, noun)
    if hidden is not None:
        return _with_partners(par, named(par, hidden, _clause(par, first, hidden.begin), end), first)
    if _belongs_to_name(par, first, noun.first):
        return ()
    name = next((n for n in par.names_in(noun.first, noun.last) if n.full and n.begin == n.first == noun.first), None)
    if name is not None and name.last == noun.head + 1 < noun.last:  # Xiomara Beale from Victim Support
        return _with_partners(par, named(par, name, _clause(par, first, name.begin), end), first)
    return _with_partners(par, anonymous(par, noun), first)


def _ends_in_person(par: Paragraph, noun: Noun, name: Name) -> bool:
    """``Dog walker Quill Barnet``, ``the victim’s brother Quill Barnet``: two capitals after a plain noun."""
    if not name.full or name.begin != name.first or name.end != noun.last or name.begin <= noun.first:
        return False
    before = par.tokens[name.begin - 1]
    words = par.tokens[name.first : name.last]
    return (
        before.kind == WORD and not before.capital and not before.traits & (DETERMINING | PREPOSITION)
        and before.low not in lexicon.body_nouns() and before.low not in KINDS_OF_BODY
        and len(words) < 4 and not any(t.low in lexicon.body_nouns() or is_acronym(t) for t in words)
    )  # fmt: skip


def _name_after_field(par: Paragraph, noun: Noun) -> Name | None:
    """``Cabinet Secretary for Transport Alasdair Munro``: three capitals after a link end in a name."""
    tokens = par.tokens
    if tokens[noun.first].low in lexicon.DETERMINING or not is_role(tokens[noun.head]):
        return None
    start = noun.last
    while start > noun.head + 1 and tokens[start - 1].capital:
        start -= 1
    words = noun.last - start
    last = tokens[noun.last - 1]
    if words < 3 or start == noun.head + 1 or last.low in lexicon.body_nouns() or is_acronym(last):
        return None
    first = noun.last - 2
    return Name(start, first, first, noun.last, noun.last, sure=True)


def _belongs_to_name(par: Paragraph, first: int, at: int) -> bool:
    """``Ann Lee, Chief Crown Prosecutor for CPS Wessex said``: the comma before the verb was forgotten."""
    if at - 1 <= first or par.tokens[at - 1].text != ",":
        return False
    name = next((n for n in par.names_in(max(first, at - 40), at) if n.end == at - 1 or _run_on(par, n, at - 1)), None)
    return name is not None and name.sure and _may_head(par, name, first) and not _tells_of_agent(par, name, first)


def _run_on(par: Paragraph, name: Name, end: int) -> bool:
    return name.end < end and name.begin >= 0 and post_end(par.tokens, name.end, end) >= end and (
        par.tokens[name.end].low in lexicon.LINKS
    )  # fmt: skip


def _last_name(par: Paragraph, first: int, end: int) -> Name | None:
    """The name that the words before ``end`` close with, a post or body after it allowed."""
    for name in reversed(par.names_in(first, end)):
        if name.end > end:
            continue
        if not _may_head(par, name, first):
            return None
        if name.end == end:
            return name
        tokens = par.tokens
        if tokens[name.end].kind == POSSESSIVE or tokens[name.end].text in "’'":
            return None
        if tokens[name.end].text in _POINTS and tokens[name.end].text != "(":
            return None
        if tokens[name.end].text == "(":
            return name if tokens[end - 1].text == ")" else None
        reach = post_end(tokens, name.end, end)
        return name if reach >= end and tokens[name.end].low not in {"and", "&"} else None
    return None


def _may_head(par: Paragraph, name: Name, first: int) -> bool:
    """Not the object of a preposition: ``after the trial of Ann Lee``."""
    start = named(par, name, first, name.end).first
    if start <= first:
        return True
    before = par.tokens[start - 1]
    if before.text == "," and _tells_of_one(par, first, start - 1):
        return False
    if before.low.endswith("ing") and start - 2 > first and _acts(par.tokens[start - 2]):
        return False  # Ann Lee, representing Mr Dean,
    if before.low in lexicon.DETERMINING and start - 2 >= first:
        before = par.tokens[start - 2]
    if before.kind == POSSESSIVE and name.full and name.sure and start - 2 == first and par.tokens[first].capital:
        return par.tokens[first].text not in lexicon.given_names()  # Labour’s Jess Okoro
    return not (before.low in lexicon.PREPOSITIONS or before.kind == POSSESSIVE or before.low in {"named", "called"})


def _acts(token: Token) -> bool:
    return token.text == "," or bool(token.traits & (KIN | ROLE))


def _tells_of_one(par: Paragraph, first: int, comma: int) -> bool:
    """``The parents of one of the victims, Jamie Lyle, said``: the name is no parent’s."""
    noun = noun_ending(par.tokens, first, comma)
    if noun is None or noun.head + 1 >= noun.last:
        return False
    return lexicon.kin().get(par.tokens[noun.head].low, ("", ""))[0] == "many"


def _clause(par: Paragraph, first: int, at: int) -> int:
    """The start of the clause: after the last colon, semicolon or quote before ``at``."""
    for n in range(at - 1, first - 1, -1):
        if par.tokens[n].text in {":", ";"} or par.tokens[n].kind == QUOTE:
            return n + 1
    return first


def _headed(par: Paragraph, first: int, end: int) -> Mentions:
    """The head of a subject whose appositives stand between commas before the verb."""
    tokens = par.tokens
    stop = end
    for _ in range(9):
        if stop <= first:
            return ()
        start = _chunk_start(par, first, stop)
        chunk_end = stop - 1 if tokens[stop - 1].text in _POINTS else stop
        of_one = start > first and tokens[start - 1].text == "," and _tells_of_one(par, first, start - 1)
        if chunk_end > start and not of_one:
            name = _last_name(par, start, chunk_end) or _name_before_aside(par, start, chunk_end)
            wider = noun_ending(tokens, start, chunk_end) if name is not None and not name.sure else None
            hides = wider is not None and name is not None and wider.first < name.title
            if wider is not None and name is not None and hides and _ends_in_person(par, wider, name):
                hides = False
            if name is not None and not hides:
                return _with_partners(par, named(par, name, _clause(par, first, name.begin), end), first)
            noun = noun_ending(tokens, start, chunk_end)
            if noun is not None and not _is_appositive(par, first, start, noun.first):
                return _with_partners(par, anonymous(par, noun), first)
            if tokens[chunk_end - 1].low in _PRONOUNS and tokens[chunk_end - 1].low != "it":
                return (_pronoun(par, chunk_end - 1),)
        stop = start
        if stop > first and tokens[stop - 1].text in {",", "–", "—", "-", ")", "("}:
            stop -= 1
            if tokens[stop].text == ")":
                while stop > first and tokens[stop].text != "(":
                    stop -= 1
    return ()


def _chunk_start(par: Paragraph, first: int, stop: int) -> int:
    at = stop - 1
    if par.tokens[at].text in _POINTS:
        at -= 1
    while at > first and par.tokens[at - 1].text not in _POINTS and par.tokens[at - 1].kind != QUOTE:
        at -= 1
    return max(at, first)


def _name_before_aside(par: Paragraph, start: int, end: int) -> Name | None:
    """``Ann Lee who led the case``: a who-clause without comma."""
    for name in par.names_in(start, end):
        if start <= name.begin and name.end < end and par.tokens[name.end].low in {"who", "speaking", "responding"}:
            return name if _may_head(par, name, start) else None
    return None


def _is_appositive(par: Paragraph, first: int, start: int, noun: int) -> bool:
    """These words say more about the name to their left, rather than being the subject."""
    tokens = par.tokens
    token = tokens[start]
    if token.low in lexicon.RELATIVES or token.kind == NUMBER or token.low.endswith("ing"):
        return True
    if token.low in lexicon.PREPOSITIONS:
        return True
    if (
        noun > start
        and tokens[noun - 1].low not in {"and", "but", "while"}
        and not lexicon.is_adverb(tokens[noun - 1].low)
    ):
        return True
    left = start
    for _ in range(5):
        if left - 1 <= first or tokens[left - 1].text not in {",", "–", "—"}:
            return False
        chunk = _chunk_start(par, first, left - 1)
        if tokens[start].low in {"a", "an"} and left == start and _is_whole_phrase(par, chunk, left - 1):
            return True  # One victim, a man of 43, said; Open Doors East, a charity, says
        if _last_name(par, chunk, left - 1) is not None:
            return True
        if not (tokens[chunk].kind == NUMBER or post_end(tokens, chunk, left - 1) >= left - 1
                or tokens[chunk].low in lexicon.RELATIVES or tokens[chunk].low in {"of", "from"}):  # fmt: skip
            return False
        left = chunk
    return False


def _is_whole_phrase(par: Paragraph, first: int, last: int) -> bool:
    words = par.tokens[first:last]
    if not words:
        return False
    noun = noun_from(par.tokens, first, last) if words[0].low in lexicon.DETERMINERS else None
    return (noun is not None and noun.last == last) or (len(words) > 1 and all(t.capital for t in words))


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
    shared = mention.post.organisation
    return (*(_sharing(p, shared) for p in partners), mention)


def _sharing(partner: Mention, organisation: str | None) -> Mention:
    """``Inspector Ned Crouch and Constable Olu Sandys, of Wessex Vale Police``: the body counts for both."""
    if partner.post.organisation is not None or organisation is None or partner.kind != "name" or partner.kin:
        return partner
    return replace(partner, post=Post(partner.post.role, organisation))


def _partner(par: Paragraph, first: int, stop: int, mention: Mention) -> Mentions:
    tokens = par.tokens
    comma = tokens[stop - 1].text == ","
    if mention.kind == "name" and mention.full and not comma and tokens[stop - 1].text in lexicon.given_names():
        given = tokens[stop - 1].text  # John and Mary Ellis
        if stop - 2 < first or not tokens[stop - 2].capital:
            surname = mention.name.split()[-1]
            return (
                Mention(
                    text=given, kind="name", first=stop - 1, last=stop, name=f"{given} {surname}", full=True,
                    post=mention.post,
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


def subject_after(par: Paragraph, first: int, limit: int) -> Mentions:
    """The subject that begins at ``first``: ``said Kate Brown, Chief Crown Prosecutor for CPS Wessex``."""
    tokens = par.tokens
    while first < limit and (tokens[first].low in {"also", "then", "later", "both"} or _is_adverb(par, first)):
        first += 1
    if first >= limit:
        return ()
    if tokens[first].low in _PRONOUNS:
        return (_pronoun(par, first),)
    name = next((n for n in par.names_in(first, limit) if n.begin >= first and n.end <= limit), None)
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
    mention = anonymous(par, noun)
    return (mention, *_and_then(par, mention.last, limit))


def _is_spoken_for(par: Paragraph, first: int, name: Name) -> bool:
    """``a spokesman for the charity Harbour``: one word after a link is no person."""
    between = par.tokens[first : name.begin]
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
    if not tokens[at].traits & (OPENER | ADVERB) or tokens[at].traits & DETERMINING or tokens[at].low in _PRONOUNS:
        return False
    return any(t.text == "," for t in tokens[at : min(limit, at + 6)])


def first_mention(par: Paragraph, first: int, limit: int) -> Mentions:
    """The subject of a clause whose verb nobody knows: the first phrase that begins a chunk."""
    tokens = par.tokens
    at = first
    while at < limit:
        while at < limit and (tokens[at].low in {"and", "but", "while", "then", "today", "yesterday", "however"}
                              or tokens[at].text in _POINTS):  # fmt: skip
            at += 1
        if at >= limit:
            return ()
        if tokens[at].traits & PREPOSITION or tokens[at].low.endswith("ing") or _is_lead_in(tokens, at, limit):
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
