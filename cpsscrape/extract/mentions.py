"""The words that name a speaker where a quote is attributed, before anybody knows who it is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from cpsscrape.extract import lexicon
from cpsscrape.extract.posts import NOBODY, Post, is_acronym, is_role, read_post
from cpsscrape.extract.posts_before import (
    owning_body,
    post_begin,
    post_in_front,
    spoken_for,
    tie_before,
    without_honorifics,
)
from cpsscrape.extract.posts_behind import appointed, appositives, own_name_behind
from cpsscrape.extract.words import KIN

if TYPE_CHECKING:
    from cpsscrape.extract.people import Name
    from cpsscrape.extract.phrases import Noun
    from cpsscrape.extract.prose import Paragraph
    from cpsscrape.extract.words import Token

_BEFORE_RANKS = frozenset("chief deputy assistant senior temporary acting district".split())
MentionKind = Literal["name", "pronoun", "noun", "body"]
#: Plain words that stand before a body's own name.
KINDS_OF_BODY = frozenset("group charity union body watchdog firm company club trust association campaigners".split())


@dataclass(slots=True, eq=False, kw_only=True)
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
    after, end, kin = appositives(par, name.end, limit)
    begin, post = name.begin, NOBODY
    if begin > first or name.first > begin:
        begin, post, own = _in_front(par, name, first, limit, has_post=bool(after))
        after, end = own or (after, end)
        kin = kin or tie_before(par, name.begin, first)
    if post.role is None and not after:
        after = appointed(par, end, limit)
    if after:
        post = Post(post.role or after.role, post.organisation or after.organisation)
    lead = name.title if name.full else _title_begin(par, name)
    words = par.words(name.first, name.last)
    text = words if lead == name.first else par.words(lead, name.last)
    return Mention(
        text=text, kind="name", first=begin, last=end, full=name.full, name=words,
        gender=_gender(par, name, kin, post), post=post, kin=kin,
    )  # fmt: skip


def _in_front(
    par: Paragraph, name: Name, first: int, limit: int, *, has_post: bool
) -> tuple[int, Post, tuple[Post, int] | None]:
    """Where a name begins with the post before it, that post, and a body that only such a post lends the name."""
    begin = post_begin(par, name, first)
    before = without_honorifics(par, begin, name)
    post = read_post(par, *before) if before[0] < before[1] else NOBODY
    own = own_name_behind(par, name.end, limit) if post.role is not None and not has_post else None
    if (own is None and not has_post) or post.role is None:
        earlier, start = post_in_front(par, begin, first)
        bare = earlier.role is not None and earlier.organisation is None and earlier.role.islower()
        if earlier and not (bare and post.role is not None):
            post, begin = earlier, start
    if post.role is not None and post.organisation is None:
        post = Post(post.role, spoken_for(par, begin, first))
    owner = owning_body(par, begin, first)
    if owner is not None and post.organisation is None:
        post = Post(post.role, par.words(owner, begin - 1))
        begin = owner
    return begin, post, own


def _title_begin(par: Paragraph, name: Name) -> int:
    """Of a single last name, whatever stands for Mr belongs to the mention: ``DI Lee``."""
    start = name.first
    if start > name.begin and par.tokens[start - 1].low in {"lord", "lady", "baroness", "baron", "dame", "sir"}:
        return start - 1
    while start > name.begin and _is_title(par.tokens[start - 1]):
        start -= 1
    return start


def _is_title(token: Token) -> bool:
    low = token.low.rstrip(".").rsplit("/", 1)[-1]
    return low in lexicon.titles() or low in _BEFORE_RANKS or is_role(token)


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
    for word in words.lower().replace("-", " ").split() if words else ():
        gender = _gender_of_word(word)
        if gender:
            return gender
    return ""


@lru_cache(maxsize=1 << 12)
def _gender_of_word(word: str) -> str:
    if word.endswith("woman") or word in {"actress", "headmistress"}:
        return "f"
    if word in {"spokesman", "policeman", "salesman", "gentleman"}:
        return "m"
    return lexicon.kin().get(word, ("", ""))[1]


def _proper_name(par: Paragraph, noun: Noun) -> int:
    """``Tenants’ group Roof Over Us``: where the body's own name begins."""
    start = noun.last
    while start > noun.first and par.tokens[start - 1].capital:
        start -= 1
    kind = par.tokens[start - 1].low if start > noun.first else ""
    return start if 0 < start < noun.last and kind in KINDS_OF_BODY else noun.first


def post_of(par: Paragraph, noun: Noun) -> Post:
    """The post that somebody without a name is called by; of several people none."""
    head = par.tokens[noun.head]
    many = head.low in lexicon.plural_roles() and par.tokens[noun.first].low not in {"one", "another"}
    return read_post(par, noun.first, noun.last) if is_role(head) and not many and not head.traits & KIN else NOBODY


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
    return Mention(
        text=par.words(first, end), kind="body" if body else "noun", first=noun.first,
        last=noun.last, gender=gender_of(low), many=many or body, head=low, post=post_of(par, noun),
    )  # fmt: skip
