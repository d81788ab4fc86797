from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from desk.driving import script

from cpsscrape.archive.columns import ColumnType, described_tables
from cpsscrape.archive.database import Archive
from cpsscrape.archive.worked_queries import worked_queries
from cpsscrape.exporters import formulas
from cpsscrape.exporters.formulas import RULE

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pytest
    from sqlite_utils import Database

DOCS = Path(__file__).parents[2] / "docs"
KINDS = {
    "INTEGER": {"integer", "boolean"},
    "REAL": {"number"},
    "TEXT": {"string", "date", "datetime", "array", "object"},
}


def columns(db: Database) -> Iterator[tuple[str, str, str]]:
    for (table,) in db.execute(
        "select name from sqlite_master where type in ('table', 'view') "
        "and name not like '%\\_fts%' escape '\\' and name not like '%sqlite%'"
    ).fetchall():
        for row in db.execute(f"pragma table_info({table})").fetchall():
            yield table, row[1], row[2]


def test_every_column_of_a_fresh_archive_is_described(tmp_path: Path) -> None:
    fresh = Archive(tmp_path)
    actual = list(columns(fresh.db))
    fresh.close()
    described = [(c.table, c.name) for table in described_tables().values() for c in table.columns]
    assert sorted(described) == sorted((table, name) for table, name, _ in actual)
    types = {(c.table, c.name): c.type for table in described_tables().values() for c in table.columns}
    for table, name, declared in actual:
        assert types[table, name] in get_args(ColumnType)
        assert not declared or types[table, name] in KINDS[declared], (table, name)
    assert all(c.description.endswith(".") for table in described_tables().values() for c in table.columns)


def test_columns_stand_in_the_order_of_the_database(tmp_path: Path) -> None:
    fresh = Archive(tmp_path)
    actual: dict[str, list[str]] = {}
    for table, name, _ in columns(fresh.db):
        actual.setdefault(table, []).append(name)
    fresh.close()
    assert actual == {name: [c.name for c in table.columns] for name, table in described_tables().items()}


def test_the_schema_page_is_that_of_a_fresh_archive(tmp_path: Path) -> None:
    fresh = Archive(tmp_path)
    page = script("schema_docs").schema_page(fresh.db)
    fresh.close()
    assert (DOCS / "schema.md").read_text(encoding="utf-8") == page, "run python scripts/schema_docs.py"


def test_there_are_fifteen_worked_queries() -> None:
    assert len(worked_queries()) == 15
    assert len({query.name for query in worked_queries()}) == 15


def test_every_worked_query_has_an_answer(archive: Path, subtests: pytest.Subtests) -> None:
    with closing(sqlite3.connect(archive / "cps.db")) as db:
        for query in worked_queries():
            with subtests.test(query.name):
                assert db.execute(query.sql).fetchall()


def test_the_page_shows_the_answers_of_the_miniature_site(archive: Path) -> None:
    page = script("query_docs").queries_page(archive)
    assert (DOCS / "queries.md").read_text(encoding="utf-8") == page, "run python scripts/query_docs.py, and read it"


def test_the_page_on_exports_gives_the_rule_that_is_used() -> None:
    text = (DOCS / "export.md").read_text(encoding="utf-8")
    assert f're.sub(r"{RULE}", "", cell)' in text
    assert text.count(RULE) == 2
    assert f're.sub(r"{RULE}", "", cell)' in (formulas.__doc__ or "")
