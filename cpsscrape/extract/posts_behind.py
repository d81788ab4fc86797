"""What follows a name in its clause: ``Ann Lee, 45, Head of Fraud at the CPS,``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cpsscrape.extract import lexicon
from cpsscrape.extract.phrases import has_role, is_post, post_end
from cpsscrape.extract.posts import Post, read_post
from cpsscrape.extract.words import (
    BEING,
    CLAIMS,
    DETERMINER,
    DETERMINING,
    IN_POST,
    KIN,
    LINK,
    MODIFIER,
    NUMBER,
    OPENER,
    PARTY,
    POSSESSIVE,
    RELATIVE,
    ROLE,
    THINGS,
    WORD,
)

if TYPE_CHECKING:
    from cpsscrape.extract.prose import Paragraph
    from cpsscrape.extract.words import Token

_NO_POST = CLAIMS | OPENER
_MAY_BEGIN = LINK | DETERMINING | IN_POST | KIN
_MAY_STAND_BETWEEN = lexicon.HAVE | lexicon.BE | {"today", "who", ","}  # Ann Lee, who has been appointed


def appositives(par: Paragraph, at: int, limit: int) -> tuple[Post, int, str]:
    """Post, end and tie of what follows a name: ``, 45, Head of Fraud at the CPS,``."""
    tokens = par.tokens
    kin = ""
    end = at
    first, last = None, at
    while at < limit and not _ends_name(tokens[at]):
        if tokens[at].text == "(" and (close := _closing(par, at, limit)):
            at = close
            continue
        comma = tokens[at].text in {",", "–", "—", "-"}
        start = at + 1 if comma else at
        if start + 2 < limit and tokens[start].low == "who" and tokens[start + 1].low == "is":
            start += 2  # who is the Head of Fraud
        if start >= limit or tokens[at].kind == POSSESSIVE:
            break
        stop = post_end(tokens, start, limit)
        if stop > start and _continues(par, start, stop, begun=first is not None, comma=comma, limit=limit):
            first = start if first is None else first
            last = end = at = stop
        elif first is None and (skip := _aside(par, start, limit, comma=comma)):
            kin = kin or _kin_in(par, start, skip)
            at = end = skip
        else:
            break
    post = read_post(par, first, last) if first is not None else Post()
    return post, end, kin


def _ends_name(token: Token) -> bool:
    """``said``, ``was``, ``then``: with such a word neither a post nor an aside begins."""
    return token.traits & _NO_POST > 0 and not token.traits & _MAY_BEGIN and token.low not in {"and", "who"}


def _continues(par: Paragraph, start: int, stop: int, *, begun: bool, comma: bool, limit: int) -> bool:
    """Whether these words belong to the post: a role, a body, or more of a field."""
    tokens = par.tokens
    closed = (
        stop >= limit or tokens[stop].kind != WORD or bool(tokens[stop].traits & OPENER) or tokens[stop].low == "said"
    )
    if any(n.sure for n in par.names_in(start, stop)):
        return False
    if tokens[start].low in {"and", "&"}:
        return begun and has_role(tokens, start, stop)
    if begun:
        return comma and closed and (tokens[start].capital or bool(tokens[start].traits & LINK))
    if tokens[start].traits & LINK:
        return read_post(par, start, stop).organisation is not None
    if _kin_in(par, start, stop) and not has_role(tokens, start, stop):
        return False
    if tokens[start].kind == WORD and not tokens[start].capital and not (
        tokens[start].traits & (DETERMINING | MODIFIER | ROLE)
        or (has_role(tokens, start, stop) and closed and not lexicon.verbs().get(tokens[start].low))
    ):  # fmt: skip
        return False
    if comma or tokens[start].capital:
        bare = not has_role(tokens, start, stop)
        if bare and comma and closed and tokens[start].capital:
            return read_post(par, start, stop).organisation is not None
        if not is_post(tokens, start, stop) or _is_private(par, start, stop):
            return False
        casual = tokens[start].low in {"a", "an"} and not any(t.capital for t in tokens[start:stop])
        return not casual
    return False


def _is_private(par: Paragraph, start: int, stop: int) -> bool:
    """``his solicitor’s mother``: the post's own head noun is a tie."""
    head = start
    while head < stop and par.tokens[head].low not in lexicon.LINKS:
        head += 1
    return par.tokens[head - 1].low in lexicon.kin()


def own_name_behind(par: Paragraph, at: int, limit: int) -> tuple[Post, int] | None:
    """``solicitor Ann Lee, of Bannerman Rees,``: two capital words behind somebody with a post are a body."""
    tokens = par.tokens
    start = at + 1 if at < limit and tokens[at].text == "," else at
    if start + 2 >= limit or tokens[start].low not in {"of", "from"}:
        return None
    stop = post_end(tokens, start, limit)
    words = tokens[start + 1 : stop]
    bare = words[1:] if words and words[0].traits & DETERMINER else words
    closed = stop >= limit or tokens[stop].kind != WORD or bool(tokens[stop].traits & CLAIMS)
    if any(n.full for n in par.names_in(start + 2, stop)):
        return None  # of Kent Police and CCP Ann Lee
    known = len(bare) > 1 and bare[0].capital and bare[-1].capital and not any(t.low in THINGS for t in bare)
    return (Post(None, par.words(start + 1, stop)), stop) if closed and known else None


def _aside(par: Paragraph, start: int, limit: int, *, comma: bool) -> int:
    """Where an age, a home, a tie, a who-clause or a participle between commas ends; 0 if it is none."""
    tokens = par.tokens
    if not comma:
        return 0
    end = start
    while end < limit and tokens[end].text not in {",", "–", "—", ";"} and tokens[end].kind != "quote":
        end += 1
    if end - start > 40:
        return 0
    token = tokens[start]
    plain = (
        token.kind == NUMBER
        or token.low == "aged"
        or token.text in lexicon.postnominals()
        or PARTY.fullmatch(token.text)
    )
    clause = token.low in {"who", "whose", "whom", "which", "now", "then"} or token.low.endswith("ing")
    home = token.low in {"of", "from"} and end - start < 8
    opens = token.traits & (DETERMINING | KIN) or token.capital
    tie = opens and end - start < 12 and bool(_kin_in(par, start, end))
    # her solicitor, Ann Lee, the boy’s mother said
    tie = tie and not any(t.traits & (CLAIMS | BEING) for t in tokens[start:end])
    return end if plain or clause or home or tie else 0


def _kin_in(par: Paragraph, start: int, stop: int) -> str:
    """The tie that a phrase such as ``the boy’s mother`` states, before any link word."""
    found = ""
    for token in par.tokens[start:stop]:
        if token.traits & (LINK | RELATIVE):
            break
        if token.traits & KIN:
            found = token.low
    return found


def _closing(par: Paragraph, at: int, limit: int) -> int:
    for n in range(at + 1, min(limit, at + 8)):
        if par.tokens[n].text == ")":
            return n + 1
    return 0


def appointed(par: Paragraph, at: int, limit: int) -> Post:
    """``Yasmin Corrigan has been appointed Chief Crown Prosecutor for Thames and Chiltern``."""
    tokens = par.tokens
    for n in range(at, min(limit, at + 5)):
        if tokens[n].low in {"appointed", "becomes", "became", "named"} or (
            tokens[n].low == "is" and n + 2 < limit and (tokens[n + 2].low in {"new", "next"} or _is_held(par, n + 1))
        ):  # fmt: skip
            start = n + 1
            while start < limit and tokens[start].low in {"as", "the", "a", "an", "its", "our", "new", "next"}:
                start += 1
            stop = post_end(tokens, start, limit)
            return read_post(par, start, stop) if is_post(tokens, start, stop) else Post()
        if tokens[n].low not in _MAY_STAND_BETWEEN:
            break
    return Post()


def _is_held(par: Paragraph, at: int) -> bool:
    """``Ann Lee is the Director of Public Prosecutions``: a post in capitals, not ``a teacher``."""
    some = par.tokens[at].low in {"a", "an"}
    at += 1 if some or par.tokens[at].low == "the" else 0
    words = par.tokens[at : at + 1 + some]
    return bool(words) and all(token.capital for token in words)
