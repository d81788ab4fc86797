"""Puts the archive, Datasette and this package's pages together."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import datasette_dashboards
from datasette.app import Datasette
from datasette.plugins import pm

from cpsscrape.archive.columns import described_tables
from cpsscrape.archive.database import DATABASE
from cpsscrape.web import plugin
from cpsscrape.web.asking import NAME, ServedArchive
from cpsscrape.web.dashboard import dashboards

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

    Datasette's own plugins, datasette-dashboards and this package's stay; any other that happens to
    be installed could fetch from another host, or write.
    """
    # Or every 404 prints a page of variables on the operator's terminal.
    pm.get_plugin("datasette.handle_exception").rich = None
    for name, installed in pm.list_name_plugin():
        if not (name.startswith("datasette.") or installed in {datasette_dashboards, plugin}):
            pm.unregister(name=name)
    if not pm.is_registered(plugin):
        pm.register(plugin, name="cpsscrape")
    datasette = Datasette(
        [],
        metadata=_metadata(),
        settings=SETTINGS,
        template_dir=str(HERE / "templates"),
        static_mounts=[("assets", str(HERE / "static"))],
    )
    datasette.remove_database("_memory")
    datasette.add_database(
        ServedArchive(datasette, path=str((folder / DATABASE).resolve()), is_mutable=True), name=NAME
    )
    return datasette


def _metadata() -> dict[str, Any]:
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
