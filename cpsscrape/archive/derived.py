"""Writes what is read from an article's current version: blocks, quotes, cases, labels, links."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from cpsscrape.items import values_of
from cpsscrape.normalise.areas import area_by_name

if TYPE_CHECKING:
    from sqlite_utils import Database

    from cpsscrape.items import Article, Speaker

FIRST_OWN_AREA_ID = 1000  # the site's own ids are below 200; areas it never numbered come after
_TABLES = ("blocks", "quotes", "case_studies", "quoted_terms", "article_areas", "article_topics", "links")


def reading_digest(article: Article) -> str:
    """Return a digest of everything read, so that an unchanged reading writes nothing."""
    read = json.dumps(article, default=values_of, ensure_ascii=False)
    return hashlib.sha256(read.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def replace_derived(db: Database, article_id: int, article: Article, version: int) -> None:
    """Replace every row derived from the article by those of this reading."""
    for table in _TABLES:
        db.conn.execute(f"delete from {table} where article_id = ?", [article_id])
    insert_derived(db, article_id, article, version)
    db.conn.execute(
        "delete from speakers where article_id = ? and id not in (select speaker_id from quote_speakers)",
        [article_id],
    )


def insert_derived(db: Database, article_id: int, article: Article, version: int) -> None:
    """Write every row derived from an article that has none."""
    _insert_blocks(db, article_id, article)
    cases = _insert_case_studies(db, article_id, article)
    _insert_quotes(db, article_id, article, version, cases)
    _insert_labels(db, article_id, article)
    db.conn.executemany(
        "insert into links (article_id, position, url, text, section) values (?, ?, ?, ?, ?)",
        [(article_id, link.position, link.url, link.text, link.section) for link in article.links],
    )


def _insert_blocks(db: Database, article_id: int, article: Article) -> None:
    db.conn.executemany(
        "insert into blocks (article_id, position, kind, level, section, text, start, end) "
        "values (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (article_id, position, block.kind, block.level, block.section, block.text, block.start, block.end)
            for position, block in enumerate(article.blocks, 1)
        ],
    )


def _insert_case_studies(db: Database, article_id: int, article: Article) -> dict[int, int]:
    ids: dict[int, int] = {}
    for case in article.case_studies:
        cursor = db.conn.execute(
            "insert into case_studies (article_id, position, title, body, start, end, boundary, confidence) "
            "values (?, ?, ?, ?, ?, ?, ?, ?)",
            [
                article_id,
                case.position,
                case.title,
                case.body,
                case.start,
                case.end,
                case.boundary,
                case.confidence,
            ],
        )
        assert cursor.lastrowid is not None
        ids[case.position] = cursor.lastrowid
    return ids


def _insert_quotes(db: Database, article_id: int, article: Article, version: int, cases: dict[int, int]) -> None:
    origin = quote_origin(article)
    (highest,) = db.conn.execute("select coalesce(max(id), 0) from quotes").fetchone()
    numbered = list(enumerate(article.quotes, highest + 1))
    db.conn.executemany(
        "insert into quotes (id, key, article_id, case_study_id, position, text, kind, cue, attribution, start, end, "
        "confidence, rule) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                quote_id,
                f"{origin}@{version}:{quote.start}-{quote.end}",
                article_id,
                cases.get(quote.case_study) if quote.case_study is not None else None,
                quote.position,
                quote.text,
                quote.kind,
                quote.cue,
                quote.attribution,
                quote.start,
                quote.end,
                quote.confidence,
                quote.rule,
            )
            for quote_id, quote in numbered
        ],
    )
    db.conn.executemany(
        "insert into quote_pieces (quote_id, position, text, start, end) values (?, ?, ?, ?, ?)",
        [
            (quote_id, position, piece.text, piece.start, piece.end)
            for quote_id, quote in numbered
            for position, piece in enumerate(quote.pieces, 1)
        ],
    )
    ids = _speaker_ids(db, article_id, article)
    db.conn.executemany(
        "insert into quote_speakers (quote_id, position, speaker_id, mention, role, organisation, resolution) "
        "values (?, ?, ?, ?, ?, ?, ?)",
        [
            (quote_id, position, ids[_identity(s)], s.mention, s.role, s.organisation, s.resolution)
            for quote_id, quote in numbered
            for position, s in enumerate(quote.speakers, 1)
        ],
    )
    db.conn.executemany(
        "insert into quoted_terms (article_id, text, start, end) values (?, ?, ?, ?)",
        [(article_id, term.text, term.start, term.end) for term in article.quoted_terms],
    )


def rename_quotes(db: Database, article_id: int, version: int) -> None:
    """Name the quotes by their version's new number: an older one was put before it."""
    db.conn.execute(
        "update quotes set key = substr(key, 1, instr(key, '@')) || ? || substr(key, instr(key, ':')) "
        "where article_id = ?",
        [version, article_id],
    )


def quote_origin(article: Article) -> str:
    """Return the part of a quote's key that names its article."""
    return quote_origin_of(article.node_id, article.url)


def quote_origin_of(node_id: int | None, url: str) -> str:
    """Return the node id, else a digest of the address."""
    if node_id is not None:
        return str(node_id)
    return hashlib.sha256(url.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _identity(speaker: Speaker) -> tuple[str, str, bool]:
    """What makes one row of ``speakers``: who speaks for an office is the same person on every page."""
    return speaker.name, speaker.kind, speaker.official and speaker.kind == "person"


def _speaker_ids(db: Database, article_id: int, article: Article) -> dict[tuple[str, str, bool], int]:
    ids: dict[tuple[str, str, bool], int] = {}
    for quote in article.quotes:
        for speaker in quote.speakers:
            who = _identity(speaker)
            if who not in ids:
                ids[who] = _speaker_id(db, speaker.name, speaker.kind, None if who[2] else article_id)
    return ids


def _speaker_id(db: Database, name: str, kind: str, owner: int | None) -> int:
    row = db.conn.execute(
        "select id from speakers where name = ? and kind = ? and coalesce(article_id, 0) = ?",
        [name, kind, owner or 0],
    ).fetchone()
    if row:
        return int(row[0])
    cursor = db.conn.execute("insert into speakers (name, kind, article_id) values (?, ?, ?)", [name, kind, owner])
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def _insert_labels(db: Database, article_id: int, article: Article) -> None:
    db.conn.executemany(
        "insert into article_areas (article_id, area_id) values (?, ?) on conflict do nothing",
        [(article_id, area_id(db, name)) for name in article.areas],
    )
    db.conn.executemany(
        "insert into article_topics (article_id, topic_id) values (?, ?) on conflict do nothing",
        [(article_id, _topic_id(db, name)) for name in article.topics],
    )


def area_id(db: Database, name: str) -> int:
    """Return the id of an area by its name, with the site's own number where that is known."""
    known = area_by_name(name)
    row = db.conn.execute(
        "select id from areas where name = ? or id = ?", [name, known.id if known else None]
    ).fetchone()
    if row:
        return int(row[0])
    (highest,) = db.conn.execute("select max(id) from areas").fetchone()
    number = known.id if known else max(FIRST_OWN_AREA_ID, (highest or 0) + 1)
    db.conn.execute(
        "insert into areas (id, slug, name) values (?, ?, ?)",
        [number, known.slug if known else None, known.name if known else name],
    )
    return number


def _topic_id(db: Database, name: str) -> int:
    row = db.conn.execute("select id from topics where name = ?", [name]).fetchone()
    if row:
        return int(row[0])
    cursor = db.conn.execute("insert into topics (name) values (?)", [name])
    assert cursor.lastrowid is not None
    return cursor.lastrowid
