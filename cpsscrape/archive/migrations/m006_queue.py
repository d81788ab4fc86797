"""An index of what waits to be fetched, in its order: it is asked for before every request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cpsscrape.archive.migrations.steps import migrations, run_script

if TYPE_CHECKING:
    from sqlite_utils import Database

_QUEUE = """
create index frontier_queue on frontier(discovered_at, url)
  where kind = 'article' and state = 'pending' and reason is null;
"""


@migrations()
def m006_queue(db: Database) -> None:
    """The next address to fetch without a look at all that were fetched."""
    run_script(db, _QUEUE)
