"""Full-text search over articles and quotes, best first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cpsscrape.archive.filters import Filters, containing
from cpsscrape.archive.ranking import best_rows, marked_texts
from cpsscrape.archive.sentences import best_sentence

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlite_utils import Database

    from cpsscrape.archive.words import Term, Words

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
        tail = f"from articles a where {' and '.join(where) or '1'}"  # conditions are built of fixed text
        (total,) = db.conn.execute(f"select count(*) {tail}", values).fetchone()
        newest = f"select a.id {tail} order by a.published_on desc, a.id desc limit :limit offset :offset"
        return int(total), [
            _article_hit(db, article_id) for (article_id,) in db.conn.execute(newest, values).fetchall()
        ]
    joined = "cross join articles a on a.id = articles_fts.rowid" if where else ""
    total, best = best_rows(db, "articles_fts", joined, where, values | {"words": words.fts})
    texts = marked_texts(db, "articles_fts", 3, words, [article_id for article_id, _ in best])
    return total, [_article_hit(db, article_id, rank, *texts[article_id]) for article_id, rank in best]


def _article_hit(
    db: Database,
    article_id: int,
    rank: float | None = None,
    headline: str | None = None,
    teaser: str | None = None,
    body: str = "",
) -> ArticleHit:
    article = one_row(db, "select * from article_list where id = ?", [article_id])
    if headline is None:
        headline, teaser = article["headline"], article["teaser"]
    sentence = best_sentence(body) or best_sentence(teaser or "") or (teaser or "")
    return ArticleHit(article=article, headline=headline, sentence=sentence, rank=rank)


def find_spoken(
    db: Database, words: Words | None, said: Said, filters: Filters, *, limit: int = SHOWN, offset: int = 0
) -> tuple[int, list[QuoteHit]]:
    """Return how many quotes there are and the best of them; without words the newest first."""
    where, values = said.clauses()
    article_where, article_values = filters.clauses()
    values |= article_values | {"limit": limit, "offset": offset}
    if words is None:
        return _newest_spoken(db, where, article_where, values)
    joined = "cross join quotes q on q.id = quotes_fts.rowid" if where or article_where else ""
    joined += " cross join articles a on a.id = q.article_id" if article_where else ""
    total, best = best_rows(db, "quotes_fts", joined, [*where, *article_where], values | {"words": words.fts})
    texts = marked_texts(db, "quotes_fts", 1, words, [quote_id for quote_id, _ in best])
    return total, [_quote_hit(db, quote_id, rank, *texts[quote_id]) for quote_id, rank in best]


def _newest_spoken(
    db: Database, where: list[str], article_where: list[str], values: dict[str, object]
) -> tuple[int, list[QuoteHit]]:
    some = (
        [f"q.article_id in (select a.id from articles a where {' and '.join(article_where)})"] if article_where else []
    )
    counted = f"select count(*) from quotes q where {' and '.join([*where, *some]) or '1'}"
    (total,) = db.conn.execute(counted, values).fetchone()
    if not total:
        return 0, []
    # `cross` walks the articles from the newest on, and stops at the limit.
    rows = db.conn.execute(
        "select q.id, null, q.text from articles a cross join quotes q on q.article_id = a.id "
        f"where {' and '.join([*where, *article_where]) or '1'} "
        "order by a.published_on desc, a.id desc, q.position limit :limit offset :offset",
        values,
    ).fetchall()
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
