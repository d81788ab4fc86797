"""Counts of the archive: how much there is, and how it spreads over time, areas, topics and people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cpsscrape.archive.searching import one_row

if TYPE_CHECKING:
    from sqlite_utils import Database

    from cpsscrape.archive.filters import Filters


@dataclass(frozen=True, slots=True, kw_only=True)
class Dimension:
    """One way to count: ``value`` is the SQL of a group, ``joins`` leads to it from articles ``a``.

    ``what`` is counted; ``ordered`` groups stand in their own order, others by their number.
    """

    name: str
    title: str
    value: str
    joins: str = ""
    what: str = "article"
    ordered: bool = False


_QUOTES = "join quotes q on q.article_id = a.id "
_SPOKEN = _QUOTES + "join quote_speakers qs on qs.quote_id = q.id "
DIMENSIONS = {
    dimension.name: dimension
    for dimension in (
        Dimension(name="year", title="By year", value="substr(a.published_on, 1, 4)", ordered=True),
        Dimension(name="month", title="By month", value="substr(a.published_on, 1, 7)", ordered=True),
        Dimension(
            name="area",
            title="By area",
            value="y.name",
            joins="left join article_areas x on x.article_id = a.id left join areas y on y.id = x.area_id",
        ),
        Dimension(
            name="topic",
            title="By topic",
            value="y.name",
            joins="left join article_topics x on x.article_id = a.id left join topics y on y.id = x.topic_id",
        ),
        Dimension(name="type", title="By type", value="a.content_type"),
        Dimension(name="language", title="By language", value="a.language"),
        # Only people who speak for an office: nobody else is linked across articles.
        Dimension(
            name="speaker",
            title="Most quoted, of those who speak for an office",
            value="s.name",
            joins=_SPOKEN + "join speakers s on s.id = qs.speaker_id and s.article_id is null",
            what="quote",
        ),
        Dimension(name="role", title="Quotes by role", value="qs.role", joins=_SPOKEN, what="quote"),
        Dimension(
            name="organisation", title="Quotes by organisation", value="qs.organisation", joins=_SPOKEN, what="quote"
        ),
        Dimension(name="kind", title="Quotes by kind", value="q.kind", joins=_QUOTES, what="quote"),
    )
}
OVERVIEW = ("year", "area", "topic", "speaker")


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """The groups of one dimension with their numbers; None is the group of those without a value."""

    dimension: Dimension
    groups: tuple[tuple[str | None, int], ...]
    left_out: int = 0


def totals(db: Database, filters: Filters) -> dict[str, Any]:
    """Return how much there is: articles, their period, versions, quotes, case studies, captures."""
    where, values = filters.clauses()
    some = f"select a.id from articles a where {' and '.join(where) or '1'}"
    sql = f"""
        with some(id) as materialized ({some})
        select count(*) as articles, min(published_on) as earliest, max(published_on) as latest,
          coalesce(sum(published_on is null), 0) as undated, coalesce(sum(gone_at is not null), 0) as gone,
          coalesce(sum(language = 'cy'), 0) as welsh, coalesce(sum(word_count), 0) as words,
          (select count(*) from article_versions where article_id in some) as versions,
          (select count(distinct article_id) from article_versions where version > 1 and article_id in some) as edited,
          (select count(*) from quotes where article_id in some) as quotes,
          (select count(*) from quotes where article_id in some
             and id in (select quote_id from quote_speakers)) as attributed_quotes,
          (select count(*) from case_studies where article_id in some) as case_studies,
          min(first_seen_at) as first_seen_at, max(last_seen_at) as last_seen_at
        from articles where id in some
    """
    return one_row(db, sql, dict(values))


def counts(db: Database, dimension: Dimension, filters: Filters, *, limit: int | None = None) -> Counts:
    """Return the groups of a dimension, those with most first unless they have an order of their own.

    With ``limit`` an ordered dimension keeps its last groups, another its largest.
    """
    where, values = filters.clauses()
    number = "count(distinct q.id)" if dimension.what == "quote" else "count(*)"
    sql = (
        f"select {dimension.value} as value, {number} as number from articles a {dimension.joins} "
        f"where {' and '.join(where) or '1'} group by 1 "
        f"order by {'value is null, value' if dimension.ordered else 'number desc, value is null, value'}"
    )
    groups = [(value, int(number)) for value, number in db.conn.execute(sql, values)]
    shown = groups
    if limit is not None and len(groups) > limit:
        shown = groups[-limit:] if dimension.ordered else groups[:limit]
    return Counts(dimension=dimension, groups=tuple(shown), left_out=len(groups) - len(shown))


def months_between(groups: tuple[tuple[str | None, int], ...]) -> tuple[tuple[str | None, int], ...]:
    """Return counts by month with a zero for each month in between that has none: a gap is to be seen."""
    known = {value: number for value, number in groups if value is not None}
    filled: list[tuple[str | None, int]] = []
    if known:
        month, last = min(known), max(known)
        while month <= last:
            filled.append((month, known.get(month, 0)))
            year, number = int(month[:4]), int(month[5:7])
            month = f"{year + number // 12:04}-{number % 12 + 1:02}"
    return (*filled, *((value, number) for value, number in groups if value is None))
