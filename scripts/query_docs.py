"""Writes docs/queries.md: the worked queries with their answers on the miniature site.

Run: ``python scripts/query_docs.py [ARCHIVE]``; without an archive one is made (three crawls, ten seconds).
"""

from __future__ import annotations

import re
import sqlite3
import sys
import tempfile
from contextlib import closing
from pathlib import Path

from miniature_archive import make_archive

from cpsscrape.archive.worked_queries import WorkedQuery, worked_queries

TARGET = Path(__file__).parents[1] / "docs" / "queries.md"
OPENING = """# Worked queries

Fifteen questions to start from. Each can be pasted into `sqlite3 data/cps.db`, or run with
`cpsscrape export --query "…"`; tables and columns are described in [schema.md](schema.md).

The answers are those of the bundled miniature site, all invented: crawled on 11 October, again on 20 November after
its editors had changed some stories and removed others, and on 23 November. The queries stand in
`cpsscrape/archive/worked_queries.sql`; `scripts/query_docs.py` writes this page, and a test runs every query and
compares.
"""


def main() -> int:
    """Write the page."""
    if len(sys.argv) > 1:
        page = queries_page(Path(sys.argv[1]))
    else:
        with tempfile.TemporaryDirectory() as folder:
            page = queries_page(make_archive(Path(folder)))
    TARGET.write_text(page, encoding="utf-8")
    print(f"wrote {TARGET}")
    return 0


def queries_page(archive: Path) -> str:
    """Return the page with the answers of this archive."""
    with closing(sqlite3.connect(archive / "cps.db")) as db:
        contents = [f"{n}. [{q.title}](#{_anchor(q.title)})" for n, q in enumerate(worked_queries(), 1)]
        sections = [_section(query, answer(db, query)) for query in worked_queries()]
    return "\n".join([OPENING, *contents, "", *sections])


def answer(db: sqlite3.Connection, query: WorkedQuery) -> str:
    """Return the answer as a Markdown table; the site's address and port read as the real site's."""
    cursor = db.execute(query.sql)
    names = [column[0] for column in cursor.description]
    lines = [names, ["---"] * len(names), *([_cell(value) for value in row] for row in cursor)]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _section(query: WorkedQuery, table: str) -> str:
    return f"## {query.title}\n\n{query.about}\n\n```sql\n{query.sql}\n```\n\n{table}\n"


def _cell(value: object) -> str:
    text = "" if value is None else re.sub(r"http://127\.0\.0\.1:\d+", "https://www.cps.gov.uk", str(value))
    return re.sub(r"\s+", " ", text).replace("|", "\\|")


def _anchor(title: str) -> str:
    return re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")


if __name__ == "__main__":
    sys.exit(main())
