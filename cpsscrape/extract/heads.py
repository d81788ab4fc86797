"""Which name of a clause can be its subject: not the object of a preposition, not part of a post."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cpsscrape.extract import lexicon
from cpsscrape.extract.mentions import KINDS_OF_BODY, named
from cpsscrape.extract.people import Name
from cpsscrape.extract.phrases import noun_ending, noun_from, post_end
from cpsscrape.extract.posts import is_acronym, is_role
from cpsscrape.extract.words import DETERMINING, KIN, MODIFIER, NUMBER, POSSESSIVE, PREPOSITION, QUOTE, ROLE, WORD

if TYPE_CHECKING:
    from cpsscrape.extract.phrases import Noun
    from cpsscrape.extract.prose import Paragraph
    from cpsscrape.extract.words import Token

POINTS = frozenset({",", "–", "—", "-", "(", ")", ";", ":"})


def clause_start(par: Paragraph, first: int, at: int) -> int:
    """The start of the clause: after the last colon, semicolon or quote before ``at``."""
    for n in range(at - 1, first - 1, -1):
        if par.tokens[n].text in {":", ";"} or par.tokens[n].kind == QUOTE:
            return n + 1
    return first


def chunk_start(par: Paragraph, first: int, stop: int) -> int:
    """The start of the words between points that end at ``stop``."""
    at = stop - 1
    if par.tokens[at].text in POINTS:
        at -= 1
    while at > first and par.tokens[at - 1].text not in POINTS and par.tokens[at - 1].kind != QUOTE:
        at -= 1
    return max(at, first)


def inside_post(par: Paragraph, name: Name) -> bool:
    """``a spokesperson for Ann Lee said``: whoever speaks for her, it is not she."""
    before = par.tokens[name.begin - 1] if name.begin else None
    return before is not None and (before.low in lexicon.LINKS or _is_body_of_kind(par, name))


def _is_body_of_kind(par: Paragraph, name: Name) -> bool:
    """``the campaign group Open Cells``: what the plain word before a name says it is."""
    kind = par.tokens[name.begin - 1] if name.begin and not name.sure else None
    return kind is not None and kind.low in KINDS_OF_BODY and not kind.capital and kind.low != "campaigners"


def opens_phrase(par: Paragraph, name: Name, first: int) -> bool:
    """Nothing before a name makes it part of a longer phrase."""
    before = par.tokens[name.begin - 1] if name.begin > first else None
    plain = before is not None and before.kind == WORD and not before.capital and (
        not before.traits & (PREPOSITION | DETERMINING | MODIFIER)
    )  # fmt: skip
    return before is None or before.text == "," or plain


def may_head(par: Paragraph, name: Name, first: int) -> bool:
    """Not the object of a preposition: ``after the trial of Ann Lee``."""
    if name.begin > first and _is_body_of_kind(par, name):
        return False
    start = named(par, name, first, name.end).first
    if start <= first:
        return True
    before = par.tokens[start - 1]
    if before.text == "," and tells_of_one(par, first, start - 1):
        return False
    if before.low.endswith("ing") and start - 2 > first and _acts(par.tokens[start - 2]):
        return False  # Ann Lee, representing Mr Dean,
    if before.low in lexicon.DETERMINING and start - 2 >= first:
        before = par.tokens[start - 2]
    owner = par.tokens[first : start - 1]
    if before.kind == POSSESSIVE and name.full and name.sure and owner and all(t.capital for t in owner):
        return owner[0].text not in lexicon.given_names()  # Labour’s Jess Okoro, Victim Support’s Alex Mayes
    return not (before.low in lexicon.PREPOSITIONS or before.kind == POSSESSIVE or before.low in {"named", "called"})


def _acts(token: Token) -> bool:
    return token.text == "," or bool(token.traits & (KIN | ROLE))


def tells_of_one(par: Paragraph, first: int, comma: int) -> bool:
    """``The parents of one of the victims, Jamie Lyle, said``: the name is no parent’s."""
    noun = noun_ending(par.tokens, first, comma)
    if noun is None or noun.head + 1 >= noun.last:
        return False
    return lexicon.kin().get(par.tokens[noun.head].low, ("", ""))[0] == "many"


def tells_of_agent(par: Paragraph, name: Name, first: int) -> bool:
    """``read by her solicitor, Ann Lee, the boy’s mother said``: the name belongs to the phrase before it."""
    comma = name.begin - 1
    noun = noun_ending(par.tokens, first, comma) if comma > first and par.tokens[comma].text == "," else None
    return noun is not None and noun.first > first and par.tokens[noun.first - 1].low in {"by", "with"}


def last_name(par: Paragraph, first: int, end: int) -> Name | None:
    """The name that the words before ``end`` close with, a post or body after it allowed."""
    for name in reversed(par.names_in(first, end)):
        if name.end > end:
            continue
        if not may_head(par, name, first):
            return None
        if name.end == end:
            return name
        tokens = par.tokens
        if tokens[name.end].kind == POSSESSIVE or tokens[name.end].text in "’'":
            return None
        if tokens[name.end].text in POINTS and tokens[name.end].text != "(":
            return None
        if tokens[name.end].text == "(":
            return name if tokens[end - 1].text == ")" else None
        reach = post_end(tokens, name.end, end)
        return name if reach >= end and tokens[name.end].low not in {"and", "&"} else None
    return None


def name_before_aside(par: Paragraph, start: int, end: int) -> Name | None:
    """``Ann Lee who led the case``: a who-clause without comma."""
    for name in par.names_in(start, end):
        if start <= name.begin and name.end < end and par.tokens[name.end].low in {"who", "speaking", "responding"}:
            return name if may_head(par, name, start) else None
    return None


def _run_on(par: Paragraph, name: Name, end: int) -> bool:
    return name.end < end and name.begin >= 0 and post_end(par.tokens, name.end, end) >= end and (
        par.tokens[name.end].low in lexicon.LINKS
    )  # fmt: skip


def belongs_to_name(par: Paragraph, first: int, at: int) -> bool:
    """``Ann Lee, Chief Crown Prosecutor for CPS Wessex said``: the comma before the verb was forgotten."""
    if at - 1 <= first or par.tokens[at - 1].text != ",":
        return False
    name = next((n for n in par.names_in(max(first, at - 40), at) if n.end == at - 1 or _run_on(par, n, at - 1)), None)
    return name is not None and name.sure and may_head(par, name, first) and not tells_of_agent(par, name, first)


def ends_in_person(par: Paragraph, noun: Noun, name: Name) -> bool:
    """``Dog walker Quill Barnet``, ``Gemma’s brother Luke``: a name after a plain noun, a first name after a tie."""
    if name.begin != name.first or name.end != noun.last or name.begin <= noun.first:
        return False
    before = par.tokens[name.begin - 1]
    if not name.full and not (name.sure and before.traits & KIN):
        return False
    words = par.tokens[name.first : name.last]
    return (
        before.kind == WORD and not before.capital and not before.traits & (DETERMINING | PREPOSITION)
        and before.low not in lexicon.body_nouns() and before.low not in KINDS_OF_BODY
        and len(words) < 4 and not any(t.low in lexicon.body_nouns() or is_acronym(t) for t in words)
    )  # fmt: skip


def name_after_field(par: Paragraph, noun: Noun) -> Name | None:
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


def is_appositive(par: Paragraph, first: int, start: int, noun: int) -> bool:
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
        chunk = chunk_start(par, first, left - 1)
        if tokens[start].low in {"a", "an"} and left == start and _is_whole_phrase(par, chunk, left - 1):
            return True  # One victim, a man of 43, said; Open Doors East, a charity, says
        if last_name(par, chunk, left - 1) is not None:
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
