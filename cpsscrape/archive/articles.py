"""Stores one reading: an article as before or as after, never in between."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from cpsscrape.archive.corrections import apply_corrections
from cpsscrape.archive.derived import insert_derived, reading_digest, rename_quotes, replace_derived
from cpsscrape.archive.identity import claim_addresses, find_article, free_address
from cpsscrape.archive.versions import (
    insert_version,
    published_fields,
    reread_version,
    seen_first,
    versions_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlite_utils import Database

    from cpsscrape.archive.versions import Version
    from cpsscrape.items import Article

Published = dict[str, str | None]
Outcome = Literal["new", "changed", "reread", "unchanged"]

_FROM_TEASERS = ("teaser", "published_on", "topics", "areas")
_COLUMNS = (
    "node_id",
    "url",
    "headline",
    "update_label",
    "teaser",
    "content_type",
    "published_on",
    "published_on_source",
    "updated_on",
    "language",
    "body",
    "notes_to_editors",
    "word_count",
    "layout",
    "fingerprint",
    "agreement",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """When and by which capture an article was seen, and which reader read it.

    ``teaser_known`` is false where no listing came with the page: what only a teaser says
    is then taken over from the version before instead of counting as removed.
    """

    capture_id: int
    seen_at: str
    reader_version: str
    teaser_known: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """What storing a reading did: which article, which version of it, and whether it was news."""

    article_id: int
    version: int
    outcome: Outcome


def store_article(
    db: Database,
    article: Article,
    sighting: Sighting,
    *,
    site: str,
    reread: Callable[[int], Article | None] = lambda _: None,
) -> Stored:
    """Store a reading inside the caller's transaction.

    Versions stand in the order of capture, whatever the order of arrival; an older capture
    never overwrites a newer reading. ``reread`` gives today's reading of an older capture by
    its id, so that a better reader or a new template is never taken for an edit.
    """
    _note_layout(db, article, sighting.seen_at)
    article_id = find_article(db, article)
    free_address(db, article.url, article_id, site=site)
    if article_id is None:
        stored = _store_new(db, article, sighting)
        apply_corrections(db, stored.article_id, site=site)
        return stored
    claim_addresses(db, article_id, article)
    versions = [_with_later_teaser(db, article_id, v, article, sighting) for v in versions_of(db, article_id)]
    before = next((v for v in reversed(versions) if v.seen_at <= sighting.seen_at), None)
    after = next((v for v in versions if v.seen_at > sighting.seen_at), None)
    plain = article
    if not sighting.teaser_known and (before or after):
        article = _with_teaser_of(article, before or after, db, article_id)
    for neighbour in (before, after):
        if neighbour and _same(neighbour, article, sighting, reread):
            newest = neighbour is versions[-1]
            stored = _seen_again(db, article_id, article, sighting, neighbour, newest=newest)
            if stored.outcome == "reread":
                apply_corrections(db, article_id, site=site)
            return stored
    if before is None:
        article = plain  # what a later teaser says was perhaps not yet said
    number = before.version + 1 if before else 1
    _add_version(db, article_id, number, article, sighting)
    if after is None:
        _overwrite(db, article_id, article, sighting, number)
        apply_corrections(db, article_id, site=site)
    else:
        db.conn.execute("update articles set version = ? where id = ?", [len(versions) + 1, article_id])
        rename_quotes(db, article_id, len(versions) + 1)
    _note_seen(db, article_id, sighting.seen_at)
    return Stored(article_id=article_id, version=number, outcome="changed")


def _note_layout(db: Database, article: Article, seen_at: str) -> None:
    """Remember each structure of page from its first sight on: a new one is worth a look."""
    if article.fingerprint is not None:
        db.conn.execute(
            "insert into layouts (fingerprint, layout, first_seen_at, url) values (?, ?, ?, ?) "
            "on conflict (fingerprint) do update set first_seen_at = excluded.first_seen_at, url = excluded.url "
            "where excluded.first_seen_at < first_seen_at",
            [article.fingerprint, article.layout, seen_at, article.url],
        )


def _store_new(db: Database, article: Article, sighting: Sighting) -> Stored:
    names = ", ".join(_COLUMNS)
    marks = ", ".join("?" for _ in _COLUMNS)
    cursor = db.conn.execute(
        f"insert into articles ({names}, reading_digest, first_seen_at, last_seen_at, capture_id, version) "
        f"values ({marks}, ?, ?, ?, ?, 1)",
        [
            *(getattr(article, name) for name in _COLUMNS),
            reading_digest(article),
            sighting.seen_at,
            sighting.seen_at,
            sighting.capture_id,
        ],
    )
    article_id = cursor.lastrowid
    assert article_id is not None
    claim_addresses(db, article_id, article)
    _add_version(db, article_id, 1, article, sighting)
    insert_derived(db, article_id, article, 1)
    return Stored(article_id=article_id, version=1, outcome="new")


def _add_version(db: Database, article_id: int, number: int, article: Article, sighting: Sighting) -> None:
    insert_version(
        db,
        article_id,
        number,
        article,
        capture_id=sighting.capture_id,
        seen_at=sighting.seen_at,
        reader_version=sighting.reader_version,
    )


def _overwrite(db: Database, article_id: int, article: Article, sighting: Sighting, version: int) -> None:
    names = ", ".join(f"{name} = ?" for name in _COLUMNS if name != "node_id")
    values = [getattr(article, name) for name in _COLUMNS if name != "node_id"]
    db.conn.execute(
        f"update articles set {names}, node_id = coalesce(?, node_id), reading_digest = ?, capture_id = ?, "
        "version = ? where id = ?",
        [*values, article.node_id, reading_digest(article), sighting.capture_id, version, article_id],
    )
    replace_derived(db, article_id, article, version)


def _seen_again(
    db: Database, article_id: int, article: Article, sighting: Sighting, version: Version, *, newest: bool
) -> Stored:
    if sighting.seen_at < version.seen_at:
        seen_first(db, version, article, capture_id=sighting.capture_id, seen_at=sighting.seen_at)
    digest, last_seen_at = db.conn.execute(
        "select reading_digest, last_seen_at from articles where id = ?", [article_id]
    ).fetchone()
    _note_seen(db, article_id, sighting.seen_at)
    outcome: Outcome = "unchanged"
    if newest and sighting.seen_at >= last_seen_at and digest != reading_digest(article):
        reread_version(db, version, article, sighting.reader_version, capture_id=sighting.capture_id)
        _overwrite(db, article_id, article, sighting, version.version)
        outcome = "reread"
    return Stored(article_id=article_id, version=version.version, outcome=outcome)


def _note_seen(db: Database, article_id: int, seen_at: str) -> None:
    db.conn.execute(
        "update articles set first_seen_at = min(first_seen_at, ?), last_seen_at = max(last_seen_at, ?), "
        "gone_at = case when gone_at < ? then null else gone_at end where id = ?",
        [seen_at, seen_at, seen_at, article_id],
    )


def _same(
    version: Version,
    article: Article,
    sighting: Sighting,
    reread: Callable[[int], Article | None],
) -> bool:
    fields = published_fields(article)
    if version.published == fields or version.capture_id == sighting.capture_id:
        return True  # the same bytes were published once, however they are read
    if version.layout == article.layout and version.reader_version == sighting.reader_version:
        return False
    if version.layout != article.layout and _same_words(version.published, fields):
        return True
    # The template or the reader changed: compare with what today's reader makes of the older bytes.
    older = reread(version.capture_id)
    if older is None:
        return False
    read_again = published_fields(_keep_listing_fields(older, version))
    return read_again == fields or (older.layout != article.layout and _same_words(read_again, fields))


def _same_words(one: Published, other: Published) -> bool:
    """Whether two readings through different templates say the same, word for word.

    A template may hide a label, a date or a link that another shows: only what both give counts.
    """
    return all(_words(one[name]) == _words(other[name]) for name in ("headline", "body", "notes_to_editors")) and all(
        one[name] is None or other[name] is None or one[name] == other[name]
        for name in ("update_label", "published_on", "updated_on")
    )


def _words(text: str | None) -> list[str]:
    return re.findall(r"\w+", text or "")


def _keep_listing_fields(older: Article, version: Version) -> Article:
    kept = version.published
    return replace(
        older,
        teaser=kept["teaser"],
        published_on=kept["published_on"],
        topics=tuple(json.loads(kept["topics"] or "[]")),
        areas=tuple(json.loads(kept["areas"] or "[]")),
    )


def _with_later_teaser(
    db: Database, article_id: int, version: Version, article: Article, sighting: Sighting
) -> Version:
    """A version of before any listing showed the story: what a teaser adds to it is no edit."""
    if not sighting.teaser_known or version.published["teaser"] is not None:
        return version
    (shown_at,) = db.conn.execute(
        "select min(first_seen_at) from teasers where url in (select url from article_urls where article_id = ?)",
        [article_id],
    ).fetchone()
    if shown_at is None or shown_at <= version.seen_at:
        return version
    now = published_fields(article)
    return replace(version, published=version.published | {name: now[name] for name in _FROM_TEASERS})


def _with_teaser_of(article: Article, version: Version | None, db: Database, article_id: int) -> Article:
    assert version is not None
    row = db.conn.execute(
        "select content_type, published_on_source from articles where id = ?", [article_id]
    ).fetchone()
    kept = version.published
    from_teaser = row[1] == "teaser" and kept["published_on"] is not None
    return replace(
        article,
        teaser=kept["teaser"],
        content_type=row[0] or article.content_type,
        published_on=kept["published_on"] if from_teaser else article.published_on or kept["published_on"],
        published_on_source="teaser" if from_teaser else article.published_on_source or row[1],
        topics=_kept(kept["topics"], article.topics),
        areas=_kept(kept["areas"], article.areas),
    )


def _kept(stored: str | None, names: tuple[str, ...]) -> tuple[str, ...]:
    """Labels as a version has them; in the page's own order where it gives the same."""
    kept = tuple(json.loads(stored or "[]"))
    return names if not kept or sorted(kept) == sorted(names) else kept
