"""Backfill against a real pywb on loopback, which serves WARC files of an earlier state of the site."""

from __future__ import annotations

import json
import signal
import socket
import sqlite3
import time
import urllib.error
import urllib.request
from contextlib import closing, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from urllib.parse import parse_qs, urlsplit

import pytest
from replay.foreign_warc import page, write_warc
from replay_server import serving

from cpsscrape.warc.index import utc_seconds
from cpsscrape.warc.reader import read_warc

pytestmark = pytest.mark.slow
EDITED = "burglar-identified-by-half-eaten-pie"
LOST = "/wessex/news/story-that-only-an-archive-has"


def earlier(site, url):
    """What an archive holds: an edited story four times, two of them alike, and one that went."""
    fact = site.facts.story(EDITED)
    now = page(site, url, fact.path).decode()
    then = now.replace(fact.headline, f"{fact.headline} soon")
    other = site.facts.stories[3]
    lost = page(site, url, other.path).decode().replace(other.path, LOST).replace(other.headline, "A story of herons")
    lost = lost.replace(f"/node/{other.node_id}", "/node/77777")
    return [
        (url + fact.path, "2021-01-01T00:00:00Z", 200, then.encode()),
        (url + fact.path, "2021-02-01T00:00:00Z", 200, then.encode()),
        (url + fact.path, "2021-03-01T00:00:00Z", 200, now.encode()),
        (url + LOST, "2021-01-01T00:00:01Z", 200, lost.encode()),
        (url + LOST, "2021-05-01T00:00:00Z", 404, b"<h1>Page not found</h1>"),
        (url + LOST, "2021-06-01T00:00:00Z", 404, b"<h1>Page not found</h1>"),
        (url + LOST, "2021-07-01T00:00:00Z", 404, b"<h1>Page not found</h1>"),
        (url + "/news", "2021-01-01T00:00:02Z", 200, page(site, url, "/news")),
        (url + "/about-cps", "2021-01-01T00:00:03Z", 200, b"<h1>About</h1><p>Us.</p>"),
    ]


@pytest.fixture(scope="module")
def held(_home, tmp_path_factory):
    site = _home.show(1)
    path = tmp_path_factory.mktemp("held") / "held.warc.gz"
    return write_warc(path, earlier(site, _home.url))


@pytest.fixture(scope="module")
def pywb(held, tmp_path_factory):
    """The address of a pywb whose collection ``cps`` holds that file."""
    with serving([held], tmp_path_factory.mktemp("pywb")) as address:
        yield address


class Front(ThreadingHTTPServer):
    """Stands before a web archive: writes down what is asked for, and fails as it is told to."""

    daemon_threads = True

    def __init__(self, behind: str) -> None:
        super().__init__(("127.0.0.1", 0), _Passing)
        self.behind = behind
        self.asked: list[tuple[float, str]] = []
        self.failures: dict[str, list[tuple[int, dict[str, str]]]] = {}
        self.answering = Lock()
        self.url = f"http://127.0.0.1:{self.server_address[1]}"

    def handle_error(self, request, client_address) -> None:
        """A client that was killed is no error."""


class _Passing(BaseHTTPRequestHandler):
    def log_message(self, *words) -> None:
        pass

    def do_GET(self) -> None:
        with self.server.answering:  # nobody else is answered between the note of a failure and its answer
            self.server.asked.append((time.time(), self.path))
            for part, left in self.server.failures.items():
                if part in self.path and left:
                    status, headers = left.pop(0)
                    return self._send(status, headers, b"busy")
        request = urllib.request.Request(self.server.behind + self.path)
        try:
            with _plain.open(request, timeout=30) as answer:
                found = answer.status, dict(answer.headers), answer.read()
        except urllib.error.HTTPError as error:
            with error:
                found = error.code, dict(error.headers), error.read()
        with self.server.answering:
            return self._send(*found)

    def _send(self, status, headers, body) -> None:
        self.send_response(status)
        for name, value in headers.items():
            if name.lower() not in {"transfer-encoding", "connection", "content-length", "date", "server"}:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


class _Stays(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *words):
        return None


_plain = urllib.request.build_opener(_Stays)


@contextmanager
def front(behind):
    with Front(behind) as server:
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server
        server.shutdown()


def words_for(archive: str, site: str) -> list[str]:
    replay = f"replay={archive}/cps/{{timestamp}}id_/{{url}}"
    return ["-a", f"cdx={archive}/cps/cdx", "-a", replay, "-a", f"site={site}"]


def backfill(commands, folder, *words):
    return commands.start_crawl(folder, *words, spider="backfill").end()


def test_what_an_archive_holds_takes_its_place(pywb, first, commands, archive, ask, tmp_path, bare):
    url, fact = first.url, first.site.facts.story(EDITED)
    before = ask(archive, "select headline, body, last_seen_at from articles where url = ?", url + fact.path)
    with front(pywb) as between:
        between.failures = {
            "matchType": [(429, {"Retry-After": "2"})],
            "20210101000000id_": [(503, {})] * 3,  # more often than one pass tries
        }
        done = backfill(commands, archive, *words_for(between.url, url))
        assert done.status == 0, done.err
        fetched = [path for _, path in between.asked if "id_/" in path]
        assert sum("20210101000000id_" in path for path in fetched) == 4
        assert not any("about-cps" in path or path.endswith("/news") for path in fetched), "no story, not fetched"
        assert not any("20210201" in path for path in fetched), "one capture for each digest"
        assert not any("20210601" in path for path in fetched), "the first and the last absence are enough"
        busy = next(at for at, path in between.asked if "matchType" in path)
        again = [at for at, path in between.asked if at > busy]
        # One more was under way already; then it is left alone for the two seconds it asked for.
        assert again[1] - busy >= 1.9
        asked = len(between.asked)
        done = backfill(commands, archive, *words_for(between.url, url))
        assert done.status == 0, done.err
        assert not [path for _, path in between.asked[asked:] if "id_/" in path], "fetched a second time"

    rows = ask(
        archive,
        "select v.version, v.seen_at, v.headline, c.source, c.fetched_at from article_versions v "
        "join captures c on c.id = v.capture_id join articles a on a.id = v.article_id where a.url = ? order by 1",
        url + fact.path,
    )
    assert rows == [
        (1, "2021-01-01T00:00:00Z", f"{fact.headline} soon", "127.0.0.1", "2021-01-01T00:00:00Z"),
        (2, "2021-03-01T00:00:00Z", fact.headline, "127.0.0.1", "2021-03-01T00:00:00Z"),
    ]
    assert ask(archive, "select headline, body, last_seen_at from articles where url = ?", url + fact.path) == before
    (lost,) = ask(archive, "select headline, first_seen_at, gone_at, body from articles where url = ?", url + LOST)
    assert lost[:3] == ("A story of herons", "2021-01-01T00:00:01Z", "2021-05-01T00:00:00Z")
    assert len(lost[3]) > 200, "gone, and still readable"

    fresh = bare(archive, tmp_path)
    assert commands.replay(fresh).status == 0
    names = "url, headline, body, first_seen_at, last_seen_at, gone_at, version"
    both = [ask(folder, f"select {names} from articles order by url") for folder in (archive, fresh)]
    assert both[0] == both[1]
    assert sorted(ask(archive, "select key from quotes")) == sorted(ask(fresh, "select key from quotes"))


def test_a_new_archive_begins_with_what_another_holds(pywb, first, commands, tmp_path, ask):
    folder = tmp_path / "data"
    done = backfill(commands, folder, *words_for(pywb, first.url))
    assert done.status == 0, done.err
    assert ask(folder, "select count(*) from articles") == [(2,)]


def test_a_kill_loses_nothing(pywb, first, commands, tmp_path, ask, until):
    folder = tmp_path / "data"
    for patience in (1, 3, 4):
        with front(pywb) as between:
            started = commands.start_crawl(folder, *words_for(between.url, first.url), spider="backfill")
            mementos = lambda: sum("id_/" in path for _, path in between.asked)  # noqa: E731
            until(lambda: mementos() >= patience or started.process.poll() is not None)  # noqa: B023
            started.signal(signal.SIGKILL)
            started.process.wait()
    done = backfill(commands, folder, *words_for(pywb, first.url))
    done = backfill(commands, folder, *words_for(pywb, first.url))
    assert done.status == 0, done.err
    assert ask(folder, "select url, version from articles order by url") == sorted(
        [(first.url + first.site.facts.story(EDITED).path, 2), (first.url + LOST, 1)]
    )
    assert ask(folder, "select gone_at from articles where url = ?", first.url + LOST) == [("2021-05-01T00:00:00Z",)]


def test_what_a_kill_left_unread_is_read_though_the_next_command_is_another(pywb, first, commands, tmp_path, ask):
    folder = tmp_path / "data"
    assert backfill(commands, folder, *words_for(pywb, first.url)).status == 0
    before = ask(folder, "select url, version, gone_at from articles order by url")
    with closing(sqlite3.connect(folder / "cps.db")) as db, db:
        # As a kill between a capture and its reading leaves it.
        db.execute("pragma foreign_keys = on")
        db.execute("update runs set finished_at = null, finish_reason = null")
        for table in ("quotes", "articles"):
            db.execute(f"delete from {table}")
    with front(pywb) as between:
        for _ in range(2):
            done = backfill(commands, folder, *words_for(between.url, first.url))
            assert done.status == 0, done.err
        assert not [path for _, path in between.asked if "id_/" in path], "it is held"
    assert ask(folder, "select url, version, gone_at from articles order by url") == before
    assert len(before) == 2


def test_an_index_that_does_not_answer_is_said(first, commands, tmp_path, problems):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))  # held, and nobody listens
        nobody = f"http://127.0.0.1:{free.getsockname()[1]}"
        done = backfill(commands, tmp_path / "data", *words_for(nobody, first.url))
    assert done.status == 1
    assert any("did not answer" in problem for problem in problems(tmp_path / "data"))


class _Ranges(BaseHTTPRequestHandler):
    """An index in JSON lines and the bytes of WARC files, as Common Crawl serves them."""

    def log_message(self, *words) -> None:
        pass

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        if parts.path == "/index":
            wanted = parse_qs(parts.query)["url"][0]
            lines = [line for line in self.server.lines if line["url"].split("//")[1].startswith(wanted)]
            body = "".join(f"key {line['timestamp']} {json.dumps(line)}\n" for line in lines).encode()
            self.send_response(200 if lines else 404)
        else:
            first, last = self.headers["Range"].removeprefix("bytes=").split("-")
            body = self.server.file.read_bytes()[int(first) : int(last) + 1]
            self.server.ranges.append(parts.path)
            self.send_response(206)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def test_an_index_that_names_ranges_of_files(held, first, commands, tmp_path, ask):
    lines = [
        {
            "url": record.url, "timestamp": "".join(c for c in utc_seconds(record.date) if c.isdigit()),
            "status": str(record.status), "mime": "text/html", "digest": record.payload_digest,
            "filename": "crawl-data/held.warc.gz", "offset": str(record.offset), "length": str(record.length),
        }
        for record in read_warc(held) if record.type == "response"
    ]  # fmt: skip
    with ThreadingHTTPServer(("127.0.0.1", 0), _Ranges) as server:
        server.lines, server.file, server.ranges = lines, held, []
        Thread(target=server.serve_forever, daemon=True).start()
        base = f"http://127.0.0.1:{server.server_address[1]}"
        words = ["-a", f"cdx={base}/index", "-a", f"files={base}/", "-a", f"site={first.url}"]
        folder = tmp_path / "data"
        done = backfill(commands, folder, *words)
        assert done.status == 0, done.err
        assert set(server.ranges) == {"/crawl-data/held.warc.gz"}
        server.shutdown()
    assert ask(folder, "select url, version, gone_at is null from articles order by url") == sorted(
        [(first.url + first.site.facts.story(EDITED).path, 2, 1), (first.url + LOST, 1, 0)]
    )
    assert ask(folder, "select min(fetched_at), max(fetched_at) from captures where url not like '%/index?%'") == [
        ("2021-01-01T00:00:00Z", "2021-07-01T00:00:00Z")
    ]


@pytest.mark.parametrize(
    "words",
    [("-a", "cdx=http://127.0.0.1:1/cdx"), ("-a", "archive=elsewhere"), ("-a", "cdx=x", "-a", "replay=http://x/{url}")],
)
def test_wrong_words_are_exit_2(commands, tmp_path, words):
    done = backfill(commands, tmp_path / "data", *words)
    assert done.status == 2
    assert not (tmp_path / "data").exists()
