"""``cpsscrape explain``: from a value back to the bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from cpsscrape.archive.database import open_reader, site_of
from cpsscrape.archive.identity import resolve_article
from cpsscrape.configuration import settings_module
from cpsscrape.evidence.tracing import explain_field
from cpsscrape.normalise.urls import SITE

if TYPE_CHECKING:
    from pathlib import Path

    from cpsscrape.evidence.provenance import Provenance


_WIDTH = 22  # the longest column's name, and space


@click.command("explain")
@click.argument("article")
@click.argument("field")
@click.pass_context
def command(ctx: click.Context, *, article: str, field: str) -> None:
    """Trace a value to the rule that read it and to the bytes it was read from.

    ARTICLE is an id, node/N, or any of its addresses. FIELD is a column of articles, topics,
    areas, or the key of a quote.
    """
    folder: Path = ctx.obj
    db = open_reader(folder)
    number = resolve_article(db, article, site=site_of(db) or SITE)
    redact = bool(settings_module().CPS_REDACT_BIRTH_DATES)
    found = explain_field(db, folder, number, field, redact=redact)
    for name, text in _lines(found):
        click.echo(f"{name:<{_WIDTH}}{text}")


def _lines(found: Provenance) -> list[tuple[str, str]]:
    value = "not known" if found.value is None else str(found.value)
    short = value if len(value) <= 300 else f"{value[:300]} […] ({len(value):,} characters)"
    indented = short.replace("\n", "\n" + " " * _WIDTH)
    lines = [(found.field if len(found.field) < _WIDTH else f"{found.field}\n{'':<{_WIDTH}}", indented)]
    lines.append(("rule", found.rule))
    if found.passage is not None:
        place = found.passage
        lines.append(("place", f"characters {place.start:,} to {place.end:,} of {found.where}"))
        lines.append(("text", f"…{place.before}⟦{place.text}⟧{place.after}…"))
    lines += [("note", note) for note in found.notes]
    lines.append(("reader", found.reader))
    capture = found.capture
    if capture is not None:
        lines += [
            ("address", f"{capture.url} (status {capture.status})"),
            ("captured", f"{capture.fetched_at}, source {capture.source}"),
            ("record", f"{capture.warc_file}, byte {capture.warc_offset}, {capture.warc_length} bytes"),
            ("digest", capture.payload_digest),
        ]
    return lines
