"""Puts the archive, Datasette and this package's pages together."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cpsscrape.archive.columns import described_tables
from cpsscrape.archive.database import DATABASE

if TYPE_CHECKING:
    from datasette.app import Datasette

HERE = Path(__file__).parent
SETTINGS = {
    "allow_facet": False,  # a facet on any column would make an index of people; search has its own
    "suggest_facets": False,  # likewise
    "allow_download": False,  # the folder is the operator's to copy
    "max_returned_rows": 5000,
    "num_sql_threads": 4,
    "sql_time_limit_ms": 5000,  # free SQL over 100,000 articles takes its time
    "default_cache_ttl": 0,  # a crawl may be writing
}


def application(folder: Path) -> Datasette:
    """Return Datasette over the archive in ``folder``, read-only, while it may be written.

    Only the plugins named here are loaded: another one in the environment could fetch from
    another host, or write.
    """
    os.environ["DATASETTE_LOAD_PLUGINS"] = "datasette-dashboards"
    from datasette.app import Datasette  # noqa: PLC0415 # reads the variable above when it is imported
    from datasette.plugins import pm  # noqa: PLC0415 # likewise

    from cpsscrape.web import plugin  # noqa: PLC0415 # likewise
    from cpsscrape.web.asking import NAME, ServedArchive  # noqa: PLC0415 # likewise

    datasette = Datasette(
        [],
        metadata=_metadata(),
        settings=SETTINGS,
        template_dir=str(HERE / "templates"),
        static_mounts=[("assets", str(HERE / "static"))],
    )
    datasette.remove_database("_memory")
    datasette.add_database(ServedArchive(datasette, path=str((folder / DATABASE).resolve()), is_mutable=True), name=NAME)
    if not pm.is_registered(plugin):
        pm.register(plugin, name="cpsscrape")
    return datasette


def _metadata() -> dict[str, Any]:
    from cpsscrape.web.asking import NAME  # noqa: PLC0415 # imports Datasette
    from cpsscrape.web.dashboard import dashboards  # noqa: PLC0415 # likewise

    tables = {
        name: {
            "description": described.description,
            "columns": {column.name: column.description for column in described.columns},
        }
        for name, described in described_tables().items()
    }
    tables.setdefault("articles", {})["sort_desc"] = "published_on"
    tables.setdefault("article_list", {})["sort_desc"] = "published_on"
    return {
        "title": "CPS news archive",
        "databases": {NAME: {"title": "The data", "tables": tables}},
        "plugins": {"datasette-dashboards": dashboards()},
    }
