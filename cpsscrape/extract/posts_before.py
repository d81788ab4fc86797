"""What stands before a name in its clause: ``Head of Fraud at the CPS, Ann Lee``, ``the club’s manager, Ann Lee``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cpsscrape.extract import lexicon
from cpsscrape.extract.phrases import has_role, is_post, last_role, noun_ending, post_end
from cpsscrape.extract.posts import Post, names_body, read_post
from cpsscrape.extract.words import (
    BODY,
    CLAIMS,
    DETERMINING,
    KIN,
    LINK,
    NUMBER,
    POSSESSIVE,
    WORD,
)

if TYPE_CHECKING:
    from cpsscrape.extract.people import Name
    from cpsscrape.extract.prose import Paragraph

_LEADS = frozenset("and but while today yesterday month week year night morning earlier later".split())
_PRIVATE = frozenset("partner friend colleague neighbour".split())
_LETTERS_ONLY = 12  # a post before a name is never longer


def post_begin(par: Paragraph, name: Name, first: int) -> int:
    """The first word of the post before a name: ``CPS Cymru-Wales prosecutor Justin Espie``."""
    tokens = par.tokens
    if name.title > first and tokens[name.title - 1].traits & LINK:
        return min(name.begin, name.title)  # the solicitor for Ms Lee
    role = last_role(tokens, max(first, name.first - _LETTERS_ONLY), name.first)
    if role < 0:
        return min(name.begin, name.title)
    others = [n.end for n in par.names_in(first, name.first) if n.end <= name.first and (n.sure or _is_first(par, n))]
    first = max([first, *others])
    for start in range(max(first, name.first - _LETTERS_ONLY), role + 1):
        if (
            tokens[start].traits & LINK
            or tokens[start].low in {"and", "&"}
            or (start > first and POSSESSIVE in (tokens[start].kind, tokens[start - 1].kind))
        ):
            continue
        both = next((m for m in range(start + 1, name.first) if tokens[m].low == "and"), None)
        if both is not None and tokens[both - 1].traits & BODY and not has_role(tokens, start, both):
            continue  # Kent Police and Chief Constable Ann Lee
        strict = not (start == first > 0 and tokens[start - 1].traits & CLAIMS)  # says artistic director Ann Lee
        if tokens[start].kind == WORD and post_end(tokens, start, name.first, strict=strict) >= name.first:
            return start
    return min(name.begin, name.title)


def _is_first(par: Paragraph, name: Name) -> bool:
    """``Director Zorah Quint and Chief Constable Ann Lee``: the first of two people, each with a post."""
    return name.full and name.begin < name.first and par.tokens[name.end].low in {"and", "&"}


def without_honorifics(par: Paragraph, begin: int, name: Name) -> tuple[int, int]:
    """The post's words before a name; ``Mr Justice`` is one, ``Mr`` is none."""
    role = last_role(par.tokens, begin, name.first)
    if role < 0:
        return begin, begin
    end = name.title
    if end < name.first and end > begin and par.tokens[end - 1].low in {"mr", "mrs", "lord", "lady"}:
        end = name.first
    return begin, max(end, role + 1)


def post_in_front(par: Paragraph, begin: int, first: int) -> tuple[Post, int]:
    """``Head of the Unit in Wessex, Sophie Stevens,``: the post stands before the name and a comma."""
    tokens = par.tokens
    if begin - 1 <= first or tokens[begin - 1].text != ",":
        return Post(), begin
    stop = begin - 1
    start = stop
    while start > first and begin - start < 24 and (
        tokens[start - 1].kind in (WORD, POSSESSIVE, NUMBER) or tokens[start - 1].text in "’'&"
    ):  # fmt: skip
        start -= 1
        if start > first and tokens[start - 1].text == "," and tokens[start].text[:1].isupper():
            wider = _field_before(par, start - 1, first)
            start = wider if wider is not None else start
            break
    if stop - 2 > start and tokens[stop - 1].low in _PRIVATE and tokens[stop - 2].kind == POSSESSIVE:
        return Post(), begin  # Jordan’s partner, Ann Lee,
    owned = _owned_post(par, start, stop)
    if owned:
        return owned, begin
    if any(n.sure for n in par.names_in(start, stop)):
        return Post(), begin
    for at in range(start, stop):
        opens = at == start or tokens[at - 1].text == "," or tokens[at - 1].low in _LEADS or tokens[at].low == "the"
        if not opens:
            continue
        if tokens[at].low == "on" and tokens[at + 1].low == "behalf" and stop - at > 3:
            return Post(None, par.words(at + 3, stop)), begin
        if is_post(tokens, at, stop) or _is_post_with_field(par, at, stop):
            return read_post(par, at, stop), at
    return Post(), begin


def _owned_post(par: Paragraph, start: int, stop: int) -> Post:
    """``The hospice’s chief executive, Ann Lee,``, ``Bob Dean’s solicitor, Ann Lee,``: a person’s is of no body."""
    tokens = par.tokens
    mark = next((n for n in range(stop - 1, start, -1) if tokens[n].kind == POSSESSIVE), None)
    if mark is None or mark + 1 >= stop or tokens[mark + 1].traits & KIN or not is_post(tokens, mark + 1, stop):
        return Post()
    owner = mark - 1
    while owner > start and tokens[mark - 1].capital and tokens[owner - 1].capital:
        owner -= 1
    owner -= owner > start and tokens[owner - 1].traits & DETERMINING > 0
    words = tokens[owner:mark]
    if not words or any(t.low in lexicon.POSSESSIVES for t in words):
        return Post()
    return read_post(par, owner, stop)


def _field_before(par: Paragraph, comma: int, first: int) -> int | None:
    """``Director of Operations, Digital & Commercial at the CPS, Mark Gray``: the start of the longer post."""
    start = comma
    while start > first and par.tokens[start - 1].kind in (WORD, POSSESSIVE) and comma - start < 14:
        start -= 1
    return start if start < comma and is_post(par.tokens, start, comma) else None


def _is_post_with_field(par: Paragraph, first: int, last: int) -> bool:
    commas = [n for n in range(first, last) if par.tokens[n].text == ","]
    return len(commas) == 1 and is_post(par.tokens, first, commas[0]) and (
        post_end(par.tokens, commas[0] + 1, last) == last
    )  # fmt: skip


def spoken_for(par: Paragraph, begin: int, first: int) -> str | None:
    """``For CPS Wessex, Senior Crown Prosecutor Ann Lee said``: the body at the front of the clause."""
    tokens = par.tokens
    if begin - 2 <= first or tokens[begin - 1].text != "," or tokens[first].low != "for":
        return None
    words = tokens[first + 1 : begin - 1]
    return par.words(first + 1, begin - 1) if post_end(tokens, first, begin - 1) >= begin - 1 and (
        names_body(words, areas=False)
    ) else None  # fmt: skip


def owning_body(par: Paragraph, begin: int, first: int) -> int | None:
    """``The CPS’s Zorah Quint``: where the body begins that a possessive names before a name."""
    tokens = par.tokens
    if begin - 1 <= first or tokens[begin - 1].kind != POSSESSIVE:
        return None
    start = begin - 2
    while start > first and tokens[start - 1].capital and tokens[start - 1].low not in lexicon.OPENERS:
        start -= 1
    if start > first and tokens[start - 1].low == "the":
        start -= 1
    return start if names_body(tokens[start : begin - 1], areas=False) else None


def tie_before(par: Paragraph, begin: int, first: int) -> str:
    """``his mother, Ann,`` and ``his mother Ann``."""
    at = begin - 1
    if at > first and par.tokens[at].text == ",":
        at -= 1
    low = par.tokens[at].low if at >= first else ""
    if at < begin - 1 and not par.tokens[at].traits & KIN:  # his wife of forty years, Ann,
        noun = noun_ending(par.tokens, first, at + 1)
        low = par.tokens[noun.head].low if noun is not None and par.tokens[noun.first].traits & DETERMINING else low
    return low if lexicon.kin().get(low, ("", ""))[0] == "one" else ""
