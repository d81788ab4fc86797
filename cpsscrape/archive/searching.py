"""Full-text search over articles and quotes, best first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cpsscrape.archive.filters import Filters, containing
from cpsscrape.archive.sentences import CLOSE, OPEN, best_sentence

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlite_utils import Database

    from cpsscrape.archive.words import Term, Words

# A word in the headline says ten times as much as one in the body, in the teaser four times.
RANK = "bm25(10.0, 4.0, 1.0)"
SHOWN = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleHit:
    """An article that was found; ``headline`` and ``sentence`` have OPEN and CLOSE around the hits."""

    article: dict[str, Any]
    headline: str
    sentence: str
    rank: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteHit:
    """A quote that was found, its speakers, and ``text`` with OPEN and CLOSE around the hits."""

    quote: dict[str, Any]
    speakers: tuple[dict[str, Any], ...]
    text: str
    rank: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """Conditions on quotes. Texts are parts of what is stored, in any case."""

    speaker: str | None = None
    role: str | None = None
    organisation: str | None = None
    kind: str | None = None
    attributed: bool | None = None
    office: bool = False  # only by people who speak for an office

    def clauses(self) -> tuple[list[str], dict[str, object]]:
        """Return SQL conditions on a table of quotes that goes by the name ``q``."""
        columns = {"s.name": self.speaker, "qs.role": self.role, "qs.organisation": self.organisation}
        found: list[str] = []
        values: dict[str, object] = {}
        for column, text in columns.items():
            if text:
                key = column.replace(".", "_")
                found.append(f"{column} like :{key} escape '\\'")
                values[key] = containing(text)
        if self.office:
            found.append("s.article_id is null")
        clauses = []
        if found:
            clauses.append(
                "q.id in (select qs.quote_id from quote_speakers qs join speakers s on s.id = qs.speaker_id "
                f"where {' and '.join(found)})"
            )
        if self.kind:
            clauses.append("q.kind = :kind")
            values["kind"] = self.kind
        if self.attributed is not None:
            there = "in" if self.attributed else "not in"
            clauses.append(f"q.id {there} (select quote_id from quote_speakers)")
        return clauses, values


def find_articles(
    db: Database, words: Words | None, filters: Filters, *, limit: int = SHOWN, offset: int = 0
) -> tuple[int, list[ArticleHit]]:
    """Return how many articles there are and the best of them; without words the newest first."""
    where, values = filters.clauses()
    values |= {"limit": limit, "offset": offset}
    if words is None:
        tail = f"from articles a where {' and '.join(where) or '1'}"
        rows = db.conn.execute(
            f"select a.id, null, a.headline, a.teaser, '' {tail} "  # conditions are built of fixed text
            "order by a.published_on desc, a.id desc limit :limit offset :offset",
            values,
        ).fetchall()
    else:
        values["words"] = words.fts
        # `cross` keeps the index of words outside: it yields rows by rank and stops at the limit.
        source = "from articles_fts" + (" cross join articles a on a.id = articles_fts.rowid" if where else "")
        tail = f"{source} where {' and '.join(['articles_fts match :words', *where])}"
        marks = f"'{OPEN}', '{CLOSE}'"
        rows = db.conn.execute(
            f"select articles_fts.rowid, rank, highlight(articles_fts, 0, {marks}), "  # likewise
            f"highlight(articles_fts, 1, {marks}), highlight(articles_fts, 2, {marks}) "
            f"{tail} and rank match '{RANK}' order by rank limit :limit offset :offset",
            values,
        ).fetchall()
    (total,) = db.conn.execute(f"select count(*) {tail}", values).fetchone()  # likewise
    return int(total), [_article_hit(db, *row) for row in rows]


def _article_hit(
    db: Database, article_id: int, rank: float | None, headline: str, teaser: str | None, body: str
) -> ArticleHit:
    article = one_row(db, "select * from article_list where id = ?", [article_id])
    sentence = best_sentence(body) or best_sentence(teaser or "") or (teaser or "")
    return ArticleHit(article=article, headline=headline, sentence=sentence, rank=rank)


def find_spoken(
    db: Database, words: Words | None, said: Said, filters: Filters, *, limit: int = SHOWN, offset: int = 0
) -> tuple[int, list[QuoteHit]]:
    """Return how many quotes there are and the best of them; without words the newest first."""
    quote_where, quote_values = said.clauses()
    article_where, article_values = filters.clauses()
    values = quote_values | article_values | {"limit": limit, "offset": offset}
    joined = "join articles a on a.id = q.article_id"
    if words is None:
        tail = f"from quotes q {joined} where {' and '.join([*quote_where, *article_where]) or '1'}"
        select = "select q.id, null, q.text"
        order = "order by a.published_on desc, a.id desc, q.position limit :limit offset :offset"
    else:
        values["words"] = words.fts
        source = "from quotes_fts"
        if quote_where or article_where:
            source += f" cross join quotes q on q.id = quotes_fts.rowid {joined.replace('join', 'cross join')}"
        tail = f"{source} where {' and '.join(['quotes_fts match :words', *quote_where, *article_where])}"
        select = f"select quotes_fts.rowid, rank, highlight(quotes_fts, 0, '{OPEN}', '{CLOSE}')"
        order = "order by rank limit :limit offset :offset"
    rows = db.conn.execute(f"{select} {tail} {order}", values).fetchall()
    (total,) = db.conn.execute(f"select count(*) {tail}", values).fetchone()  # likewise
    return int(total), [_quote_hit(db, *row) for row in rows]


def _quote_hit(db: Database, quote_id: int, rank: float | None, text: str) -> QuoteHit:
    quote = one_row(
        db,
        "select q.*, a.url, a.headline, a.published_on, c.title as case_study_title from quotes q "
        "join articles a on a.id = q.article_id left join case_studies c on c.id = q.case_study_id where q.id = ?",
        [quote_id],
    )
    return QuoteHit(quote=quote, speakers=tuple(speakers_of(db, quote_id)), text=text, rank=rank)


def speakers_of(db: Database, quote_id: int) -> list[dict[str, Any]]:
    """Return who said a quote, in order; empty where nobody knows."""
    return all_rows(
        db,
        "select s.name, s.kind, qs.mention, qs.role, qs.organisation, qs.resolution from quote_speakers qs "
        "join speakers s on s.id = qs.speaker_id where qs.quote_id = ? order by qs.position",
        [quote_id],
    )


def term_counts(db: Database, terms: Iterable[Term], *, table: str = "articles_fts") -> list[tuple[str, int]]:
    """Return in how many rows each term occurs by itself: why a search found nothing."""
    counts = []
    for term in terms:
        (count,) = db.conn.execute(f"select count(*) from {table} where {table} match ?", [term.fts]).fetchone()
        counts.append((term.text + ("*" if term.prefix else ""), int(count)))
    return counts


def one_row(db: Database, sql: str, values: list[object] | dict[str, object]) -> dict[str, Any]:
    """Return the one row of a query as a dict."""
    (row,) = all_rows(db, sql, values)
    return row


def all_rows(db: Database, sql: str, values: list[object] | dict[str, object]) -> list[dict[str, Any]]:
    """Return the rows of a query as dicts."""
    cursor = db.conn.execute(sql, values)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]
