"""What the archive holds and what it lacks, as plain numbers: the ground of a datasheet."""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import sqlite3

Row = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """Rows of several small queries; ``listings`` is the last walk of each listing."""

    totals: Row
    years: tuple[Row, ...]
    areas: tuple[Row, ...]
    listings: tuple[Row, ...]
    runs: tuple[Row, ...]
    addresses: tuple[Row, ...]
    sources: tuple[Row, ...]
    layouts: tuple[Row, ...]
    gaps: tuple[str, ...]
    problems: tuple[str, ...]


_TOTALS = """
select count(*) as articles, min(published_on) as earliest, max(published_on) as latest,
  sum(published_on is null) as undated, sum(published_on_source = 'prose') as dated_by_prose,
  sum(content_type is null) as untyped, sum(language = 'cy') as welsh, sum(gone_at is not null) as gone,
  sum(id not in (select article_id from article_areas)) as without_area,
  sum(id not in (select article_id from article_topics)) as without_topic,
  min(first_seen_at) as first_seen_at, max(last_seen_at) as last_seen_at,
  sum(published_on < (select substr(min(first_seen_at), 1, 10) from articles)) as older_than_archive,
  (select count(*) from article_versions) as versions,
  (select count(distinct article_id) from article_versions where version > 1) as edited,
  (select count(*) from quotes) as quotes,
  (select count(distinct quote_id) from quote_speakers) as attributed,
  (select count(*) from quotes where confidence < 0.5) as doubtful_quotes,
  (select count(*) from case_studies) as case_studies,
  (select count(*) from captures) as captures,
  (select count(*) from withdrawals) as withdrawn
from articles
"""


def survey(connection: sqlite3.Connection) -> Survey:
    """Ask the archive about itself; counts of an empty archive are 0."""
    totals = {
        name: 0 if value is None and name not in _NAMES else value
        for name, value in _rows(connection, _TOTALS)[0].items()
    }
    runs = _rows(
        connection,
        "select id, spider, started_at, finished_at, finish_reason, healthy, problems, version from runs order by id",
    )
    return Survey(
        totals=totals,
        years=_counts(connection, "select substr(published_on, 1, 4), count(*) from articles group by 1 order by 1"),
        areas=_counts(
            connection,
            "select y.name, count(*) from article_areas x join areas y on y.id = x.area_id "
            "group by 1 order by 2 desc, 1",
        ),
        listings=_rows(
            connection,
            "select url, label, expected, seen, complete from listings "
            "where run_id = (select max(run_id) from listings x where x.url = listings.url) order by url",
        ),
        runs=runs,
        addresses=_counts(
            connection, "select state, count(*) from frontier where kind = 'article' group by 1 order by 2 desc"
        ),
        sources=_counts(connection, "select source, count(*) from captures group by 1 order by 2 desc"),
        layouts=_counts(connection, "select layout, count(*) from articles group by 1 order by 2 desc"),
        gaps=tuple(_gaps(connection)),
        problems=tuple(json.loads(runs[-1]["problems"] or "[]")) if runs else (),
    )


_NAMES = frozenset({"earliest", "latest", "first_seen_at", "last_seen_at"})


def _rows(connection: sqlite3.Connection, sql: str) -> tuple[Row, ...]:
    cursor = connection.execute(sql)
    names = [column[0] for column in cursor.description]
    return tuple(dict(zip(names, row, strict=True)) for row in cursor)


def _counts(connection: sqlite3.Connection, sql: str) -> tuple[Row, ...]:
    return tuple({"name": name, "number": number} for name, number in connection.execute(sql))


def _gaps(connection: sqlite3.Connection) -> list[str]:
    """Return the stretches of whole months, between first and last, in which nothing was published."""
    months = [row[0] for row in connection.execute(
        "select distinct substr(published_on, 1, 7) from articles where published_on is not null order by 1"
    )]  # fmt: skip
    numbers = [int(month[:4]) * 12 + int(month[5:7]) - 1 for month in months]
    gaps = []
    for before, after in pairwise(numbers):
        if after - before > 1:
            first, last = _month(before + 1), _month(after - 1)
            gaps.append(first if first == last else f"{first} to {last}")
    return gaps


def _month(number: int) -> str:
    return f"{number // 12:04}-{number % 12 + 1:02}"
