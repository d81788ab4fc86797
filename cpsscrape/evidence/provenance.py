"""Where a value of the archive comes from: the rule, the text around it, the record, the digest."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from cpsscrape.archive.captures import capture_of
from cpsscrape.archive.database import site_of
from cpsscrape.archive.listings import merged_teaser
from cpsscrape.archive.queries import urls_of
from cpsscrape.evidence.passage import find_passage, passage
from cpsscrape.evidence.stored_bytes import answer, answer_record
from cpsscrape.exceptions import CpsScrapeError, UsageError
from cpsscrape.normalise.privacy import REMOVED
from cpsscrape.normalise.urls import SITE, canonical_url, is_listing_url, listing_base
from cpsscrape.pages.encoding import decoded
from cpsscrape.reader import READER_VERSION, read_article

if TYPE_CHECKING:
    from pathlib import Path

    from sqlite_utils import Database

    from cpsscrape.evidence.passage import Passage
    from cpsscrape.items import Article, CaptureRef

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """``passage`` is in the article's body or in a page's source: ``where`` says in which.

    ``capture`` is the evidence; ``correction`` is what a person put in place of the value read.
    """

    field: str
    value: Any
    rule: str
    where: str | None
    passage: Passage | None
    capture: CaptureRef | None
    reader: str
    notes: tuple[str, ...] = ()


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
            reader=f"{self.row['layout']}, reader {self._reader}",
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
        """Find the captured listing that shows the teaser."""
        marks = ", ".join("?" for _ in self._urls)
        rows = self._db.conn.execute(
            f"select listing, url, date from teasers where url in ({marks}) order by last_seen_at desc, listing",
            list(self._urls),
        ).fetchall()
        for listing, url, day in rows:
            text = day if found.field == "published_on" else str(found.value).split("; ")[0]
            for number in self._pages_of(listing):
                capture = capture_of(self._db, number)
                place = self._in_listing(capture, url, text)
                if place is not None:
                    return replace(found, where=f"the source of {capture.url}", passage=place, capture=capture)
        return replace(found, notes=(*found.notes, "no captured listing shows it any more"))

    def _pages_of(self, listing: str) -> list[int]:
        rows = self._db.conn.execute(
            "select max(id), url from captures where status = 200 and url like ? || '%' group by url, payload_digest "
            "order by max(fetched_at) desc",
            [listing.split("?", maxsplit=1)[0]],
        )
        return [
            number
            for number, url in rows
            if is_listing_url(url, self._site) and listing_base(url, self._site)[0] == listing
        ]

    def _in_listing(self, capture: CaptureRef, url: str, text: str | None) -> Passage | None:
        """The value behind the link of the story, before the next teaser has begun."""
        try:
            record = answer_record(self._db, self._warc, capture)
            body, content_type = answer(self._db, self._warc, capture)
            page = decoded(body, content_type or record.content_type or "text/html", url=capture.url).text
        except (OSError, CpsScrapeError):
            return None
        path = url.removeprefix(self._site)
        link = re.search(rf"{re.escape(path)}(?![\w-])", page)
        if link is None or not text:
            return None
        place = find_passage(page[link.start() :], text, head=True, redact=self._redact)
        if place is None:
            return None
        return replace(place, start=link.start() + place.start, end=link.start() + place.end)

    def quote(self, key: str) -> Provenance:
        """Trace a quote: its rule, its place in the body, and who is said to have said it."""
        row = self._db.conn.execute(
            "select id, text, rule, cue, attribution, kind, confidence, start, quotes.end from quotes "
            "where key = ? and article_id = ?",
            [key, self._id],
        ).fetchone()
        if row is None:
            keys = [k for (k,) in self._db.conn.execute("select key from quotes where article_id = ?", [self._id])]
            raise UsageError(f"no quote {key!r} in article {self._id}; it has {', '.join(keys) or 'none'}.")
        number, text, rule, cue, attribution, kind, confidence, start, end = row
        speakers = self._db.conn.execute(
            "select s.name, x.mention, x.role, x.organisation, x.resolution from quote_speakers x "
            "join speakers s on s.id = x.speaker_id where x.quote_id = ? order by x.position",
            [number],
        ).fetchall()
        pieces = self._db.conn.execute(
            'select start, "end" from quote_pieces where quote_id = ? order by position', [number]
        ).fetchall()
        notes = [
            f"{kind}, attribution {attribution}, cue {cue!r}, confidence {confidence:.2f}",
            "pieces at " + ", ".join(f"{first}–{last}" for first, last in pieces),
            *(
                f"said by {name}: written {mention!r} ({resolution}), role {role!r}, organisation {organisation!r}"
                for name, mention, role, organisation, resolution in speakers
            ),
            *([] if speakers else ["nobody is known to have said it"]),
            *(
                f"corrected by hand: {field} is {value!r} ({why or 'no reason given'})"
                for field, value, why in self._db.conn.execute(
                    "select field, value, why from corrections where key = ?", [key]
                )
            ),
        ]
        return Provenance(
            field=key,
            value=text,
            rule=rule,
            where="body",
            passage=passage(self.row["body"], start, end),
            capture=self._capture,
            reader=f"{self.row['layout']}, reader {self._reader}",
            notes=(*notes, *self._trouble),
        )
