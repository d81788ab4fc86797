"""Gold quotes against read quotes: who matches whom, and what of it is right."""

from __future__ import annotations

import json
import random
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cpsscrape.items import Teaser
from cpsscrape.reader import read_article

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from cpsscrape.items import Article, Quote

FIXTURES = Path(__file__).parents[1] / "fixtures" / "quotes"
MARKS = "“”\"‘’'?«»„`\ufffd"
IOU = 0.8
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class GoldQuote:
    """A labelled quote with its pieces found in the body."""

    kind: str
    cue: str | None
    attribution: str
    pieces: tuple[tuple[int, int], ...]
    speakers: tuple[dict[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Page:
    """One labelled page and what the program reads on it."""

    name: str
    article: Article
    quotes: tuple[GoldQuote, ...]
    terms: tuple[tuple[int, int], ...]
    lost: tuple[str, ...] = ()


@dataclass(slots=True)
class Counts:
    """Right and asked per measure, for one page."""

    right: dict[str, int] = field(default_factory=dict)
    asked: dict[str, int] = field(default_factory=dict)

    def add(self, measure: str, *, right: bool) -> None:
        """Count one question."""
        self.asked[measure] = self.asked.get(measure, 0) + 1
        self.right[measure] = self.right.get(measure, 0) + right


def load(part: str) -> list[Page]:
    """Every labelled page of a part, read by the program."""
    return [read_page(folder) for folder in sorted((FIXTURES / part).iterdir()) if (folder / "expected.json").exists()]


def read_page(folder: Path) -> Page:
    """One fixture: its page through ``read_article``, its labels with offsets."""
    meta = json.loads((folder / "meta.json").read_text("utf-8"))
    expected = json.loads((folder / "expected.json").read_text("utf-8"))
    path = next(p for p in (folder / "page.html", folder / "page.txt") if p.exists())
    plain = path.suffix == ".txt"
    content_type = meta.get("content_type") or ("text/plain; charset=utf-8" if plain else "text/html; charset=utf-8")
    teaser = Teaser(**meta["teaser"]) if meta.get("teaser") else None
    article = read_article(path.read_bytes(), url=meta["url"], content_type=content_type, teaser=teaser)
    quotes, lost = _locate_quotes(article.body, expected.get("quotes", []))
    terms, lost_terms = _locate_terms(article.body, expected.get("quoted_terms", []), quotes)
    return Page(folder.name, article, tuple(quotes), tuple(terms), (*lost, *lost_terms))


def _locate_quotes(body: str, labels: Iterable[dict[str, Any]]) -> tuple[list[GoldQuote], list[str]]:
    found, lost, cursor = [], [], 0
    for label in labels:
        pieces = []
        marked = label["kind"] in {"direct", "partial"}
        at = cursor
        for text in label["pieces"]:
            start = _find(body, text, at, marked=marked)
            if start < 0:
                lost.append(text)
                continue
            pieces.append((start, start + len(text)))
            at = start + len(text)
        if pieces:
            cursor = (
                pieces[0][0] if label["kind"] == "indirect" else pieces[-1][1] if len(pieces) == 1 else pieces[0][1]
            )
            found.append(
                GoldQuote(label["kind"], label["cue"], label["attribution"], tuple(pieces), tuple(label["speakers"]))
            )
    return found, lost


def _locate_terms(
    body: str, labels: Iterable[str], quotes: Sequence[GoldQuote]
) -> tuple[list[tuple[int, int]], list[str]]:
    found, lost, cursor = [], [], 0
    marked = [p for q in quotes if q.kind != "indirect" for p in q.pieces]
    for text in labels:
        start = _find(body, text, cursor, marked=True)
        while start >= 0 and any(a <= start < b for a, b in marked):
            start = _find(body, text, start + 1, marked=True)
        if start < 0:
            lost.append(text)
            continue
        found.append((start, start + len(text)))
        cursor = start + len(text)
    return found, lost


def _find(body: str, text: str, at: int, *, marked: bool) -> int:
    """The next place of ``text``; of marked words, the next one right after a mark (else the next)."""
    start = body.find(text, at)
    first = start
    while marked and start > 0 and body[:start].rstrip()[-1:] not in MARKS:
        start = body.find(text, start + 1)
    return start if start >= 0 else first


def tokens_of(body_words: Sequence[tuple[int, int]], pieces: Iterable[tuple[int, int]]) -> frozenset[int]:
    """The words of the body that stand in the pieces, as numbers."""
    spans = list(pieces)
    return frozenset(n for n, (a, b) in enumerate(body_words) if any(a < e and b > s for s, e in spans))


def body_words(body: str) -> list[tuple[int, int]]:
    """Where the words of the body are."""
    return [m.span() for m in _WORD.finditer(body)]


def overlap(one: frozenset[int], other: frozenset[int]) -> float:
    """Intersection over union of two sets of words."""
    union = len(one | other)
    return len(one & other) / union if union else 0.0


def match(gold: Sequence[frozenset[int]], read: Sequence[frozenset[int]], least: float = IOU) -> dict[int, int]:
    """One-to-one, the largest overlaps first; gold number → read number."""
    pairs = [(overlap(g, r), i, j) for i, g in enumerate(gold) for j, r in enumerate(read) if g & r]
    matched: dict[int, int] = {}
    used: set[int] = set()
    for score, i, j in sorted(pairs, key=lambda p: (-p[0], p[1], p[2])):
        if score >= least and i not in matched and j not in used:
            matched[i] = j
            used.add(j)
    return matched


def pieces_of(quote: Quote) -> tuple[tuple[int, int], ...]:
    """The pieces' offsets."""
    return tuple((p.start, p.end) for p in quote.pieces)


def score(page: Page) -> Counts:
    """Every question one page answers."""
    counts = Counts()
    words = body_words(page.article.body)
    gold = [tokens_of(words, q.pieces) for q in page.quotes]
    read = [tokens_of(words, pieces_of(q)) for q in page.article.quotes]
    for kind in ("direct", "partial", "indirect", "unmarked", "all"):
        mine = [n for n, q in enumerate(page.quotes) if kind in {q.kind, "all"}]
        theirs = [n for n, q in enumerate(page.article.quotes) if kind in {q.kind, "all"}]
        pairs = match([gold[n] for n in mine], [read[n] for n in theirs])
        for i in range(len(mine)):
            counts.add(f"{kind} recall", right=i in pairs)
        for j in range(len(theirs)):
            counts.add(f"{kind} precision", right=j in pairs.values())
    pairs = match(gold, read)
    _score_pieces(counts, page)
    for i, j in pairs.items():
        _score_pair(counts, page.quotes[i], page.article.quotes[j])
    _score_terms(counts, page)
    return counts


def _score_pieces(counts: Counts, page: Page) -> None:
    """Exact offsets, and whether the pieces that belong together are together."""
    exact = {p for q in page.article.quotes for p in pieces_of(q)}
    owner = {p: n for n, q in enumerate(page.article.quotes) for p in pieces_of(q)}
    for quote in page.quotes:
        if quote.kind == "indirect":
            counts.add("indirect piece", right=quote.pieces[0] in exact)
            continue
        for piece in quote.pieces:
            counts.add("exact piece", right=piece in exact)
        here = {owner[p] for p in quote.pieces if p in owner}
        if here:
            together = len(here) == 1 and len(page.article.quotes[here.pop()].pieces) == len(quote.pieces)
            counts.add("grouping", right=together)


def _score_pair(counts: Counts, gold: GoldQuote, read: Quote) -> None:
    counts.add("kind", right=gold.kind == read.kind)
    counts.add("cue", right=gold.cue == read.cue)
    counts.add("attribution", right=gold.attribution == read.attribution)
    right = same_speakers(gold, read)
    counts.add("speaker", right=right)
    if read.speakers:
        counts.add("speaker precision", right=right)
    counts.add("mention", right=[s["mention"] for s in gold.speakers] == [s.mention for s in read.speakers])
    counts.add("resolution", right=[s["resolution"] for s in gold.speakers] == [s.resolution for s in read.speakers])
    counts.add("speaker kind", right=[s["kind"] for s in gold.speakers] == [s.kind for s in read.speakers])
    for what in ("role", "organisation"):
        mine = [s[what] for s in gold.speakers]
        theirs = [getattr(s, what) for s in read.speakers]
        counts.add(what, right=mine == theirs)
        if any(mine) or any(theirs):
            counts.add(f"{what} where there is one", right=mine == theirs)


def same_speakers(gold: GoldQuote, read: Quote) -> bool:
    """The same canonical names in the same order; case apart (``The boy’s mother``)."""
    return [s["name"].casefold() for s in gold.speakers] == [s.name.casefold() for s in read.speakers]


def _score_terms(counts: Counts, page: Page) -> None:
    exact = {(t.start, t.end) for t in page.article.quoted_terms}
    blamed = {p for q in page.article.quotes if q.speakers and q.kind != "indirect" for p in pieces_of(q)}
    for term in page.terms:
        counts.add("term recall", right=term in exact)
        counts.add("terms wrongly attributed", right=term in blamed)
    for term in exact:
        counts.add("term precision", right=term in page.terms)


def ratio(pages: Iterable[Counts], measure: str) -> float:
    """Right over asked, over many pages; 1.0 where nothing was asked."""
    right = asked = 0
    for counts in pages:
        right += counts.right.get(measure, 0)
        asked += counts.asked.get(measure, 0)
    return right / asked if asked else 1.0


def f1(pages: Sequence[Counts], kind: str) -> float:
    """The harmonic mean of a kind's precision and recall."""
    p, r = ratio(pages, f"{kind} precision"), ratio(pages, f"{kind} recall")
    return 2 * p * r / (p + r) if p + r else 0.0


def interval(
    pages: Sequence[Counts], figure: Callable[[Sequence[Counts]], float], rounds: int = 400
) -> tuple[float, float]:
    """The 95 % bootstrap interval of a figure, whole articles drawn again, with a fixed seed."""
    draw = random.Random(20200713)
    values = sorted(figure(draw.choices(pages, k=len(pages))) for _ in range(rounds))
    return values[int(rounds * 0.025)], values[int(rounds * 0.975) - 1]


def judged(page: Page) -> list[tuple[Quote, bool]]:
    """Every read quote, and whether a label has the same words and the same speakers."""
    words = body_words(page.article.body)
    gold = [tokens_of(words, q.pieces) for q in page.quotes]
    read = [tokens_of(words, pieces_of(q)) for q in page.article.quotes]
    right = {j: same_speakers(page.quotes[i], page.article.quotes[j]) for i, j in match(gold, read).items()}
    return [(quote, right.get(j, False)) for j, quote in enumerate(page.article.quotes)]


def measure_rules(pages: Iterable[Page]) -> dict[str, tuple[int, int]]:
    """Rule → how often it was right and how often it was used; also by kind alone."""
    found: dict[str, tuple[int, int]] = {}
    for page in pages:
        for quote, right in judged(page):
            for rule in (quote.rule, quote.kind):
                good, seen = found.get(rule, (0, 0))
                found[rule] = (good + right, seen + 1)
    return found


def coverage(pages: Iterable[Page]) -> list[tuple[float, float, float]]:
    """Least confidence, precision of the quotes that have it, and their share of all."""
    verdicts = [pair for page in pages for pair in judged(page)]
    rows = []
    for least in (0.0, 0.8, 0.9, 0.95, 0.98):
        kept = [right for quote, right in verdicts if quote.confidence >= least]
        rows.append((least, sum(kept) / len(kept) if kept else 1.0, len(kept) / len(verdicts) if verdicts else 0.0))
    return rows
