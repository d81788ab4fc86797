from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import threading
import time
from contextlib import closing

import pytest
from replay.dumps import differences, dump, taken_over

from cpsscrape.archive.database import DATABASE

pytestmark = pytest.mark.slow
NOW = ("-s", "CPS_GONE_AFTER_DAYS=0")


def test_a_replay_gives_what_the_crawls_gave(lived, replayed):
    assert not differences(dump(lived.folder), dump(replayed))


def test_a_replay_leaves_what_is_not_derived(lived, replayed):
    tables = ("frontier", "listings", "withdrawals")
    assert not differences(taken_over(lived.folder, *tables), taken_over(replayed, *tables))


def test_a_second_replay_gives_the_same(replayed, commands, tmp_path):
    folder = shutil.copytree(replayed, tmp_path / "again")
    assert commands.replay(folder, *NOW).status == 0
    assert not differences(dump(replayed), dump(folder))


def test_captures_alone_give_all_that_is_derived_of_them(lived, bare, commands, tmp_path, ask, home):
    folder = bare(lived.folder, tmp_path)
    done = commands.replay(folder, *NOW)
    assert done.status == 0, done.err
    assert not differences(dump(lived.folder), dump(folder))
    # The runs of before are known by their evidence, and the replay is none of them.
    runs = ask(folder, "select id, spider, finish_reason from runs order by id")
    assert [run[1:] for run in runs] == [("news", "unknown")] * 4 + [("replay", "finished")]
    home.show(3)
    assert commands.crawl(folder, lived.url, *NOW).status == 0
    assert ask(folder, "select max(version), count(*) from articles") == ask(
        lived.folder, "select max(version), count(*) from articles"
    )


def test_a_reader_is_not_locked_out(life, commands):
    seen, ended = set(), threading.Event()

    def read() -> None:
        with closing(sqlite3.connect(f"file:{life / DATABASE}?mode=ro", uri=True, timeout=0)) as reader:
            reader.execute("begin")  # one that reads all the while
            while not ended.is_set():
                seen.update(reader.execute("select count(*) from articles").fetchone())
                with closing(sqlite3.connect(f"file:{life / DATABASE}?mode=ro", uri=True, timeout=0)) as other:
                    seen.update(other.execute("select count(*) from articles").fetchone())
                time.sleep(0.02)

    thread = threading.Thread(target=read)
    thread.start()
    try:
        done = commands.replay(life, *NOW)
    finally:
        ended.set()
        thread.join()
    assert done.status == 0, done.err
    assert len(seen) == 1, "a reader saw a database that was half built"


def test_a_kill_leaves_the_database_of_before(lived, life, commands, until):
    before = dump(lived.folder)
    chance = random.Random(6)
    scratch = life / f"{DATABASE}.rebuild"
    for _ in range(6):
        started = commands.start_crawl(life, *NOW, spider="replay")
        until(lambda: scratch.exists() or started.process.poll() is not None)  # noqa: B023 # called at once
        time.sleep(chance.uniform(0, 2.5))
        started.signal(signal.SIGKILL)
        started.process.wait()
        assert not differences(before, dump(life))
        with closing(sqlite3.connect(life / DATABASE)) as db:
            assert db.execute("pragma integrity_check").fetchall() == [("ok",)]
    done = commands.replay(life, *NOW)
    assert done.status == 0, done.err
    assert not differences(before, dump(life))
    assert not list(life.glob(f"{DATABASE}.rebuild*"))


def test_a_stop_leaves_the_database_of_before_and_says_so(lived, life, commands, until, problems):
    started = commands.start_crawl(life, *NOW, spider="replay")
    until((life / f"{DATABASE}.rebuild").exists)
    started.signal(signal.SIGINT)
    done = started.end()
    assert done.status == 1
    assert any("as it was before" in problem for problem in problems(life))
    assert not differences(dump(lived.folder), dump(life))
    assert not list(life.glob(f"{DATABASE}.rebuild*"))


def test_nothing_is_connected_to(life, commands, tmp_path):
    hook = tmp_path / "hook"
    hook.mkdir()
    (hook / "sitecustomize.py").write_text(
        "import os, sys\n"
        "def watch(event, args):\n"
        "    if event in ('socket.connect', 'socket.getaddrinfo', 'socket.sendto'):\n"
        "        open(os.environ['CONNECTED'], 'a').write(f'{event} {args[1:]!r}\\n')\n"
        "sys.addaudithook(watch)\n"
        "open(os.environ['CONNECTED'], 'a').close()\n"
    )
    log = tmp_path / "connected.txt"
    paths = os.pathsep.join(part for part in (str(hook), os.environ.get("PYTHONPATH")) if part)
    done = commands.replay(life, *NOW, env={"PYTHONPATH": paths, "CONNECTED": str(log)})
    assert done.status == 0, done.err
    assert log.read_text() == ""


def test_an_archive_without_captures_says_so(commands, tmp_path, problems):
    done = commands.replay(tmp_path / "empty")
    assert done.status == 1
    assert problems(tmp_path / "empty") == ["there was nothing to read: no WARC file, no saved page"]


def test_progress_is_shown(life, commands):
    done = commands.replay(life, *NOW, "-s", "LOGSTATS_INTERVAL=0.5")
    assert "records read" in done.err, done.err


@pytest.fixture(autouse=True)
def _whole(lived):
    """No test may have written to the archive that is shared."""
    before = (lived.folder / DATABASE).stat().st_mtime_ns
    yield
    assert (lived.folder / DATABASE).stat().st_mtime_ns == before
