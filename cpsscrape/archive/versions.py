"""What the CPS published and when it changed: rows of ``article_versions``."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

    from cpsscrape.items import Article

PUBLISHED_FIELDS = (
    "headline",
    "update_label",
    "teaser",
    "published_on",
    "updated_on",
    "topics",
    "areas",
    "links",
    "body",
    "notes_to_editors",
)
OF_THE_PAGE = ("headline", "update_label", "updated_on", "links", "body", "notes_to_editors")


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One stored version; ``published`` holds the fields whose change makes a new one."""

    id: int
    version: int
    capture_id: int
    seen_at: str
    layout: str
    reader_version: str
    published: dict[str, str | None]


def published_fields(article: Article) -> dict[str, str | None]:
    """Return the published fields as they are stored: lists as JSON, in a fixed order."""
    return {
        "headline": article.headline,
        "update_label": article.update_label,
        "teaser": article.teaser,
        "published_on": article.published_on,
        "updated_on": article.updated_on,
        "topics": _json(sorted(article.topics)),
        "areas": _json(sorted(article.areas)),
        "links": _json([[link.url, link.text] for link in article.links]),
        "body": article.body,
        "notes_to_editors": article.notes_to_editors,
    }


def text_digest(article: Article) -> str:
    """Return the digest of the article's own words: headline, body and notes."""
    text = "\0".join([article.headline, article.body, article.notes_to_editors or ""])
    return "sha256:" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def versions_of(db: Database, article_id: int) -> list[Version]:
    """Return the versions in the order in which they were captured."""
    columns = ", ".join(PUBLISHED_FIELDS)
    rows = db.conn.execute(
        f"select id, version, capture_id, seen_at, layout, reader_version, {columns} "
        "from article_versions where article_id = ? order by version",
        [article_id],
    )
    return [
        Version(
            id=row[0],
            version=row[1],
            capture_id=row[2],
            seen_at=row[3],
            layout=row[4],
            reader_version=row[5],
            published=dict(zip(PUBLISHED_FIELDS, row[6:], strict=True)),
        )
        for row in rows
    ]


def insert_version(
    db: Database,
    article_id: int,
    number: int,
    article: Article,
    *,
    capture_id: int,
    seen_at: str,
    reader_version: str,
) -> None:
    """Add a version; those numbered ``number`` and above move up by one."""
    rows = db.conn.execute(
        "select id from article_versions where article_id = ? and version >= ? order by version desc",
        [article_id, number],
    ).fetchall()
    db.conn.executemany("update article_versions set version = version + 1 where id = ?", rows)
    values = published_fields(article)
    names = ", ".join(values)
    marks = ", ".join("?" for _ in values)
    db.conn.execute(
        "insert into article_versions (article_id, version, capture_id, seen_at, text_digest, layout, "
        f"reader_version, {names}) values (?, ?, ?, ?, ?, ?, ?, {marks})",
        [
            article_id,
            number,
            capture_id,
            seen_at,
            text_digest(article),
            article.layout,
            reader_version,
            *values.values(),
        ],
    )


def reread_version(db: Database, version: Version, article: Article, reader_version: str, *, capture_id: int) -> None:
    """Store a better reading: no new version, for nothing was published.

    A version's words are always those of its capture, so another template brings its own.
    """
    values = published_fields(article)
    names = ", ".join(f"{name} = ?" for name in values)
    capture = version.capture_id if _reads_alike(version, article) else capture_id
    db.conn.execute(
        f"update article_versions set {names}, text_digest = ?, layout = ?, reader_version = ?, capture_id = ? "
        "where id = ?",
        [*values.values(), text_digest(article), article.layout, reader_version, capture, version.id],
    )


def seen_first(db: Database, version: Version, article: Article, *, capture_id: int, seen_at: str) -> None:
    """Date a version back to an older capture that says the same; with the same words, it is the evidence."""
    capture = capture_id if _reads_alike(version, article) else version.capture_id
    db.conn.execute(
        "update article_versions set seen_at = ?, capture_id = ? where id = ?", [seen_at, capture, version.id]
    )


def _reads_alike(version: Version, article: Article) -> bool:
    fields = published_fields(article)
    return version.layout == article.layout and all(version.published[name] == fields[name] for name in OF_THE_PAGE)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
