"""What a word can do, whoever stands beside it: looked up once for each word, then a bit to test.

A press story repeats its words, and every rule asks the same few questions of every word (a role? a
title? may a name begin with it?). The answers depend on the word alone, so they are its *traits*.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from cpsscrape.extract import lexicon

QUOTE, WORD, NUMBER, POSSESSIVE, POINT, BREAK = "quote", "word", "number", "possessive", "point", "break"

ROLE = 1 << 0
"""The head noun of a post, ``Vice-Chair`` and ``co-founder`` included."""
RANK = 1 << 1
"""A rank or title that is a post of its own (``DCI``, ``Judge``), not ``Mr``."""
TITLE = 1 << 2
"""Whatever stands before a name: a rank or an honorific, in capitals."""
HONORIFIC = 1 << 3
"""``Mr``, ``Dame``."""
ACRONYM = 1 << 4
"""``CPS``, ``HMCPSI``: capitals only."""
GIVEN = 1 << 5
"""A common first name."""
OTHER = 1 << 6
"""A word of a rank, a post, a body or a place rather than of a name."""
OPENER = 1 << 7
"""Capital only because a sentence begins with it."""
DETERMINER = 1 << 8
"""``the``, ``a``, ``this``."""
DETERMINING = 1 << 9
"""A determiner, or ``his``, ``their``."""
LINK = 1 << 10
"""``of``, ``for``, ``at``: what ties a post to its body."""
PREPOSITION = 1 << 11
PARTICLE = 1 << 12
"""``van``, ``de``, ``ap``: within a name."""
MODIFIER = 1 << 13
"""``deputy``, ``senior``: makes a post more exact."""
KIN = 1 << 14
"""A tie or a plight: ``mother``, ``victim``."""
BODY = 1 << 15
"""The noun of a body, a unit or an area."""
ORGANISATION = 1 << 16
"""The noun of a body or a unit."""
DOCUMENT = 1 << 17
"""What states something: a report, a judgment."""
ADVERB = 1 << 18
"""``slowly``, not ``family``."""
PAST = 1 << 19
"""``jailed``, ``came``: after a noun it begins what somebody did."""
VERB = 1 << 20
"""A form of a verb of saying."""
CUE = 1 << 21
"""A verb of saying, or a word that begins one (``paid tribute``, ``went on``)."""
CLAIMS = 1 << 22
"""A past or third-person form of a verb of saying, in lower case: no word of a post."""
CLOSES = 1 << 23
"""Ends the core of a noun phrase: a preposition, an auxiliary, an adverb, a verb of saying."""
IN_POST = 1 << 24
"""May stand in a post: a capital word, a role, a modifier, a body."""
NAMES = 1 << 25
"""May be the last word of a noun phrase that speaks: a capital word, a role, a tie, a body, a document."""
RELATIVE = 1 << 26
"""``who``, ``which``, ``that``."""
BEING = 1 << 27
"""A form of ``be``."""
ENDS = 1 << 28
"""A sentence may end with it: a stop, a line break, a quote."""
ONE = 1 << 29
"""The noun of one person: a role or a tie in the singular."""

# put it, paid tribute, went on, shot back
_PHRASES = frozenset("put puts paid pays paying went goes going shot hit hits fired fires".split())
_SHORT_ADVERBS = frozenset("also then later now today down up away aside".split())
PARTY = re.compile(r"[DRI]-[A-Z][\w.]*")
"""A politician's party and state, ``R-Ohio``: no name."""
# Letters that would read as a pronoun in lower case; Md Anisur Rahman is no managing director.
_LETTERS = {"Md": "md.", "US": "u.s.", "IT": "i.t.", "WHO": "w.h.o."}
_STOPS = frozenset(".!?…") | {"..."}
_POSSESSIVES = frozenset({"’s", "'s", "’r", "'r"})

DATES = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july"
    " august september october november december today yesterday tomorrow".split()
)
"""Words that tell when."""
_PAST_FORMS = frozenset(
    "heard found came went got took made gave left saw knew felt ran held met led won lost spoke began stood sat"
    " kept paid sent brought bought caught chose drove fell flew grew hit let meant rose set shot slept spent took"
    " wore threw broke rang sang swam sank drank woke froze stole swore tore blew ate forgave shook forbade crept wept"
    " swept leapt dealt learnt built lent taught fought sought sold understood hung stuck struck clung dug fled hid"
    " rode wrote became overcame withdrew".split()
)
THINGS = frozenset(
    "operation act bill street road avenue court crown magistrates’ lane close square house hall bailey"
    " valley river bridge station airport stadium university hospital school prison day week christmas easter"
    " god bible covid covid-19 brexit internet twitter facebook instagram snapchat whatsapp youtube tiktok"
    " google amazon english british welsh scottish irish european american french german russian chinese"
    " african asian indian muslim jewish christian islamic labour conservative liberal democrat republican"
    " tory january february march april may june july august september october november december monday"
    " tuesday wednesday thursday friday saturday sunday further reading notes ends".split()
)
"""Capital words that begin no person's name."""


_FIELDS = frozenset(
    "offences offenders crime crimes fraud terrorism trafficking slavery abuse violence sexual serious organised"
    " economic domestic rural hate proceeds casework rape homicide complex".split()
)
"""What units of prosecutors and police are called after: no names."""


@dataclass(frozen=True, slots=True, eq=False)
class Token:
    """A word, a mark of punctuation, or a whole quote (``span`` is its number among the spans).

    ``low`` is what the rules compare, ``traits`` are the bits above. The same word is the same token wherever
    it stands, so it knows no place: that is ``Paragraph.start_of``.
    """

    text: str
    low: str
    kind: str
    capital: bool
    traits: int
    span: int = -1


@lru_cache(maxsize=1 << 15)
def word_of(text: str) -> Token:
    """The token of a word or mark; the text alone tells its kind."""
    kind = _kind(text)
    capital = kind == WORD and text[0].isupper() and not PARTY.fullmatch(text)
    low = (_LETTERS.get(text) or text.lower()) if capital else text
    return Token(text, low, kind, capital, _traits(text, low, kind, capital=capital))


@lru_cache(maxsize=1 << 10)
def quote_of(span: int) -> Token:
    """The token of a whole quote."""
    return Token("", "", QUOTE, capital=False, traits=ENDS, span=span)


def _kind(text: str) -> str:
    first = text[0]
    if first.isdecimal():
        return WORD if "-" in text else NUMBER  # 40-year-old is a word
    if first.isalnum():
        return WORD
    if text in _POSSESSIVES:
        return POSSESSIVE
    return BREAK if first in "\n\t" else POINT


def _traits(text: str, low: str, kind: str, *, capital: bool) -> int:
    by_low = _by_low(low, kind)
    bare = low.rstrip(".")
    title = lexicon.titles().get(bare.rsplit("/", 1)[-1])
    honorific = lexicon.titles().get(bare)
    rank = capital and title is not None and title.kind == "rank"
    letters = text.replace("-", "").replace("&", "").replace(".", "")
    acronym = kind == WORD and len(letters) > 1 and letters.isupper() and not rank
    known = (
        (GIVEN, text in lexicon.given_names()),
        (RANK, rank),
        (TITLE, capital and title is not None),
        (HONORIFIC, capital and honorific is not None and honorific.kind == "honorific"),
        (ACRONYM, acronym),
        (PAST, not capital and (low in _PAST_FORMS or (low.endswith("ed") and len(low) > 4))),
        (CLAIMS, not capital and bool(by_low & VERB) and _has_form(low, _CLAIMED)),
        (CLOSES, _closes(low, by_low, capital=capital)),
        (IN_POST, _in_post(kind, by_low, capital=capital)),
        (NAMES, capital or bool(by_low & (ROLE | KIN | BODY | DOCUMENT))),
        (OTHER, title is not None or _is_other(text, low, by_low, acronym=acronym)),
        (ENDS, kind == BREAK or text in _STOPS),
    )
    return sum((trait for trait, holds in known if holds), by_low)


@lru_cache(maxsize=1 << 15)
def _by_low(low: str, kind: str) -> int:
    """The traits that the word has in capitals and in lower case."""
    roles = lexicon.role_nouns()
    body = lexicon.body_nouns().get(low)
    kin = lexicon.kin().get(low)
    one = kin[0] == "one" if kin else low in roles and low not in lexicon.plural_roles()
    known = (
        (ROLE, kind == WORD and (low in roles or ("-" in low and low.rsplit("-", 1)[1] in roles))),
        (OPENER, low in lexicon.OPENERS),
        (DETERMINER, low in lexicon.DETERMINERS),
        (DETERMINING, low in lexicon.DETERMINING),
        (LINK, low in lexicon.LINKS),
        (PREPOSITION, low in lexicon.PREPOSITIONS),
        (PARTICLE, low in lexicon.PARTICLES),
        (MODIFIER, low in lexicon.MODIFIERS),
        (KIN, kin is not None),
        (ONE, one),
        (BODY, body is not None),
        (ORGANISATION, body in {"body", "unit"}),
        (DOCUMENT, low in lexicon.document_nouns()),
        (ADVERB, lexicon.is_adverb(low)),
        (VERB, low in lexicon.verbs()),
        (CUE, low in _PHRASES or (kind == WORD and low in lexicon.verbs())),
        (RELATIVE, low in lexicon.RELATIVES),
        (BEING, low in lexicon.BE),
    )
    return sum(trait for trait, holds in known if holds)


_CLAIMED = frozenset({"past", "third"})
_CLOSING = frozenset({"past", "gerund"})
_CLOSERS = (
    lexicon.PREPOSITIONS | lexicon.CONJUNCTIONS | lexicon.PRONOUNS | lexicon.BE | lexicon.HAVE | lexicon.MODALS
    | lexicon.DETERMINERS | DATES | _SHORT_ADVERBS
)  # fmt: skip


def _has_form(low: str, forms: frozenset[str]) -> bool:
    return any(verb.form in forms for verb in lexicon.verbs()[low])


def _closes(low: str, by_low: int, *, capital: bool) -> bool:
    if low in _CLOSERS or by_low & ADVERB:
        return True
    return not capital and bool(by_low & VERB) and _has_form(low, _CLOSING)


def _in_post(kind: str, by_low: int, *, capital: bool) -> bool:
    if capital:
        return not by_low & OPENER or bool(by_low & DETERMINER)
    return bool(by_low & (ROLE | MODIFIER)) or (kind == WORD and bool(by_low & ORGANISATION))


def _is_other(text: str, low: str, by_low: int, *, acronym: bool) -> bool:
    if by_low & ROLE or low in _FIELDS or low.endswith(("tions", "sions", "-year-old")):
        return True  # Public Prosecutions; Twelve-year-old
    if len(text.rstrip(".")) == 1 or low.rstrip(".") == "st":
        return False  # an initial; Simran St John
    given = text in lexicon.given_names()
    if by_low & KIN and not given:
        return True  # Neighbour Kev Sugden
    if acronym:
        return len(text) > 2 or bool(by_low & BODY)
    return not given and (bool(by_low & (MODIFIER | BODY)) or low in THINGS)
