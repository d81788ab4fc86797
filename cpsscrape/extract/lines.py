"""Attributions that fill a line or a clause before a colon, with or without a verb of saying."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cpsscrape.extract import lexicon
from cpsscrape.extract.cues import cue_words, find_cues
from cpsscrape.extract.frame import ASIDE, CARRIERS, Frame, Slot
from cpsscrape.extract.governors import after_last_quote, agent_of, subject_of
from cpsscrape.extract.inversions import first_mention, subject_after
from cpsscrape.extract.mentions import Mention, anonymous
from cpsscrape.extract.phrases import Noun
from cpsscrape.extract.posts import is_role
from cpsscrape.extract.subjects import subject_before
from cpsscrape.extract.words import PAST, QUOTE, WORD

if TYPE_CHECKING:
    from cpsscrape.extract.cues import Cue
    from cpsscrape.extract.prose import Paragraph


_SPEECHES = frozenset(
    "reply answer advice message response words verdict explanation reaction comment motto view".split()
)
_STATEMENTS = frozenset("statement message tribute comment comments response reaction words quote".split())
_GIVEN = frozenset("welcome backing support blessing".split())
_DEED = 5  # words of what is done, its verb included
_SAID = frozenset("words message verdict advice view plea".split())
_ISSUED = frozenset("released issued gave given made shared".split())
_TOLD = frozenset("heard told reads read asked seen received showed found sent".split())


def colon_frame(par: Paragraph, start: int, colon: int, cues: list[Cue], first: int, *, spoken: bool) -> Frame | None:
    """What stands before a colon: a verb of saying, a speaker alone, or a reaction."""
    frame = last_cue(par, start, colon, cues, first, "utterance")
    if frame is not None:
        return frame
    mentions = statement_of(par, start, colon) or only_name(par, start, colon)
    if mentions:
        return Frame("before", "utterance", None, None, mentions, "colon")
    if not spoken:
        return None
    reaction = reacting(par, start, colon) or owner_of(par, start, colon) or issuer_of(par, start, colon)
    reaction = reaction or leader_of(par, start, colon) or _doer_of(par, start, colon)
    return Frame("before", "utterance", None, None, reaction, "colon") if reaction else None


def _doer_of(par: Paragraph, start: int, colon: int) -> tuple[Mention, ...]:
    """``His captain, Bruno Silva, shook his head: “…``: who does something right before the colon."""
    acts = [n for n in range(start + 1, colon) if par.tokens[n].traits & PAST]
    found = subject_before(par, start, acts[-1]) if acts and colon - acts[-1] < _DEED else ()
    return found if len(found) == 1 and found[0].kind == "name" else ()


def last_cue(par: Paragraph, start: int, end: int, cues: list[Cue], first: int, slot: Slot) -> Frame | None:
    """The last verb of saying before a colon; a finite one before a participle."""
    here = [c for c in cues if start <= c.at < end and (set(c.uses) & set("qtp"))]
    finite = [c for c in here if c.use in {"finite", "infinitive"} and "q" in c.uses]
    order = finite[::-1] + [c for c in here[::-1] if c.use == "gerund"] + [c for c in here[::-1] if c.use == "passive"]
    gerunds = [c for c in here if c.use == "gerund" and "q" in c.uses]
    if finite and gerunds and gerunds[-1].at > finite[-1].at and gerunds[-1].at >= end - 3:
        order = [gerunds[-1], *order]
    order += [c for c in here[::-1] if c.use in {"finite", "infinitive"} and "q" not in c.uses]
    for cue in order:
        if cue.use == "passive" and cue.base == "swear":
            continue
        if cue.use == "passive":
            agent = agent_of(par, cue, end)
            return Frame("before", slot, cue.at, cue_words(par, cue), agent, "passive")
        mentions = subject_of(par, cue, cues, first)
        if mentions:
            return Frame("before", slot, cue.at, cue_words(par, cue), mentions, "colon")
    return None


def only_name(par: Paragraph, start: int, end: int) -> tuple[Mention, ...]:
    """The whole clause is a speaker: ``Ann Lee, Chief Crown Prosecutor: “…``."""
    while start < end and (par.tokens[start].text in ASIDE or par.tokens[start].text in "•*"):
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
    for n in range(start, end - 1):
        if tokens[n].low in _STATEMENTS and tokens[n + 1].low in {"from", "by", "of"} and n - start < 6:
            return subject_after(par, n + 2, end)
    return ()


def reacting(par: Paragraph, start: int, end: int) -> tuple[Mention, ...]:
    """The subject of a verb such as ``welcomed`` or ``condemned``."""
    known = lexicon.verbs()
    for n in range(start, end):
        gave = par.tokens[n].low in {"gave", "gives"} and any(t.low in _GIVEN for t in par.tokens[n : min(end, n + 9)])
        if gave or any("r" in v.uses and v.form in {"past", "third"} for v in known.get(par.tokens[n].low, ())):
            return subject_before(par, start, n)
    return ()


def issuer_of(par: Paragraph, start: int, end: int) -> tuple[Mention, ...]:
    """``The family have released this statement:``: whose statement follows."""
    for n in range(start, end):
        if par.tokens[n].low in _ISSUED and any(t.low in _STATEMENTS for t in par.tokens[n + 1 : min(end, n + 6)]):
            return subject_before(par, start, n)
    return ()


def owner_of(par: Paragraph, start: int, end: int) -> tuple[Mention, ...]:
    """``Her reply: “…``, ``His advice to beginners is brief. “…``: whose words follow."""
    token = par.tokens[start]
    if token.low not in {"his", "her", "their"} or not any(
        par.tokens[n].low in _SPEECHES for n in range(start + 1, min(end, start + 4))
    ):
        return ()
    head = {"his": "he", "her": "she"}.get(token.low, "they")
    gender = {"his": "m", "her": "f"}.get(token.low, "")
    return (Mention(text=token.text, kind="pronoun", first=start, last=start + 1, gender=gender, head=head),)


def leader_of(par: Paragraph, start: int, end: int) -> tuple[Mention, ...]:
    """``Ron himself was briefer: “…``: a person begins the sentence, and nobody else is in it."""
    names = [n for n in par.names_in(start, end) if n.sure or n.full]
    if len(names) > 1 or any(par.tokens[n].low in CARRIERS or par.tokens[n].low in _TOLD for n in range(start, end)):
        return ()
    mentions = first_mention(par, start, end)
    if len(mentions) == 1 and mentions[0].kind in {"name", "pronoun"} and mentions[0].first - start <= 2:
        return mentions if mentions[0].head != "it" else ()
    return ()


def reaction_of(par: Paragraph, first: int, last: int) -> Frame | None:
    """``Ann Lee welcomed the sentence.`` before a whole utterance attributes it, without a cue."""
    if any(t.kind == QUOTE for t in par.tokens[first:last]):
        return None
    mentions = reacting(par, first, last) or owner_of(par, first, last) or leader_of(par, first, last)
    return Frame("before", "utterance", None, None, mentions, "reaction") if mentions else None


def standing_before(par: Paragraph) -> Frame | None:
    """The attribution at the end of a paragraph whose quote is the next: ``Siobhan Blake, …, said:``."""
    if not par.sentences:
        return None
    first, last = par.sentences[-1]
    colon = par.tokens[last - 1].text in {":", "–", "—", "-", ","}
    end = last - 1 if colon else last
    start = after_last_quote(par, first, end)
    if end <= start:
        return None
    cues = [c for c in find_cues(par, first, end) if c.at >= start]
    if colon:
        frame = colon_frame(par, start, end, cues, first, spoken=True)
        return frame if frame is None or par.tokens[last - 1].text == ":" or frame.cue is not None else None
    if cues and cues[-1].at == end - 1 and "q" in cues[-1].uses and par.tokens[last - 1].kind == WORD:
        return last_cue(par, start, end, cues, first, "utterance")
    return None


def line_before(par: Paragraph, *, heading: bool) -> Frame | None:
    """The attribution in the block before a quote: ``Ann Lee, …, said:`` or ``Statement from the family``."""
    if not par.tokens or any(t.kind == QUOTE for t in par.tokens[-2:]):
        return None
    if heading:
        last = len(par.tokens)
        mentions = statement_of(par, 0, last) or only_name(par, 0, last - 1 if par.tokens[-1].text == ":" else last)
        if mentions:
            return Frame("before", "utterance", None, None, mentions, "heading")
    return standing_before(par)


def _pointed_at(par: Paragraph, first: int, end: int) -> tuple[Mention, ...]:
    """``Those were the words of Ann Lee``, ``The words are those of Ann Lee``, ``This was Teddy, aged 8``."""
    tokens = par.tokens
    if tokens[first].low not in {"those", "these", "such", "that", "this", "the"}:
        return ()
    for n in range(first + 1, min(end, first + 8)):
        of = tokens[n].low in {"of", "from"}
        those = of and tokens[first + 1].low in _SAID and tokens[n - 1].low in {"those", "these"}
        if those or (of and tokens[first].low != "the" and tokens[n - 1].low in _SAID):
            return subject_after(par, n + 1, end)
        if tokens[n].low == "which" and n - 2 > first and tokens[n - 2].low in _SAID:
            return subject_after(par, n + 1, end)  # the words with which Ann Lee began
    was = next((n for n in (first + 1, first + 2) if n + 1 < end and tokens[n].low in {"was", "is"}), None)
    if was is not None and tokens[was - 1].low in {"that", "this", "speaker", "writer", "voice"}:
        mentions = subject_after(par, was + 1, end)
        return mentions if mentions and mentions[0].kind == "name" else ()
    return ()


def line_after(par: Paragraph) -> Frame | None:
    """A block that says whose words stood before it: ``— Ann Lee, CPS``, ``Those were the words of Ann Lee``."""
    if not par.tokens or any(t.kind == QUOTE for t in par.tokens[:2]):
        return None
    first, last = par.sentences[0]
    end = last - 1 if par.tokens[last - 1].text == "." else last
    tokens = par.tokens
    if tokens[first].text in {"–", "—", "-", "―"}:
        mentions = only_name(par, first + 1, end)
        return Frame("after", "utterance", None, None, mentions, "line") if mentions else None
    mentions = _pointed_at(par, first, end)
    if mentions:
        return Frame("after", "utterance", None, None, mentions, "line")
    cues = find_cues(par, first, last)
    if tokens[first].low in {"that", "this", "so"} and first + 2 < end and tokens[first + 2].low in {"how", "what"}:
        for cue in cues:
            mentions = subject_before(par, first + 3, cue.at) if cue.use == "finite" else ()
            if mentions:
                return Frame("after", "utterance", cue.at, cue_words(par, cue), mentions, "line")
    so = tokens[first].low == "so"  # So wrote Ann Lee, whose son …
    if cues and cues[0].at == first + so and "q" in cues[0].uses and (so or len(par.sentences) == 1):
        mentions = subject_after(par, first + so + 1, last)
        return Frame("after", "utterance", cues[0].at, cue_words(par, cues[0]), mentions, "line") if mentions else None
    if len(par.sentences) == 1 and tokens[last - 1].text != ".":
        mentions = only_name(par, first, end)
        if mentions and mentions[0].kind == "name" and mentions[0].full:
            return Frame("after", "utterance", None, None, mentions, "line")
    return None
