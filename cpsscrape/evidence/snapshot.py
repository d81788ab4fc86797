"""A copy of the database as it is at one instant, for checks that take long or need to write."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sqlite_utils import Database

from cpsscrape.archive.database import open_reader

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def snapshot(folder: Path) -> Iterator[Database]:
    """Give a writable copy of the archive's database; writers and readers go on meanwhile.

    The copy has no name on the disk once it is made, so that not even a kill leaves a second
    copy of what may be withdrawn later. It takes as much room as the database while it lives.
    """
    live = open_reader(folder)
    try:
        path = _new_file(folder)
        copy = sqlite3.connect(path)
        try:
            live.conn.backup(copy)
            # Without a name there can be no journal or log beside the file.
            copy.execute("pragma journal_mode = memory")
        finally:
            path.unlink()
        try:
            yield Database(copy)
        finally:
            copy.close()
    finally:
        live.close()


def _new_file(folder: Path) -> Path:
    for place in (folder, None):
        try:
            descriptor, name = tempfile.mkstemp(prefix=".verify-", suffix=".db", dir=place)
        except OSError:  # an archive on a read-only disk is checked from the system's temporary folder
            continue
        os.close(descriptor)
        return Path(name)
    raise OSError("there is no folder for a temporary file")
