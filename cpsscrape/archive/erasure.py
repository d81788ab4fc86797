"""Takes withdrawn articles out of the database so that not even its raw bytes hold them."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

from cpsscrape.archive.database import BUSY_TIMEOUT, DATABASE
from cpsscrape.archive.rebuild import discard_rebuild
from cpsscrape.archive.withdrawals import sync_withdrawals
from cpsscrape.normalise.urls import node_id_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlite_utils import Database

    from cpsscrape.archive.database import Archive

_PENDING = "erasure"  # in the table `archive` until the erased rows are off the disk
_WAIT = 3  # seconds for readers to let the write-ahead log go

_WITHDRAWN_ARTICLES = (
    "select id from articles where node_id in (select node_id from withdrawals) "
    "or url in (select url from withdrawals) "
    "or id in (select article_id from article_urls where url in (select url from withdrawals))"
)


def finish_withdrawals(archive: Archive) -> list[str]:
    """Do at a start what ``withdrawals.csv`` asks for and is not done yet; nothing, as a rule.

    Returns what is in the way of it: programs that hold the database's old content open.
    """
    listed = sync_withdrawals(archive.db, archive.folder)
    if not listed and not is_pending(archive.db):
        return []
    with archive.db.atomic():
        erased = erase_rows(archive.db, [row.url for row in listed])
        if erased:
            mark_pending(archive.db)
    if is_pending(archive.db):
        return scrub(archive)
    return []


def erase_rows(db: Database, urls: Sequence[str]) -> int:
    """Delete every row derived from withdrawn articles, inside the caller's transaction."""
    # Freed pages are overwritten, so that a kill before the vacuum leaves less behind.
    db.conn.execute("pragma secure_delete = on")
    before = db.conn.total_changes
    db.conn.execute(f"delete from articles where id in ({_WITHDRAWN_ARTICLES})")
    if db.conn.total_changes > before:
        db.conn.execute("delete from speakers where id not in (select speaker_id from quote_speakers)")
    db.conn.execute("delete from teasers where url in (select url from withdrawals)")
    # The structure stays known: else the next crawl would take the template of a hundred other pages for a new one.
    db.conn.execute(
        "update layouts set url = coalesce((select value from archive where name = 'site'), 'withdrawn') "
        "where url in (select url from withdrawals)"
    )
    for (url,) in db.conn.execute("select distinct url from teasers where url glob '*/node/*'").fetchall():
        if node_id_of(url) in _nodes(db):
            db.conn.execute("delete from teasers where url = ?", [url])
    erased = db.conn.total_changes - before
    db.conn.executemany(
        "update frontier set state = 'refused', reason = 'withdrawn', due_at = null "
        "where url = ? and reason is not 'withdrawn'",
        [(url,) for url in urls],
    )
    return erased


def _nodes(db: Database) -> frozenset[int]:
    rows = db.conn.execute("select distinct node_id from withdrawals where node_id is not null")
    return frozenset(row[0] for row in rows)


def mark_pending(db: Database) -> None:
    """Note, in the transaction of the deletion, that the raw bytes are still to be cleaned."""
    db.conn.execute("insert or replace into archive (name, value) values (?, 'pending')", [_PENDING])


def is_pending(db: Database) -> bool:
    """Whether deleted rows may still be found in the raw bytes of the database."""
    return db.conn.execute("select 1 from archive where name = ?", [_PENDING]).fetchone() is not None


def scrub(archive: Archive) -> list[str]:
    """Clean search indexes, free pages, write-ahead log and old copies of what was deleted.

    Returns the names of the programs that are in the way; an empty list means done.
    """
    db = archive.db
    remove_backups(archive.folder)
    with db.atomic():
        for table in ("articles_fts", "quotes_fts"):
            # Deleted words stay in the index, crossed out, until its parts are merged into one.
            db.conn.execute(f"insert into {table} ({table}) values ('optimize')")
    db.conn.execute(f"pragma busy_timeout = {_WAIT * 1000}")
    try:
        db.conn.execute("vacuum")
        (busy, _, _) = db.conn.execute("pragma wal_checkpoint(truncate)").fetchone()
    except sqlite3.OperationalError as error:
        if "locked" not in str(error) and "busy" not in str(error):
            raise
        busy = 1
    finally:
        db.conn.execute(f"pragma busy_timeout = {BUSY_TIMEOUT * 1000}")
    if busy:
        return readers_of(archive.folder) or ["another program"]
    with db.atomic():
        db.conn.execute("delete from archive where name = ?", [_PENDING])
    return []


def remove_backups(folder: Path) -> list[str]:
    """Delete the copies that migrations, replays and checks made of the database; return their names."""
    discard_rebuild(folder)
    copies = sorted([*folder.glob(f"{DATABASE}.before*"), *folder.glob(".verify-*")])
    for path in copies:
        path.unlink()
    return [path.name for path in copies]


def readers_of(folder: Path) -> list[str]:
    """Return the other programs that have the database open, as far as the system tells."""
    files = {str((folder / f"{DATABASE}{ending}").resolve()) for ending in ("", "-wal", "-shm")}
    return sorted(
        f"{_program(process)} (process {process.name})"
        for process in _processes()
        if process.name != str(os.getpid()) and files & set(_open_files(process))
    )


def _processes() -> Iterable[Path]:
    return [path for path in Path("/proc").glob("[0-9]*") if path.name.isdigit()]


def _open_files(process: Path) -> Iterable[str]:
    try:
        return [os.readlink(entry) for entry in (process / "fd").iterdir()]  # noqa: PTH115 # the text of the link
    except OSError:
        return []


def _program(process: Path) -> str:
    try:
        words = (process / "cmdline").read_bytes().split(b"\0")
    except OSError:
        return "a program"
    return b" ".join(word for word in words[:3] if word).decode("utf-8", "replace")[:80] or "a program"
