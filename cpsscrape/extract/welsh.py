"""Attribution in Welsh, where the verb stands before its subject: ``Dywedodd Non Griffiths, Pennaeth …:``."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from cpsscrape.extract import lexicon
from cpsscrape.extract.frame import TERM, Frame, Slot
from cpsscrape.extract.mentions import Mention
from cpsscrape.extract.posts import Post
from cpsscrape.extract.words import POSSESSIVE, QUOTE, WORD

if TYPE_CHECKING:
    from cpsscrape.extract.people import Name
    from cpsscrape.extract.prose import Paragraph

_PRONOUNS = {"hi": "f", "ef": "m", "fe": "m", "fo": "m", "o": "m", "nhw": "", "hwy": ""}
_ARTICLES = frozenset({"y", "yr", "’r"})
_LINKS = frozenset("o ar yn yng ym gyda i dros at gan".split())
# Ends of the subject: a clause that tells when or how it was said.
_TAILS = frozenset(
    "wrtho wrthi wrthyn wrthynt wrthym hefyd eto wrth ar ôl yn dilyn mewn gan pan sy sydd oedd ddydd heddiw ddoe fel"
    " wedi".split()
)
_OF_POSTS = frozenset("goron cyhoeddus gyhoeddus trosedd throsedd heddlu cymru gymru erlyniadau".split())
_MANY = frozenset({"teulu", "rhieni", "dioddefwyr", "ffrindiau", "pobl", "heddlu", "ymgyrchwyr"})


def find_frame(par: Paragraph, at: int, content: str) -> Frame | None:
    """The attribution of the quote at token ``at``, as ``frames.find_frame`` gives it for English."""
    first, last = par.sentence_of(at)
    start = next((n + 1 for n in range(at - 1, first - 1, -1) if par.tokens[n].kind == QUOTE), first)
    upper = next((c for c in content if c.isalnum()), "").isupper()
    before = [n for n in range(start, at) if _says(par, n)]
    direct = at > first and (par.tokens[at - 1].text in {":", ","} or (bool(before) and before[-1] == at - 1))
    if before and (direct or upper is False):
        verb = before[-1]
        mentions = subject(par, verb + 1, at)
        slot: Slot = "utterance" if direct and upper else "fragment"
        if mentions or direct:
            return Frame("before", slot, verb, par.tokens[verb].text, mentions, "welsh")
    if not upper and at > first and (named_as := _framed(par, at, first)) is not None:
        return named_as
    after = next((n for n in range(at + 1, min(last, at + 4)) if _says(par, n)), None)
    if after is not None and content[-1:] in ",?!.…":
        stop = next((n for n in range(after + 1, last) if par.tokens[n].kind == QUOTE), last)
        mentions = subject(par, after + 1, stop)
        if mentions:
            return Frame(
                "after", "utterance" if upper else "fragment", after, par.tokens[after].text, mentions, "welsh"
            )
    if at > first and par.tokens[at - 1].text == ":":
        mentions = subject(par, start, at)
        if mentions and mentions[0].first - start <= 1:
            return Frame("before", "utterance", None, None, mentions, "welsh")
    return None if at == first else TERM


def _framed(par: Paragraph, at: int, first: int) -> Frame | None:
    """``Mae’r heddlu wedi galw’r ymosodiad yn “…”``: a verb-noun after its subject."""
    for n in range(at - 1, first, -1):
        if lexicon.welsh_verbs().get(par.tokens[n].low) not in {"v", "n"}:
            continue
        start = next((m + 1 for m in range(first, n) if par.tokens[m].low in {"mae", "roedd", "maent"}), None)
        mentions = subject(par, start, n) if start is not None else ()
        return Frame("before", "fragment", n, par.tokens[n].text, mentions, "welsh") if mentions else None
    return None


def line_before(par: Paragraph, *, heading: bool) -> Frame | None:
    """The attribution in the block before a quote."""
    if heading or not par.sentences or par.tokens[-1].text not in {":", ","}:
        return None
    first, last = par.sentences[-1]
    verb = next((n for n in range(last - 1, first - 1, -1) if _says(par, n)), None)
    if verb is None:
        return None
    mentions = subject(par, verb + 1, last)
    return Frame("before", "utterance", verb, par.tokens[verb].text, mentions, "welsh") if mentions else None


def _says(par: Paragraph, at: int) -> bool:
    return par.tokens[at].kind == WORD and lexicon.welsh_verbs().get(par.tokens[at].low) in {"q", "p"}


def subject(par: Paragraph, first: int, limit: int) -> tuple[Mention, ...]:
    """The subject that begins at ``first``: a pronoun, a name with its post, or a noun phrase."""
    tokens = par.tokens
    while first < limit and (
        tokens[first].low in _ARTICLES or tokens[first].text == "," or tokens[first].kind == POSSESSIVE
    ):
        first += 1
    if first >= limit:
        return ()
    if tokens[first].low in _PRONOUNS and not tokens[first].capital:
        head = {"f": "she", "m": "he"}.get(_PRONOUNS[tokens[first].low], "they")
        gender = _PRONOUNS[tokens[first].low]
        return (
            Mention(text=tokens[first].text, kind="pronoun", first=first, last=first + 1, gender=gender, head=head,
                    many=head == "they"),
        )  # fmt: skip
    name = next(
        (n for n in par.names_in(first, limit)
         if n.end <= limit and (n.sure or n.full or n.begin == first) and not _is_title(par, n)), None,
    )  # fmt: skip
    if name is not None and not any(
        t.low in _MANY or (t.low in _bodies() and t.capital) for t in tokens[first : name.last]
    ):
        mention = named(par, name, first, limit)
        return (mention, *_and_then(par, name, limit))
    found = _nameless(par, first, limit)
    comma = found[0].last if found else limit
    if comma < limit and tokens[comma].text == ",":  # ei wraig, Mair
        after = next((n for n in par.names_in(comma + 1, limit) if n.begin == comma + 1), None)
        if after is not None and not _is_title(par, after) and not names_body(par, after):
            return (named(par, after, first, limit),)
    return found


def _is_title(par: Paragraph, name: Name) -> bool:
    """``y Goron``, ``Comisiynydd``: words of a post."""
    return all(
        not token.capital or is_role(token.low) or token.low in _OF_POSTS
        for token in par.tokens[name.first : name.last]
    )


def _and_then(par: Paragraph, name: Name, limit: int) -> tuple[Mention, ...]:
    """``Ann Lee a Bob Dean``, ``a’r Arolygydd Bob Dean``: the second speaker."""
    for n in range(name.end, limit):
        if par.tokens[n].low in {"a", "ac"} and n > name.end - 1:
            second = next((m for m in par.names_in(n + 1, limit) if m.end <= limit and (m.full or m.sure)), None)
            close = second is not None and second.first - n < 6
            return (named(par, second, n + 1, limit),) if second is not None and close else ()
    return ()


def named(par: Paragraph, name: Name, first: int, limit: int) -> Mention:
    """A name with the post before it (``y Ditectif Arolygydd``) or after a comma."""
    tokens = par.tokens
    begin, stop = first, name.title
    while stop > begin and tokens[stop - 1].text == ",":
        stop -= 1
    role_first = [n for n in range(begin, name.last - 1) if is_role(tokens[n].low)]
    post = Post()
    if role_first:
        post = read_post(par, begin, max(stop, role_first[-1] + 1))
    real = role_first[-1] + 1 if role_first and role_first[-1] >= name.first else name.first
    if not post:
        post = _post_after(par, name.end, limit) or _appointed(par, name.end, limit)
    elif post.organisation is None:
        post = Post(post.role, _post_after(par, name.end, limit).organisation)
    full = name.last - real > 1
    gender = _gender(par, name)
    lead = min(name.title, real) if name.title < name.first else real
    return Mention(
        text=par.words(lead, name.last), kind="name", first=first, last=name.end, full=full,
        name=par.words(real, name.last), gender=gender, post=post,
    )  # fmt: skip


def _gender(par: Paragraph, name: Name) -> str:
    for n in range(name.begin, name.first):
        title = lexicon.titles().get(par.tokens[n].low.rstrip("."))
        if title is not None and title.gender:
            return title.gender
    return ""


def _appointed(par: Paragraph, at: int, limit: int) -> Post:
    """``Mae Elin Pritchard wedi’i phenodi yn Ddirprwy Brif Erlynydd y Goron``."""
    for n in range(at, min(limit, at + 8)):
        if par.tokens[n].low == "yn" and n + 1 < limit and par.tokens[n + 1].capital and is_role(par.tokens[n + 1].low):
            end = next((m for m in range(n + 1, limit) if par.tokens[m].text in {",", ".", "("}), limit)
            return read_post(par, n + 1, end)
    return Post()


def _post_after(par: Paragraph, at: int, limit: int) -> Post:
    tokens = par.tokens
    if at >= limit:
        return Post()
    if tokens[at].text == ",":
        end = next(
            (n for n in range(at + 1, limit) if tokens[n].text in {":", ",", ".", "("} or tokens[n].kind == QUOTE),
            limit,
        )
        return read_post(par, at + 1, end)
    if tokens[at].low in _LINKS or tokens[at].low in {"sef", "fel"}:
        end = next(
            (n for n in range(at + 1, limit) if tokens[n].text in {":", ",", ".", "("} or tokens[n].kind == QUOTE),
            limit,
        )
        return read_post(par, at, end)
    return Post()


def is_role(low: str) -> bool:
    """A Welsh word for a post, softened or not: ``prif``, ``brif``."""
    return low in _roles()


@cache
def _roles() -> frozenset[str]:
    return frozenset(row["word"] for row in lexicon.table("welsh_posts") if row["kind"] == "role")


@cache
def _bodies() -> frozenset[str]:
    return frozenset(row["word"] for row in lexicon.table("welsh_posts") if row["kind"] == "body")


def read_post(par: Paragraph, first: int, last: int) -> Post:
    """Role and organisation: the first body word, article included, begins the organisation."""
    tokens = par.tokens
    bodies = _bodies()
    while first < last and tokens[first].low in _ARTICLES:
        first += 1
    has_role = any(is_role(t.low) for t in tokens[first:last])
    for n in range(first, last):
        upper = tokens[n].text.replace("-", "")
        if not (tokens[n].capital and (tokens[n].low in bodies or (upper.isupper() and len(upper) > 1))):
            continue
        start = n
        if start > first and tokens[start - 1].low in _ARTICLES and tokens[start - 1].kind != POSSESSIVE:
            start -= 1
        end = start
        while end > first and (tokens[end - 1].low in _LINKS | {"gyfer", "ran"} or tokens[end - 1].text == ","):
            end -= 1
        role = par.words(first, end) if has_role and end > first else None
        return Post(role or None, par.words(start, last))
    if not has_role:
        return Post()
    if first + 1 < last and not tokens[first].capital and tokens[first + 1].capital and is_role(tokens[first].low):
        return Post(tokens[first].text, par.words(first + 1, last))  # cadeirydd Cronfa’r Dyffryn
    return Post(par.words(first, last) or None)


def names_body(par: Paragraph, name: Name) -> bool:
    """``Gwasanaeth Erlyn y Goron`` is nobody’s name."""
    return any(token.capital and token.low in _bodies() for token in par.tokens[name.first : name.last])


def _on_behalf(par: Paragraph, at: int, limit: int) -> bool:
    """``llefarydd ar ran CPS Cymru``."""
    return par.tokens[at].low == "ar" and at + 1 < limit and par.tokens[at + 1].low == "ran"


def _nameless(par: Paragraph, first: int, limit: int) -> tuple[Mention, ...]:
    tokens = par.tokens
    end = first
    while end < limit and tokens[end].low != "wedi" and tokens[end].kind in (WORD, POSSESSIVE) and (
        end == first or tokens[end].low not in _TAILS or _on_behalf(par, end, limit)
    ):  # fmt: skip
        end += 1
    if end == first:
        return ()
    article = first > 0 and tokens[first - 1].low in _ARTICLES and tokens[first - 1].kind != POSSESSIVE
    start = first - 1 if article else first
    head = tokens[first].low
    role = is_role(head)
    post = read_post(par, first, end) if role else Post()
    many = not role and (head in _MANY or tokens[first].capital)
    return (
        Mention(text=par.words(start, end), kind="body" if many else "noun", first=start, last=end, many=many,
                head=head, post=post),
    )  # fmt: skip


def according(par: Paragraph, first: int, last: int) -> tuple[int, int, int, tuple[Mention, ...]] | None:
    """``Yn ôl Cymdeithas y Tystion, mae …``: cue token, first and last word of what is said, and by whom."""
    tokens = par.tokens
    if last - first < 6 or tokens[first].low != "yn" or tokens[first + 1].low != "ôl":
        return None
    comma = next((n for n in range(first + 2, min(last, first + 24)) if tokens[n].text == ","), None)
    if (
        comma is None
        or comma + 2 >= last
        or (tokens[first + 2].low in {"ffigurau", "y", "pob"} and not tokens[first + 3].capital)
    ):
        return None
    if is_role(tokens[comma + 1].low):  # Yn ôl Ann Lee, cadeirydd y gronfa, mae
        comma = next((n for n in range(comma + 2, min(last, comma + 12)) if tokens[n].text == ","), comma)
    mentions = subject(par, first + 2, comma)
    return (first, comma + 1, last, mentions) if mentions else None
