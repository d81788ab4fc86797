"""Each alarm by a real run on a site that went wrong in one way."""

from __future__ import annotations

import json
import re
import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest

from cpsscrape.archive.database import DATABASE
from cpsscrape.demo.site import Site

pytestmark = pytest.mark.slow
FEW = ("-s", "CPS_HEALTH_PAGES=10")


class Spoilt:
    """The miniature site with every story's page changed by a function of its markup."""

    def __init__(self, change) -> None:
        self.site = Site()
        self.change = change
        self.stories = {path: n for n, path in enumerate(fact.path for fact in self.site.facts.stories)}

    def answer(self, method, target, headers):
        plain = {name: value for name, value in headers.items() if not name.startswith("if-")}
        answer = self.site.answer(method, target, plain)
        number = self.stories.get(target)
        if number is None or answer.status != 200:
            return answer
        kept = tuple(pair for pair in answer.headers if pair[0] not in {"ETag", "Last-Modified", "Content-Length"})
        return replace(answer, headers=kept, body=self.change(answer.body.decode(), number).encode())


def crawled(home, commands, folder, change, *words):
    home.show(site=Spoilt(change))
    return commands.crawl(folder, home.url, "-a", "full=1", *FEW, *words)


def test_a_healthy_site_alarms_nobody(first, problems):
    assert first.done.status == 0
    assert problems(first.folder) == []


def test_a_layout_not_seen_before(home, commands, archive, problems):
    home.show(1, "redesign")
    done = commands.crawl(archive, home.url, "-a", "full=1")
    assert done.status == 1
    assert any(re.search(r"^\d+ pages? in a layout not seen before", said) for said in problems(archive)), problems(
        archive
    )
    again = commands.crawl(archive, home.url, "-a", "full=1")
    assert again.status == 0, (problems(archive), "it was seen before now")


def test_pages_that_cannot_be_read(home, commands, tmp_path, problems, ask):
    folder = tmp_path / "data"
    done = crawled(home, commands, folder, lambda html, n: html if n % 5 else "<html><body></body></html>")
    assert done.status == 1
    assert any("pages could not be read" in said and "EmptyPageError" in said for said in problems(folder)), problems(
        folder
    )
    assert ask(folder, "select count(*) from articles")[0][0] > 30, "the others are stored"


def test_pages_without_a_date(home, commands, tmp_path, problems):
    folder = tmp_path / "data"
    months = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
    dated = re.compile(rf"\d{{1,2}}\s+(?:{months})\w* \d{{4}}|\d\d/\d\d/\d{{4}}|\d{{4}}-\d\d-\d\d")

    class Dateless(Spoilt):
        def answer(self, method, target, headers):
            answer = super().answer(method, target, headers)
            if answer.header("Content-Type") and "html" in answer.header("Content-Type"):
                kept = tuple(pair for pair in answer.headers if pair[0] not in {"ETag", "Last-Modified"})
                return replace(answer, headers=kept, body=dated.sub("", answer.body.decode()).encode())
            return answer

    home.show(site=Dateless(lambda html, n: html))
    done = commands.crawl(folder, home.url, *FEW)
    assert done.status == 1
    assert any("have no date of publication" in said for said in problems(folder)), problems(folder)


def test_readers_that_disagree(home, commands, tmp_path, problems):
    folder = tmp_path / "data"

    def hollow(html: str, n: int) -> str:
        """The box of the template holds a line of the story; the rest moved to a box of another name."""
        head, mark, rest = html.partition('<div class="cps-content__body">')
        if not mark:
            return html
        first, end, rest = rest.partition("</p>")
        return f'{head}{mark}{first}{end}</div><div class="story-text-2027">{rest}'

    done = crawled(home, commands, folder, hollow)
    assert done.status == 1
    assert any("read different stories" in said for said in problems(folder)), problems(folder)


def test_a_fall_against_the_median_of_earlier_runs(home, commands, archive, problems):
    with closing(sqlite3.connect(archive / DATABASE)) as db, db:
        arguments, stats, version = db.execute("select arguments, stats, version from runs").fetchone()
        usual = {key: 3 * value if key.startswith("cps/health/") else value for key, value in json.loads(stats).items()}
        for day in (1, 2, 3):
            db.execute(
                "insert into runs (spider, arguments, started_at, finished_at, finish_reason, healthy, problems, "
                "stats, version) values ('news', ?, ?, ?, 'finished', 1, '[]', ?, ?)",
                [arguments, f"2026-01-0{day}T00:00:00Z", f"2026-01-0{day}T01:00:00Z", json.dumps(usual), version],
            )
    home.show()
    done = commands.crawl(archive, home.url)
    assert done.status == 1
    said = problems(archive)
    assert any(
        re.search(r"articles listed fell to \d+, from a median of \d+ in the last 4 runs", line) for line in said
    ), said
