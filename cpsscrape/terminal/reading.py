"""An article to read: each quote marked and attributed, case studies set off, notes, versions, evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from cpsscrape.archive.corrections import RULE as CORRECTED
from cpsscrape.presentation.phrases import counted, day, is_doubtful, moment
from cpsscrape.terminal.passage import Passage, passages
from cpsscrape.terminal.phrases import labels, speakers_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cpsscrape.archive.stored import Row, StoredArticle
    from cpsscrape.terminal.output import Screen

_SOURCES = {
    "teaser": "from the listing",
    "page": "from the page",
    "metadata": "from the page's metadata",
    "prose": "from a date in the text",
}


def article_record(stored: StoredArticle) -> dict[str, Any]:
    """Return the article for JSON: its columns, and a list for each table that belongs to it."""
    quotes = [{k: v for k, v in q.items() if k not in {"id", "article_id", "case_study_id"}} for q in stored.quotes]
    cases = [{k: v for k, v in case.items() if k != "id"} for case in stored.case_studies]
    return stored.article | {
        "blocks": list(stored.blocks),
        "quotes": quotes,
        "case_studies": cases,
        "quoted_terms": list(stored.quoted_terms),
        "links": list(stored.links),
        "version_list": list(stored.versions),
        "addresses": list(stored.addresses),
        "capture": stored.capture,
        "corrected": sorted(stored.corrected),
    }


def article_lines(stored: StoredArticle) -> Iterator[str]:
    """Yield the article as plain text: a line per paragraph, each quote's speaker under it."""
    article = stored.article
    yield _titled(article)
    yield labels(article)
    if older := _older(stored):
        yield older
    yield f"article {article['id']}" + (f", node/{article['node_id']}" if article["node_id"] else "")
    yield article["url"]
    if article["teaser"]:
        yield from ("", article["teaser"])
    for passage in passages(stored):
        yield ""
        if passage.case_line:
            yield f"[{passage.case_line}]"
        yield passage.opener + passage.text
        for quote in passage.quotes:
            yield f"    — {_attribution(quote)} [{quote['key']}]"
    if article["notes_to_editors"]:
        yield from ("", "Notes to editors", article["notes_to_editors"])
    yield ""
    for name, value in _evidence(stored):
        yield f"{name}: {value}"


def show_article(screen: Screen, stored: StoredArticle) -> None:
    """Print the article to be read on a terminal."""
    width = screen.reading_width
    article = stored.article
    _masthead(screen, stored, width)
    for passage in passages(stored):
        _show_passage(screen, passage, width)
    if article["notes_to_editors"]:
        screen.print(Rule(Text("Notes to editors", style="muted"), style="muted", align="left"), width=width)
        screen.print(Padding(Text(article["notes_to_editors"], style="muted"), (1, 0, 1, 2)), width=width)
    _show_evidence(screen, stored, width)


def _masthead(screen: Screen, stored: StoredArticle, width: int) -> None:
    article = stored.article
    screen.print()
    headline = Text(_titled(article), style="bold underline")
    screen.print(headline, width=width)
    screen.print(Text(labels(article), style="muted"), width=width)
    if older := _older(stored):
        screen.print(Text(older, style="doubt"), width=width)
    if article["gone_at"]:
        screen.print(Text(f"Gone from the site since {day(article['gone_at'])}.", style="gone"), width=width)
    if stored.corrected:
        names = ", ".join(sorted(stored.corrected))
        screen.print(Text(f"Corrected by hand: {names} (rule = correction).", style="corrected"), width=width)
    if article["teaser"]:
        screen.print()
        screen.print(Text(article["teaser"], style="italic"), width=width)
    screen.print()


def _older(stored: StoredArticle) -> str:
    """Say that this is not what the page says now; empty for the current version."""
    number = stored.article["version"]
    shown, newest = stored.versions[number - 1], stored.versions[-1]["version"]
    if number == newest:
        return ""
    return f"Version {number} of {newest}, seen {moment(shown['seen_at'])}; quotes read again, case studies not kept."


def _titled(article: Row) -> str:
    label = f"{article['update_label']}: " if article["update_label"] else ""
    return f"{label}{article['headline']}"


def _show_passage(screen: Screen, passage: Passage, width: int) -> None:
    if passage.case_line:
        screen.print(Rule(Text(passage.case_line, style="case"), style="case", align="left"), width=width)
    text = Text(passage.text)
    if passage.kind == "heading":
        text.stylize("heading")
    for start, end in passage.marked:
        text.stylize("quote", start, end)
    bar = Text("│ ", style="case") if passage.in_case else Text("")
    hang = " " * len(passage.opener)
    for number, line in enumerate(text.wrap(screen, width - len(bar) - len(hang))):
        line.rstrip()
        screen.print(bar + Text(hang if number else passage.opener, style="muted") + line)
    for quote in passage.quotes:
        for number, line in enumerate(_said_by(quote).wrap(screen, width - len(bar) - 6)):
            line.rstrip()
            screen.print(bar + Text("    ╰ " if number == 0 else "      ", style="muted") + line)
    screen.print(bar if passage.in_case and not passage.ends_case else Text(""))


def _said_by(quote: Row) -> Text:
    text = Text().append(speakers_line(quote["speakers"]), style="speaker" if quote["speakers"] else "muted")
    mentions = [s["mention"] for s in quote["speakers"] if s["resolution"] != "explicit"]
    if mentions:
        text.append(f" (here “{'”, “'.join(mentions)}”)", style="muted")
    if quote["kind"] != "direct":
        text.append(f" · {quote['kind']}", style="muted")
    if quote["speakers"] and is_doubtful(quote["confidence"]):
        text.append(f" · doubtful ({quote['confidence']:.2f})", style="doubt")
    if quote["rule"] == CORRECTED:
        text.append(" · corrected", style="corrected")
    return text.append(f"  {quote['key']}", style="muted")


def _attribution(quote: Row) -> str:
    corrected = " (corrected)" if quote["rule"] == CORRECTED else ""
    return speakers_line(quote["speakers"]) + corrected


def _evidence(stored: StoredArticle) -> Iterator[tuple[str, str]]:
    article, capture = stored.article, stored.capture
    if article["published_on"]:
        source = _SOURCES.get(article["published_on_source"], "")
        yield "Published", ", ".join(filter(None, [day(article["published_on"]), source]))
    if article["updated_on"]:
        yield "Updated", day(article["updated_on"])
    size = [counted(article["word_count"], "word"), counted(len(stored.quotes), "quote")]
    if not _older(stored):  # nobody knows how many an older version had
        size.append(counted(len(stored.case_studies), "case study", "case studies"))
    yield "Size", ", ".join(size)
    yield "First seen", moment(article["first_seen_at"])
    yield "Last seen", moment(article["last_seen_at"])
    if article["gone_at"]:
        yield "Gone", moment(article["gone_at"])
    if stored.corrected:
        yield "Corrected", ", ".join(sorted(stored.corrected))
    for version in stored.versions:
        yield f"Version {version['version']}", f"seen {moment(version['seen_at'])}"
    for url in stored.addresses:
        yield "Address", url
    if capture["warc_file"]:
        yield "Evidence", f"{capture['warc_file']}, byte {capture['warc_offset']:,} ({capture['source']})"
    yield "Digest", capture["payload_digest"]
    yield (
        "Read as",
        f"layout {article['layout']}, article {article['id']}"
        + (f", node/{article['node_id']}" if article["node_id"] else ""),
    )


def _show_evidence(screen: Screen, stored: StoredArticle, width: int) -> None:
    screen.print(Rule(Text("Where it comes from", style="muted"), style="muted", align="left"), width=width)
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="muted", no_wrap=True)
    grid.add_column(overflow="fold")
    shown = ""
    for name, value in _evidence(stored):
        grid.add_row(name if name != shown else "", value)
        shown = name
    screen.print(Padding(grid, (0, 0, 1, 2)), width=width)
    if len(stored.versions) > 1:
        number = stored.article["id"]
        hint = f"cpsscrape diff {number} shows what was changed, cpsscrape show {number}@1 the first version"
        screen.print(Text(hint, style="muted"))
