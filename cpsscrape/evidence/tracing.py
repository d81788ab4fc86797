"""Follows a column of ``articles`` back to the page or the listing it was read from."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from cpsscrape.archive.captures import capture_of
from cpsscrape.archive.database import site_of
from cpsscrape.archive.listings import merged_teaser
from cpsscrape.archive.queries import urls_of
from cpsscrape.evidence.listing_source import ListingSource
from cpsscrape.evidence.passage import find_passage, passage
from cpsscrape.evidence.provenance import Provenance, quote_provenance
from cpsscrape.evidence.stored_bytes import answer
from cpsscrape.exceptions import CpsScrapeError, UsageError
from cpsscrape.normalise.privacy import REMOVED
from cpsscrape.normalise.urls import SITE, canonical_url
from cpsscrape.pages.encoding import decoded
from cpsscrape.reader import READER_VERSION, read_article

if TYPE_CHECKING:
    from pathlib import Path

    from sqlite_utils import Database

    from cpsscrape.items import Article

# Columns that storage gives or that are worked out from others: how.
_GIVEN = {
    "id": "a number given when the article was first stored",
    "update_label": "the label in front of the headline",
    "published_on_source": "which of the dates found was taken: teaser, page, metadata, prose, in this order",
    "language": "the commonest English and Welsh words, counted in the body",
    "notes_to_editors": "the text below the heading of the notes",
    "word_count": "the words of the body, counted",
    "layout": "the reader that recognised the page",
    "fingerprint": "a digest of the page's structure",
    "agreement": "the share of the body's words on which a second, generic reader agrees",
    "reading_digest": "a digest of everything read from the page",
    "first_seen_at": "the first capture that shows the article",
    "last_seen_at": "the last capture at which it stood at its address",
    "gone_at": "the first of its absences, judged at the end of a run",
    "capture_id": "the capture from which the newest version was read",
    "version": "how often what the CPS published has changed, from 1",
}
_LABELS = ("topics", "areas")
_ON_PAGE = ("update_label", "notes_to_editors")
_IN_BODY = ("body", "word_count", "language")


def explain_field(db: Database, folder: Path, article_id: int, field: str, *, redact: bool) -> Provenance:
    """Trace a column of ``articles``, ``topics``, ``areas``, or a quote by its key.

    Raises UsageError, naming what there is, for any other field.
    """
    trace = _Trace(db, folder, article_id, redact=redact)
    if "@" in field:
        return trace.quote(field)
    if field not in trace.row and field not in _LABELS:
        raise UsageError(f"no field {field!r}: a quote's key, or one of {', '.join([*trace.row, *_LABELS])}.")
    return trace.field(field)


class _Trace:
    def __init__(self, db: Database, folder: Path, article_id: int, *, redact: bool) -> None:
        self._db = db
        self._warc = folder / "warc"
        self._site = site_of(db) or SITE
        self._id = article_id
        self._redact = redact
        cursor = db.conn.execute("select * from articles where id = ?", [article_id])
        names = [column[0] for column in cursor.description]
        self.row: dict[str, Any] = dict(zip(names, cursor.fetchone(), strict=True))
        self._urls = urls_of(db, self.row["url"])
        self._capture = capture_of(db, self.row["capture_id"])
        self._page, self._article, self._trouble = self._read()
        versions = "select reader_version from article_versions where article_id = ? and version = ?"
        read_by = db.conn.execute(versions, [article_id, self.row["version"]]).fetchone()
        self._reader: str = read_by[0] if read_by else "unknown"

    def _read(self) -> tuple[str, Article | None, tuple[str, ...]]:
        """The page's source and what today's reader makes of it; without evidence, why not."""
        try:
            body, content_type = answer(self._db, self._warc, self._capture)
            page = decoded(body, content_type, url=self._capture.url).text
            teaser = merged_teaser(self._db, self._urls)
            article = read_article(
                body, url=self._capture.url, content_type=content_type, teaser=teaser, redact_birth_dates=self._redact
            )
        except (OSError, CpsScrapeError) as error:
            return "", None, (f"its capture cannot be read: {error}",)
        return page, article, ()

    def field(self, field: str) -> Provenance:
        """Trace one field of the article."""
        value = self._value(field)
        sources = {source.field: source.rule for source in self._article.sources} if self._article else {}
        found = Provenance(
            field=field,
            value=value,
            rule=sources.get(field) or self._given(field, sources),
            where=None,
            passage=None,
            capture=self._capture,
            reader=self._read_by(),
            notes=(*self._trouble, *self._notes()),
        )
        correction = self._correction(field, value)
        if correction is not None:
            return replace(found, rule="correction", notes=(*found.notes, correction))
        if value is None:
            return found
        if found.rule in {"teaser", "date of the teaser"}:
            return self._from_listing(found)
        return self._times(self._located(found))

    def _value(self, field: str) -> Any:
        if field in _LABELS:
            singular = field.removesuffix("s")
            query = (
                f"select group_concat(name, '; ') from (select t.name from article_{field} x "
                f"join {field} t on t.id = x.{singular}_id where x.article_id = ? order by t.name)"
            )
            return self._db.conn.execute(query, [self._id]).fetchone()[0]
        return self.row[field]

    def _given(self, field: str, sources: dict[str, str]) -> str:
        if field == "update_label" and "headline" in sources:
            return f"{_GIVEN[field]}: {sources['headline']}"
        if field == "published_on_source" and "published_on" in sources:
            return f"{_GIVEN[field]}; {sources['published_on']}"
        return _GIVEN.get(field, "nothing on the page says it" if self.row.get(field) is None else "the page")

    def _notes(self) -> tuple[str, ...]:
        if self._article is not None and self._reader != READER_VERSION:
            return (f"the rule is that of today's reader ({READER_VERSION}); `scrapy crawl replay` applies it",)
        return ()

    def _correction(self, field: str, value: Any) -> str | None:
        node = self.row["node_id"]
        keys = {*self._urls, *([] if node is None else [f"node/{node}", str(node)])}
        for key, corrected, why in self._db.conn.execute(
            "select key, value, why from corrections where field = ?", [field]
        ):
            address = key if "://" in key else f"{self._site}/{key.lstrip('/')}"
            if (key in keys or canonical_url(address, self._site) in keys) and corrected == value:
                read = getattr(self._article, field, None)
                return f"corrected by hand ({why or 'no reason given'}); the page says {read!r}"
        return None

    def _located(self, found: Provenance) -> Provenance:
        """Find the value in the body or in the page's source."""
        body: str = self.row["body"]
        said = re.search(r"^the story's words ['\"](.*)['\"]$", found.rule)
        if found.field in _IN_BODY:
            return replace(found, where="body", passage=passage(body, 0, len(body)))
        if found.field in _GIVEN and found.field not in _ON_PAGE:
            return found
        if said and (at := body.find(said[1])) >= 0:
            return replace(found, where="body", passage=passage(body, at, at + len(said[1])))
        quoted = re.search(r"['\"](.+)['\"]", found.rule)
        value = str(found.value).split(REMOVED, maxsplit=1)[0].split("; ", maxsplit=1)[0]
        for text in (value, quoted[1] if quoted else "", value.rsplit("/", maxsplit=1)[-1]):
            head = found.field in {"url", "node_id"}
            place = find_passage(self._page, text, head=head, redact=self._redact) if text else None
            if place is not None:
                return replace(found, where="the page's source", passage=place)
        return found

    def _times(self, found: Provenance) -> Provenance:
        """What is a time or a count of captures rests on another capture than the newest version's."""
        marks = ", ".join("?" for _ in self._urls)
        seen = {"first_seen_at": "", "last_seen_at": "desc"}
        if found.field in seen:
            rows = self._db.conn.execute(
                f"select id from captures where url in ({marks}) and status in (200, 304) and fetched_at = ? "
                f"order by id {seen[found.field]} limit 1",
                [*self._urls, found.value],
            ).fetchall()
            return replace(found, capture=capture_of(self._db, rows[0][0])) if rows else found
        if found.field == "gone_at":
            rows = self._db.conn.execute(
                "select capture_id, seen_at, reason from absences where article_id = ? order by seen_at", [self._id]
            ).fetchall()
            notes = tuple(f"absent at {at}: {reason}" for _, at, reason in rows)
            capture = capture_of(self._db, rows[0][0]) if rows else found.capture
            return replace(found, capture=capture, notes=(*found.notes, *notes))
        if found.field == "version":
            rows = self._db.conn.execute(
                "select version, seen_at from article_versions where article_id = ? order by version", [self._id]
            ).fetchall()
            return replace(found, notes=(*found.notes, *(f"version {number} was seen at {at}" for number, at in rows)))
        return found

    def _from_listing(self, found: Provenance) -> Provenance:
        source = ListingSource(self._db, self._warc, self._site, redact=self._redact)
        where = source.find(self._urls, found.field, found.value)
        if where is None:
            return replace(found, notes=(*found.notes, "no captured listing shows it any more"))
        capture, place = where
        return replace(found, where=f"the source of {capture.url}", passage=place, capture=capture)

    def quote(self, key: str) -> Provenance:
        """Trace a quote of the article by its key."""
        found = quote_provenance(self._db, self._id, key, capture=self._capture, reader=self._read_by())
        return replace(found, notes=(*found.notes, *self._trouble))

    def _read_by(self) -> str:
        return f"{self.row['layout']}, reader {self._reader}"
