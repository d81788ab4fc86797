"""Crawls that cannot go on: another writer, signals, a full disk, folders and databases in trouble."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from cpsscrape.demo.big import BigSite
from cpsscrape.warc.index import ANSWERS
from cpsscrape.warc.reader import read_record, read_warc
from cpsscrape.warc.segments import read_manifest, segment_files

pytestmark = pytest.mark.slow


def evidence_is_whole(folder: Path) -> None:
    """Every WARC file is closed and checks to its last byte; every row points at its own record."""
    closed = read_manifest(folder / "warc")
    places = set()
    for path in segment_files(folder / "warc"):
        assert closed[path.name].bytes == path.stat().st_size
        places |= {(path.name, record.offset) for record in read_warc(path) if record.type in ANSWERS}
        with path.open("rb") as source:
            for record in ArchiveIterator(source, check_digests="raise"):
                record.content_stream().read()
    with closing(sqlite3.connect(f"file:{folder / 'cps.db'}?mode=ro", uri=True)) as db:
        rows = db.execute("select warc_file, warc_offset, warc_length, url from captures").fetchall()
        assert db.execute("pragma integrity_check").fetchone() == ("ok",)
        assert db.execute("pragma foreign_key_check").fetchall() == []
    assert {row[:2] for row in rows} == places
    for name, offset, length, url in rows:
        assert read_record(folder / "warc" / name, offset, length).url == url


def finished(ask, folder: Path, count: int) -> None:
    """All articles are there, once, in one version each; nothing waits."""
    assert ask(folder, "select count(*), count(distinct url) from articles") == [(count, count)]
    assert ask(folder, "select count(*) from article_versions") == [(count,)]
    assert ask(folder, "select count(*) from frontier where state <> 'done'") == [(0,)]
    evidence_is_whole(folder)


def one_clear_line(done, *words: str) -> None:
    """Exit 1, the words in a line of their own, and no traceback."""
    assert done.status == 1, done.err
    assert "Traceback" not in done.err
    assert any(all(word in line for word in words) for line in done.err.splitlines()), done.err[-3000:]


@pytest.fixture
def big(home):
    """A site that takes a while: 150 stories."""
    return home.show(site=BigSite(150, 20))


def begun(until, folder: Path, articles: int = 10) -> None:
    """Wait until a crawl has stored some articles."""

    def enough() -> bool:
        try:
            with closing(sqlite3.connect(f"file:{folder / 'cps.db'}?mode=ro", uri=True)) as db:
                return db.execute("select count(*) from articles").fetchone()[0] >= articles
        except sqlite3.OperationalError:
            return False

    until(enough, 40)


# --- one writer ----------------------------------------------------------------------------------


def test_a_second_crawl_is_refused_at_once_and_told_who_writes(big, home, commands, tmp_path, until, ask):
    folder = tmp_path / "data"
    one = commands.start_crawl(folder, "-a", f"site={home.url}")
    begun(until, folder)
    one.signal(signal.SIGSTOP)  # it holds the archive, however quick it is
    two = commands.crawl(folder, home.url)
    one_clear_line(two, f"process {one.process.pid}", "scrapy crawl news")
    assert two.seconds < 15
    replay = commands.replay(folder)
    one_clear_line(replay, f"process {one.process.pid}")
    one.process.kill()
    one.end()
    # The kernel dropped the lock with the killed process: the third start works, and finishes the work.
    three = commands.crawl(folder, home.url)
    assert three.status == 0, three.err
    finished(ask, folder, 150)


# --- signals -------------------------------------------------------------------------------------


def test_ctrl_c_ends_cleanly_and_the_next_start_resumes(big, home, commands, tmp_path, until, ask, problems):
    folder = tmp_path / "data"
    crawl = commands.start_crawl(folder, "-a", f"site={home.url}")
    begun(until, folder)
    crawl.signal(signal.SIGINT)
    done = crawl.end(60)
    assert done.status == 1, done.err
    assert "Traceback" not in done.err
    assert any("goes on where it stopped" in line for line in done.err.splitlines()), "it says how to go on"
    assert "shutdown" in problems(folder)[0]
    evidence_is_whole(folder)
    ((stored,),) = ask(folder, "select count(*) from articles")
    assert 0 < stored < 150
    home.show(site=big)
    assert commands.crawl(folder, home.url).status == 0, problems(folder)
    asked = [target for target in home.asked if "/generated-story-" in target]
    assert len(asked) <= 150 - stored + 3, "what was finished is not asked for again"
    finished(ask, folder, 150)


def test_terminate_ends_cleanly_too(big, home, commands, tmp_path, until):
    crawl = commands.start_crawl(tmp_path / "data", "-a", f"site={home.url}")
    begun(until, tmp_path / "data")
    crawl.signal(signal.SIGTERM)
    assert crawl.end(60).status == 1
    evidence_is_whole(tmp_path / "data")


# --- no room -------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [150_000, 500_000, 900_000], ids="{} bytes a file".format)
def test_no_room_to_write_is_one_line_and_nothing_is_lost(big, home, commands, tmp_path, ask, size):
    """A limit on the size of files stands for a full disk: of the WARC, of the database, of its log."""
    folder = tmp_path / "data"
    limited = commands.crawl(folder, home.url, before=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size)))
    one_clear_line(limited, "start again")
    for path in segment_files(folder / "warc"):
        damaged: list = []
        list(read_warc(path, damaged=damaged))
        assert not damaged, "no half record is left before another one"
    done = commands.crawl(folder, home.url)
    assert done.status == 0, done.err
    finished(ask, folder, 150)


@pytest.fixture
def small_disk(tmp_path):
    """A file system of 3 MB, where the tests may mount one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", folder], check=False, capture_output=True
    )
    if mounted.returncode:
        pytest.skip("mounting a small file system needs root; the limits on file size are tested all the same")
    yield folder
    subprocess.run(["umount", "-l", folder], check=True)


def test_a_full_disk_is_one_line_and_the_next_start_goes_on(big, home, commands, small_disk, ask):
    folder = small_disk / "data"
    one_clear_line(commands.crawl(folder, home.url), "make room")
    subprocess.run(["mount", "-o", "remount,size=200m", small_disk], check=True)
    done = commands.crawl(folder, home.url)
    assert done.status == 0, done.err
    finished(ask, folder, 150)


# --- folders and databases in trouble ------------------------------------------------------------


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="needs file permissions")
def test_a_folder_that_cannot_be_written_is_one_line(first, home, commands, archive, tmp_path):
    if os.geteuid() == 0:  # nothing is read-only to root: /proc is
        done = commands.crawl(Path("/proc/cpsscrape"), first.url)
    else:
        archive.chmod(0o500)
        done = commands.crawl(archive, first.url)
        archive.chmod(0o700)
    one_clear_line(done, "cannot write", "CPS_DATA_DIR")
    assert len(done.said) == 1


def test_a_warc_folder_that_cannot_be_written_is_one_line(first, home, commands, archive):
    shutil.rmtree(archive / "warc")
    (archive / "warc").write_text("in the way")
    done = commands.crawl(archive, first.url)
    one_clear_line(done, "warc")


def test_a_locked_database_is_waited_for_and_then_one_line(first, home, commands, archive, ask):
    with closing(sqlite3.connect(archive / "cps.db", isolation_level=None)) as other:
        other.execute("begin exclusive")
        done = commands.crawl(archive, first.url)
        one_clear_line(done, "locked by another program")
        other.execute("rollback")
    assert commands.crawl(archive, first.url).status == 0


def test_a_database_locked_in_the_middle_of_a_crawl_loses_nothing(big, home, commands, tmp_path, until, ask):
    folder = tmp_path / "data"
    crawl = commands.start_crawl(folder, "-a", f"site={home.url}")
    begun(until, folder)
    with closing(sqlite3.connect(folder / "cps.db", isolation_level=None, timeout=30)) as other:
        other.execute("begin immediate")
        done = crawl.end(120)
        one_clear_line(done, "locked by another program")
        other.execute("rollback")
    assert commands.crawl(folder, home.url).status == 0
    finished(ask, folder, 150)


@pytest.mark.parametrize("where", [0, 100])
def test_a_damaged_database_is_one_line_and_replay_rebuilds_it(first, home, commands, archive, ask, where):
    path = archive / "cps.db"
    with path.open("r+b") as file:
        file.seek(where)
        file.write(b"\xa5" * 4096)
    before = path.read_bytes()
    done = commands.crawl(archive, first.url)
    one_clear_line(done, "damaged")
    assert "replay" in done.err
    assert path.read_bytes() == before, "nothing was made worse"
    path.rename(archive / "cps.db.damaged")
    for suffix in ("-wal", "-shm"):
        (archive / f"cps.db{suffix}").unlink(missing_ok=True)
    replayed = commands.replay(archive)
    assert replayed.status == 0, replayed.err
    assert ask(archive, "select count(*) from articles") == ask(first.folder, "select count(*) from articles")
    assert commands.crawl(archive, first.url).status == 0


def test_a_newer_schema_is_one_line_and_nothing_is_touched(first, home, commands, archive):
    with closing(sqlite3.connect(archive / "cps.db")) as db, db:
        names = [row[1] for row in db.execute("pragma table_info(_sqlite_migrations)")]
        values = {"migration_set": "cpsscrape", "name": "m999_tomorrow", "applied_at": "2030-01-01"}
        given = {name: values[name] for name in names if name in values}
        db.execute(
            f"insert into _sqlite_migrations ({', '.join(given)}) values ({', '.join('?' * len(given))})",
            list(given.values()),
        )
    before = (archive / "cps.db").read_bytes()
    done = commands.crawl(archive, first.url)
    one_clear_line(done, "newer", "upgrade")
    assert (archive / "cps.db").read_bytes() == before
