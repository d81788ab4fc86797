from __future__ import annotations

import random
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlite_utils import Database

from cpsscrape.archive.database import Archive, connect, open_reader
from cpsscrape.archive.integrity import broken_rows
from cpsscrape.archive.migrations import migrations
from cpsscrape.exceptions import NewerSchemaError

if TYPE_CHECKING:
    from collections.abc import Iterator

STORED = sorted((Path(__file__).parent / "schemas").glob("*.sql"))
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


@pytest.mark.slow
def test_killed_in_the_middle_the_next_start_goes_on(tmp_path: Path) -> None:
    chance = random.Random(9)
    script = (
        "import sys; from pathlib import Path; from cpsscrape.archive.database import Archive; "
        "print('ready', flush=True); Archive(Path(sys.argv[1])).close()"
    )
    killed = 0
    for number in range(15):
        folder = tmp_path / str(number)
        folder.mkdir()
        old_database(folder, "m003_search")
        with subprocess.Popen([sys.executable, "-c", script, str(folder)], stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(chance.uniform(0, 0.12))
            process.send_signal(signal.SIGKILL)
        killed += process.returncode == -signal.SIGKILL
        with opened(folder) as archive:
            assert not migrations.pending(archive.db)
            query = "select count(*) from articles_fts where articles_fts match 'ferry'"
            assert archive.db.execute(query).fetchone() == (400,)
            assert archive.db.execute("pragma integrity_check").fetchone() == ("ok",)
        (backup,) = folder.glob("cps.db.before-*")
        with sqlite3.connect(backup) as db:
            assert db.execute("select count(*) from articles").fetchone() == (400,)
    assert killed >= 8
