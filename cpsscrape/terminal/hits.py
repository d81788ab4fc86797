"""What was found: articles with the hit in its sentence, quotes with who said them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.padding import Padding
from rich.text import Text

from cpsscrape.archive.corrections import RULE as CORRECTED
from cpsscrape.presentation.phrases import counted, day, is_doubtful
from cpsscrape.terminal.output import row
from cpsscrape.terminal.phrases import hit_offsets, hits_of, labels, speakers_line, unmarked

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cpsscrape.archive.searching import ArticleHit, QuoteHit
    from cpsscrape.terminal.output import Screen


def article_records(hits: Sequence[ArticleHit]) -> list[dict[str, Any]]:
    """Return found articles for JSON: the flat row without its long texts, and where the hits are."""
    left_out = {"body", "notes_to_editors"}
    return [
        {name: value for name, value in hit.article.items() if name not in left_out}
        | {"sentence": unmarked(hit.sentence), "hits": hit_offsets(hit.sentence), "rank": hit.rank}
        for hit in hits
    ]


def article_lines(hits: Sequence[ArticleHit]) -> Iterator[str]:
    """Yield ``id, date, areas, headline, sentence, url`` by tab."""
    for hit in hits:
        a = hit.article
        yield row(a["id"], a["published_on"], a["areas"], a["headline"], unmarked(hit.sentence), a["url"])


def show_articles(screen: Screen, hits: Sequence[ArticleHit], total: int, asked: str) -> None:
    """Print found articles, best first."""
    order = "best first" if asked else "newest first"
    _head(screen, len(hits), total, "article", asked, order)
    width = max(len(str(hit.article["id"])) for hit in hits)
    for hit in hits:
        article = hit.article
        title = hits_of(hit.headline, style="title")
        title.stylize(f"link {article['url']}")
        label = f"{article['update_label']}: " if article["update_label"] else ""
        headline = Text.assemble((f"{article['id']:>{width}}  ", "number"), (label, "doubt"), title)
        _indented(screen, headline, 0, hang=width + 2)
        status = Text(labels(article), style="muted")
        if article["gone_at"]:
            status.append(f" · gone from the site since {day(article['gone_at'])}", style="gone")
        _indented(screen, status, width + 2)
        if hit.sentence:
            _indented(screen, hits_of(hit.sentence), width + 2)
        screen.print()
    first = hits[0].article["id"]
    _foot(screen, f"cpsscrape show {first} reads the first", shown=len(hits), total=total)


def quote_records(hits: Sequence[QuoteHit]) -> list[dict[str, Any]]:
    """Return found quotes for JSON, with their speakers and where the hits are."""
    left_out = {"id", "case_study_id"}
    return [
        {name: value for name, value in hit.quote.items() if name not in left_out}
        | {"speakers": list(hit.speakers), "hits": hit_offsets(hit.text), "rank": hit.rank}
        for hit in hits
    ]


def quote_lines(hits: Sequence[QuoteHit]) -> Iterator[str]:
    """Yield ``key, date, speaker, role, organisation, text, headline`` by tab, a line per quote."""
    for hit in hits:
        q = hit.quote
        named = ["; ".join(s[name] or "" for s in hit.speakers) for name in ("name", "role", "organisation")]
        yield row(q["key"], q["published_on"], *named, q["text"], q["headline"])


def show_quotes(screen: Screen, hits: Sequence[QuoteHit], total: int, asked: str) -> None:
    """Print found quotes with their speakers, best first."""
    _head(screen, len(hits), total, "quote", asked, "best first" if asked else "newest first")
    for hit in hits:
        quote = hit.quote
        marks = ("“", "”") if quote["kind"] in {"direct", "partial"} else ("", "")
        text = Text(marks[0]).append_text(hits_of(hit.text)).append(marks[1])
        _indented(screen, text, 2, hang=3 if marks[0] else 2)
        speaker = Text("— ", style="muted")
        speaker.append(speakers_line(hit.speakers), style="speaker" if hit.speakers else "muted")
        if hit.speakers and is_doubtful(quote["confidence"]):
            speaker.append(f"  doubtful ({quote['confidence']:.2f})", style="doubt")
        if quote["rule"] == CORRECTED:
            speaker.append("  corrected", style="corrected")
        _indented(screen, speaker, 4, hang=6)
        origin = Text(f"{day(quote['published_on'])} · {quote['headline']} · ", style="muted")
        _indented(screen, origin.append(quote["key"], style="number"), 6)
        screen.print()
    _foot(screen, f"cpsscrape show {hits[0].quote['key']} shows the first in its place", shown=len(hits), total=total)


def _head(screen: Screen, shown: int, total: int, noun: str, asked: str, order: str) -> None:
    text = Text(counted(total, noun), style="title")
    if asked:
        text.append(f" with {asked}", style="title")
    text.append(f" · {order}" + (f", the first {shown}" if shown < total else ""), style="muted")
    screen.print(text)
    screen.print()


def _foot(screen: Screen, hint: str, *, shown: int, total: int) -> None:
    more = f" · --limit {min(total, shown * 5)} shows more" if shown < total else ""
    screen.print(Text(hint + more, style="muted"))


def _indented(screen: Screen, text: Text, indent: int, *, hang: int | None = None) -> None:
    """Print wrapped text; lines after the first are indented by ``hang`` columns in all."""
    hang = indent if hang is None else hang
    lines = text.wrap(screen, max(20, screen.reading_width - max(indent, hang)))
    for number, line in enumerate(lines):
        line.rstrip()
        screen.print(Padding(line, (0, 0, 0, hang if number else indent)))
