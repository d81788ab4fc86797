"""Attribution: which verb of saying governs a stretch in marks, and whom it names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from cpsscrape.extract import lexicon
from cpsscrape.extract.cues import Cue, cue_words, find_cues
from cpsscrape.extract.mentions import Mention, anonymous
from cpsscrape.extract.phrases import Noun, is_past
from cpsscrape.extract.posts import is_role
from cpsscrape.extract.subjects import first_mention, subject_after, subject_before
from cpsscrape.extract.tokens import POSSESSIVE, QUOTE, WORD

if TYPE_CHECKING:
    from cpsscrape.extract.prose import Paragraph

Where = Literal["before", "after"]
Slot = Literal["utterance", "fragment"]

_NAMING = frozenset(
    "so-called called known dubbed nicknamed entitled titled codenamed code-named named word words term terms"
    " phrase phrases labelled branded operation reading marked stamped slogan logo headline titled is-called"
    " termed song film book play programme album novel".split()
)
_CARRIERS = frozenset(
    "sign signs banner placard message messages text texts poster label tattoo note graffiti badge slogan post"
    " posts letters words caption t-shirt card sticker plaque notice flag leaflet email emails chart".split()
)
_SPEECHES = frozenset(
    "reply answer advice message response words verdict explanation reaction comment motto view".split()
)
_ONE_WORD = frozenset("say answer reply shout yell scream whisper respond cry exclaim mutter".split())
_TOLD = frozenset("heard told reads read asked seen received showed found sent".split())
_CLAUSE = frozenset("that as it was were is are be being been how what why whether if for of with by about".split())
_ASIDE = frozenset({",", "–", "—", "-"})


class Frame(NamedTuple):
    """One attribution. ``cue`` is a token of the paragraph, None for a speaker without a verb."""

    where: Where
    slot: Slot
    cue: int | None
    words: str | None
    mentions: tuple[Mention, ...]
    rule: str


TERM = Frame("before", "fragment", None, None, (), "term")


def find_frame(par: Paragraph, at: int, content: str) -> Frame | None:
    """The attribution of the quote at token ``at``; ``TERM`` where its words are nobody's; None without any."""
    sentence = par.sentence_of(at)
    cues = find_cues(par, sentence.first, sentence.last)
    if _is_named(par, at, sentence.first):
        return TERM
    near = (
        None
        if at > sentence.first and par.tokens[at - 1].low in _CARRIERS
        else _directly_before(par, at, content, cues, sentence.first)
    )
    if near is not None:
        return near
    after = _directly_after(par, at, content, cues, sentence.first, sentence.last)
    if after is not None:
        return after
    words = _in_words(par, at, sentence.first)
    if words is not None:
        return words
    before = _governing(par, at, cues, sentence.first)
    if before is not None:
        return before
    return _trailing(par, at, cues, sentence.last)


def _is_named(par: Paragraph, at: int, first: int) -> bool:
    """``the so-called “nerdy kid”``, ``known as “the firm”``."""
    n = at - 1
    while n >= first and (par.tokens[n].low in {"as", "the", "a", "by", "an"} or par.tokens[n].text in ",("):
        n -= 1
    if n < first:
        return False
    low = par.tokens[n].low
    if low in {"title", "words", "word", "name", "nickname", "slogan", "codename", "phrase", "term", "marked", "label",
               "reading", "reads", "themselves", "itself", "himself", "headline"} and n == at - 1:  # fmt: skip
        return True
    if low in {"called", "named", "termed"} and n == at - 1 and n > first and not _has_speaker(par, n):
        return True
    if low == "so-called" or (low == "known" and par.tokens[n + 1].low == "as"):
        return True
    return low in {"nicknamed", "entitled", "titled", "codenamed", "code-named", "dubbed"} or (
        par.tokens[n].text == "Operation" and n == at - 1
    )  # fmt: skip


def _has_speaker(par: Paragraph, at: int) -> bool:
    """``what she called “…”``: the word before the verb is who spoke; ``a group called “…”`` has none."""
    before = par.tokens[at - 1]
    one = lexicon.kin().get(before.low, ("", ""))[0] == "one"
    return (
        before.low in {"he", "she", "they", "has", "had", "also", "later", "police"} or before.capital or one
        or before.low in lexicon.role_nouns() or any(t.low in {"what", "whom"} for t in par.tokens[max(0, at - 6) : at])
    )  # fmt: skip


def _opens_upper(content: str) -> bool:
    letter = next((c for c in content if c.isalnum()), "")
    return letter.isupper() or letter.isdigit()


def _directly_before(par: Paragraph, at: int, content: str, cues: list[Cue], first: int) -> Frame | None:
    """``Ann Lee said: “…``, ``Ann Lee: “…``, ``she said, “…``, ``he shouted “…``."""
    if at <= first:
        return None
    token = par.tokens[at - 1]
    upper = _opens_upper(content)
    start = _after_last_quote(par, first, at)
    if token.text == ":" or (token.text in _ASIDE and token.text != "," and upper):
        return _colon(par, start, at - 1, cues, first, spoken=token.text == ":")
    if token.text == "," and upper:
        frame = _last_cue(par, start, at - 1, cues, first, "utterance")
        return frame if frame is not None and frame.cue is not None and content[-1:] in ".,!?…" else None
    cue = next((c for c in cues if c.at < at and _only_object(par, c.at + 1, at)), None)
    if cue is None or "q" not in cue.uses or cue.use == "passive":
        return None
    if not upper and content[-1:] not in "!?" and not (content[-1:] == "." and cue.at == at - 1):
        return None
    if " " not in content and content[-1:] not in ".!?" and cue.base not in _ONE_WORD:
        return None
    mentions = subject_of(par, cue, cues, first)
    return Frame("before", "utterance", cue.at, cue_words(par, cue), mentions, "verb") if mentions else None


def _after_last_quote(par: Paragraph, first: int, at: int) -> int:
    for n in range(at - 1, first - 1, -1):
        if par.tokens[n].kind == QUOTE:
            return n + 1
    return first


def _only_object(par: Paragraph, start: int, at: int) -> bool:
    """Nothing, or whom it was said to, stands between a verb and its quote: ``told him “…``."""
    words = par.tokens[start:at]
    if len(words) > 5 or any(t.low in _CLAUSE or t.kind != WORD for t in words):
        return False
    return not words or (words[-1].low not in lexicon.DETERMINERS | lexicon.POSSESSIVES - {"her"} and (
        words[0].low in {"him", "her", "them", "me", "us", "out", "at", "to", "back", "simply", "reporters", "officers", "police"}
        or words[0].low in lexicon.DETERMINERS or words[0].capital
    ))  # fmt: skip


def _colon(par: Paragraph, start: int, colon: int, cues: list[Cue], first: int, *, spoken: bool) -> Frame | None:
    frame = _last_cue(par, start, colon, cues, first, "utterance")
    if frame is not None:
        return frame
    mentions = statement_of(par, start, colon) or _only_name(par, start, colon)
    if mentions:
        return Frame("before", "utterance", None, None, mentions, "colon")
    if not spoken:
        return None
    reaction = _reaction(par, start, colon) or _owner(par, start, colon) or _leader(par, start, colon)
    return Frame("before", "utterance", None, None, reaction, "colon") if reaction else None


def _only_name(par: Paragraph, start: int, end: int) -> tuple[Mention, ...]:
    """The whole clause is a speaker: ``Ann Lee, Chief Crown Prosecutor: “…``."""
    while start < end and (par.tokens[start].text in _ASIDE or par.tokens[start].text in "•*"):
        start += 1
    if end - start == 1 and (is_role(par.tokens[start]) or par.tokens[start].low in lexicon.kin()):
        return (anonymous(par, Noun(start, end, start)),)
    mentions = subject_after(par, start, end)
    last = mentions[-1].last if mentions else start
    if mentions and mentions[0].kind == "name" and last < end and par.tokens[last].text == ",":
        last = end if all(t.capital or t.text == "," for t in par.tokens[last:end]) else last  # Tunde, London
    if mentions and last >= end and mentions[0].kind != "pronoun":
        return mentions if mentions[0].kind != "noun" or mentions[0].post.role or mentions[0].many else ()
    return ()


def statement_of(par: Paragraph, start: int, end: int) -> tuple[Mention, ...]:
    """``Statement from the family``, ``A tribute by his mother``: the words after from, by or of."""
    tokens = par.tokens
    nouns = {"statement", "message", "tribute", "comment", "comments", "response", "reaction", "words", "quote"}
    for n in range(start, end - 1):
        if tokens[n].low in nouns and tokens[n + 1].low in {"from", "by", "of"} and n - start < 6:
            return subject_after(par, n + 2, end)
    return ()


def _reaction(par: Paragraph, start: int, end: int) -> tuple[Mention, ...]:
    known = lexicon.verbs()
    for n in range(start, end):
        if any("r" in v.uses and v.form in {"past", "third"} for v in known.get(par.tokens[n].low, ())):
            return subject_before(par, start, n)
    return ()


def _owner(par: Paragraph, start: int, end: int) -> tuple[Mention, ...]:
    """``Her reply: “…``, ``His advice to beginners is brief. “…``: whose words follow."""
    token = par.tokens[start]
    if token.low not in {"his", "her", "their"} or not any(
        par.tokens[n].low in _SPEECHES for n in range(start + 1, min(end, start + 4))
    ):
        return ()
    head = {"his": "he", "her": "she"}.get(token.low, "they")
    gender = {"his": "m", "her": "f"}.get(token.low, "")
    return (Mention(text=token.text, kind="pronoun", first=start, last=start + 1, gender=gender, head=head),)


def _leader(par: Paragraph, start: int, end: int) -> tuple[Mention, ...]:
    """``Ron himself was briefer: “…``: a person begins the sentence, and nobody else is in it."""
    names = [n for n in par.names_in(start, end) if n.sure or n.full]
    if len(names) > 1 or any(par.tokens[n].low in _CARRIERS or par.tokens[n].low in _TOLD for n in range(start, end)):
        return ()
    mentions = first_mention(par, start, end)
    if len(mentions) == 1 and mentions[0].kind in {"name", "pronoun"} and mentions[0].first - start <= 2:
        return mentions if mentions[0].head != "it" else ()
    return ()


def reaction_of(par: Paragraph, first: int, last: int) -> Frame | None:
    """``Ann Lee welcomed the sentence.`` before a whole utterance attributes it, without a cue."""
    if any(t.kind == QUOTE for t in par.tokens[first:last]):
        return None
    mentions = _reaction(par, first, last) or _owner(par, first, last) or _leader(par, first, last)
    return Frame("before", "utterance", None, None, mentions, "reaction") if mentions else None


def standing_before(par: Paragraph) -> Frame | None:
    """The attribution at the end of a paragraph whose quote is the next: ``Siobhan Blake, …, said:``."""
    if not par.sentences:
        return None
    first, last = par.sentences[-1]
    colon = par.tokens[last - 1].text in {":", "–", "—", "-", ","}
    end = last - 1 if colon else last
    start = _after_last_quote(par, first, end)
    if end <= start:
        return None
    cues = [c for c in find_cues(par, first, end) if c.at >= start]
    if colon:
        frame = _colon(par, start, end, cues, first, spoken=True)
        return frame if frame is None or par.tokens[last - 1].text == ":" or frame.cue is not None else None
    if cues and cues[-1].at == end - 1 and "q" in cues[-1].uses and par.tokens[last - 1].kind == WORD:
        return _last_cue(par, start, end, cues, first, "utterance")
    return None


def _last_cue(par: Paragraph, start: int, end: int, cues: list[Cue], first: int, slot: Slot) -> Frame | None:
    """The last verb of saying before a colon; a finite one before a participle."""
    here = [c for c in cues if start <= c.at < end and (set(c.uses) & set("qtp"))]
    finite = [c for c in here if c.use in {"finite", "infinitive"} and "q" in c.uses]
    order = finite[::-1] + [c for c in here[::-1] if c.use == "gerund"] + [c for c in here[::-1] if c.use == "passive"]
    gerunds = [c for c in here if c.use == "gerund" and "q" in c.uses]
    if finite and gerunds and gerunds[-1].at > finite[-1].at and gerunds[-1].at >= end - 3:
        order = [gerunds[-1], *order]
    order += [c for c in here[::-1] if c.use in {"finite", "infinitive"} and "q" not in c.uses]
    for cue in order:
        if cue.use == "passive":
            agent = _agent(par, cue, end)
            return Frame("before", slot, cue.at, cue_words(par, cue), agent, "passive")
        mentions = subject_of(par, cue, cues, first)
        if mentions:
            return Frame("before", slot, cue.at, cue_words(par, cue), mentions, "colon")
    return None


def subject_of(par: Paragraph, cue: Cue, cues: list[Cue], first: int) -> tuple[Mention, ...]:
    """The subject of a verb of saying, shared with an earlier verb where it has none of its own."""
    start = _after_last_quote(par, first, cue.at)
    before = par.tokens[cue.at - 1] if cue.at > first else None
    if cue.use != "gerund" and cue.use != "infinitive":
        mentions = _own_subject(par, start, cue.at)
        if mentions:
            return mentions
    elif cue.use == "gerund":
        mentions = _participle_subject(par, start, cue.at)
        if mentions:
            return mentions
    earlier = [c for c in cues if c.at < cue.at and c.use in {"finite", "infinitive"}]
    if earlier:
        return subject_of(par, earlier[-1], cues, first)
    inverted = _inverted(par, cue, first)
    if inverted:
        return inverted
    shares = before is not None and (
        before.low in {"and", "but", "then", "also", "to", "who", "as", "by"} or before.text == "," or cue.use in {"gerund", "infinitive"}
        or before.kind == WORD
    )  # fmt: skip
    if not shares:
        return ()
    found = first_mention(par, first, cue.at)
    return found if not found or found[0].kind != "noun" or found[0].last < cue.at else ()


def _own_subject(par: Paragraph, start: int, verb: int) -> tuple[Mention, ...]:
    """The words right before the verb; of ``who`` and ``which``, what they refer to."""
    tokens = par.tokens
    if verb - 1 > start and tokens[verb - 1].low in {"who", "which"}:
        at = verb - 1
        at -= 1 if tokens[at - 1].text == "," else 0
        return subject_before(par, start, at)
    return subject_before(par, start, verb)


def _participle_subject(par: Paragraph, start: int, verb: int) -> tuple[Mention, ...]:
    """``Ann Lee, commenting on the case``, ``with one saying``."""
    tokens = par.tokens
    if verb - 1 >= start and tokens[verb - 1].text == ",":
        found = subject_before(par, start, verb - 1)
        return found if found and found[0].first - start <= 2 else ()
    for n in range(verb - 1, max(start, verb - 10) - 1, -1):
        if tokens[n].low == "with":
            return subject_before(par, n + 1, verb)
    return ()


def _inverted(par: Paragraph, cue: Cue, first: int) -> tuple[Mention, ...]:
    """``Said Ann Lee: “…``, and the same between two pieces."""
    at = cue.at - 1
    at -= 1 if at > first and par.tokens[at].text in _ASIDE else 0
    if cue.at != first and par.tokens[at].kind != QUOTE:
        return ()
    stop = next((n for n in range(cue.at + 1, len(par.tokens)) if par.tokens[n].kind == QUOTE), len(par.tokens))
    return subject_after(par, cue.at + 1, stop)


def _agent(par: Paragraph, cue: Cue, end: int) -> tuple[Mention, ...]:
    """``described by Ann Lee as``: who did what a passive tells."""
    for n in range(cue.at + 1, end):
        if par.tokens[n].low == "by":
            return subject_after(par, n + 1, end)
        if par.tokens[n].kind == QUOTE:
            break
    return ()


def _directly_after(par: Paragraph, at: int, content: str, cues: list[Cue], first: int, last: int) -> Frame | None:
    """``“…,” said Ann Lee``, ``“…,” Ann Lee said``, ``“…” – Ann Lee``."""
    tokens = par.tokens
    start = at + 1
    comma = start < last and tokens[start].text in _ASIDE
    dash = comma and tokens[start].text != ","
    start += 1 if comma else 0
    if start >= last or tokens[start].low in lexicon.RELATIVES:
        return None
    closed = content[-1:] in ",?!…—–-.'’" or comma
    whole = (at == first or tokens[at - 1].text in {":", ","} or _opens_upper(content)) and closed
    slot: Slot = "utterance" if whole and _opens_upper(content) and at == _clause_start(par, at, first) else "fragment"
    if tokens[start].low == "according" and start + 1 < last and tokens[start + 1].low == "to":
        mentions = subject_after(par, start + 2, last)
        return Frame("after", slot, start, par.words(start, start + 2), mentions, "according") if mentions else None
    limit = next((n for n in range(start, last) if tokens[n].kind == QUOTE), last)
    here = [c for c in cues if start <= c.at < limit and c.use in {"finite", "infinitive"} and "q" in c.uses]
    if not here:
        name = (
            _only_name(par, start, last - 1 if tokens[last - 1].text == "." else last) if dash and at == first else ()
        )
        return Frame("after", slot, None, None, name, "dash") if name else None
    cue = here[0]
    inverted = all(_is_filler(par, n) for n in range(start, cue.at))
    if inverted:
        mentions = subject_after(par, cue.at + 1, limit)
        if mentions or not closed:
            return Frame("after", slot, cue.at, cue_words(par, cue), mentions, "inverted") if mentions else None
    if not closed:
        return None
    if cue.at + 1 < last and tokens[cue.at + 1].text == ":" and not content.endswith(",") and not comma:
        return None
    mentions = subject_before(par, start, cue.at)
    if not mentions or mentions[0].first - start > 2 or (cue.at + 1 < last and tokens[cue.at + 1].low == "that"):
        return None
    return Frame("after", slot, cue.at, cue_words(par, cue), mentions, "after")


def _is_filler(par: Paragraph, at: int) -> bool:
    return par.tokens[at].low in {"also", "then", "later", "has", "have", "had"}


def _clause_start(par: Paragraph, at: int, first: int) -> int:
    """``at`` itself when the quote begins its sentence or follows a colon or another quote’s attribution."""
    if at == first or par.tokens[at - 1].text in {":", ","} or par.tokens[at - 1].low in {"and", "but"}:
        return at
    return first


def _governing(par: Paragraph, at: int, cues: list[Cue], first: int) -> Frame | None:
    """The nearest verb of saying before a fragment."""
    tokens = par.tokens
    according = _according(par, at, first)
    modifier = _modifies(par, at)
    for cue in reversed([c for c in cues if c.at < at]):
        if modifier and "p" not in cue.uses:
            return TERM
        if "p" in cue.uses and at - cue.at <= 3 and (agent := _agent_after(par, at)):
            return Frame("before", "fragment", cue.at, cue_words(par, cue), agent, "agent")
        if cue.use == "planned" or (cue.negated and cue.base != "deny"):
            continue
        if cue.use == "infinitive" and not (cue.at > 1 and tokens[cue.at - 2].low in {"on", "continued", "sought"}):
            continue
        if cue.base in {"think", "wonder", "read"}:
            continue
        if cue.base in {"speak", "talk"} and tokens[cue.at + 1].low not in {"of", "about"}:
            continue
        if cue.use == "passive":
            agent = _agent(par, cue, at) or _agent_after(par, at)
            if agent:
                return Frame("before", "fragment", cue.at, cue_words(par, cue), agent, "agent")
            if tokens[cue.at - 1].low in lexicon.BE or par.tokens[at - 1].low == "as":
                return TERM
            continue
        if tokens[at - 1].low == "as" and "p" not in cue.uses:
            return TERM
        if cue.uses == "r" or (cue.uses == "f" and not _finds(par, cue, at)):
            continue
        mentions = subject_of(par, cue, cues, first)
        if mentions and (mentions[0].head in _CARRIERS or mentions[0].head == "law"):
            return TERM
        if cue.uses == "f" and mentions and mentions[0].kind != "body":
            continue
        if mentions:
            rule = "fragment" if "t" in cue.uses or "q" in cue.uses else "describe"
            return Frame("before", "fragment", cue.at, cue_words(par, cue), mentions, rule)
        if cue.use == "finite" and tokens[cue.at - 1].low in {"which", "that"}:
            return TERM
        if cue.use == "finite" and cue.base in {"say", "warn", "claim", "insist", "argue", "add"}:
            return Frame("before", "fragment", cue.at, cue_words(par, cue), (), "fragment")
    return according


def _finds(par: Paragraph, cue: Cue, at: int) -> bool:
    """``found that``: a document or a body that finds states it."""
    return cue.at + 1 < at and par.tokens[cue.at + 1].low == "that"


def _modifies(par: Paragraph, at: int) -> bool:
    """``the “county lines” gang``: words that only make a noun more exact."""
    tokens = par.tokens
    before = tokens[at - 1].low if at else ""
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    return (
        before in lexicon.DETERMINERS | lexicon.POSSESSIVES and after is not None and after.kind == WORD
        and after.text[0].islower() and after.low not in lexicon.OPENERS and not lexicon.is_adverb(after.low)
        and after.low not in lexicon.verbs() and not is_past(after)
    )  # fmt: skip


def _agent_after(par: Paragraph, at: int) -> tuple[Mention, ...]:
    """``was described as “callous” by the judge``."""
    if at + 1 < len(par.tokens) and par.tokens[at + 1].low == "by":
        return subject_after(par, at + 2, len(par.tokens))
    return ()


def _in_words(par: Paragraph, at: int, first: int) -> Frame | None:
    """``in her words, “…”``, ``in the words of Ann Lee, “…”``."""
    tokens = par.tokens
    for n in range(max(first, at - 9), at - 1):
        if tokens[n].low != "in":
            continue
        owner = tokens[n + 1].low
        if owner in {"his", "her", "their"} and any(t.low == "words" for t in tokens[n + 2 : at]):
            head = {"his": "he", "her": "she"}.get(owner, "they")
            gender = {"his": "m", "her": "f"}.get(owner, "")
            mention = Mention(
                text=tokens[n + 1].text, kind="pronoun", first=n + 1, last=n + 2, gender=gender, head=head
            )
            return Frame("before", "fragment", None, None, (mention,), "words")
        owned = next(
            (m for m in range(n + 2, at) if tokens[m].low == "words" and tokens[m - 1].kind == POSSESSIVE), None
        )
        if owned is not None:
            mentions = subject_before(par, n + 1, owned - 1)
            return Frame("before", "fragment", None, None, mentions, "words") if mentions else None
        if [t.low for t in tokens[n + 1 : n + 4]] == ["the", "words", "of"]:
            mentions = subject_after(par, n + 4, at)
            return Frame("before", "fragment", None, None, mentions, "words") if mentions else None
    return None


def _according(par: Paragraph, at: int, first: int) -> Frame | None:
    for n in range(at - 2, first - 1, -1):
        if par.tokens[n].low == "according" and par.tokens[n + 1].low == "to":
            mentions = subject_after(par, n + 2, at)
            if mentions:
                return Frame("before", "fragment", n, par.words(n, n + 2), mentions, "according")
    return None


def _trailing(par: Paragraph, at: int, cues: list[Cue], last: int) -> Frame | None:
    """A fragment whose attribution ends the sentence, as in ``It was “cruel”, the judge said``."""
    tokens = par.tokens
    for n in range(at + 1, last - 2):
        if tokens[n].low == "according" and tokens[n + 1].low == "to":
            mentions = subject_after(par, n + 2, last)
            return Frame("after", "fragment", n, par.words(n, n + 2), mentions, "according") if mentions else None
    for cue in cues:
        if cue.at <= at or cue.use != "finite" or cue.negated:
            continue
        mentions = subject_before(par, at + 1, cue.at)
        if mentions and mentions[0].first > at + 1:
            before = tokens[mentions[0].first - 1]
            if before.text in _ASIDE or before.low in {"how", "what", "as"}:
                return Frame("after", "fragment", cue.at, cue_words(par, cue), mentions, "trailing")
        if tokens[cue.at - 1].text in _ASIDE and (inverted := subject_after(par, cue.at + 1, last)):
            return Frame("after", "fragment", cue.at, cue_words(par, cue), inverted, "trailing")
    return None


def line_before(par: Paragraph, *, heading: bool) -> Frame | None:
    """The attribution in the block before a quote: ``Ann Lee, …, said:`` or ``Statement from the family``."""
    if not par.tokens or any(t.kind == QUOTE for t in par.tokens[-2:]):
        return None
    if heading:
        last = len(par.tokens)
        mentions = statement_of(par, 0, last) or _only_name(par, 0, last - 1 if par.tokens[-1].text == ":" else last)
        if mentions:
            return Frame("before", "utterance", None, None, mentions, "heading")
    return standing_before(par)


def line_after(par: Paragraph) -> Frame | None:
    """A block that says whose words stood before it: ``— Ann Lee, CPS``, ``Those were the words of Ann Lee``."""
    if not par.tokens or any(t.kind == QUOTE for t in par.tokens[:2]):
        return None
    first, last = par.sentences[0]
    end = last - 1 if par.tokens[last - 1].text == "." else last
    tokens = par.tokens
    if tokens[first].text in {"–", "—", "-", "―"}:
        mentions = _only_name(par, first + 1, end)
        return Frame("after", "utterance", None, None, mentions, "line") if mentions else None
    if tokens[first].low in {"those", "these", "such", "that", "this"}:
        for n in range(first + 1, min(end, first + 8)):
            if tokens[n].low in {"of", "from"} and tokens[n - 1].low in {
                "words",
                "message",
                "verdict",
                "advice",
                "view",
                "plea",
            }:
                mentions = subject_after(par, n + 1, end)
                return Frame("after", "utterance", None, None, mentions, "line") if mentions else None
    cues = find_cues(par, first, last)
    if tokens[first].low in {"that", "this", "so"} and first + 2 < end and tokens[first + 2].low in {"how", "what"}:
        for cue in cues:
            mentions = subject_before(par, first + 3, cue.at) if cue.use == "finite" else ()
            if mentions:
                return Frame("after", "utterance", cue.at, cue_words(par, cue), mentions, "line")
    if cues and cues[0].at == first and "q" in cues[0].uses and len(par.sentences) == 1:
        mentions = subject_after(par, first + 1, last)
        return Frame("after", "utterance", first, cue_words(par, cues[0]), mentions, "line") if mentions else None
    if len(par.sentences) == 1 and tokens[last - 1].text != ".":
        mentions = _only_name(par, first, end)
        if mentions and mentions[0].kind == "name" and mentions[0].full:
            return Frame("after", "utterance", None, None, mentions, "line")
    return None
