"""``cpsscrape show``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import click

from cpsscrape.archive.database import named_errors, open_reader, site_of
from cpsscrape.archive.identity import resolve_article
from cpsscrape.archive.older import older_article
from cpsscrape.archive.stored import article_of_quote, stored_article
from cpsscrape.evidence.citation import split_version
from cpsscrape.exceptions import UnknownArticleError
from cpsscrape.terminal.options import as_json_option
from cpsscrape.terminal.output import present
from cpsscrape.terminal.reading import article_lines, article_record, show_article
from cpsscrape.terminal.single_quote import older_quote, quote_lines, quote_record, show_quote

if TYPE_CHECKING:
    from pathlib import Path

    from sqlite_utils import Database

_QUOTE_KEY = re.compile(r"[0-9a-f]+@(\d+):(\d+)-(\d+)")


@click.command()
@click.argument("name", metavar="ARTICLE[@VERSION]|QUOTE-KEY")
@as_json_option
@click.pass_obj
def command(folder: Path, /, name: str, *, as_json: bool) -> None:
    """Read an article, with its quotes marked and attributed, or a single quote in its place.

    ARTICLE is an id, node/12728, or any address of it; @VERSION reads what an older version said.
    QUOTE-KEY is what `cpsscrape quotes` prints, such as 12728@1:1495-2102; the key of an older version
    is found too.
    """
    db = open_reader(folder)
    with named_errors(folder):
        key = _QUOTE_KEY.fullmatch(name)
        if key:
            _show_key(db, key, as_json=as_json)
            return
        article, version = split_version(name)
        stored = stored_article(db, resolve_article(db, article, site=site_of(db) or ""))
        if version is not None:
            stored = older_article(db, stored, version)
        present(
            as_json=as_json,
            record=lambda: article_record(stored),
            plain=lambda: article_lines(stored),
            pretty=lambda screen: show_article(screen, stored),
        )


def _show_key(db: Database, key: re.Match[str], *, as_json: bool) -> None:
    found = article_of_quote(db, key[0])
    if found is None:
        raise UnknownArticleError(f"no quote {key[0]!r} in this archive. `cpsscrape quotes WORDS` finds quotes.")
    stored = stored_article(db, found[0])
    if found[1] is not None:
        quote = next(quote for quote in stored.quotes if quote["position"] == found[1])
    else:
        quote = older_quote(db, stored, key[0], version=int(key[1]), start=int(key[2]), end=int(key[3]))
    present(
        as_json=as_json,
        record=lambda: quote_record(stored, quote),
        plain=lambda: quote_lines(stored, quote),
        pretty=lambda screen: show_quote(screen, stored, quote),
    )
