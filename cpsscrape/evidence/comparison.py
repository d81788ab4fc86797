"""Compares a second reading with what is stored, and says where they differ."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from sqlite_utils import Database

from cpsscrape.archive.articles import Sighting, store_article
from cpsscrape.archive.corrections import apply_corrections
from cpsscrape.archive.integrity import REBUILD
from cpsscrape.archive.migrations import migrations
from cpsscrape.archive.versions import published_fields
from cpsscrape.evidence.portrait import Portrait, portrait
from cpsscrape.findings import Finding
from cpsscrape.reader import READER_VERSION

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cpsscrape.archive.versions import Version
    from cpsscrape.evidence.shown import Shown
    from cpsscrape.items import Article, CaptureRef


class Scratch:
    """A database in memory in which one reading after another is stored, alone, by the archive's own rules."""

    def __init__(self, archive: Database, site: str) -> None:
        self._db = _scratch(archive)
        self._site = site

    def portrait_of(self, article: Article, version: int, capture: CaptureRef) -> Portrait:
        """Return all rows that storing this reading as that version makes."""
        db = self._db
        with db.atomic():
            sighting = Sighting(capture_id=0, seen_at=capture.fetched_at, reader_version=READER_VERSION)
            stored = store_article(db, article, sighting, site=self._site)
            db.conn.execute(
                "update quotes set key = substr(key, 1, instr(key, '@')) || ? || substr(key, instr(key, ':'))",
                [version],
            )
            apply_corrections(db, stored.article_id, site=self._site)
            drawn = portrait(db, stored.article_id)
            db.conn.execute("delete from articles")
            db.conn.execute("delete from speakers")
        return drawn


def _scratch(archive: Database) -> Database:
    """Return an empty archive that knows the same corrections."""
    db = Database(memory=True)
    migrations.apply(db)
    corrections = archive.conn.execute("select key, field, value, why from corrections").fetchall()
    with db.atomic():
        db.conn.executemany("insert into corrections (key, field, value, why) values (?, ?, ?, ?)", corrections)
        db.conn.execute(
            "insert into captures (id, url, fetched_at, status, payload_digest, source) values (0, '', '', 0, '', '')"
        )
    db.conn.execute("pragma foreign_keys = on")
    return db


def same_words(version: Version, article: Article) -> bool:
    """Whether a page that made no version says the same: a new template may set its words otherwise."""
    fresh = published_fields(article)
    return all(
        re.findall(r"\w+", fresh[name] or "") == re.findall(r"\w+", version.published[name] or "")
        for name in ("headline", "body", "notes_to_editors")
    )


def unshown(place: str, published: dict[str, str | None], article: Article, shown: Shown) -> Iterator[Finding]:
    """Yield what a version says, and neither its page nor any teaser ever said."""
    said: dict[str, tuple[set[str | None], set[str | None]]] = {
        "teaser": ({published["teaser"]}, {*shown.texts, article.teaser}),
        "published_on": ({published["published_on"]}, {*shown.dates, *(day for _, day in article.dates), None}),
        "topics": (set(json.loads(published["topics"] or "[]")), {*shown.topics, *article.topics}),
        "areas": (set(json.loads(published["areas"] or "[]")), {*shown.areas, *article.areas}),
    }
    for name, (stored, possible) in said.items():
        if not stored <= possible:
            what = f"its {name} is said neither by its page nor by a listing"
            yield Finding(place=place, what=what, remedy=REBUILD)


def differences(number: int, stored: Portrait, fresh: Portrait) -> Iterator[Finding]:
    """Yield each field and each table of an article that is not as its capture reads today."""
    now: dict[str, object] = dict(fresh["articles"])
    for name, value in stored["articles"]:
        carried = name in {"published_on", "published_on_source"} and now["published_on"] is None
        if now[name] != value and not carried:
            what = f"its {name} is not what its capture says"
            yield Finding(place=f"articles {number}", what=what, remedy=REBUILD)
    for table, rows in stored.items():
        if table != "articles" and rows != fresh[table]:
            odd = sum(row not in fresh[table] for row in rows)
            lost = sum(row not in rows for row in fresh[table])
            what = f"{odd} rows are not what its capture says, {lost} are missing"
            yield Finding(place=f"{table} of article {number}", what=what, remedy=REBUILD)
