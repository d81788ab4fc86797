"""``cpsscrape cite``: a citation that names the bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from cpsscrape.archive.database import open_reader, site_of
from cpsscrape.archive.identity import resolve_article
from cpsscrape.evidence.citation import citation_of, split_version
from cpsscrape.normalise.urls import SITE

if TYPE_CHECKING:
    from pathlib import Path


@click.command("cite")
@click.argument("article", metavar="ARTICLE[@VERSION]")
@click.option("--bibtex", "form", flag_value="bibtex", help="As a BibLaTeX entry.")
@click.option("--csl", "form", flag_value="csl", help="As CSL-JSON, for citation managers.")
@click.pass_context
def command(ctx: click.Context, *, article: str, form: str | None) -> None:
    """Cite an article: title, date, address, time of capture, version and digest.

    ARTICLE is an id, node/N, or any of its addresses; @VERSION one of its versions.
    """
    folder: Path = ctx.obj
    db = open_reader(folder)
    name, version = split_version(article)
    citation = citation_of(db, resolve_article(db, name, site=site_of(db) or SITE), version)
    forms = {None: citation.as_text, "bibtex": citation.as_bibtex, "csl": citation.as_csl}
    click.echo(forms[form]())
