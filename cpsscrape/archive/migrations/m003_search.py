"""Full-text search."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cpsscrape.archive.migrations.steps import migrations

if TYPE_CHECKING:
    from sqlite_utils import Database


def enable_search(db: Database) -> None:
    """(Re)build the full-text indexes of articles and quotes, kept current by triggers."""
    db.table("articles").enable_fts(
        ["headline", "teaser", "body"],
        create_triggers=True,
        tokenize="unicode61 remove_diacritics 2",
        replace=True,
    )
    db.table("quotes").enable_fts(
        ["text"], create_triggers=True, tokenize="unicode61 remove_diacritics 2", replace=True
    )


@migrations()
def m003_search(db: Database) -> None:
    """Full-text search over articles and quotes."""
    enable_search(db)
