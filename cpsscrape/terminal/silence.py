"""What to say when nothing was found."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from cpsscrape.archive.searching import term_counts

if TYPE_CHECKING:
    from sqlite_utils import Database

    from cpsscrape.archive.words import Words


def say_nothing_found(db: Database, noun: str, words: Words | None, *, narrowed: bool) -> None:
    """Say on stderr why nothing was found and what to try; a pipe gets no line at all."""
    message = f"No {noun} found."
    if words is not None:
        counts = term_counts(db, words.terms, table=f"{noun}s_fts")
        parts = ", ".join(f"“{text}” in {count or 'no'} {noun}{'' if count == 1 else 's'}" for text, count in counts)
        message += f" By itself: {parts}."
        if any(count == 0 for _, count in counts):
            message += " The beginning of a word with a star finds its forms: `burgl*`."
        elif len(counts) > 1:
            message += " `OR` between words finds either."
    if narrowed:
        message += " Fewer options leave more."
    click.echo(message, err=True)
