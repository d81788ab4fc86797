from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from cpsscrape.archive.filters import Filters
from cpsscrape.archive.searching import Said, find_articles, find_spoken
from cpsscrape.archive.sentences import CLOSE, OPEN
from cpsscrape.archive.words import read_words

if TYPE_CHECKING:
    from conftest import Desk
    from sqlite_utils import Database


def headlines(db: Database, words: str, **filters: object) -> list[str]:
    _, hits = find_articles(db, read_words(words), Filters(**filters))  # type: ignore[arg-type]
    return [hit.article["headline"] for hit in hits]


def test_a_word_in_the_headline_comes_first(db: Database) -> None:
    assert headlines(db, "dogs")[0] == "Three sentenced for stealing 61 dogs"
    assert "Prosecutors take questions in village halls" in headlines(db, "dogs")


def test_each_hit_stands_in_its_sentence(db: Database) -> None:
    _, hits = find_articles(db, read_words("quad bike*"), Filters())
    for hit in hits:
        text = hit.sentence.replace(OPEN, "").replace(CLOSE, "")
        assert OPEN in hit.sentence
        assert text in f"{hit.article['body']} {hit.article['teaser']}"


def test_a_phrase_is_not_its_words(db: Database) -> None:
    assert len(headlines(db, '"crime hate"')) < len(headlines(db, "crime hate"))


def test_filters_leave_what_they_name(db: Database) -> None:
    total, hits = find_articles(db, read_words("said"), Filters(areas=("Wessex",), since="2026-01-01"), limit=100)
    assert total == len(hits) > 0
    assert all("Wessex" in hit.article["areas"] and hit.article["published_on"] >= "2026" for hit in hits)
    topics = find_articles(db, None, Filters(topics=("Hate crime", "Terrorism")), limit=100)[1]
    assert {bool({"Hate crime", "Terrorism"} & set(hit.article["topics"].split("; "))) for hit in topics} == {True}


def test_what_a_filter_leaves_keeps_its_order_and_its_rank(db: Database) -> None:
    everything = find_articles(db, read_words("crime OR court"), Filters(), limit=100)[1]
    narrowed = find_articles(db, read_words("crime OR court"), Filters(since="2025"), limit=100)[1]
    left = [hit for hit in everything if (hit.article["published_on"] or "") >= "2025"]
    assert 0 < len(narrowed) < len(everything)
    assert [(hit.article["id"], hit.rank) for hit in narrowed] == [(hit.article["id"], hit.rank) for hit in left]


@pytest.mark.parametrize("filters", [Filters(), Filters(since="2025")])
def test_pages_together_are_the_whole_and_a_page_behind_the_last_still_counts(db: Database, filters: Filters) -> None:
    words = read_words("crim*")
    total, whole = find_articles(db, words, filters, limit=100)
    pages = [find_articles(db, words, filters, limit=4, offset=offset) for offset in range(0, total + 4, 4)]
    assert [hit.article["id"] for _, hits in pages for hit in hits] == [hit.article["id"] for hit in whole]
    assert {number for number, _ in pages} == {total}
    said = [find_spoken(db, words, Said(), filters, limit=3, offset=offset)[0] for offset in (0, 1000)]
    assert said[0] == said[1] > 0


def test_without_words_the_newest_come_first(db: Database) -> None:
    total, hits = find_articles(db, None, Filters(), limit=5)
    days = [hit.article["published_on"] for hit in hits]
    assert days == sorted(days, reverse=True)
    assert total > len(hits) == 5


def test_quotes_are_found_by_who_spoke_and_what_was_said(db: Database) -> None:
    _, hits = find_spoken(db, read_words("bicycle"), Said(), Filters())
    assert [hit.quote["headline"] for hit in hits] == ["Three sentenced for stealing 61 dogs"]
    _, hits = find_spoken(db, None, Said(role="chief crown prosecutor", organisation="wessex"), Filters())
    assert hits
    for hit in hits:
        assert any("Chief Crown Prosecutor" in speaker["role"] for speaker in hit.speakers)
    _, hits = find_spoken(db, None, Said(attributed=False), Filters())
    assert all(not hit.speakers for hit in hits)


def test_percent_and_underscore_in_a_name_are_letters(db: Database) -> None:
    assert find_spoken(db, None, Said(speaker="%"), Filters())[0] == 0
    assert find_spoken(db, None, Said(speaker="_"), Filters())[0] == 0


def test_in_a_pipe_a_line_is_a_hit(desk: Desk) -> None:
    ran = desk("search", "dogs")
    assert ran.status == 0
    assert ran.rows[0][3] == "Three sentenced for stealing 61 dogs"
    assert {len(row) for row in ran.rows} == {6}
    assert "\x1b" not in ran.out


def test_json_says_where_the_hits_are(desk: Desk) -> None:
    found = json.loads(desk("search", "dogs", "--json").out)
    first = found["articles"][0]
    assert found["total"] == len(found["articles"])
    assert {first["sentence"][start:end].lower() for start, end in first["hits"]} == {"dogs"}


def test_a_terminal_gets_colour_and_the_way_on(desk: Desk) -> None:
    shown = desk.on_terminal("search", "dogs")
    assert "\x1b[1;33mdogs\x1b[0m" in shown.out
    assert "cpsscrape show" in shown.out


@pytest.mark.parametrize("query", ['stray "quote', "fraud AND", "(fraud", "fraud:", "a*b", "'; drop table articles"])
def test_stray_marks_and_operators_are_answered(desk: Desk, query: str) -> None:
    ran = desk("search", query)
    assert ran.status == 0
    assert "Traceback" not in ran.err


def test_nothing_found_says_which_word_it_was(desk: Desk) -> None:
    ran = desk("search", "zebra dogs")
    assert (ran.status, ran.out) == (0, "")
    assert "“zebra” in no articles" in ran.err
    assert json.loads(desk("search", "zebra", "--json").out) == {"total": 0, "articles": []}


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (["--area", "wesex"], "did you mean Wessex?"),
        (["--topic", "hate"], None),
        (["--area", "wessex"], None),
        (["--topic", "crime"], "did you mean"),
        (["--since", "last week"], "2024-08-09"),
        (["--until", "2024-02-30"], "no day of the calendar"),
    ],
)
def test_names_and_dates_are_checked(desk: Desk, words: list[str], hint: str | None) -> None:
    ran = desk("search", *words)
    assert ran.status == (0 if hint is None else 2)
    assert hint is None or hint in ran.err


def test_until_a_year_is_its_last_day(desk: Desk) -> None:
    days = [row[1] for row in desk("search", "--since", "2021", "--until", "2021", "-n", "99").rows]
    assert days
    assert all(day.startswith("2021") for day in days)
