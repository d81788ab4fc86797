"""The words that name a speaker where a quote is attributed, before anybody knows who it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from cpsscrape.extract import lexicon
from cpsscrape.extract.phrases import Noun, has_role, is_post, post_end
from cpsscrape.extract.posts import NOBODY, Post, is_acronym, is_rank, is_role, names_body, read_post
from cpsscrape.extract.words import (
    CLAIMS,
    DETERMINER,
    DETERMINING,
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
    from cpsscrape.extract.people import Name
    from cpsscrape.extract.prose import Paragraph

MentionKind = Literal["name", "pronoun", "noun", "body"]
_LEADS = frozenset("and but while today yesterday month week year night morning earlier later".split())
#: Plain words that stand before a body's own name.
KINDS_OF_BODY = frozenset("group charity union body watchdog firm company club trust association campaigners".split())
_MAY_STAND_BETWEEN = lexicon.HAVE | lexicon.BE | {"today", "who", ","}  # Ann Lee, who has been appointed
_PRIVATE = frozenset("partner friend colleague neighbour".split())
_LETTERS_ONLY = 12  # a post before a name is never longer


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A speaker as named in one place. ``first`` and ``last``: its tokens, post included.

    ``name`` holds a person's words without rank and honorific; ``head`` the head noun otherwise.
    """

    text: str
    kind: MentionKind
    first: int
    last: int
    name: str = ""
    full: bool = False
    gender: str = ""
    many: bool = False
    head: str = ""
    post: Post = NOBODY
    kin: str = ""


def named(par: Paragraph, name: Name, first: int, limit: int) -> Mention:
    """The mention of a name whose clause begins at ``first`` and ends at ``limit``."""
    key = (name.first, first, limit)
    if key not in par.mentions:
        par.mentions[key] = _named(par, name, first, limit)
    return par.mentions[key]


def _named(par: Paragraph, name: Name, first: int, limit: int) -> Mention:
    tokens = par.tokens
    begin = _post_begin(par, name, first)
    before = _without_honorifics(par, begin, name)
    post = read_post(par.text, tokens[before[0] : before[1]]) if before[0] < before[1] else Post()
    after, end, kin = _appositives(par, name.end, limit)
    if post.role is not None and not after:
        after, end = _own_name_behind(par, name.end, limit) or (after, end)
    if not after or post.role is None:
        earlier, start = _post_in_front(par, begin, first)
        bare = earlier.role is not None and earlier.organisation is None and earlier.role.islower()
        if earlier and not (bare and post.role is not None):
            post, begin = earlier, start
    if post.role is not None and post.organisation is None:
        post = Post(post.role, _spoken_for(par, begin, first))
    kin = kin or _tie_before(par, name.begin, first)
    owner = _owning_body(par, begin, first)
    if owner is not None and post.organisation is None:
        post = Post(post.role, par.words(owner, begin - 1))
        begin = owner
    if post.role is None and not after:
        after = _appointed(par, end, limit)
    if post.role is not None and after:
        post = Post(post.role, post.organisation or after.organisation)
    elif after:
        post = Post(after.role, post.organisation or after.organisation)
    lead = name.title if name.full else _title_begin(par, name)
    return Mention(
        text=par.words(lead, name.last), kind="name", first=begin, last=end, full=name.full,
        name=par.words(name.first, name.last), gender=_gender(par, name, kin, post), post=post, kin=kin,
    )  # fmt: skip


def _post_begin(par: Paragraph, name: Name, first: int) -> int:
    """The first word of the post before a name: ``CPS Cymru-Wales prosecutor Justin Espie``."""
    tokens = par.tokens
    if name.title > first and tokens[name.title - 1].traits & LINK:
        return min(name.begin, name.title)  # the solicitor for Ms Lee
    others = [n.end for n in par.names_in(first, name.first) if n.end <= name.first and (n.sure or _is_first(par, n))]
    first = max([first, *others])
    for start in range(max(first, name.first - _LETTERS_ONLY), name.first):
        if (
            tokens[start].traits & LINK
            or tokens[start].low in {"and", "&"}
            or (start > first and POSSESSIVE in (tokens[start].kind, tokens[start - 1].kind))
        ):
            continue
        strict = not (start == first > 0 and tokens[start - 1].traits & CLAIMS)  # says artistic director Ann Lee
        if _ends_in_post(par, start, name.first) and post_end(tokens, start, name.first, strict=strict) >= name.first:
            return start
    return min(name.begin, name.title)


def _is_first(par: Paragraph, name: Name) -> bool:
    """``Director Zorah Quint and Chief Constable Ann Lee``: the first of two people, each with a post."""
    return name.full and name.begin < name.first and par.tokens[name.end].low in {"and", "&"}


def _ends_in_post(par: Paragraph, start: int, end: int) -> bool:
    return par.tokens[start].kind == WORD and has_role(par.tokens, start, end)


def _without_honorifics(par: Paragraph, begin: int, name: Name) -> tuple[int, int]:
    """The post's words before a name; ``Mr Justice`` is one, ``Mr`` is none."""
    end = name.title
    if end < name.first and end > begin and par.tokens[end - 1].low in {"mr", "mrs", "lord", "lady"}:
        end = name.first
    if not has_role(par.tokens, begin, name.first):
        return begin, begin
    ranks = [n for n in range(begin, name.first) if is_role(par.tokens[n]) or is_rank(par.tokens[n])]
    return begin, max(end, ranks[-1] + 1)


def _title_begin(par: Paragraph, name: Name) -> int:
    """Of a single last name, whatever stands for Mr belongs to the mention: ``DI Lee``."""
    start = name.first
    titles = lexicon.titles()
    if start > name.begin and par.tokens[start - 1].low in {"lord", "lady", "baroness", "baron", "dame", "sir"}:
        return start - 1
    known = titles.keys() | {"chief", "deputy", "assistant", "senior", "temporary", "acting", "district"}
    while start > name.begin and (
        par.tokens[start - 1].low.rstrip(".").rsplit("/", 1)[-1] in known or is_role(par.tokens[start - 1])
    ):
        start -= 1
    return start


def _gender(par: Paragraph, name: Name, kin: str, post: Post) -> str:
    titles = lexicon.titles()
    for n in range(name.begin, name.first):
        title = titles.get(par.tokens[n].low.rstrip("."))
        if title is not None and title.gender:
            return title.gender
    if kin and lexicon.kin()[kin][1]:
        return lexicon.kin()[kin][1]
    return gender_of(post.role or "")


def gender_of(words: str) -> str:
    """What a noun says of itself: ``spokeswoman``, ``chairman``, ``mother``; else empty."""
    for word in words.lower().replace("-", " ").split():
        if word.endswith("woman") or word in {"actress", "headmistress"}:
            return "f"
        if word in {"spokesman", "policeman", "salesman", "gentleman"}:
            return "m"
        if word in lexicon.kin() and lexicon.kin()[word][1]:
            return lexicon.kin()[word][1]
    return ""


def _appositives(par: Paragraph, at: int, limit: int) -> tuple[Post, int, str]:
    """Post, end and tie of what follows a name: ``, 45, Head of Fraud at the CPS,``."""
    tokens = par.tokens
    kin = ""
    end = at
    first = last = None
    while at < limit:
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
    post = read_post(par.text, tokens[first:last]) if first is not None else Post()
    return post, end, kin


def _tie_before(par: Paragraph, begin: int, first: int) -> str:
    """``his mother, Ann,`` and ``his mother Ann``."""
    at = begin - 1
    if at > first and par.tokens[at].text == ",":
        at -= 1
    low = par.tokens[at].low if at >= first else ""
    return low if lexicon.kin().get(low, ("", ""))[0] == "one" else ""


def _owning_body(par: Paragraph, begin: int, first: int) -> int | None:
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


def _spoken_for(par: Paragraph, begin: int, first: int) -> str | None:
    """``For CPS Wessex, Senior Crown Prosecutor Ann Lee said``: the body at the front of the clause."""
    tokens = par.tokens
    if begin - 2 <= first or tokens[begin - 1].text != "," or tokens[first].low != "for":
        return None
    words = tokens[first + 1 : begin - 1]
    return par.words(first + 1, begin - 1) if post_end(tokens, first, begin - 1) >= begin - 1 and (
        names_body(words, areas=False)
    ) else None  # fmt: skip


def _appointed(par: Paragraph, at: int, limit: int) -> Post:
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
            return read_post(par.text, tokens[start:stop]) if is_post(tokens, start, stop) else Post()
        if tokens[n].low not in _MAY_STAND_BETWEEN:
            break
    return Post()


def _is_held(par: Paragraph, at: int) -> bool:
    """``Ann Lee is the Director of Public Prosecutions``: a post in capitals, not ``a teacher``."""
    at += 1 if par.tokens[at].low == "the" else 0
    return at < len(par.tokens) and par.tokens[at].capital


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
        return read_post(par.text, tokens[start:stop]).organisation is not None
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
            return read_post(par.text, tokens[start:stop]).organisation is not None
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


def _kin_in(par: Paragraph, start: int, stop: int) -> str:
    """The tie that a phrase such as ``the boy’s mother`` states, before any link word."""
    found = ""
    for token in par.tokens[start:stop]:
        if token.traits & (LINK | RELATIVE):
            break
        if token.traits & KIN:
            found = token.low
    return found


def _own_name_behind(par: Paragraph, at: int, limit: int) -> tuple[Post, int] | None:
    """``solicitor Ann Lee, of Bannerman Rees,``: two capital words behind somebody with a post are a body."""
    tokens = par.tokens
    start = at + 1 if at < limit and tokens[at].text == "," else at
    if start + 2 >= limit or tokens[start].low not in {"of", "from"}:
        return None
    stop = post_end(tokens, start, limit)
    words = tokens[start + 1 : stop]
    bare = words[1:] if words and words[0].traits & DETERMINER else words
    closed = stop >= limit or tokens[stop].kind != WORD or bool(tokens[stop].traits & CLAIMS)
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
    tie = tie and not any(t.traits & CLAIMS for t in tokens[start:end])  # her solicitor, Ann Lee, the boy’s mother said
    return end if plain or clause or home or tie else 0


def _closing(par: Paragraph, at: int, limit: int) -> int:
    for n in range(at + 1, min(limit, at + 8)):
        if par.tokens[n].text == ")":
            return n + 1
    return 0


def _post_in_front(par: Paragraph, begin: int, first: int) -> tuple[Post, int]:
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
            return read_post(par.text, tokens[at:stop]), at
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
    if tokens[stop - 1].low in _PRIVATE:
        return Post()
    return read_post(par.text, tokens[owner:stop])


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


def _proper_name(par: Paragraph, noun: Noun) -> int:
    """``Tenants’ group Roof Over Us``: where the body's own name begins."""
    start = noun.last
    while start > noun.first and par.tokens[start - 1].capital:
        start -= 1
    kind = par.tokens[start - 1].low if start > noun.first else ""
    return start if 0 < start < noun.last and kind in KINDS_OF_BODY else noun.first


def anonymous(par: Paragraph, noun: Noun) -> Mention:
    """The mention of somebody without a name, of several people, a body or a document."""
    tokens = par.tokens
    head = tokens[noun.head]
    low = head.low
    kin = lexicon.kin().get(low)
    many = kin[0] == "many" if kin else low in lexicon.plural_roles()
    body = not kin and not is_role(head) and (
        low in lexicon.body_nouns() or low in lexicon.document_nouns() or is_acronym(head) or head.capital
    )  # fmt: skip
    if not kin and not is_role(head) and not body:
        many = (low.endswith("s") and not low.endswith("ss")) or low in {"defence", "prosecution", "citation", "both"}
    if tokens[noun.first].low in {"one", "another"} and not body:
        many = False
    if low in lexicon.DETERMINERS:
        many = body = False
    first = noun.first
    if body and tokens[first].low not in lexicon.DETERMINING:
        first = _proper_name(par, noun)
    end = noun.last
    if not body:  # The judge at Ferrowby Crown Court is The judge
        end = next((n for n in range(noun.head + 1, end) if tokens[n].low in {"at", "with"}), end)
    post = Post()
    if is_role(head) and not many and not kin:
        post = read_post(par.text, tokens[noun.first : noun.last])
    return Mention(
        text=par.words(first, end), kind="body" if body else "noun", first=noun.first,
        last=noun.last, gender=gender_of(low), many=many or body, head=low, post=post,
    )  # fmt: skip
