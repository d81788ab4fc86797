"""Opens the archive's database: for one writer, or for any number of readers."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from sqlite_utils import Database

from cpsscrape.archive.lock import WriterLock
from cpsscrape.archive.migrations import migrations
from cpsscrape.exceptions import (
    ArchiveError,
    ArchiveLockedError,
    DamagedArchiveError,
    NewerSchemaError,
    NoArchiveError,
    OtherSiteError,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DATABASE = "cps.db"
BUSY_TIMEOUT = 20  # seconds a statement waits for a reader's checkpoint or another connection


class Archive:
    """The database of one data folder, opened for writing and locked until :meth:`close`.

    Every change is made inside ``with archive.db.atomic():``; a statement outside of it would
    open a transaction that nobody ends.
    """

    def __init__(self, folder: Path, *, site: str | None = None) -> None:
        self.folder = folder
        self.lock = WriterLock(folder)
        try:
            with named_errors(folder):
                self.db = connect(folder / DATABASE)
                _migrate(self.db, folder)
                if site is not None:
                    claim_site(self.db, site, folder)
        except BaseException:
            self.lock.release()
            raise

    @property
    def warc_folder(self) -> Path:
        """Where the evidence lies."""
        return self.folder / "warc"

    def close(self) -> None:
        """Fold the write-ahead log into the database, close it and release the lock."""
        try:
            # Optimising is a favour: a full disk or another's lock must not hide why the crawl stops.
            with suppress(sqlite3.Error):
                self.db.execute("pragma optimize")
            self.db.close()
        finally:
            self.lock.release()


def open_reader(folder: Path) -> Database:
    """Open the archive read-only; it may be written at the same time.

    Raises NoArchiveError where there is none.
    """
    path = folder / DATABASE
    if not path.exists():
        message = (
            f"there is no archive in {folder} yet. Make one with `scrapy crawl news`, "
            "or look at an invented one with `cpsscrape demo`; --data DIR names another folder."
        )
        raise NoArchiveError(message)
    with named_errors(folder):
        connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=BUSY_TIMEOUT)
        db = Database(connection)
        _refuse_newer(db, folder)
        return db


def site_of(db: Database) -> str | None:
    """Return the site the archive belongs to; None before the first crawl."""
    for (value,) in db.execute("select value from archive where name = 'site'"):
        return str(value)
    return None


@contextmanager
def named_errors(folder: Path) -> Iterator[None]:
    """Turn what SQLite and the file system say into an ArchiveError with a next step."""
    path = folder / DATABASE
    try:
        yield
    except sqlite3.OperationalError as error:
        text = str(error)
        if "locked" in text or "busy" in text:
            raise ArchiveLockedError(f"{path} is locked by another program: close it and start again.") from error
        if "disk I/O" in text:
            message = f"{path} cannot be written ({text}): make room or mend the disk and start again; nothing is lost."
            raise ArchiveError(message) from error
        if "disk is full" in text:
            raise ArchiveError(f"the disk of {folder} is full: make room and start again; nothing is lost.") from error
        if "readonly" in text or "unable to open" in text:
            message = f"{path} cannot be written ({text}): check the folder's permissions, or set CPS_DATA_DIR."
            raise ArchiveError(message) from error
        raise ArchiveError(f"{path}: {text}") from error
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.IntegrityError | sqlite3.ProgrammingError):
            raise
        message = (
            f"{path} is damaged ({error}). Move it aside and run `scrapy crawl replay`: "
            "the WARC files hold everything that was captured."
        )
        raise DamagedArchiveError(message) from error


def connect(path: Path) -> Database:
    """Open a database with the archive's settings, unlocked and unmigrated."""
    connection = sqlite3.connect(path, timeout=BUSY_TIMEOUT)
    db = Database(connection)
    db.execute("pragma journal_mode = wal")
    # A commit is on the disk before the frontier says `done`; still about 1,000 a second.
    db.execute("pragma synchronous = full")
    # A page of an index changes with every story: four times the default log folds it into the file less often.
    db.execute("pragma wal_autocheckpoint = 4000")
    db.execute("pragma foreign_keys = on")
    return db


def _migrate(db: Database, folder: Path) -> None:
    _refuse_newer(db, folder)
    pending = [step.name for step in migrations.pending(db)]
    applied = migrations.applied(db)
    if not pending:
        return
    if applied:
        _back_up(db, folder, applied[-1].name)
    # foreign_keys cannot change inside a transaction, and transform() needs them off.
    db.execute("pragma foreign_keys = off")
    migrations.apply(db)
    broken = db.execute("pragma foreign_key_check").fetchall()
    db.execute("pragma foreign_keys = on")
    if broken:
        message = f"the migration of {folder / DATABASE} left {len(broken)} dangling references: restore the backup."
        raise ArchiveError(message)


def _refuse_newer(db: Database, folder: Path) -> None:
    known = {step.name for step in migrations._migrations}  # noqa: SLF001 # no public list upstream
    unknown = [step.name for step in migrations.applied(db) if step.name not in known]
    if unknown:
        message = (
            f"{folder / DATABASE} was written by a newer cpsscrape (it has {unknown[-1]}): "
            "upgrade this program; nothing was touched."
        )
        raise NewerSchemaError(message)


def _back_up(db: Database, folder: Path, step: str) -> None:
    path = folder / f"{DATABASE}.before-{step}"
    if not path.exists():
        # Under its own name only when it is whole: a kill must not leave half a backup.
        unfinished = folder / f"{DATABASE}.before.new"
        unfinished.unlink(missing_ok=True)
        with sqlite3.connect(unfinished) as copy:
            db.conn.backup(copy)
        copy.close()
        unfinished.replace(path)


def claim_site(db: Database, site: str, folder: Path) -> None:
    """Make the archive that site's; OtherSiteError when it is another's already."""
    owner = site_of(db)
    if owner is None:
        with db.atomic():
            db.execute("insert into archive (name, value) values ('site', ?)", [site])
    elif owner != site:
        message = f"the archive in {folder} belongs to {owner}, not to {site}: use another CPS_DATA_DIR for it."
        raise OtherSiteError(message)
