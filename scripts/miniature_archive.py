"""Makes the archive that the documentation's answers are of: the miniature site, crawled in two states.

Run: ``python scripts/miniature_archive.py FOLDER``. Three real crawls: the first state, the second
forty days later, and once more three days after that, so that what is gone is known to be gone.
"""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from cpsscrape.demo.server import running
from cpsscrape.demo.site import Site

if TYPE_CHECKING:
    from collections.abc import Iterator

LAST_CRAWL = datetime(2026, 11, 23, 6, tzinfo=UTC)
DAY = 24 * 60 * 60


def main() -> int:
    """Make the archive in the folder named on the command line."""
    if len(sys.argv) != 2:
        print("usage: python scripts/miniature_archive.py FOLDER")
        return 2
    make_archive(Path(sys.argv[1]))
    return 0


def make_archive(folder: Path) -> Path:
    """Fill ``folder`` and return it. All its times are as if the last crawl began at LAST_CRAWL."""
    folder.mkdir(parents=True, exist_ok=True)
    with running(Site(1)) as server:
        _crawl(server.url, folder)
        _move_times(folder, -40 * DAY)
        server.site = Site(2)
        _crawl(server.url, folder)
        _move_times(folder, -3 * DAY)
        _crawl(server.url, folder)
    with closing(sqlite3.connect(folder / "cps.db")) as db:
        (began,) = db.execute("select started_at from runs order by id desc limit 1").fetchone()
    _move_times(folder, round((LAST_CRAWL - datetime.fromisoformat(began)).total_seconds()))
    return folder


def _crawl(url: str, folder: Path) -> None:
    scrapy = [sys.executable, "-m", "scrapy", "crawl", "news", "-a", f"site={url}", "-a", "full=1"]
    environment = os.environ | {"SCRAPY_SETTINGS_MODULE": "cpsscrape.settings", "CPS_DATA_DIR": str(folder)}
    done = subprocess.run(scrapy, env=environment, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"the crawl of {url} ended with {done.returncode}:\n{done.stderr}")


def _move_times(folder: Path, seconds: int) -> None:
    """Move every time in the database, as if all that is stored had happened then."""
    with closing(sqlite3.connect(folder / "cps.db")) as db:
        for table, column in _time_columns(db):
            moved = f"strftime('%Y-%m-%dT%H:%M:%SZ', {column}, '{seconds:+} seconds')"
            db.execute(f"update {table} set {column} = {moved} where {column} is not null")
        db.commit()


def _time_columns(db: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    tables = db.execute("select name from sqlite_master where type = 'table' and sql like '%strict%'").fetchall()
    for (table,) in tables:
        for row in db.execute(f"pragma table_info({table})").fetchall():
            if row[1].endswith("_at"):
                yield table, row[1]


if __name__ == "__main__":
    sys.exit(main())
