"""Gone is what its own address says, twice, a day apart: never a listing, never an outage."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest
from replay.dumps import differences, dump
from replay.foreign_warc import page, write_warc

from cpsscrape.archive.database import DATABASE
from cpsscrape.demo.answers import page as html_page
from cpsscrape.demo.site import Site

pytestmark = pytest.mark.slow
NOW = ("-s", "CPS_GONE_AFTER_DAYS=0")


class Broken(Site):
    """The miniature site whose stories, but not its listings, all answer alike."""

    def __init__(self, status: int) -> None:
        super().__init__()
        self.status = status

    def answer(self, method, target, headers):
        if target in {fact.path for fact in self.facts.stories}:
            return replace(html_page("<h1>Page not found</h1><p>Sorry.</p>"), status=self.status)
        return super().answer(method, target, headers)


def test_two_absences_on_one_day_are_not_enough_and_a_day_apart_they_are(
    lived, first, home, commands, archive, ask, bare, tmp_path
):
    site = home.show(2)
    for _ in range(2):
        assert commands.crawl(archive, first.url, "-a", "full=1").status == 0
    assert ask(archive, "select count(*) from articles where gone_at is not null") == [(0,)]
    with closing(sqlite3.connect(archive / DATABASE)) as db, db:
        # The first of the two was yesterday.
        db.execute("update absences set seen_at = strftime('%Y-%m-%dT%H:%M:%SZ', seen_at, '-1 day') where run_id = 2")
        db.execute("update articles set last_seen_at = strftime('%Y-%m-%dT%H:%M:%SZ', last_seen_at, '-2 days')")
    assert commands.crawl(archive, first.url, "-a", "full=1").status == 0
    rows = ask(
        archive,
        "select a.url, a.gone_at, min(x.seen_at), a.body from articles a join absences x on a.id = x.article_id "
        "where gone_at is not null group by a.id",
    )
    assert {url.removeprefix(first.url) for url, *_ in rows} == {path.rstrip("/") for path in site.facts.gone}
    assert all(gone == seen for _, gone, seen, _ in rows), "gone since the first absence"
    assert all(body for *_, body in rows), "the article stays readable"
    kinds = ask(archive, "select distinct reason from absences order by 1")
    assert {kind for (kind,) in kinds} == {"redirect to a listing", "status 404", "status 410", "SoftNotFoundError"}


@pytest.mark.parametrize("status", [404, 503])
def test_an_outage_sweeps_nothing(first, home, commands, archive, ask, problems, status):
    for _ in range(2):
        home.show(site=Broken(status))
        done = commands.crawl(archive, first.url, "-a", "full=1", *NOW, "-s", "RETRY_TIMES=0")
        assert done.status == 1
    # Not all of the outage is over: a few stories are still away, few enough to be removals.
    home.show(site=Broken(status))
    commands.crawl(archive, first.url, "-a", "full=1", "-a", "limit=4", *NOW, "-s", "RETRY_TIMES=0")
    assert ask(archive, "select count(*) from articles where gone_at is not null") == [(0,)]
    before = ask(archive, "select url, headline, body from articles order by url")
    home.show(1)
    done = commands.crawl(archive, first.url, "-a", "full=1", *NOW)
    assert done.status == 0, (done.err, problems(archive))
    assert ask(archive, "select url, headline, body from articles order by url") == before
    assert ask(archive, "select count(*) from article_versions where version > 1") == [(0,)]


def test_a_return_is_recorded_and_its_absences_are_kept(lived, ask):
    (path,) = set(Site(2).facts.gone) - set(Site(3).facts.gone)
    url = lived.url + path.rstrip("/")
    assert ask(lived.folder, "select gone_at from articles where url = ?", url) == [(None,)]
    (absences,) = ask(
        lived.folder, "select count(*) from absences where article_id = (select id from articles where url = ?)", url
    )[0]
    assert absences == 2
    others = ask(lived.folder, "select count(*) from articles where gone_at is not null")[0][0]
    assert others == len(Site(3).facts.gone)


def test_absences_that_others_captured_count_in_whatever_order_they_come(first, commands, archive, tmp_path, ask, bare):
    fact = first.site.facts.stories[5]
    url = first.url + fact.path
    gone = b"<h1>Page not found</h1>"
    later = [(url, "2027-03-05T00:00:00Z", 404, gone), (url, "2027-03-09T00:00:00Z", 410, gone)]
    earlier = [
        (url, "2027-03-02T00:00:00Z", 404, gone),
        (url, "2027-03-01T00:00:00Z", 200, page(first.site, first.url, fact.path)),
    ]
    for number, answers in enumerate((later, earlier)):
        done = commands.replay(archive, "-a", f"source={write_warc(tmp_path / f'{number}.warc.gz', answers)}")
        assert done.status in {0, 1}, done.err  # absences alone are no story
    assert ask(archive, "select gone_at from articles where url = ?", url) == [("2027-03-02T00:00:00Z",)]
    fresh = bare(archive, tmp_path)
    assert commands.replay(fresh).status == 0
    gone_at = "select url, gone_at, last_seen_at from articles order by url"
    assert ask(archive, gone_at) == ask(fresh, gone_at)
    again = dump(fresh)
    assert commands.replay(fresh).status == 0
    assert not differences(again, dump(fresh))
