"""A fresh database beside the old one, put in its place whole: what a full replay writes to.

Readers keep the old one until the last moment, and a kill leaves the old one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cpsscrape.archive.database import DATABASE, connect
from cpsscrape.archive.migrations import migrations

if TYPE_CHECKING:
    from pathlib import Path

    from sqlite_utils import Database

    from cpsscrape.archive.database import Archive

# What a replay cannot derive from captures: it happened, and is taken over.
KEPT = ("archive", "runs", "listings", "withdrawals", "corrections")
# Taken over last: until then storing an article finds no address to settle.
KEPT_LAST = ("frontier",)


def scratch_path(folder: Path) -> Path:
    """Return where the fresh database is built."""
    return folder / f"{DATABASE}.rebuild"


def begin_rebuild(archive: Archive) -> Database:
    """Return an empty database that knows what was not derived; one left by a kill is removed."""
    path = scratch_path(archive.folder)
    discard_rebuild(archive.folder)
    fresh = connect(path)
    # Its content is nothing until it is put in place: no commit of it needs to reach the disk.
    fresh.execute("pragma synchronous = off")
    fresh.execute("pragma foreign_keys = off")
    migrations.apply(fresh)
    _take_over(archive, fresh, KEPT)
    fresh.execute("pragma foreign_keys = on")
    return fresh


def finish_rebuild(archive: Archive, fresh: Database) -> None:
    """Replace the archive's content by the fresh one in a single transaction."""
    _take_over(archive, fresh, KEPT_LAST)
    fresh.execute("pragma wal_checkpoint(truncate)")
    fresh.conn.backup(archive.db.conn)
    fresh.close()
    discard_rebuild(archive.folder)


def _take_over(archive: Archive, fresh: Database, tables: tuple[str, ...]) -> None:
    fresh.execute("attach database ? as old", [str(archive.folder / DATABASE)])
    with fresh.atomic():
        for table in tables:
            columns = ", ".join(column.name for column in fresh.table(table).columns)
            fresh.execute(f"insert into {table} ({columns}) select {columns} from old.{table}")
    fresh.execute("detach database old")


def discard_rebuild(folder: Path) -> None:
    """Remove a fresh database that was not finished."""
    for suffix in ("", "-wal", "-shm", "-journal"):
        path = scratch_path(folder)
        path.with_name(path.name + suffix).unlink(missing_ok=True)
