"""Kills real crawls of a generated site again and again, then counts what is lost and what is there twice.

    python scripts/kill_crawl.py --kills 200 --pages 1500

Each archive is crawled by the same command until it ends by itself; until then every life of the
crawl is ended in one of five ways, chosen at random:

* ``instant``: SIGKILL at a random instant, the start and its repairs included;
* ``record``: SIGKILL as soon as a WARC file grows, before the record is flushed and has its row;
* ``commit``: SIGKILL as soon as SQLite's write-ahead log is written to, before the commit is whole;
* ``torn``: a limit on the size of files, set while the crawl runs, at a random byte a little beyond
  the end of the WARC file. The kernel then writes only a part of the record that crosses it and
  ends the process with SIGXFSZ;
* ``limit``: the same, a little beyond the largest file, which is mostly the database or its log.

What each death really hit is read from the files it left: a torn record at the end of a WARC
file, a whole record that has no row yet, frames of an unfinished commit in the log.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import shutil
import signal
import sqlite3
import struct
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.request import urlopen

from warcio.archiveiterator import ArchiveIterator

from cpsscrape.archive.database import DATABASE
from cpsscrape.demo.big import BigSite
from cpsscrape.exceptions import WarcError
from cpsscrape.warc.index import ANSWERS
from cpsscrape.warc.members import read_members
from cpsscrape.warc.reader import read_record, read_warc
from cpsscrape.warc.segments import read_manifest, segment_files

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

ROOT = Path(__file__).resolve().parent.parent
BARE = ROOT / "tests" / "benchmarks" / "bare_spider.py"
WAYS = ("instant", "record", "commit", "torn", "limit")
# Python ignores SIGXFSZ; the crawl must die of it, as of a SIGKILL. Nothing else is different.
FIRST_RECORDS = 4_000  # bytes: warcinfo and robots.txt
COMMIT = 400_000  # bytes; more than the frames of one article
LAUNCH = (
    "import resource, signal; signal.signal(signal.SIGXFSZ, signal.SIG_DFL); "
    "resource.setrlimit(resource.RLIMIT_CORE, (0, 0)); from scrapy.cmdline import execute; execute()"
)


@dataclass(slots=True)
class Tally:
    """What the kills did and what they cost, over all archives."""

    kills: int = 0
    archives: int = 0
    ways: Counter[str] = field(default_factory=Counter)
    hits: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    pages: int = 0
    requests: int = 0

    def lines(self) -> Iterator[str]:
        """Yield the result, a line each."""
        yield f"kills: {self.kills} ({', '.join(f'{n} {way}' for way, n in sorted(self.ways.items()))})"
        for name in ("torn record", "record without its row", "unfinished commit", "none of these"):
            yield f"  left behind: {name}: {self.hits[name]}"
        yield f"archives crawled to their end: {self.archives}"
        lost = sum(fault.startswith("lost") for fault in self.faults)
        twice = sum(fault.startswith("twice") for fault in self.faults)
        yield f"lost: {lost}; twice: {twice}; other faults: {len(self.faults) - lost - twice}"
        again = self.requests - self.pages
        rate = again / max(self.kills, 1)
        yield f"stories fetched again because of a kill: {again} of {self.pages} ({rate:.2f} a kill)"
        yield from (f"FAULT {fault}" for fault in self.faults[:20])


def main(words: Sequence[str] | None = None) -> int:
    """Run what the command line asks for; exit status 1 if anything was lost or is there twice."""
    options = _options().parse_args(words)
    dice = random.Random(options.seed)  # noqa: S311 # dice, not keys
    tally = Tally()
    deadline = time.monotonic() + 60 * options.minutes if options.minutes else None
    with Server(options.pages, options.kb) as server:
        while tally.kills < options.kills and (deadline is None or time.monotonic() < deadline):
            folder = Path(tempfile.mkdtemp(prefix="kills-"))
            try:
                kill_until_done(server, folder, options, dice, tally)
            finally:
                if not (options.keep or tally.faults):
                    shutil.rmtree(folder, ignore_errors=True)
            print(f"{tally.kills} kills, {tally.archives} archives, {len(tally.faults)} faults", flush=True)
            if tally.faults:
                print(f"kept for a look: {folder}", flush=True)
                break
        print("\n".join(tally.lines()), flush=True)
        if options.jobdir:
            for number in range(options.jobdir):
                print(jobdir_line(server, dice, number), flush=True)
    return 1 if tally.faults else 0


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n", maxsplit=1)[0])
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--pages", type=int, default=1500)
    parser.add_argument("--kb", type=int, default=40, help="size of a page")
    parser.add_argument("--seed", type=int, default=None, help="repeat the same choices")
    parser.add_argument("--minutes", type=float, default=None, help="begin no new archive after so long")
    parser.add_argument("--life", type=float, default=4.0, help="longest life of a crawl before its kill, seconds")
    parser.add_argument("--jobdir", type=int, default=3, metavar="N", help="how often to try Scrapy's JOBDIR")
    parser.add_argument("--keep", action="store_true", help="keep the archives")
    return parser


class Server:
    """The generated site in a process of its own."""

    def __init__(self, pages: int, kb: int) -> None:
        self.site = BigSite(pages, kb)
        self._process = subprocess.Popen(
            [sys.executable, "-m", "cpsscrape.demo.server", "--big", str(pages), "--kb", str(kb)],
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._process.stdout is not None
        self.url = self._process.stdout.readline().strip()

    def __enter__(self) -> Server:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.wait()

    def stories_asked(self, since: float) -> int:
        """Count the requests for stories since that time."""
        return len(self.targets(since))

    def targets(self, since: float) -> list[str]:
        """Return the stories asked for since that time."""
        with urlopen(f"{self.url}/__log__") as answer:  # noqa: S310 # our own server
            log = json.load(answer)
        return [e["target"] for e in log if e["time"] >= since and "/generated-story-" in e["target"]]


def kill_until_done(
    server: Server, folder: Path, options: argparse.Namespace, dice: random.Random, tally: Tally
) -> None:
    """Crawl one archive to its end through as many deaths as that takes, and check it."""
    began = time.time()
    known = 0
    while True:
        way = dice.choice(WAYS) if tally.kills < options.kills else None
        crawl = start_crawl(server.url, folder)
        died = wait_and_kill(crawl, folder, way, dice, options.life)
        if not died:
            break
        tally.kills += 1
        tally.ways[way or ""] += 1
        hits = list(left_behind(folder))
        tally.hits.update(hits or ["none of these"])
        tally.faults += (f"lost {line}" for line in shrunk(folder, known))
        known = stored(folder)
    tally.archives += 1
    tally.pages += server.site.count
    tally.requests += server.stories_asked(began)
    if crawl.returncode:
        tally.faults.append(f"the last start ended with exit status {crawl.returncode}: see {folder}/crawl.log")
    tally.faults += check_archive(folder, server)


def start_crawl(url: str, folder: Path) -> subprocess.Popen[bytes]:
    """Start the crawl: always the same command."""
    words = ["crawl", "news", "-a", f"site={url}", "-s", f"CPS_DATA_DIR={folder}", "-s", f"LOG_FILE={folder}/crawl.log"]
    return subprocess.Popen(
        [sys.executable, "-c", LAUNCH, *words], env={**os.environ, "SCRAPY_SETTINGS_MODULE": "cpsscrape.settings"}
    )


def wait_and_kill(
    crawl: subprocess.Popen[bytes], folder: Path, way: str | None, dice: random.Random, life: float
) -> bool:
    """End the crawl in that way; False when it came to its end by itself before."""
    if way is None:
        return crawl.wait() < 0
    if way != "instant":
        wait_until(crawl, lambda: open_segment(folder) is not None, 20)
    try:
        crawl.wait(dice.uniform(0.2, life + (way == "instant")))
    except subprocess.TimeoutExpired:
        pass
    else:
        return crawl.returncode < 0
    if way in {"torn", "limit"}:
        limit_files(crawl, folder, way, dice)
    elif way != "instant":
        wait_for_growth(crawl, folder, way)
        crawl.kill()
    else:
        crawl.kill()
    return crawl.wait() < 0


def wait_until(crawl: subprocess.Popen[bytes], holds: Callable[[], bool], seconds: float) -> bool:
    """Wait for something to hold while the crawl lives; False if it never did."""
    patience = time.monotonic() + seconds
    while crawl.poll() is None and time.monotonic() < patience:
        if holds():
            return True
        time.sleep(0.002)
    return False


def limit_files(crawl: subprocess.Popen[bytes], folder: Path, way: str, dice: random.Random) -> None:
    """Let the process die of the write that crosses a byte a little beyond the end of a file."""
    log = folder / f"{DATABASE}-wal"
    if way == "torn" and wait_until(crawl, lambda: _record_comes_first(folder, log), 15):
        segment = open_segment(folder)
        size = segment.stat().st_size if segment else 0
    else:
        files = [folder / DATABASE, log, *segment_files(folder / "warc")[-1:]]
        size = max((path.stat().st_size for path in files if path.exists()), default=0)
    limit = size + dice.randrange(1, 8_000)
    try:
        resource.prlimit(crawl.pid, resource.RLIMIT_FSIZE, (limit, limit))
        crawl.wait(10)
    except ProcessLookupError:
        pass
    except subprocess.TimeoutExpired:
        crawl.kill()  # nothing grew so far: a kill at some instant after all


def _record_comes_first(folder: Path, log: Path) -> bool:
    """Whether the next write beyond the end of the WARC file will be a record, and not a commit."""
    segment = open_segment(folder)
    return segment is not None and end_of_log(log) + COMMIT < segment.stat().st_size


def open_segment(folder: Path) -> Path | None:
    """Return the WARC file that is being written, once it holds more than its first records."""
    closed = read_manifest(folder / "warc")
    files = [path for path in segment_files(folder / "warc")[-1:] if path.name not in closed]
    return files[0] if files and files[0].stat().st_size > FIRST_RECORDS else None


def wait_for_growth(crawl: subprocess.Popen[bytes], folder: Path, way: str) -> None:
    """Return as soon as the WARC file (or the write-ahead log) is written to."""
    before = _sizes(folder, way)
    patience = time.monotonic() + 10
    while crawl.poll() is None and time.monotonic() < patience:
        for _ in range(50):
            if _sizes(folder, way) != before:
                return
            time.sleep(0.0001)


def _sizes(folder: Path, way: str) -> object:
    if way == "commit":
        try:
            state = (folder / f"{DATABASE}-wal").stat()
        except OSError:
            return None
        return state.st_size, state.st_mtime_ns
    try:
        return sum(entry.stat().st_size for entry in os.scandir(folder / "warc"))
    except OSError:
        return 0


# --- what a death left behind --------------------------------------------------------------------


def left_behind(folder: Path) -> Iterator[str]:
    """Yield what the death really hit, from the files as they lie. Nothing is opened for writing."""
    closed = read_manifest(folder / "warc")
    rows = _recorded(folder)
    for path in segment_files(folder / "warc"):
        if path.name in closed:
            continue
        end = 0
        try:
            for member in read_members(path):
                end = member.offset + member.length
        except WarcError:
            yield "torn record"
        answers = [r.offset for r in read_warc(path, damaged=[]) if r.type in ANSWERS and r.offset < end]
        if any((path.name, offset) not in rows for offset in answers):
            yield "record without its row"
    if unfinished_commit(folder / f"{DATABASE}-wal"):
        yield "unfinished commit"


def _recorded(folder: Path) -> set[tuple[str, int]]:
    copy = Path(tempfile.mkdtemp(prefix="kills-copy-"))
    try:
        for suffix in ("", "-wal"):
            source = folder / f"{DATABASE}{suffix}"
            if source.exists():
                shutil.copy(source, copy / source.name)
        with sqlite3.connect(copy / DATABASE) as db:
            return set(db.execute("select warc_file, warc_offset from captures"))
    except sqlite3.OperationalError:  # killed before the first migration
        return set()
    finally:
        shutil.rmtree(copy)


def frames(log: Path) -> Iterator[tuple[int, int, bool]]:
    """Yield start, end and "is a commit" of each frame of the log's current round.

    A frame has 24 bytes of header: page number, size of the database after a commit (else 0), salts.
    """
    if not log.exists():
        return
    with log.open("rb") as source:
        head = source.read(32)
        if len(head) < 32:
            return
        page, salts = struct.unpack(">I", head[8:12])[0], head[16:24]
        position = 32
        while len(header := source.read(24)) == 24 and header[8:16] == salts:
            yield position, position + 24 + page, header[4:8] != b"\0\0\0\0"
            position += 24 + page
            source.seek(position)


def end_of_log(log: Path) -> int:
    """Return where the next frame of the log goes."""
    return max((end for _, end, _ in frames(log)), default=0)


def unfinished_commit(log: Path) -> bool:
    """Whether the log ends with frames that no commit frame follows, or with a part of a frame."""
    last = None
    for last in frames(log):  # noqa: B007 # only the last one counts
        pass
    return last is not None and (not last[2] or last[1] > log.stat().st_size)


def stored(folder: Path) -> int:
    """Count the articles that the archive holds now."""
    if not (folder / DATABASE).exists():
        return 0
    copy = Path(tempfile.mkdtemp(prefix="kills-copy-"))
    try:
        for suffix in ("", "-wal"):
            source = folder / f"{DATABASE}{suffix}"
            if source.exists():
                shutil.copy(source, copy / source.name)
        with sqlite3.connect(copy / DATABASE) as db:
            return int(db.execute("select count(*) from articles").fetchone()[0])
    except sqlite3.OperationalError:
        return 0
    finally:
        shutil.rmtree(copy)


def shrunk(folder: Path, known: int) -> Iterator[str]:
    """Yield a line if a death took away what an earlier one had left."""
    now = stored(folder)
    if now < known:
        yield f"{known - now} stored articles by a kill"


# --- the finished archive ------------------------------------------------------------------------


def check_archive(folder: Path, server: Server) -> list[str]:
    """Say what is lost, twice or damaged in a finished archive; nothing said means all is well."""
    site = server.site
    wanted = {server.url + site.path(number) for number in range(site.count)}
    with sqlite3.connect(f"file:{folder / DATABASE}?mode=ro", uri=True) as db:
        faults = list(_database_faults(db, wanted))
        rows = {(r[0], r[1]): r[2:] for r in db.execute(_CAPTURES)}
    return faults + list(_warc_faults(folder / "warc", rows))


_CAPTURES = "select warc_file, warc_offset, warc_length, url, payload_digest from captures"


def _database_faults(db: sqlite3.Connection, wanted: set[str]) -> Iterator[str]:
    def one(sql: str) -> Any:
        return db.execute(sql).fetchone()[0]

    stories = [url for (url,) in db.execute("select url from articles")]
    yield from (f"lost {url}" for url in sorted(wanted - set(stories)))
    yield from (f"twice or uninvited {url}" for url in sorted(set(stories) - wanted))
    for table, column in (("articles", "url"), ("articles", "node_id"), ("captures", "warc_file || warc_offset")):
        for value, count in db.execute(
            f"select {column}, count(*) from {table} where {column} is not null group by 1 having count(*) > 1"
        ):
            yield f"twice {table}: {count} rows of {value}"
    for url, count in db.execute(
        "select url, count(*) from article_versions v join articles a on a.id = v.article_id "
        "group by 1 having count(*) > 1"
    ):
        yield f"twice {url}: {count} versions of an unchanged story"
    if one("select count(*) from article_versions") < len(wanted):
        yield "lost: a version"
    if one("select count(*) from articles_fts where articles_fts match 'generated'") != len(wanted):
        yield "lost: articles in the search index"
    for state, count in db.execute("select state, count(*) from frontier where state <> 'done' group by 1"):
        yield f"{count} addresses are {state}"
    if one("pragma integrity_check") != "ok" or db.execute("pragma foreign_key_check").fetchone():
        yield "the database is damaged"
    # A kill may come between the end of a run and that of its process: the next start is a run of its own.
    if one("select finish_reason = 'finished' and healthy = 1 from runs order by id desc limit 1") != 1:
        yield "the last run came to no healthy end"


def _warc_faults(folder: Path, rows: dict[tuple[str, int], tuple[Any, ...]]) -> Iterator[str]:
    closed = read_manifest(folder)
    seen = set()
    for path in segment_files(folder):
        if path.name not in closed or closed[path.name].bytes != path.stat().st_size:
            yield f"{path.name} is not in the manifest as it lies"
        for record in read_warc(path):
            if record.type in ANSWERS:
                seen.add((path.name, record.offset))
        with path.open("rb") as source:
            for record in ArchiveIterator(source, check_digests="raise"):
                record.content_stream().read()
    yield from (f"lost: no row for the record at {place}" for place in sorted(seen - rows.keys()))
    for place, (length, url, digest) in rows.items():
        record = read_record(folder / place[0], place[1], length)
        if (record.url, record.payload_digest) != (url, digest):
            yield f"lost: the row of {url} points at another record ({place})"


# --- Scrapy's own resume -------------------------------------------------------------------------


def jobdir_line(server: Server, dice: random.Random, number: int) -> str:
    """Kill a bare spider with JOBDIR once, run it again, and say what was never fetched."""
    folder = Path(tempfile.mkdtemp(prefix="kills-jobdir-"))
    words = ["runspider", str(BARE), "-a", f"site={server.url}", "-s", f"JOBDIR={folder}", "-s", "LOG_ENABLED=0"]
    words += ["-s", "CONCURRENT_REQUESTS=2", "-s", "CONCURRENT_REQUESTS_PER_DOMAIN=1", "-s", "DOWNLOAD_DELAY=0"]
    command = [sys.executable, "-m", "scrapy", *words]
    environment = {name: value for name, value in os.environ.items() if name != "SCRAPY_SETTINGS_MODULE"}
    began = time.time()
    first = subprocess.Popen(command, cwd=folder, env=environment)
    target = dice.randrange(server.site.count // 10, server.site.count // 2)
    while first.poll() is None and server.stories_asked(began) < target:
        time.sleep(0.1)
    first.send_signal(signal.SIGKILL)
    first.wait()
    done = server.stories_asked(began)
    again = subprocess.run(command, cwd=folder, env=environment, check=False, timeout=600)
    shutil.rmtree(folder, ignore_errors=True)
    missed = server.site.count - len(set(server.targets(began)))
    return (
        f"JOBDIR, try {number + 1}: killed once after {done} stories, run again: "
        f"{missed} of {server.site.count} stories never fetched, exit status {again.returncode}"
    )


if __name__ == "__main__":
    sys.exit(main())
