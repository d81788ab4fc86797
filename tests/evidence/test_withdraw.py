from __future__ import annotations

import gzip
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from evidence.driving import cpsscrape, crawl, replay, run

from cpsscrape.archive.database import Archive, open_reader
from cpsscrape.archive.erasure import finish_withdrawals
from cpsscrape.archive.withdrawals import read_withdrawals, sync_withdrawals
from cpsscrape.demo.site import Site
from cpsscrape.evidence.tally import Tally
from cpsscrape.evidence.verification import verify
from cpsscrape.exceptions import ArchiveError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from cpsscrape.demo.server import DemoServer

pytestmark = pytest.mark.slow


class Story:
    """An article with versions and quotes, and phrases that only it holds."""

    def __init__(self, folder: Path) -> None:
        db = sqlite3.connect(folder / "cps.db")
        self.id, self.node, self.url, self.headline, body = db.execute(
            "select id, node_id, url, headline, body from articles where version > 1 and node_id is not null "
            "and teaser is not null and id in (select article_id from quotes) order by id limit 1"
        ).fetchone()
        self.urls = [url for (url,) in db.execute("select url from article_urls where article_id = ?", [self.id])]
        self.phrases = [self.headline, body[40:100], body[-80:-20]]
        (self.teaser,) = db.execute("select teaser from articles where id = ?", [self.id]).fetchone()
        db.close()


@pytest.fixture
def story(archive: Path) -> Story:
    return Story(archive)


def in_database(folder: Path, phrases: list[str]) -> list[str]:
    files = [path for path in folder.iterdir() if path.is_file() and path.name.startswith("cps.db")]
    return [
        f"{phrase!r} in {path.name}" for path in files for phrase in phrases if phrase.encode() in path.read_bytes()
    ]


def in_files(folder: Path, phrases: list[str]) -> list[str]:
    files = list((folder / "warc").iterdir())
    data = {path: gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes() for path in files}
    return [f"{phrase!r} in {path.name}" for path in files for phrase in phrases if phrase.encode() in data[path]]


def findings(folder: Path, *, deep: bool = True) -> list[str]:
    return [str(finding) for finding in verify(folder, Tally(), deep=deep, redact=True)]


def test_nothing_of_it_is_left_in_the_raw_bytes(archive: Path, story: Story) -> None:
    assert len(in_database(archive, story.phrases)) >= 3, "the phrases must be there to begin with"
    (archive / "cps.db.before-m009_test").write_bytes((archive / "cps.db").read_bytes())
    done = cpsscrape(archive, "withdraw", story.urls[0], "--reason", "An order of the court, of today")
    assert (done.returncode, done.stderr) == (0, "")
    assert "cps.db.before-m009_test was deleted" in done.stdout
    assert in_database(archive, [*story.phrases, story.teaser]) == []
    assert in_files(archive, [story.phrases[2]]) != [], "the evidence is kept without --purge"
    assert findings(archive) == []
    with open_reader(archive).conn as db:
        states = db.execute("select distinct state, reason from frontier where url = ?", [story.url]).fetchall()
        assert states == [("refused", "withdrawn")]
        assert db.execute("select count(*) from teasers where url = ?", [story.url]).fetchone() == (0,)
    rows = read_withdrawals(archive)
    assert rows is not None
    assert {*story.urls, story.url} <= {row.url for row in rows}
    assert {(row.node_id, row.reason) for row in rows} == {(story.node, "An order of the court, of today")}


def test_speakers_that_nobody_quotes_any_more_go_with_it(archive: Path, story: Story) -> None:
    cpsscrape(archive, "withdraw", str(story.id), "--reason", "asked for")
    db = open_reader(archive)
    left = db.execute("select count(*) from speakers where id not in (select speaker_id from quote_speakers)")
    assert left.fetchone() == (0,)


def test_no_crawl_brings_it_back(archive: Path, story: Story, server: DemoServer) -> None:
    cpsscrape(archive, "withdraw", story.url, "--reason", "asked for")
    server.site = Site(2)
    server.log.clear()
    done = crawl(archive, server.url, "-a", "full=1")
    assert done.returncode == 0, done.stderr
    assert in_database(archive, [*story.phrases, story.teaser]) == []
    path = story.url.removeprefix(server.url)
    assert [entry.target for entry in server.log if entry.target in {path, f"/node/{story.node}"}] == []
    assert findings(archive) == []


def test_the_template_of_a_withdrawn_page_is_no_news(archive: Path, server: DemoServer) -> None:
    (url,) = open_reader(archive).execute("select url from layouts where layout = 'C' order by url").fetchone()
    cpsscrape(archive, "withdraw", url, "--reason", "asked for")
    assert url not in _layout_urls(archive)
    done = crawl(archive, server.url, "-a", "full=1")
    assert done.returncode == 0, done.stderr
    assert findings(archive) == []


def _layout_urls(folder: Path) -> list[str]:
    return [row[0] for row in open_reader(folder).execute("select url from layouts")]


def test_no_crawl_brings_it_into_a_new_database(archive: Path, story: Story, server: DemoServer) -> None:
    cpsscrape(archive, "withdraw", story.url, "--reason", "asked for")
    for path in archive.glob("cps.db*"):
        path.unlink()
    server.site = Site(2)
    done = crawl(archive, server.url)
    assert "Traceback" not in done.stderr
    db = open_reader(archive)
    assert db.execute("select count(*) from articles").fetchone()[0] > 50
    assert in_database(archive, [*story.phrases, story.teaser]) == []


@pytest.mark.parametrize("new", [False, True], ids=["the same database", "a new database"])
def test_no_replay_brings_it_back(archive: Path, story: Story, *, new: bool) -> None:
    cpsscrape(archive, "withdraw", story.url, "--reason", "asked for")
    if new:
        for path in archive.glob("cps.db*"):
            path.unlink()
    done = replay(archive)
    assert "Traceback" not in done.stderr
    db = open_reader(archive)
    assert db.execute("select count(*) from articles").fetchone()[0] > 50
    assert in_database(archive, [*story.phrases, story.teaser]) == []


def test_a_copy_of_its_page_does_not_bring_it_back(archive: Path, story: Story, tmp_path: Path) -> None:
    db = open_reader(archive)
    (headline, body) = db.execute("select headline, body from articles where id = ?", [story.id]).fetchone()
    page = tmp_path / f"node-{story.node}.html"
    paragraphs = "".join(f"<p>{text}</p>" for text in body.split("\n\n"))
    link = f'<link rel="canonical" href="{story.url}"><link rel="shortlink" href="/node/{story.node}">'
    page.write_text(f"<html><head>{link}</head><body><main><h1>{headline}</h1>{paragraphs}</main></body></html>")
    db.close()
    cpsscrape(archive, "withdraw", story.url, "--reason", "asked for")
    replay(archive, "-a", f"source={page}")
    assert in_database(archive, story.phrases) == []


def test_an_address_that_is_not_in_the_archive(archive: Path, server: DemoServer) -> None:
    done = cpsscrape(archive, "withdraw", "/wessex/news/a-story-to-come?utm_source=x", "--reason", "in advance")
    assert done.returncode == 0
    assert "did not hold it" in done.stdout
    rows = read_withdrawals(archive)
    assert rows is not None
    assert [row.url for row in rows] == [f"{server.url}/wessex/news/a-story-to-come"]


@pytest.mark.parametrize("words", [["9999", "--reason", "x"], ["/news", "--reason", "x"], ["/a/news/b"], []])
def test_wrong_usage_changes_nothing(archive: Path, words: list[str]) -> None:
    done = cpsscrape(archive, "withdraw", *words)
    assert done.returncode in {1, 2}
    assert "Traceback" not in done.stderr
    assert not (archive / "withdrawals.csv").exists()


def test_undo_reads_it_again(archive: Path, story: Story) -> None:
    query = (
        "select headline, body, teaser, content_type, published_on, version, last_seen_at from articles where url = ?"
    )
    with open_reader(archive).conn as db:
        before = db.execute(query, [story.url]).fetchone()
        quotes = db.execute("select key, text from quotes where article_id = ? order by key", [story.id]).fetchall()
        addresses = db.execute("select url from article_urls where article_id = ? order by 1", [story.id]).fetchall()
    cpsscrape(archive, "withdraw", story.url, "--reason", "by mistake")
    done = cpsscrape(archive, "withdraw", f"node/{story.node}", "--undo")
    assert done.returncode == 0, done.stderr
    with open_reader(archive).conn as db:
        assert db.execute(query, [story.url]).fetchone() == before
        number = db.execute("select id from articles where url = ?", [story.url]).fetchone()
        again = db.execute("select key, text from quotes where article_id = ? order by key", number).fetchall()
        assert again == quotes
        assert (
            db.execute("select url from article_urls where article_id = ? order by 1", number).fetchall() == addresses
        )
    assert findings(archive) == []
    assert cpsscrape(archive, "withdraw", story.url, "--undo").returncode == 1


def test_a_reader_in_the_way_is_named_and_the_next_start_finishes(archive: Path, story: Story) -> None:
    with sqlite3.connect(archive / "cps.db") as db:
        db.execute("pragma wal_autocheckpoint = 0")
    script = (
        "import sqlite3, sys; db = sqlite3.connect(sys.argv[1]); db.execute('begin'); "
        "db.execute('select count(*) from articles').fetchone(); print('reading', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, str(archive / "cps.db")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as reader:
        assert reader.stdout is not None
        assert reader.stdout.readline() == "reading\n"
        done = cpsscrape(archive, "withdraw", story.url, "--reason", "asked for")
        assert done.returncode == 1
        assert f"process {reader.pid}" in done.stderr
        reader.communicate("")
    with _opened(archive) as opened:
        assert finish_withdrawals(opened) == []
    assert in_database(archive, story.phrases) == []


@contextmanager
def _opened(folder: Path) -> Iterator[Archive]:
    archive = Archive(folder)
    try:
        yield archive
    finally:
        archive.close()


def test_a_lost_file_brings_nothing_back(archive: Path, story: Story) -> None:
    cpsscrape(archive, "withdraw", story.url, "--reason", "asked for")
    before = (archive / "withdrawals.csv").read_bytes()
    (archive / "withdrawals.csv").unlink()
    with _opened(archive) as opened:
        sync_withdrawals(opened.db, archive)
    assert (archive / "withdrawals.csv").read_bytes() == before


def test_a_file_that_cannot_be_read_stops_everything(archive: Path) -> None:
    (archive / "withdrawals.csv").write_text("url,node_id\nhttps://a.example/x,1\n")
    with _opened(archive) as opened, pytest.raises(ArchiveError, match="mend it"):
        sync_withdrawals(opened.db, archive)


# --- out of the WARC files too -----------------------------------------------------------------


def test_purge_takes_it_out_of_the_files(archive: Path, story: Story) -> None:
    others = _other_records(archive, story)
    done = cpsscrape(archive, "withdraw", story.url, "--reason", "asked for", "--purge")
    assert done.returncode == 0, done.stderr
    assert "written anew" in done.stdout
    assert in_files(archive, [story.phrases[1], story.phrases[2], story.teaser]) == []
    assert in_database(archive, [*story.phrases, story.teaser, story.url.rsplit("/", 1)[-1] + '"']) == []
    assert findings(archive) == []
    kept = _other_records(archive, story)
    assert len(kept) > 0.9 * len(others)
    assert kept <= others
    undone = cpsscrape(archive, "withdraw", story.url, "--undo")
    assert "may fetch it again" in undone.stdout


def _other_records(folder: Path, story: Story) -> set[tuple[str, str, str]]:
    db = open_reader(folder)
    rows = db.execute("select url, fetched_at, payload_digest from captures").fetchall()
    return {row for row in rows if row[0] != story.url}


def _start(folder: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from cpsscrape.evidence.withdrawal import open_to_change\n"
        "with open_to_change(Path(sys.argv[1])): pass"
    )
    done = run(script, str(folder))
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("purge", [False, True])
def test_killed_at_any_instant_a_start_finishes_it(crawled: Path, tmp_path: Path, *, purge: bool) -> None:
    chance = random.Random(6 + purge)
    words = ["--purge"] if purge else []
    interrupted = 0
    for number in range(12):
        folder = tmp_path / str(number)
        shutil.copytree(crawled, folder)
        story = Story(folder)
        program = (
            "import sys; from cpsscrape.evidence import withdrawal, purge; from cpsscrape.cli import main;"
            "print('ready', flush=True); main()"
        )
        with subprocess.Popen(
            [sys.executable, "-c", program, "--data", str(folder), "withdraw", story.url, "--reason", "x", *words],
            stdout=subprocess.PIPE,
            text=True,
        ) as process:
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(chance.uniform(0.0, 0.5 if purge else 0.12))
            process.send_signal(signal.SIGKILL)
        interrupted += process.returncode == -signal.SIGKILL
        _start(folder)
        assert findings(folder, deep=False) == [], number
        if (folder / "withdrawals.csv").exists():
            assert in_database(folder, story.phrases) == [], number
            if purge and (folder / "warc" / "purge.json").exists():
                pytest.fail("the purge was not completed")
            purged = any("-p1" in path.name for path in (folder / "warc").iterdir())
            assert not purged or in_files(folder, [story.phrases[2], story.teaser]) == []
        assert cpsscrape(folder, "withdraw", story.url, "--reason", "x", *words).returncode == 0
        assert in_database(folder, story.phrases) == []
        assert not purge or in_files(folder, [story.phrases[2], story.teaser]) == []
    assert interrupted >= 6
