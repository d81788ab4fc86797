"""Posts: which words of ``Head of the Fraud Unit at CPS Wessex`` are the role, which the organisation."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cpsscrape.extract import lexicon
from cpsscrape.extract.words import ACRONYM, NUMBER, ORGANISATION, POSSESSIVE, RANK, ROLE, WORD

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cpsscrape.extract.prose import Paragraph
    from cpsscrape.extract.words import Token

_PLACES = (
    "shire", "chester", "caster", "borough", "burgh", "bury", "mouth", "pool", "wick", "moor", "dale", "field",
    "worth", "minster", "haven", "stead", "combe", "leigh", "wold", "wolds", "land", "lands", "ford", "ham", "ton",
)  # fmt: skip
_SUFFIXES = ("er", "or", "ist", "ian", "eer", "ant", "ive")
_NATIONS = ("ish", "ese", "ian", "ean", "can", "rench", "utch", "reek", "aeli", "aqi")
# Fields that are written like bodies: "National Lead for RASSO", "Director of HR".
_FIELDS = frozenset("RASSO VAWG HR IT PR AI DEI EDI CT POCA R&D".split())
SENT = frozenset({"ambassador", "envoy", "adviser", "advisor", "aide", "secretary", "consul"})
# Whose lawyer, agent or doctor somebody is tells of no body.
_HIRED = frozenset("lawyer solicitor barrister attorney counsel doctor agent coach manager trainer therapist".split())
_FIELD_ENDS = (
    "ions", "ies", "ings", "ing", "ment", "ance", "ence", "ice", "ation", "airs", "state", "health", "planning",
)  # fmt: skip
_FIELD_LINKS = frozenset({"of", "for", "on"})
_ROLES = ROLE | RANK
_NO_END = frozenset({"and", "the", "a", "an"}) | lexicon.LINKS
_PLACE_LINKS = frozenset({"at", "from", "with", "in", "within", "to"})


class Post(NamedTuple):
    """Role and organisation, verbatim; either may be absent."""

    role: str | None = None
    organisation: str | None = None

    def __bool__(self) -> bool:
        return self.role is not None or self.organisation is not None


NOBODY = Post()
"""No role and no organisation."""


def is_role(token: Token) -> bool:
    """The head noun of a post, ``Vice-Chair`` and ``co-founder`` included."""
    return bool(token.traits & ROLE)


def is_rank(token: Token) -> bool:
    """A rank or title that is a post of its own (``DCI``, ``Judge``), not ``Mr``."""
    return bool(token.traits & RANK)


def is_acronym(token: Token) -> bool:
    """``CPS``, ``HMCPSI``, ``NSPCC``: capitals only."""
    return bool(token.traits & ACRONYM)


def read_post(par: Paragraph, first: int, last: int) -> Post:
    """Split the words of a post, from the article that may begin it to its last word.

    The organisation begins with the first body, unit or area after a link word and runs to the
    end; a field (``of Operations``, ``for Victims``) belongs to the role.
    """
    known = par.posts.get((first, last))
    if known is None:
        known = par.posts[first, last] = _read_post(par, first, last)
    return known


def _read_post(par: Paragraph, first: int, last: int) -> Post:
    base, last = _trim(par.tokens, first, last)
    tokens = par.tokens[base:last]
    if tokens and tokens[0].low in lexicon.LINKS:
        return _bare_body(par, base, last)
    head = _head(tokens)
    if head < 0:
        return _bare_body(par, base, last)
    begin, before = _leading_body(par, base, tokens, head)
    while begin < len(tokens) and (tokens[begin].low in lexicon.DETERMINING or tokens[begin].low == "then") and not (
        begin + 1 < len(tokens) and tokens[begin + 1].low in {"majesty", "honour", "excellency"}
    ):  # fmt: skip
        begin += 1
    split, start = _first_body(tokens, head)
    end = _second_post(tokens, max(head + 1, start))
    role = _slice(par, base + begin, base + min(split, end))
    if before is not None:
        link = tokens[split].low if split < len(tokens) else ""
        return Post(_slice(par, base + begin, base + end) if link in {"of", "for"} else role, before)
    return Post(role, _body(par, base + start, base + end) if start < end else None)


def _head(tokens: Sequence[Token]) -> int:
    """The first role noun or rank that is the post's own; -1 without any."""
    for n, token in enumerate(tokens):
        if token.traits & _ROLES and not _owns(tokens, n):
            return n
    return -1


def _owns(tokens: Sequence[Token], at: int) -> bool:
    """``National Police Chiefs’ Council``: a role noun that only owns a body."""
    return at + 2 < len(tokens) and (tokens[at + 1].kind == POSSESSIVE or tokens[at + 1].text in "’'") and (
        tokens[at + 1].text != ""
    )  # fmt: skip


def _trim(tokens: Sequence[Token], first: int, last: int) -> tuple[int, int]:
    """Without points at the ends, and without a bracketed abbreviation."""
    for n in range(first, last):
        if tokens[n].text == "(":
            last = n
            break
    while last > first and tokens[last - 1].kind not in (WORD, NUMBER):
        last -= 1
    while first < last and tokens[first].kind not in (WORD, NUMBER):
        first += 1
    return first, last


def _slice(par: Paragraph, first: int, last: int) -> str | None:
    tokens = par.tokens
    while first < last and (tokens[last - 1].text in ",;:-–—" or tokens[last - 1].low in _NO_END):
        last -= 1
    return par.words(first, last) if first < last else None


def _body(par: Paragraph, first: int, last: int) -> str | None:
    tokens = par.tokens
    while first < last and (
        tokens[last - 1].kind == POSSESSIVE or tokens[last - 1].text in ",;:’'" or tokens[last - 1].low == "and"
    ):
        last -= 1
    return par.words(first, last) if first < last else None


def _bare_body(par: Paragraph, first: int, last: int) -> Post:
    """``of Northmere Police``, ``from the CPS``: no role; a town is no body."""
    while first < last and par.tokens[first].low in lexicon.LINKS:
        first += 1
    words = par.tokens[first:last]
    capital = any(t.capital for t in words) or (bool(words) and words[0].low == "the")
    return Post(None, _body(par, first, last)) if words and capital and names_body(words, areas=False) else Post()


def names_body(tokens: Sequence[Token], *, areas: bool = True) -> bool:
    """Some word says that these words name a body, a unit or (``areas``) an area."""
    nouns = lexicon.body_nouns()
    if not tokens:
        return False
    if not areas:
        known = tokens[0].low in lexicon.DETERMINERS
        return any((t.capital or known) and (is_acronym(t) or nouns.get(t.low) in {"body", "unit"}) for t in tokens)
    determined = bool(tokens) and tokens[0].low in lexicon.DETERMINING
    return any(
        (t.capital and (is_acronym(t) or t.low.rstrip(".") in nouns or t.low.endswith(_PLACES)))
        or (determined and t.low in nouns and n > 0)
        for n, t in enumerate(tokens)
    )


def _leading_body(par: Paragraph, base: int, tokens: Sequence[Token], head: int) -> tuple[int, str | None]:
    """``CPS Cymru-Wales prosecutor``, ``HMCPSI’s Chief Inspector``: where the role begins, the body."""
    for n in range(head):
        if tokens[n].kind == POSSESSIVE:
            private = tokens[head].low in _HIRED and not names_body(tokens[:n], areas=False)
            if tokens[n - 1].low in {"majesty", "honour"} or private or not _could_own(tokens[:n]):
                return (0 if tokens[n - 1].low == "majesty" else n + 1), None
            return n + 1, _slice(par, base, base + n)
    first = 1 if tokens[0].low in lexicon.DETERMINERS else 0
    for end in range(head, first, -1):
        if _is_leading(par, base, tokens, first, end):
            return end, _slice(par, base + first, base + end)
    return 0, None


def _could_own(tokens: Sequence[Token]) -> bool:
    return bool(tokens) and tokens[0].low not in lexicon.PRONOUNS and (
        names_body(tokens) or all(t.capital for t in tokens[1:] or tokens)
    )  # fmt: skip


def _is_leading(par: Paragraph, base: int, tokens: Sequence[Token], first: int, end: int) -> bool:
    """``CPS Wessex``, ``Northmere Police``, ``Home Office``; not ``Planning`` officer, ``London Fire`` Commissioner."""
    words, last, after = tokens[first:end], tokens[end - 1], tokens[end]
    if len(words) == 1 and last.low in {"government", "police", "council", "company", "charity", "court"} and (
        not after.capital
    ):  # fmt: skip
        return last.low not in {"police", "court"}
    if not all(t.capital or t.low in {"and", "of", "&"} or t.text in "’'" for t in words) or not words[0].capital:
        return False
    lower = after.text[:1].islower() or (after.text.isupper() and is_role(after))
    if last.low in lexicon.MODIFIERS and len(words) > 1 and is_acronym(words[0]):
        return False  # NCA Senior Manager
    if any(is_acronym(t) for t in (words[0], last)):
        return words[0].low not in lexicon.MODIFIERS or (last.low in lexicon.body_nouns() and not is_acronym(last))
    kind = lexicon.body_nouns().get(last.low)
    if kind == "area":
        return lower
    if kind is not None and len(words) > 1:
        return True
    if words[0].low in lexicon.MODIFIERS or last.low in lexicon.MODIFIERS or not lower:
        return False
    if len(words) == 1 and _begins_sentence(par, base + first):
        return False
    return not last.low.endswith(_NATIONS) and last.low not in {"labour", "tory", "conservative"}


def _begins_sentence(par: Paragraph, at: int) -> bool:
    before = par.text[: par.start_of(at)].rstrip()
    if before[-2:-1] == "," and before[-1] in "”\"’'":
        return False  # “It is,” Hartsell chief executive Ann Lee said
    return not before or before[-1] in '.!?:“”"’'


def _first_body(tokens: Sequence[Token], head: int) -> tuple[int, int]:
    """Where the role ends and where the organisation begins: at the first link to a body."""
    post, lower = tokens[head].low, not tokens[head].capital
    for n in range(head + 1, len(tokens) - 1):
        token = tokens[n]
        if is_role(token) and n < len(tokens) - 1:
            post = token.low
        if token.low in lexicon.LINKS or token.text == "," or (token.low == "to" and post in SENT):
            begin = n + 1
            if token.text == "," and tokens[begin].low in lexicon.LINKS and begin + 1 < len(tokens):
                begin += 1
            if _is_body(tokens, begin, post, tokens[begin - 1], lower=lower):
                return n, begin
    return len(tokens), len(tokens)


def _is_own_name(words: Sequence[Token]) -> bool:
    """``director of Second Platform``: two capital words, the last no field such as ``Communications``."""
    return len(words) > 1 and all(t.kind == WORD and t.text[:1].isupper() for t in words) and (
        not words[-1].low.endswith(_FIELD_ENDS)
    )  # fmt: skip


def _is_body(tokens: Sequence[Token], begin: int, post: str, link: Token, *, lower: bool) -> bool:
    end = begin
    while end < len(tokens) and tokens[end].low not in lexicon.LINKS and tokens[end].text != ",":
        end += 1
    words = [t for t in tokens[begin:end] if t.kind == WORD]
    if words and post.startswith("spokes") and link.low == "for" and words[0].low == "the":
        return True  # a spokesman for the show
    if not words or (words[0].low == "parliament" and post == "member"):
        return False
    if any(is_role(t) and t.low not in lexicon.body_nouns() for t in words) and link.text == ",":
        return False
    if any(t.text in _FIELDS for t in words) and link.low in _FIELD_LINKS and not any(
        t.low in lexicon.body_nouns() for t in words
    ):  # fmt: skip
        return False
    function = post.rsplit("-", 1)[-1] in lexicon.function_nouns() and link.low in _FIELD_LINKS
    named = [t for t in words if t.low != "services"]
    if function and words[0].low not in lexicon.DETERMINERS and not names_body(named, areas=False):
        return _is_area(words[0]) or (lower and _is_own_name(tokens[begin:end]))
    if names_body(words):
        return True
    if link.low == "in" and any(t.low == "at" for t in tokens[end:]):
        return False  # Senior Lecturer in Media Law at Tamar University
    capital = words[-1].capital or words[0].capital
    if link.text == "," or not capital:
        return False
    if link.low in _PLACE_LINKS:
        return True
    return post.rsplit("-", 1)[-1] not in lexicon.function_nouns()


def _is_area(token: Token) -> bool:
    return token.capital and (lexicon.body_nouns().get(token.low) == "area" or token.low.endswith(_PLACES))


def _is_other_post(tokens: Sequence[Token], at: int) -> bool:
    """A role noun that neither owns a body nor is one: not the Health and Safety Executive."""
    return is_role(tokens[at]) and not tokens[at].traits & ORGANISATION and not _owns(tokens, at)


def _second_post(tokens: Sequence[Token], start: int) -> int:
    """Where a second post begins after the organisation of the first: ``… CPS Wessex and national lead``."""
    for n in range(start, len(tokens)):
        if tokens[n].low == "and" and any(_is_other_post(tokens, m) for m in range(n + 1, len(tokens))):
            return n
    return len(tokens)


def looks_like_post(tokens: Sequence[Token]) -> bool:
    """By its shape: capital words, the last before any link ends like a calling (``Practitioner``)."""
    head = []
    for token in tokens:
        if token.low in lexicon.LINKS or token.text == ",":
            break
        head.append(token)
    while head and head[0].low in lexicon.DETERMINERS:
        head.pop(0)
    return (
        bool(head)
        and all(t.capital or t.low in {"and", "&"} or t.text == "&" for t in head)
        and head[-1].low.endswith(_SUFFIXES)
        and len(head) > 1
    )
