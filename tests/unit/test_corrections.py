"""A person's corrections: applied after crawl and replay, never part of what the CPS published."""

from __future__ import annotations

import csv

import pytest

pytestmark = pytest.mark.slow


def write(folder, *rows) -> None:
    with (folder / "corrections.csv").open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([("key", "field", "value", "why"), *rows])


@pytest.fixture
def quote(ask, archive):
    rows = ask(
        archive,
        "select q.key, q.article_id, s.name, qs.role from quotes q join quote_speakers qs on qs.quote_id = q.id "
        "join speakers s on s.id = qs.speaker_id where qs.role is not null order by q.id limit 1",
    )
    return rows[0]


def said_of(ask, folder, key):
    return ask(
        folder,
        "select s.name, qs.role, q.kind, q.rule from quotes q join quote_speakers qs on qs.quote_id = q.id "
        "join speakers s on s.id = qs.speaker_id where q.key = ?",
        key,
    )


def fields_of(ask, folder, article_id):
    return ask(folder, "select headline, published_on, teaser from articles where id = ?", article_id)


def test_corrections_come_and_go(first, home, commands, archive, ask, quote):
    key, article_id, *_ = quote
    node = ask(archive, "select node_id from articles where id = ?", article_id)[0][0]
    before = said_of(ask, archive, key), fields_of(ask, archive, article_id)
    versions = ask(archive, "select * from article_versions")
    write(
        archive,
        (key, "speaker", "Ottoline Fenwick", "her name is misspelt"),
        (key, "role", "Herald", ""),
        (f"node/{node}", "published_on", "2001-02-03", "the page has the wrong year"),
        (first.url + "/no/news/such-story", "headline", "Nothing", ""),
        (f"node/{node}", "body", "may not be corrected", ""),
    )
    done = commands.crawl(archive, first.url)
    assert done.status == 0, done.err
    assert "'body'" in done.err, "a row that corrects nothing is named"
    corrected = [("Ottoline Fenwick", "Herald", before[0][0][2], "correction")]
    for step in (
        lambda: None,
        lambda: commands.replay(archive),
        lambda: commands.crawl(archive, first.url, "-a", "full=1"),
    ):
        step()
        assert said_of(ask, archive, key) == corrected
        assert fields_of(ask, archive, article_id)[0][1] == "2001-02-03"
        assert ask(archive, "select * from article_versions") == versions
    write(archive)
    assert commands.replay(archive).status == 0
    assert (said_of(ask, archive, key), fields_of(ask, archive, article_id)) == before
    assert ask(archive, "select * from article_versions") == versions


def test_one_taken_back_is_undone_by_the_next_sighting(first, home, commands, archive, ask, quote):
    key, article_id, *_ = quote
    before = said_of(ask, archive, key), fields_of(ask, archive, article_id)
    write(archive, (key, "speaker", "", "nobody knows"), (first.url + "/x", "headline", "y", ""))
    assert commands.crawl(archive, first.url).status == 0
    assert said_of(ask, archive, key) == [], "an empty value means: not known"
    write(archive)
    assert commands.crawl(archive, first.url, "-a", "full=1").status == 0
    assert (said_of(ask, archive, key), fields_of(ask, archive, article_id)) == before
    assert ask(archive, "select count(*) from article_versions where version > 1") == [(0,)]
