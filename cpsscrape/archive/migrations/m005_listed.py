"""An index that lists and counts articles without reading them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cpsscrape.archive.migrations.steps import migrations, run_script

if TYPE_CHECKING:
    from sqlite_utils import Database

# A row of articles is its body, some kilobytes; what lists are narrowed by and counted by is sixty bytes.
_LISTED = """
create index articles_listed on articles(published_on, language, content_type, gone_at, word_count);
drop index articles_published_on;
"""


@migrations()
def m005_listed(db: Database) -> None:
    """Lists and facets of a large archive from one index, which takes the place of that of the dates."""
    run_script(db, _LISTED)
