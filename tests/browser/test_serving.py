"""The command itself: what it says, what it refuses, and that it only ever reads."""

from __future__ import annotations

import csv
import io
import json
import shutil
import socket
import sqlite3
import sys
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow


def test_an_archive_that_does_not_exist_says_how_to_get_one(commands: Any, tmp_path: Path) -> None:
    done = commands.verb(tmp_path, "serve", "--port", "0")
    assert done.status == 1
    assert "cpsscrape demo" in done.err


def test_a_taken_port_is_said_at_once(commands: Any, crawled: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = commands.verb(crawled, "serve", "--port", str(port))
    assert done.status == 1
    assert f"port {port}" in done.err
    assert "--port 0" in done.err


def test_without_the_extra_it_names_the_extra(commands: Any, crawled: Path) -> None:
    script = "import sys; sys.modules['datasette'] = None; from cpsscrape.cli import main; main()"
    done = commands.start(sys.executable, "-c", script, "--data", str(crawled), "serve").end()
    assert done.status == 1
    assert "pip install 'cpsscrape[web]'" in done.err
    assert "Traceback" not in done.err


def test_it_listens_on_this_machine_only(served: Any) -> None:
    port = int(served.url.rsplit(":", 1)[1].strip("/"))
    # Another address of this machine's loopback: a server on 0.0.0.0 would hold the port there too.
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.9", port))


def test_a_crawl_that_writes_meanwhile_is_neither_seen_half_nor_hindered(
    crawled: Path, serving: Any, tmp_path: Path
) -> None:
    folder = tmp_path / "data"
    shutil.copytree(crawled, folder)
    with serving(folder) as served, closing(sqlite3.connect(folder / "cps.db", timeout=5)) as writer:
        (old,) = writer.execute("select headline from articles where id = 1").fetchone()
        writer.execute("update articles set headline = 'Written meanwhile' where id = 1")
        assert old in served.get("/articles/1").text
        writer.commit()
        assert "Written meanwhile" in served.get("/articles/1").text


def test_nothing_can_be_written_through_it(served: Any) -> None:
    before = (served.folder / "cps.db").read_bytes()
    for sql in ("delete from articles", "attach 'x.db' as x", "pragma journal_mode=delete", "vacuum into 'y.db'"):
        assert served.get(f"/cps?sql={sql.replace(' ', '+')}").status == 400
    assert (served.folder / "cps.db").read_bytes() == before


def test_lists_come_as_csv_and_json(served: Any, ask: Any) -> None:
    (count,) = ask(served.folder, "select count(*) from article_list")[0]
    rows = list(csv.DictReader(io.StringIO(served.get("/cps/article_list.csv?_stream=on").text)))
    assert len(rows) == count
    assert len(json.loads(served.get("/cps/article_list.json?_shape=array&_size=max").text)) == count


def test_what_a_search_found_comes_as_csv(look: Any, served: Any) -> None:
    page = look("/search?q=money&language=en")
    found = int(page.locator("#articles").inner_text().split()[0])
    link = page.get_by_role("link", name="CSV", exact=True).get_attribute("href")
    assert len(list(csv.DictReader(io.StringIO(served.get(link).text)))) == found


def test_pages_refuse_what_comes_from_elsewhere(served: Any) -> None:
    for path in ("/", "/articles/1", "/-/dashboards/archive", "/cps/articles"):
        policy = served.get(path).headers["content-security-policy"]
        assert policy.startswith("default-src 'none'")
        assert "http" not in policy
        assert "unsafe-eval" not in policy
    assert "unsafe-inline" not in served.get("/articles/1").headers["content-security-policy"]


@pytest.mark.parametrize(
    "path", ["/articles/999999", "/speakers/999999", "/articles/1/changes?from=1&to=9", "/nowhere"]
)
def test_what_is_not_there_is_not_found(served: Any, path: str) -> None:
    answer = served.get(path)
    assert answer.status == 404
    assert "Back to the first page" in answer.text


def test_the_first_page_comes_at_once(served: Any, spent: Any) -> None:
    """By the server's processor time: a machine that is busy with something else makes no page dearer."""

    def seconds() -> float:
        began = spent(served.process)
        assert served.get("/").status == 200
        return spent(served.process) - began

    assert min(seconds() for _ in range(5)) < 0.3
