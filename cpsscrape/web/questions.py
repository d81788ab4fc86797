"""What the web pages ask of the archive beyond what ``cpsscrape.archive`` answers: all their SQL."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from cpsscrape.archive.counting import DIMENSIONS
from cpsscrape.archive.searching import all_rows, one_row

if TYPE_CHECKING:
    from sqlite_utils import Database

    from cpsscrape.archive.filters import Filters
    from cpsscrape.archive.words import Words

Row = dict[str, Any]

# A person without an office is never linked across articles: this is the one condition for it.
OFFICE = "s.article_id is null"
SPEAKER_ROW = f"select 1 from speakers s where s.id = ? and {OFFICE}"
STATEMENT_ROW = (
    "select 1 from quote_speakers qs join speakers s on s.id = qs.speaker_id "
    f"where qs.quote_id = ? and qs.position = ? and {OFFICE}"
)
OFFICE_ONLY = {
    "speakers": "article_id is null",
    "quote_speakers": "speaker_id in (select id from speakers where article_id is null)",
}

# Only an article that was once missed can be gone: far fewer to look at than all.
_GONE = (
    "select id, headline, gone_at as at, version, 'gone' as what from articles "
    "where id in (select article_id from absences) and gone_at is not null"
)
_NOT_OF: dict[str, dict[str, Any]] = {
    "area": {"areas": ()},
    "topic": {"topics": ()},
    "year": {"since": None, "until": None},
    "type": {"content_type": None},
    "language": {"language": None},
}
_LABELS = frozenset({"area", "topic"})


def facet(db: Database, name: str, words: Words | None, filters: Filters) -> list[tuple[str, int]]:
    """Count the found articles by one dimension, as if it were not filtered by: its other values stay in reach."""
    where, values = replace(filters, **_NOT_OF[name]).clauses()
    if words is not None:
        where.append("a.id in (select rowid from articles_fts where articles_fts match :words)")
        values["words"] = words.fts
    rows = db.conn.execute((_labels_sql if name in _LABELS else _columns_sql)(name, where), values)
    return [(str(value), int(number)) for value, number in rows]


def _labels_sql(name: str, where: list[str]) -> str:
    """Count by area or topic: `cross` counts in the index of each label, and makes no list of all pairs."""
    some = f"where x.article_id in (select a.id from articles a where {' and '.join(where)})" if where else ""
    return (
        f"select y.name, count(*) from {name}s y cross join article_{name}s x on x.{name}_id = y.id {some} "
        "group by y.id order by 2 desc, 1"
    )


def _columns_sql(name: str, where: list[str]) -> str:
    dimension = DIMENSIONS[name]
    return (
        f"select {dimension.value}, count(*) from articles a where {' and '.join(where) or '1'} "
        f"group by 1 having {dimension.value} is not null order by {'1 desc' if dimension.ordered else '2 desc, 1'}"
    )


def articles_sql(words: Words | None, filters: Filters) -> tuple[str, dict[str, object]]:
    """Return the query behind a list of found articles, to be run again as CSV, JSON or SQL."""
    where, values = filters.clauses()
    if words is not None:
        where.append("a.id in (select rowid from articles_fts where articles_fts match :words)")
        values["words"] = words.fts
    return (
        f"select * from article_list a where {' and '.join(where) or '1'} order by published_on desc",
        values,
    )


def latest(db: Database, limit: int) -> list[Row]:
    """Return the newest articles by date, without their bodies."""
    return all_rows(
        db,
        "select id, url, published_on, headline, update_label, content_type, areas, topics, language, teaser, gone_at "
        "from article_list where id in (select id from articles order by published_on desc, id desc limit ?) "
        "order by published_on desc, id desc",
        [limit],
    )


def standing(db: Database) -> Row:
    """Return how much there is, from indexes alone: the first page of a large archive reads no body."""
    return one_row(
        db,
        "select (select count(*) from articles) as articles, (select min(published_on) from articles) as earliest, "
        "(select max(published_on) from articles) as latest, (select count(*) from quotes) as quotes, "
        "(select count(*) from speakers where article_id is null) as speakers, "
        "(select count(*) from case_studies) as case_studies, "
        "(select count(*) from article_versions where version = 2) as edited, "
        f"(select count(*) from ({_GONE})) as gone",
        [],
    )


def recent_changes(db: Database, limit: int) -> list[Row]:
    """Return the last edits and removals: what makes an archive worth having."""
    return all_rows(
        db,
        "select * from (select a.id, a.headline, v.seen_at as at, v.version, 'edited' as what from article_versions v "
        "join articles a on a.id = v.article_id "
        # `+id` keeps to the index of versions; a table of versions is mostly bodies.
        "where v.id in (select id from article_versions where version > 1 order by +id desc limit :enough) "
        f"union all {_GONE}) order by at desc, id limit :limit",
        {"limit": limit, "enough": limit * 10},
    )


def office_speakers(db: Database) -> list[Row]:
    """Return everybody who speaks for an office, with the number of their quotes and their latest role.

    Beside one ``max()`` SQLite takes the plain columns from the row that has it; what that
    quote says of its speaker is read afterwards, once for each.
    """
    return all_rows(
        db,
        "with said as (select s.id, s.name, count(distinct qs.quote_id) as quotes, "
        "count(distinct q.article_id) as articles, max(coalesce(a.published_on, '')) as last, qs.quote_id, qs.position "
        "from speakers s cross join quote_speakers qs on qs.speaker_id = s.id "
        "cross join quotes q on q.id = qs.quote_id cross join articles a on a.id = q.article_id "
        f"where {OFFICE} group by s.id) "
        "select said.id, name, quotes, articles, last, role, organisation "
        "from said join quote_speakers using (quote_id, position) order by quotes desc, name",
        [],
    )


def office_names(db: Database) -> list[str]:
    """Return the names of everybody who speaks for an office."""
    rows = db.conn.execute(f"select distinct s.name from speakers s where {OFFICE} order by 1")
    return [str(name) for (name,) in rows]


def office_speaker(db: Database, speaker_id: int) -> Row | None:
    """Return who that is; None for nobody and for people without an office."""
    rows = all_rows(db, f"select s.id, s.name, s.kind from speakers s where s.id = ? and {OFFICE}", [speaker_id])
    return rows[0] if rows else None


def roles_of(db: Database, speaker_id: int) -> list[Row]:
    """Return the roles and organisations in which somebody spoke, as the pages print them."""
    return all_rows(
        db,
        "select qs.role, qs.organisation, count(*) as quotes, min(a.published_on) as first, "
        "max(a.published_on) as last from quote_speakers qs join quotes q on q.id = qs.quote_id "
        "join articles a on a.id = q.article_id "
        "where qs.speaker_id = ? and (qs.role is not null or qs.organisation is not null) "
        "group by 1, 2 order by last desc, quotes desc",
        [speaker_id],
    )


def said_by(db: Database, speaker_id: int, *, limit: int, offset: int) -> tuple[int, list[Row]]:
    """Return how many quotes somebody has and a page of them, the newest first."""
    (total,) = db.conn.execute("select count(*) from quote_speakers where speaker_id = ?", [speaker_id]).fetchone()
    rows = all_rows(
        db,
        "select q.id, q.position, q.key, q.kind, q.text, q.confidence, q.article_id, a.headline, a.published_on, "
        "qs.role, qs.organisation from quote_speakers qs join quotes q on q.id = qs.quote_id "
        "join articles a on a.id = q.article_id where qs.speaker_id = ? "
        "order by a.published_on desc, a.id desc, q.position limit ? offset ?",
        [speaker_id, limit, offset],
    )
    return int(total), rows


def years_of(db: Database, speaker_id: int) -> list[tuple[str, int]]:
    """Return in how many quotes a year somebody speaks."""
    rows = db.conn.execute(
        "select substr(a.published_on, 1, 4), count(*) from quote_speakers qs join quotes q on q.id = qs.quote_id "
        "join articles a on a.id = q.article_id where qs.speaker_id = ? and a.published_on is not null "
        "group by 1 order by 1",
        [speaker_id],
    )
    return [(str(year), int(number)) for year, number in rows]


def office_ids(db: Database, quote_ids: list[int]) -> dict[tuple[int, int], int]:
    """Return the speakers of these quotes who have a page, by quote and position among its speakers."""
    marks = ", ".join("?" for _ in quote_ids)
    rows = db.conn.execute(
        "select qs.quote_id, qs.position, s.id from quote_speakers qs join speakers s on s.id = qs.speaker_id "
        f"where {OFFICE} and qs.quote_id in ({marks})",
        quote_ids,
    )
    return {(int(quote), int(position)): int(speaker) for quote, position, speaker in rows}


def names(db: Database, table: str) -> list[str]:
    """Return the names of all areas, or of all topics, that occur."""
    assert table in {"areas", "topics"}
    one = table.removesuffix("s")
    rows = db.conn.execute(f"select name from {table} where id in (select {one}_id from article_{one}s) order by name")
    return [str(name) for (name,) in rows]


def years(db: Database) -> list[str]:
    """Return the years with stories, the newest first."""
    rows = db.conn.execute("select distinct substr(published_on, 1, 4) from articles where published_on is not null")
    return sorted((str(year) for (year,) in rows), reverse=True)
