"""Verbs of saying in a sentence: which they are and how they are used."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from cpsscrape.extract import lexicon
from cpsscrape.extract.words import (
    ADVERB,
    CUE,
    DETERMINER,
    NAMES,
    POSSESSIVE,
    PREPOSITION,
    QUOTE,
    ROLE,
    WORD,
)

if TYPE_CHECKING:
    from cpsscrape.extract.prose import Paragraph

Use = Literal["finite", "gerund", "infinitive", "passive", "planned"]

# Third-person and bare forms that are nouns as often: "the claims", "in reports", "a call".
_NOUNS = frozenset(
    "claim claims report reports comment comments question questions order orders demand demands answer answers"
    " note notes state states point points text texts charge charges call calls attack attacks praise blame"
    " hint threat promise promises pledge pledges email emails tweet tweets post posts estimate estimates"
    " cry cries shout shouts scream laugh joke jokes quote quotes label labels brand brands advance credit"
    " thanks signal signals highlight highlights mention offer offers test challenge request requests hail"
    " term terms argument accounts account vow protest protests deal deals speak read direct open close reply replies"
    " address process voice welcome slam blast sum close express relate counter venture complete chant".split()
)
_ADVERBS = frozenset("also then later further simply just again now even only still always first".split())
_PARTICLES = {
    "point": {"out"}, "pay": {"tribute"}, "go": {"on"}, "sum": {"up"}, "call": {"out"}, "shout": {"out"},
    "cry": {"out"}, "hit": {"back"}, "snap": {"back"}, "chime": {"in"}, "speak": {"out"}, "blurt": {"out"},
}  # fmt: skip
_RETORTS = frozenset("shot hit hits fired fires".split())
_TAKES_OBJECT = frozenset("described portrayed characterised characterized depicted regarded classed billed".split())
_NO_THINGS = lexicon.PRONOUNS | lexicon.HAVE | lexicon.BE | _ADVERBS
_NEGATIONS = frozenset("not never n’t n't without cannot nor neither".split())
_UNWILLING = frozenset("declined refused failed unable refuses declines reluctant".split())
_NEGATES = _NEGATIONS | _UNWILLING


class Cue(NamedTuple):
    """A verb of saying at token ``at``; ``clause`` is where the words before its subject's clause end."""

    at: int
    text: str
    base: str
    uses: str
    use: Use
    negated: bool = False


def find_cues(par: Paragraph, first: int, last: int) -> list[Cue]:
    """Every verb of saying among tokens ``first`` to ``last``, nouns that look like one left out."""
    known = par.cues.get((first, last))
    if known is None:
        known = par.cues[first, last] = _find(par, first, last)
    return known


def _find(par: Paragraph, first: int, last: int) -> list[Cue]:
    found = []
    tokens = par.tokens
    for at in [n for n in range(first, last) if tokens[n].traits & CUE]:
        token = tokens[at]
        follows = tokens[at + 1].low if at + 1 < last else ""
        if token.low in {"put", "puts"} and follows in {"it", "things"}:
            found.append(Cue(at, token.text, "put", "qp", "finite"))
        elif token.low in {"paid", "pays", "paying"} and follows == "tribute":
            found.append(Cue(at, token.text, "pay", "pr", "gerund" if token.low == "paying" else "finite"))
        elif token.low in {"went", "goes", "going"} and follows == "on":
            if not (at + 2 < last and tokens[at + 2].low == "to"):
                found.append(Cue(at, token.text, "go", "q", "finite" if token.low != "going" else "gerund"))
        elif follows == "back" and token.low in _RETORTS:
            found.append(Cue(at, token.text, "hit", "q", "finite"))
        elif token.low in lexicon.verbs() and (cue := _read_cue(par, at, first)) is not None:
            found.append(cue)
    return found


def _read_cue(par: Paragraph, at: int, first: int) -> Cue | None:
    tokens = par.tokens
    token = tokens[at]
    if token.low in {"called", "named", "termed", "dubbed", "labelled"} and at > first + 1 and _names_thing(par, at):
        return None
    back = at
    while back > first and (tokens[back - 1].traits & ADVERB or tokens[back - 1].low in _ADVERBS):
        back -= 1
    before = tokens[back - 1].low if back > first else ""
    verb = lexicon.verbs()[token.low][-1]
    forms = lexicon.verb_forms()[token.low]
    uses = verb.uses
    negated = _negated(par, at, first)
    if "gerund" in forms:
        if (back > first and before in lexicon.DETERMINING) or tokens[back - 1].kind == POSSESSIVE:
            return None
        use: Use = "finite" if before in lexicon.BE and back > first else "gerund"
        return Cue(at, token.text, verb.base, uses, use, negated)
    treated = before == "her" and "past" in forms and token.low not in _NOUNS  # the medic who treated her said
    owned = before in lexicon.DETERMINERS or (before in lexicon.POSSESSIVES and not treated)
    if back > first and owned:
        pronoun = before in {"that", "this", "those", "both", "all", "each", "another"}
        if not pronoun or token.low in _NOUNS:
            return None
    if "participle" in forms and _is_passive(par, at, before if back > first else ""):
        return Cue(at, token.text, verb.base, uses, "passive", negated)
    if "base" in forms and back > first and before == "to":
        return Cue(at, token.text, verb.base, uses, "infinitive", negated)
    if "base" in forms and back > first and before in lexicon.MODALS:
        return Cue(at, token.text, verb.base, uses, "planned", negated)
    if token.low in _NOUNS and "past" not in forms and not _is_verb_here(par, at, first, back):
        return None
    if "base" in forms and "past" not in forms and not _plural_before(par, back, first):
        return None
    if "participle" in forms and "past" in forms and not _finite_past(par, at, first, back):
        return None
    return Cue(at, token.text, verb.base, uses, "finite", negated)


def _names_thing(par: Paragraph, at: int) -> bool:
    """``a chat group called “Gardening Club”``: a participle after a plain noun, right before the words."""
    after = par.tokens[at + 1] if at + 1 < len(par.tokens) else None
    before = par.tokens[at - 1]
    return (
        after is not None and after.kind == QUOTE and before.kind == WORD and not before.capital
        and before.low not in _NO_THINGS and not before.traits & (ROLE | ADVERB)
        and lexicon.kin().get(before.low, ("", ""))[0] != "one"
        and not any(t.low in {"what", "whom"} for t in par.tokens[max(0, at - 6) : at])
    )  # fmt: skip


_BY_MEANS = frozenset("telephone phone email e-mail text letter video fax radio way".split())


def _is_passive(par: Paragraph, at: int, before: str) -> bool:
    """``was described``, ``described by``, and ``told that`` without anybody who was told."""
    after = par.tokens[at + 1].low if at + 1 < len(par.tokens) else ""
    by = after == "by" and not (at + 2 < len(par.tokens) and par.tokens[at + 2].low in _BY_MEANS)
    if before in lexicon.BE or (by and before not in lexicon.HAVE):
        return True
    if after == "as" and par.tokens[at].low in _TAKES_OBJECT and before not in lexicon.HAVE:
        return True  # men described as “frail”: nobody is said to have described them
    return par.tokens[at].low == "told" and after in {"that", "to", "how"} and before in {"and", ",", ""}


def _negated(par: Paragraph, at: int, first: int) -> bool:
    for n in range(at - 1, max(first, at - 5) - 1, -1):
        low = par.tokens[n].low
        if low in _NEGATES or (low[-1:] == "t" and low.endswith(("n’t", "n't"))):
            return True
        if par.tokens[n].kind != WORD or low in {"and", "but", "who"}:
            return False
    return False


def _plural_before(par: Paragraph, back: int, first: int) -> bool:
    """``they say``, ``prosecutors allege``: a bare form needs a plural subject."""
    if back <= first:
        return False
    if par.tokens[back - 1].kind == QUOTE:
        return True  # “…,” say Idris and Jo
    token = par.tokens[back - 1]
    low = token.low
    joint = token.text == "," or token.capital
    if joint and any(t.low == "and" or t.text == "&" for t in par.tokens[first : back - 1]):
        return True  # Sir Crispin Lyle, …, and Baroness Tolland, write
    return low in {"they", "we", "i", "you", "police", "people", "who", "did", "do", "does", "and", "help"} or (
        low.endswith("s") and not low.endswith("ss") and token.kind == WORD
    ) or low in {"cps", "men", "women"}  # fmt: skip


def _is_verb_here(par: Paragraph, at: int, first: int, back: int) -> bool:
    """A word such as ``notes`` or ``claims``: a verb after a subject, a noun after an adjective."""
    if back <= first:
        return False
    token = par.tokens[back - 1]
    after = par.tokens[at + 1] if at + 1 < len(par.tokens) else None
    if after is None or after.low in {"of", "from", "by", "against", "about", "and"}:
        return False
    return token.low in lexicon.PRONOUNS or token.low in {",", "also", "and"} or bool(token.traits & NAMES)


def _finite_past(par: Paragraph, at: int, first: int, back: int) -> bool:
    """Not a participle that describes a noun: ``the man accused of``, ``those quoted``."""
    tokens = par.tokens
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    if tokens[at].low in {"said", "told", "wrote", "swore"}:
        return True
    if after is not None and after.low == "by":
        return False
    before = tokens[back - 1] if back > first else None
    if before is None:
        return after is not None and (
            after.kind == QUOTE or after.capital or bool(after.traits & DETERMINER) or after.low in {"he", "she"}
        )
    return not before.traits & PREPOSITION or before.low in {"since", "before", "after"}


def cue_words(par: Paragraph, cue: Cue) -> str:
    """The cue as written, with the particle that makes the verb: ``pointed out``."""
    tokens = par.tokens
    after = tokens[cue.at + 1] if cue.at + 1 < len(tokens) else None
    if after is not None and after.low in _PARTICLES.get(cue.base, ()):
        return par.words(cue.at, cue.at + 2)
    return cue.text
