from __future__ import annotations

import itertools
import os
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from sqlite_utils import Database

from cpsscrape.archive.database import Archive, connect, open_reader
from cpsscrape.archive.integrity import broken_rows
from cpsscrape.archive.migrations import migrations
from cpsscrape.exceptions import NewerSchemaError

if TYPE_CHECKING:
    from collections.abc import Iterator

STORED = sorted((Path(__file__).parent / "schemas").glob("*.sql"))
FILES = {"sqlite3.connect", "os.rename", "os.remove"}  # audit events of a start that touches files
SCHEMA = "select type, name, sql from sqlite_master where name not like 'sqlite_%' order by 1, 2"


@contextmanager
def opened(folder: Path) -> Iterator[Archive]:
    archive = Archive(folder)
    try:
        yield archive
    finally:
        archive.close()


def restored(path: Path, folder: Path) -> Path:
    """Load a dump in two parts: triggers on a search index need its table to be known by then."""
    tables, mark, rest = path.read_text("utf-8").partition("\nCREATE INDEX ")
    rest, _, _ = rest.partition("PRAGMA writable_schema=OFF;")
    for script in (f"{tables}\nPRAGMA writable_schema=OFF;\nCOMMIT;", mark + rest):
        db = sqlite3.connect(folder / "cps.db")
        db.executescript(script)
        db.close()
    return folder


def test_there_is_a_stored_database() -> None:
    assert STORED


@pytest.mark.parametrize("path", STORED, ids=lambda path: path.stem)
def test_a_stored_database_becomes_one_of_today(path: Path, tmp_path: Path) -> None:
    folder = restored(path, tmp_path)
    with sqlite3.connect(folder / "cps.db") as db:
        before = db.execute("select id, url, headline, body from articles order by id").fetchall()
        quotes = db.execute("select key, text from quotes order by key").fetchall()
        pending = migrations.pending(Database(db))
    assert len(before) >= 3
    assert quotes
    with opened(folder) as archive:
        db = archive.db.conn
        assert db.execute("select id, url, headline, body from articles order by id").fetchall() == before
        assert db.execute("select key, text from quotes order by key").fetchall() == quotes
        assert [str(finding) for finding in broken_rows(archive.db)] == []
        fresh = Database(memory=True)
        migrations.apply(fresh)
        assert db.execute(SCHEMA).fetchall() == fresh.conn.execute(SCHEMA).fetchall()
        word = before[0][2].split()[-1]
        found = "select rowid from articles_fts where articles_fts match ?"
        assert (before[0][0],) in db.execute(found, [f'"{word}"']).fetchall()
        with archive.db.atomic():
            db.execute("update articles set headline = 'Zanzibarian matters' where id = ?", [before[0][0]])
        assert db.execute(found, ["zanzibarian"]).fetchall() == [(before[0][0],)]
    assert bool(list(folder.glob("cps.db.before-*"))) == bool(pending)


def old_database(folder: Path, step: str) -> None:
    """A database as it was before ``step``, with an article in it."""
    db = connect(folder / "cps.db")
    migrations.apply(db, stop_before=step)
    with db.atomic():
        db.conn.execute(
            "insert into captures (id, url, fetched_at, status, payload_digest, source) "
            "values (1, 'https://a.example/x', '2026-01-01T00:00:00Z', 200, 'sha256:X', 'live')"
        )
        db.conn.executemany(
            "insert into articles (url, headline, language, body, word_count, layout, reading_digest, first_seen_at, "
            "last_seen_at, capture_id, version) values (?, 'Ferry case', 'en', ?, 1, 'C', '', '', '', 1, 1)",
            [(f"https://a.example/{number}", "words of a story " * 200) for number in range(400)],
        )
    db.close()


def test_a_backup_is_made_before_and_holds_what_was(tmp_path: Path) -> None:
    old_database(tmp_path, "m003_search")
    with opened(tmp_path) as archive:
        query = "select count(*) from articles_fts where articles_fts match 'ferry'"
        assert archive.db.execute(query).fetchone() == (400,)
    (backup,) = tmp_path.glob("cps.db.before-*")
    assert backup.name == "cps.db.before-m002_documents"
    with sqlite3.connect(backup) as db:
        assert db.execute("select count(*) from articles").fetchone() == (400,)
        assert db.execute("select count(*) from sqlite_master where name = 'articles_fts'").fetchone() == (0,)
        assert db.execute("pragma integrity_check").fetchone() == ("ok",)


def test_lists_and_facets_read_no_article(tmp_path: Path) -> None:
    with opened(tmp_path) as archive:
        for asked in ("language", "content_type", "published_on", "gone_at", "word_count"):
            sql = f"explain query plan select {asked}, count(*) from articles where published_on > 0 group by 1"
            assert "USING COVERING INDEX articles_listed" in str(archive.db.execute(sql).fetchall())


def test_a_new_database_makes_no_backup(tmp_path: Path) -> None:
    with opened(tmp_path):
        pass
    assert list(tmp_path.glob("cps.db.before*")) == []


def test_a_newer_database_is_refused_and_not_touched(tmp_path: Path) -> None:
    with opened(tmp_path) as archive, archive.db.atomic():
        archive.db.execute(
            "insert into _sqlite_migrations (migration_set, name, applied_at) values ('cpsscrape', 'm999_future', '')"
        )
    before = (tmp_path / "cps.db").read_bytes()
    for open_it in (Archive, open_reader):
        with pytest.raises(NewerSchemaError, match=r"m999_future.*upgrade this program"):
            open_it(tmp_path)
    assert (tmp_path / "cps.db").read_bytes() == before
    command = [sys.executable, "-c", "from cpsscrape.cli import main; main()", "--data", str(tmp_path), "verify"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "upgrade this program" in done.stdout + done.stderr


# A user whose upgrade was killed wants to be able to go back: the oldest backup is the database as it was, every
# backup opens whole, and nothing under a backup's name is ever half-written. How many there are does not matter:
# a start that was killed between two steps leaves a database between two steps, and that is backed up too.


def killed_at(instant: int, folder: Path) -> bool:
    """Migrate in a child that kills itself at its n-th change of anything; False: it got to its end."""
    if (child := os.fork()) == 0:
        seen = itertools.count(1)

        def step(said: str) -> None:
            # Between two statements that only read, a kill leaves what it left before them.
            if not said.lower().startswith(("select", "pragma", "--")) and next(seen) == instant:
                os.kill(os.getpid(), signal.SIGKILL)

        def watched(*given: Any, **named: Any) -> sqlite3.Connection:
            connection = connect_plainly(*given, **named)
            connection.set_trace_callback(step)
            return connection

        connect_plainly, sqlite3.connect = sqlite3.connect, watched
        sys.addaudithook(lambda event, _: step(event) if event in FILES else None)
        with suppress(BaseException):
            Archive(folder).close()
        os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def torn_at(size: int, folder: Path) -> bool:
    """Migrate in a child that the kernel ends within the write that makes a file larger than ``size``."""
    if (child := os.fork()) == 0:
        signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
        with suppress(BaseException):
            Archive(folder).close()
        os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def contents(path: Path) -> tuple[list[Any], list[Any], list[Any]]:
    """Schema, steps and stories of a database that must open whole, without its log."""
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)) as db:
        assert db.execute("pragma integrity_check").fetchall() == [("ok",)], path
        steps = db.execute("select name from _sqlite_migrations order by id").fetchall()
        return db.execute(SCHEMA).fetchall(), steps, db.execute("select * from articles order by id").fetchall()


def goes_on_after(folder: Path, before: tuple[list[Any], ...]) -> int:
    """Check what a kill left, start again, check what that gives; returns how many backups there are."""
    for backup in folder.glob("cps.db.before-*"):
        contents(backup)
    with opened(folder) as archive:
        assert not migrations.pending(archive.db)
        found = "select count(*) from articles_fts where articles_fts match 'ferry'"
        assert archive.db.execute(found).fetchone() == (len(before[2]),)
    assert contents(folder / "cps.db")[2] == before[2]
    backups = sorted(folder.glob("cps.db.before-*"), key=lambda path: path.stat().st_mtime_ns)
    kept = [contents(path) for path in backups]
    assert kept[0] == before, "the oldest backup is the untouched database"
    assert all(articles == before[2] for _, _, articles in kept)
    assert {path.name for path in folder.glob("cps.db*")} == {"cps.db", *(path.name for path in backups)}
    return len(backups)


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A folder with a database that has two steps and more to go."""
    folder = tmp_path / "old"
    folder.mkdir()
    old_database(folder, "m003_search")
    return folder


def test_killed_at_any_instant_the_next_start_goes_on(old: Path, tmp_path: Path) -> None:
    before = contents(old / "cps.db")
    most = 0
    for instant in itertools.count(1):
        folder = Path(shutil.copytree(old, tmp_path / str(instant)))
        killed = killed_at(instant, folder)
        most = max(most, goes_on_after(folder, before))
        shutil.rmtree(folder)
        if not killed:
            break
    assert instant > 20, "the child was not watched"
    assert most >= 1


def test_killed_within_a_write_the_next_start_goes_on(old: Path, tmp_path: Path) -> None:
    before = contents(old / "cps.db")
    whole = (old / "cps.db").stat().st_size
    torn = 0
    for number in range(12):
        folder = Path(shutil.copytree(old, tmp_path / str(number)))
        torn += torn_at(whole * number // 8 + 100, folder)
        goes_on_after(folder, before)
        shutil.rmtree(folder)
    assert torn >= 8
