"""One quote in its place: the paragraphs it stands in, who said it, how that was found out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from cpsscrape.archive.corrections import RULE as CORRECTED
from cpsscrape.archive.older import older_article
from cpsscrape.exceptions import UnknownArticleError
from cpsscrape.presentation.phrases import day
from cpsscrape.terminal.phrases import speakers_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlite_utils import Database

    from cpsscrape.archive.stored import Row, StoredArticle
    from cpsscrape.terminal.output import Screen


def older_quote(db: Database, stored: StoredArticle, key: str, *, version: int, start: int, end: int) -> Row:
    """Return a quote of an older version, read again from that version's body.

    Raises UnknownArticleError where that version has no quote there.
    """
    older = older_article(db, stored, version)
    for quote in older.quotes:
        if (quote["start"], quote["end"]) == (start, end):
            return quote | {"key": key, "body": older.article["body"], "older_version": version}
    raise UnknownArticleError(
        f"article {stored.article['id']} has no quote {key!r}. "
        f"`cpsscrape show {stored.article['id']}@{version}` lists the quotes of that version."
    )


def quote_record(stored: StoredArticle, quote: Row) -> dict[str, Any]:
    """Return the quote for JSON, with the article it belongs to."""
    left_out = {"id", "case_study_id", "body", "article_id"}
    names = ("id", "node_id", "url", "headline", "published_on", "version")
    record = {name: value for name, value in quote.items() if name not in left_out}
    return record | {"article": {name: stored.article[name] for name in names}}


def quote_lines(stored: StoredArticle, quote: Row) -> Iterator[str]:
    """Yield the quote as plain text: what was said, who said it, then how that is known."""
    yield quote["text"]
    yield f"    — {speakers_line(quote['speakers'])}"
    yield ""
    for name, value in _facts(stored, quote):
        yield f"{name}: {value}"


def show_quote(screen: Screen, stored: StoredArticle, quote: Row) -> None:
    """Print the quote where it stands in its paragraphs."""
    width = screen.reading_width
    body: str = quote.get("body") or stored.article["body"]
    start = body.rfind("\n\n", 0, quote["start"]) + 2 if "\n\n" in body[: quote["start"]] else 0
    end = body.find("\n\n", quote["end"])
    end = len(body) if end < 0 else end
    text = Text(body[start:end], style="muted")
    text.stylize("not dim cyan", quote["start"] - start, quote["end"] - start)
    screen.print()
    screen.print(Padding(text, (0, 0, 0, 2)), width=width)
    speaker = Text("    — ", style="muted").append(speakers_line(quote["speakers"]), style="not dim bold cyan")
    screen.print(speaker, width=width)
    screen.print()
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="muted", no_wrap=True)
    grid.add_column(overflow="fold")
    for name, value in _facts(stored, quote):
        grid.add_row(name, value)
    screen.print(Padding(grid, (0, 0, 1, 2)), width=width)
    hint = (
        f"cpsscrape show {stored.article['id']} reads the article · cpsscrape explain {quote['key']} gives the evidence"
    )
    screen.print(Text(hint, style="muted"))


def _facts(stored: StoredArticle, quote: Row) -> Iterator[tuple[str, str]]:
    article = stored.article
    yield "Quote", quote["key"]
    if "older_version" in quote:
        yield "Version", f"{quote['older_version']}; the article's current version is {article['version']}"
    yield "Article", f"{article['headline']} ({day(article['published_on'])}, article {article['id']})"
    yield "Address", article["url"]
    for speaker in quote["speakers"]:
        yield "Speaker", f"{speaker['name']} ({speaker['kind']}), here “{speaker['mention']}” ({speaker['resolution']})"
        if speaker["role"]:
            yield "Role", speaker["role"]
        if speaker["organisation"]:
            yield "Organisation", speaker["organisation"]
    yield "Kind", quote["kind"] + (f", in {len(quote['pieces'])} pieces" if len(quote["pieces"]) > 1 else "")
    yield "Attribution", quote["attribution"] + (f", “{quote['cue']}”" if quote["cue"] else "")
    corrected = " (put right by hand)" if quote["rule"] == CORRECTED else ""
    yield "Rule", f"{quote['rule']}{corrected}, confidence {quote['confidence']:.2f}"
    for case in stored.case_studies:
        if quote.get("case_study_id") == case["id"]:
            yield "Case study", case["title"] or f"number {case['position']}, without a title"
