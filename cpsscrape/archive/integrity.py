"""What must hold between the rows of the archive, whatever pages they were read from."""

from __future__ import annotations

import json
import re
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

from sqlite_utils import Database

from cpsscrape.archive.migrations import migrations
from cpsscrape.findings import Finding
from cpsscrape.normalise.text import word_count

if TYPE_CHECKING:
    from collections.abc import Iterator

REBUILD = "run `scrapy crawl replay`: it rebuilds the database from the WARC files"
RESTORE = "restore cps.db from a copy, or move it aside and run `scrapy crawl replay`"

_RULE = re.compile(r"^-- (\w+): (.+)\n((?:(?!--).*\n)+)", re.MULTILINE)


def broken_rows(db: Database) -> Iterator[Finding]:
    """Yield what is wrong with the database by itself.

    ``db`` must be writable (a copy will do): SQLite checks a search index by writing to it.
    """
    for check in (_pages, _schema, _references, _search, _rules, _bodies, _links, _empty):
        try:
            yield from check(db)
        except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
            yield Finding(place="cps.db", what=f"cannot be read ({error})", remedy=RESTORE)


def _pages(db: Database) -> Iterator[Finding]:
    for (message,) in db.conn.execute("pragma integrity_check"):
        if message != "ok":
            yield Finding(place="cps.db", what=str(message).replace("\n", "; "), remedy=RESTORE)


def _schema(db: Database) -> Iterator[Finding]:
    fresh = Database(memory=True)
    migrations.apply(fresh)
    if migrations.pending(db):
        yield Finding(
            place="cps.db",
            what="its schema is older than this program",
            remedy="start any command that writes, such as `scrapy crawl replay`: it migrates after a backup",
        )
        return
    query = "select type || ' ' || name, sql from sqlite_master where name not like 'sqlite_%'"
    there, wanted = dict(db.conn.execute(query)), dict(fresh.conn.execute(query))
    for name in sorted(wanted.keys() | there.keys()):
        if wanted.get(name) != there.get(name):
            state = "is missing" if name not in there else "is not ours" if name not in wanted else "was changed"
            yield Finding(place=f"cps.db, {name}", what=state, remedy=REBUILD)


def _references(db: Database) -> Iterator[Finding]:
    for table, row, parent, _ in db.conn.execute("pragma foreign_key_check").fetchall():
        what = f"refers to a row of {parent} that is not there"
        yield Finding(place=f"{table}, row {row}", what=what, remedy=REBUILD)


def _search(db: Database) -> Iterator[Finding]:
    for table in ("articles_fts", "quotes_fts"):
        try:
            db.conn.execute(f"insert into {table} ({table}, rank) values ('integrity-check', 1)")
        except sqlite3.DatabaseError as error:
            yield Finding(place=table, what=f"the search index differs from its table ({error})", remedy=REBUILD)
        finally:
            db.conn.rollback()


def _rules(db: Database) -> Iterator[Finding]:
    """What ``invariants.sql`` asks for."""
    text = Path(__file__).with_name("invariants.sql").read_text("utf-8")
    for table, what, query in _RULE.findall(text):
        for row in db.conn.execute(query):
            yield _finding(table, row, what)


def _bodies(db: Database) -> Iterator[Finding]:
    """A body is its blocks, and its words are counted."""
    blocks = "select text from blocks where article_id = ? and start is not null order by start"
    for number, body, words in db.conn.execute("select id, body, word_count from articles"):
        texts = [text for (text,) in db.conn.execute(blocks, [number])]
        if "\n\n".join(texts) != body:
            yield _finding("articles", (number,), "its body is not its blocks")
        if word_count(body) != words:
            yield _finding("articles", (number,), "its word_count is not that of its body")


def _links(db: Database) -> Iterator[Finding]:
    """The links are those of the newest version."""
    links = "select url, text from links where article_id = ? order by position"
    versions = (
        "select a.id, v.links, v.topics, v.areas from articles a "
        "join article_versions v on v.article_id = a.id and v.version = a.version"
    )
    for number, stored, *labels in db.conn.execute(versions):
        if _json(stored) != [list(row) for row in db.conn.execute(links, [number])]:
            yield _finding("links", (number,), "differ from the newest version of their article")
        if not all(isinstance(_json(text), list) for text in labels):
            yield _finding("article_versions", (number,), "its topics or areas are no list")


def _json(text: str) -> object:
    try:
        return json.loads(text)
    except ValueError:
        return None


def _empty(db: Database) -> Iterator[Finding]:
    """Absent is NULL, never an empty string; no text holds U+0000."""
    tables = "select name from sqlite_master where type = 'table' and name not glob '*_fts*' and name not glob '_*'"
    for (table,) in db.conn.execute(tables).fetchall():
        for _, name, kind, *_rest in db.conn.execute(f"pragma table_info({table})").fetchall():
            if kind != "TEXT":
                continue
            query = f'select count(*) from {table} where "{name}" = \'\' or instr("{name}", char(0))'
            (count,) = db.conn.execute(query).fetchone()
            if count:
                yield Finding(place=table, what=f"{count} rows hold an empty {name}, or U+0000 in it", remedy=REBUILD)


def _finding(table: str, row: tuple[object, ...], what: str) -> Finding:
    return Finding(place=f"{table} {', '.join(map(str, row))}", what=what, remedy=REBUILD)
