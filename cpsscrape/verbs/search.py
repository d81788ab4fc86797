"""``cpsscrape search``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from cpsscrape.archive.database import named_errors, open_reader
from cpsscrape.archive.searching import SHOWN, find_articles
from cpsscrape.archive.words import read_words
from cpsscrape.terminal.hits import article_lines, article_records, show_articles
from cpsscrape.terminal.options import article_filters, as_json_option, filters_from, limit_option
from cpsscrape.terminal.output import present
from cpsscrape.terminal.silence import say_nothing_found

if TYPE_CHECKING:
    from pathlib import Path


@click.command(epilog="In a pipe: id, date, areas, headline, sentence and address by tab, a line per article.")
@click.argument("words", nargs=-1)
@article_filters
@click.option("--speaker", metavar="NAME", help="Only articles that quote somebody of this name, or part of it.")
@limit_option(SHOWN)
@as_json_option
@click.pass_obj
def command(
    folder: Path, /, words: tuple[str, ...], speaker: str | None, limit: int, *, as_json: bool, **given: Any
) -> None:
    """Find articles by their words, best first, each with the hit in its sentence.

    All WORDS must occur. `"hate crime"` in marks is a phrase (so quote it twice for the shell:
    '"hate crime"'), `burgl*` the beginning of a word, `dog OR cat` either, `NOT dog` takes hits away.
    Without WORDS: the newest articles that the options leave.
    """
    asked = " ".join(words)
    db = open_reader(folder)
    with named_errors(folder):
        query = read_words(asked) if asked.strip() else None
        filters = filters_from(db, given, speaker=speaker)
        total, hits = find_articles(db, query, filters, limit=limit)
        if not hits and not as_json:
            say_nothing_found(db, "article", query, narrowed=filters != filters.__class__())
            return
        present(
            as_json=as_json,
            record=lambda: {"total": total, "articles": article_records(hits)},
            plain=lambda: article_lines(hits),
            pretty=lambda screen: show_articles(screen, hits, total, asked),
        )
