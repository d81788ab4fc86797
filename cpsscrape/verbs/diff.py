"""``cpsscrape diff``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from cpsscrape.archive.database import named_errors, open_reader, site_of
from cpsscrape.archive.identity import resolve_article
from cpsscrape.archive.queries import article_row
from cpsscrape.archive.version_diff import compare_versions
from cpsscrape.archive.versions import versions_of
from cpsscrape.exceptions import UsageError
from cpsscrape.terminal.differences import diff_lines, diff_record, show_diff
from cpsscrape.terminal.options import as_json_option
from cpsscrape.terminal.output import present

if TYPE_CHECKING:
    from pathlib import Path

    from cpsscrape.archive.versions import Version


@click.command()
@click.argument("article")
@click.argument("versions", nargs=-1, type=int, metavar="[V1 [V2]]")
@as_json_option
@click.pass_obj
def command(folder: Path, /, article: str, versions: tuple[int, ...], *, as_json: bool) -> None:
    """See what changed between two versions of an article: fields, paragraphs, words, quotes.

    ARTICLE is an id, node/12728, or any address of it. Without versions: the last two; with one:
    that version and the newest.
    """
    db = open_reader(folder)
    with named_errors(folder):
        article_id = resolve_article(db, article, site=site_of(db) or "")
        row = article_row(db, article_id)
        known = versions_of(db, article_id)
        if len(known) < 2 and not versions:
            raise UsageError(
                f"article {article_id} has one version only, seen {known[0].seen_at}: there is nothing to compare. "
                "Later crawls add a version when the text was changed."
            )
        old, new = _chosen(known, versions)
        diff = compare_versions(old, new, language=row["language"])
        seen = (old.seen_at, new.seen_at)
        present(
            as_json=as_json,
            record=lambda: diff_record(row, diff, seen),
            plain=lambda: diff_lines(row, diff, seen),
            pretty=lambda screen: show_diff(screen, row, diff, seen),
        )


def _chosen(known: list[Version], wanted: tuple[int, ...]) -> tuple[Version, Version]:
    if len(wanted) > 2:
        raise UsageError("name at most two versions.")
    numbers = {version.version: version for version in known}
    for number in wanted:
        if number not in numbers:
            raise UsageError(f"there is no version {number}: this article has {', '.join(map(str, numbers))}.")
    if not wanted:
        return known[-2], known[-1]
    return numbers[wanted[0]], numbers[wanted[1]] if len(wanted) == 2 else known[-1]
