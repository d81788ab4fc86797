"""An article with all that was read from it, as the archive holds it now."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cpsscrape.archive.database import site_of
from cpsscrape.archive.identity import resolve_article
from cpsscrape.archive.searching import all_rows, one_row
from cpsscrape.exceptions import UnknownArticleError

if TYPE_CHECKING:
    from sqlite_utils import Database

Row = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredArticle:
    """Rows of the archive by the names of their columns; ``quotes`` carry ``pieces`` and ``speakers``.

    ``corrected`` names the fields of the article whose value a person put right.
    """

    article: Row
    blocks: tuple[Row, ...]
    quotes: tuple[Row, ...]
    case_studies: tuple[Row, ...]
    quoted_terms: tuple[Row, ...]
    links: tuple[Row, ...]
    versions: tuple[Row, ...]
    addresses: tuple[str, ...]
    capture: Row
    corrected: frozenset[str] = frozenset()


def stored_article(db: Database, article_id: int) -> StoredArticle:
    """Gather one article."""
    more = "layout, published_on_source, updated_on, version, fingerprint, agreement, capture_id"
    article = one_row(db, "select * from article_list where id = ?", [article_id])
    article |= one_row(db, f"select {more} from articles where id = ?", [article_id])
    addresses = all_rows(db, "select url from article_urls where article_id = ? order by url", [article_id])
    return StoredArticle(
        article=article,
        blocks=_rows(db, "blocks", article_id),
        quotes=tuple(_quotes(db, article_id)),
        case_studies=_rows(db, "case_studies", article_id),
        quoted_terms=_rows(db, "quoted_terms", article_id, order="start"),
        links=_rows(db, "links", article_id),
        versions=tuple(
            all_rows(
                db,
                "select version, seen_at, headline, update_label, layout, reader_version, text_digest, capture_id "
                "from article_versions where article_id = ? order by version",
                [article_id],
            )
        ),
        addresses=tuple(row["url"] for row in addresses),
        capture=one_row(db, "select * from captures where id = ?", [article["capture_id"]]),
        corrected=_corrected(db, article_id),
    )


def _rows(db: Database, table: str, article_id: int, *, order: str = "position") -> tuple[Row, ...]:
    sql = f"select * from {table} where article_id = ? order by {order}"
    return tuple(
        {name: value for name, value in row.items() if name != "article_id"} for row in all_rows(db, sql, [article_id])
    )


def _quotes(db: Database, article_id: int) -> list[Row]:
    quotes = all_rows(db, "select * from quotes where article_id = ? order by position", [article_id])
    children: dict[str, dict[int, list[Row]]] = {"pieces": {}, "speakers": {}}
    of_article = "where quote_id in (select id from quotes where article_id = ?) order by quote_id, position"
    for row in all_rows(db, f"select * from quote_pieces {of_article}", [article_id]):
        children["pieces"].setdefault(row.pop("quote_id"), []).append(row)
    sql = (
        "select qs.quote_id, qs.position, s.name, s.kind, qs.mention, qs.role, qs.organisation, qs.resolution "
        f"from (select * from quote_speakers {of_article}) qs join speakers s on s.id = qs.speaker_id "
        "order by qs.quote_id, qs.position"
    )
    for row in all_rows(db, sql, [article_id]):
        children["speakers"].setdefault(row.pop("quote_id"), []).append(row)
    return [quote | {name: found.get(quote["id"], []) for name, found in children.items()} for quote in quotes]


def article_of_quote(db: Database, key: str) -> tuple[int, int | None] | None:
    """Return the article of a quote's key, and the quote's position if its version is the current one.

    None where no such article is known. The key of an older version still leads to its article.
    """
    for article_id, position in db.conn.execute("select article_id, position from quotes where key = ?", [key]):
        return int(article_id), int(position)
    origin = key.partition("@")[0]
    row = db.conn.execute(
        "select article_id from quotes where key >= ? and key < ? limit 1", [f"{origin}@", f"{origin}A"]
    )
    for (article_id,) in row:
        return int(article_id), None
    if origin.isdigit():
        for (article_id,) in db.conn.execute("select id from articles where node_id = ?", [int(origin)]):
            return int(article_id), None
    return None


def _corrected(db: Database, article_id: int) -> frozenset[str]:
    """Return the fields of the article that a person put right; those of its quotes say so themselves."""
    fields = set()
    site = site_of(db) or ""
    for key, field in db.conn.execute("select key, field from corrections where instr(key, '@') = 0").fetchall():
        with suppress(UnknownArticleError):
            if resolve_article(db, key, site=site) == article_id:
                fields.add(field)
    return frozenset(fields)
