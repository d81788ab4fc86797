"""``cpsscrape quotes``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from cpsscrape.archive.database import named_errors, open_reader
from cpsscrape.archive.searching import SHOWN, Said, find_spoken
from cpsscrape.archive.words import read_words
from cpsscrape.terminal.hits import quote_lines, quote_records, show_quotes
from cpsscrape.terminal.options import article_filters, as_json_option, filters_from, limit_option
from cpsscrape.terminal.output import present
from cpsscrape.terminal.silence import say_nothing_found

if TYPE_CHECKING:
    from pathlib import Path


@click.command(epilog="In a pipe: key, date, speaker, role, organisation, text and headline by tab, a line per quote.")
@click.argument("words", nargs=-1)
@click.option("--speaker", metavar="NAME", help="Said by somebody of this name, or part of it.")
@click.option("--role", metavar="TEXT", help="Whose role contains this, such as 'Chief Crown Prosecutor' or mother.")
@click.option("--organisation", metavar="TEXT", help="Whose organisation contains this, such as 'CPS Wessex'.")
@click.option("--kind", type=click.Choice(["direct", "partial", "indirect", "unmarked"]), help="Quotes of one kind.")
@click.option(
    "--attributed/--unattributed", default=None, help="Only quotes whose speaker is known, or only the others."
)
@article_filters
@limit_option(SHOWN)
@as_json_option
@click.pass_obj
def command(
    folder: Path,
    /,
    words: tuple[str, ...],
    limit: int,
    *,
    as_json: bool,
    speaker: str | None,
    role: str | None,
    organisation: str | None,
    kind: str | None,
    attributed: bool | None,
    **given: Any,
) -> None:
    """Find quotes by speaker, role, organisation or words.

    WORDS are read as by `cpsscrape search`. Without WORDS the newest quotes come first.
    """
    asked = " ".join(words)
    db = open_reader(folder)
    with named_errors(folder):
        query = read_words(asked) if asked.strip() else None
        filters = filters_from(db, given)
        said = Said(speaker=speaker, role=role, organisation=organisation, kind=kind, attributed=attributed)
        total, hits = find_spoken(db, query, said, filters, limit=limit)
        if not hits and not as_json:
            narrowed = filters != filters.__class__() or said != Said()
            say_nothing_found(db, "quote", query, narrowed=narrowed)
            return
        present(
            as_json=as_json,
            record=lambda: {"total": total, "quotes": quote_records(hits)},
            plain=lambda: quote_lines(hits),
            pretty=lambda screen: show_quotes(screen, hits, total, asked),
        )
