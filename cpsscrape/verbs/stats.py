"""``cpsscrape stats``."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from cpsscrape.archive.counting import DIMENSIONS, OVERVIEW, Counts, counts, months_between, totals
from cpsscrape.archive.database import named_errors, open_reader
from cpsscrape.terminal.bars import show_stats, stats_lines, stats_record
from cpsscrape.terminal.options import article_filters, as_json_option, filters_from
from cpsscrape.terminal.output import present

if TYPE_CHECKING:
    from pathlib import Path

    from sqlite_utils import Database

    from cpsscrape.archive.filters import Filters

SHOWN = 12


@click.command(epilog="In a pipe: what is counted by, the group and its number by tab; first the totals.")
@click.option(
    "--by", "dimensions", multiple=True, type=click.Choice(list(DIMENSIONS)), help="Count by this (repeat for several)."
)
@click.option("--speaker", metavar="NAME", help="Only articles that quote somebody of this name, or part of it.")
@click.option("--limit", "-n", type=int, help=f"Show so many groups; by default {SHOWN} of an overview, else all.")
@article_filters
@as_json_option
@click.pass_obj
def command(
    folder: Path, /, dimensions: tuple[str, ...], speaker: str | None, limit: int | None, *, as_json: bool, **given: Any
) -> None:
    """Count the archive by month, area, topic and speaker.

    Articles of two areas count in both. Speakers are people who speak for an office.
    """
    if limit is None and not dimensions:
        limit = SHOWN
    db = open_reader(folder)
    with named_errors(folder):
        filters = filters_from(db, given, speaker=speaker)
        total = totals(db, filters)
        counted = [_counts(db, name, filters, limit) for name in dimensions or OVERVIEW]
        present(
            as_json=as_json,
            record=lambda: stats_record(total, counted),
            plain=lambda: stats_lines(total, counted),
            pretty=lambda screen: show_stats(screen, total, counted),
        )


def _counts(db: Database, name: str, filters: Filters, limit: int | None) -> Counts:
    found = counts(db, DIMENSIONS[name], filters, limit=limit)
    return replace(found, groups=months_between(found.groups)) if name == "month" else found
