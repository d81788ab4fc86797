"""Reads every captured story again and compares what it says with the rows of the archive."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cpsscrape.archive.captures import capture_of
from cpsscrape.archive.database import site_of
from cpsscrape.archive.identity import find_article
from cpsscrape.archive.integrity import REBUILD
from cpsscrape.archive.listings import teaser_is_known
from cpsscrape.archive.queries import urls_of
from cpsscrape.archive.versions import Version, published_fields, text_digest, versions_of
from cpsscrape.archive.withdrawals import is_withdrawn
from cpsscrape.evidence.comparison import Scratch, differences, same_words, unshown
from cpsscrape.evidence.portrait import portrait
from cpsscrape.evidence.shown import ShownTeasers
from cpsscrape.evidence.stored_bytes import answer
from cpsscrape.exceptions import ParseError, WarcError
from cpsscrape.findings import Finding
from cpsscrape.items import Teaser
from cpsscrape.normalise.urls import SITE, is_listing_url, is_on_site, is_story_url
from cpsscrape.reader import READER_VERSION, read_article
from cpsscrape.warc.purging import PURGED
from cpsscrape.warc.segments import segment_files

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlite_utils import Database

    from cpsscrape.evidence.tally import Tally
    from cpsscrape.items import Article, CaptureRef

_OWN = ("headline", "update_label", "updated_on", "links", "body", "notes_to_editors")  # not from a teaser


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    """Bytes that were answered at one address, once or often, and the captures of them."""

    capture: CaptureRef
    captures: tuple[int, ...]
    body: bytes
    content_type: str


def deep_findings(db: Database, folder: Path, tally: Tally, *, redact: bool) -> Iterator[Finding]:
    """Yield where the derived rows are not what today's reader makes of the captures.

    What only a teaser says is compared with all that the captured listings ever said of the
    story: which of it was known when the story was stored is not written anywhere.
    """
    site = site_of(db) or SITE
    warc = folder / "warc"
    shown = ShownTeasers(db, warc, site)
    shown.read(tally)
    purged = _was_purged(warc)
    if purged:
        tally.notes.append("labels and dates of teasers were not compared: listings were purged from the WARC files")
    else:
        yield from shown.findings()
    yield from _older_readers(db)
    reading = _SecondReading(db, warc, None if purged else shown, site=site, redact=redact)
    numbers = reading.pages()
    tally.stage("reading stories again", len(numbers))
    for first, captures in numbers:
        try:
            yield from reading.findings(first, captures)
        except (ValueError, LookupError, TypeError, sqlite3.DatabaseError) as error:
            what = f"its rows are not what any reading could have stored ({error!r})"
            yield Finding(place=f"captures {first}", what=what, remedy=REBUILD)
        tally.articles += 1
        tally.step(1)


def _was_purged(warc: Path) -> bool:
    return any(PURGED.search(path.name) for path in segment_files(warc))


def _older_readers(db: Database) -> Iterator[Finding]:
    for version, rows in db.conn.execute(
        "select reader_version, count(*) from article_versions where reader_version <> ? group by 1", [READER_VERSION]
    ):
        what = f"{rows} versions were read by reader {version}, not by today's ({READER_VERSION}): not compared"
        yield Finding(place="article_versions", what=what, remedy=REBUILD)


class _SecondReading:
    """Compares one page after another; nothing but the page at hand is in memory."""

    def __init__(
        self,
        db: Database,
        warc: Path,
        shown: ShownTeasers | None,
        *,
        site: str,
        redact: bool,
    ) -> None:
        self._db = db
        self._warc = warc
        self._shown = shown
        self._site = site
        self._redact = redact
        self._scratch = Scratch(db, site)

    def pages(self) -> list[tuple[int, tuple[int, ...]]]:
        """Return the captures of stories, those of the same bytes at the same address together."""
        rows = self._db.conn.execute(
            "select min(id), group_concat(id), url from captures "
            "where status in (200, 304) group by url, payload_digest"
        ).fetchall()
        return [
            (first, tuple(map(int, ids.split(","))))
            for first, ids, url in rows
            if is_on_site(url, self._site) and not is_listing_url(url, self._site)
        ]

    def findings(self, first: int, captures: tuple[int, ...]) -> Iterator[Finding]:
        """Yield what the rows of this page's article say that the page does not, or the reverse."""
        capture = capture_of(self._db, first)
        place = f"captures {first} ({capture.url})"
        marks = ", ".join("?" for _ in captures)
        used = self._db.conn.execute(
            f"select article_id, version from article_versions where capture_id in ({marks})", captures
        ).fetchall()
        current = self._db.conn.execute(f"select id from articles where capture_id in ({marks})", captures).fetchall()
        try:
            body, content_type = answer(self._db, self._warc, capture)
            page = _Page(capture=capture, captures=captures, body=body, content_type=content_type)
            article = self._read(page, None)
        except (OSError, WarcError):
            return  # its record was reported when the files were read
        except ParseError as error:
            if used or current:
                what = f"an article was read from it, and it cannot be read now: {error}"
                yield Finding(place=place, what=what, remedy=REBUILD)
            return
        yield from self._versions(place, article, used)
        for (number,) in current:
            yield from self._current(number, page, article)

    def _read(self, page: _Page, teaser: Teaser | None) -> Article:
        return read_article(
            page.body,
            url=page.capture.url,
            content_type=page.content_type,
            teaser=teaser,
            redact_birth_dates=self._redact,
        )

    def _versions(self, place: str, article: Article, used: list[tuple[int, int]]) -> Iterator[Finding]:
        number = find_article(self._db, article)
        if number is None:
            if self._was_asked_for(article):
                yield Finding(place=place, what="reads as a story that is not among the articles", remedy=REBUILD)
            return
        versions = versions_of(self._db, number)
        today = [version for version in versions if version.reader_version == READER_VERSION]
        if len(today) == len(versions) and not any(same_words(version, article) for version in versions):
            yield Finding(place=place, what=f"no version of article {number} says what it says", remedy=REBUILD)
        for owner, _ in used:
            if owner != number:
                what = f"is the evidence of article {owner}, and reads as article {number}"
                yield Finding(place=place, what=what, remedy=REBUILD)
        for version in today:
            if (number, version.version) in used:
                yield from self._version(number, version, article)

    def _was_asked_for(self, article: Article) -> bool:
        """Whether this is a story the archive should hold; ``robots.txt`` can be read as one too."""
        urls = (article.url, *article.aliases)
        story = any(is_story_url(url, self._site) or teaser_is_known(self._db, url) for url in urls)
        return story and not is_withdrawn(self._db, urls, article.node_id)

    def _version(self, number: int, version: Version, article: Article) -> Iterator[Finding]:
        place = f"article_versions of article {number}, version {version.version}"
        fresh = published_fields(article)
        for name in _OWN:
            if fresh[name] != version.published[name]:
                yield Finding(place=place, what=f"its {name} is not what its capture says", remedy=REBUILD)
        (digest,) = self._db.conn.execute(
            "select text_digest from article_versions where id = ?", [version.id]
        ).fetchone()
        if digest != text_digest(article):
            yield Finding(place=place, what="its text_digest is not that of its capture", remedy=REBUILD)
        if version.layout != article.layout:
            yield Finding(place=place, what=f"its layout is {version.layout}, today {article.layout}", remedy=REBUILD)
        if self._shown is not None:
            shown = self._shown.of(urls_of(self._db, article.url, *article.aliases), redact=self._redact)
            yield from unshown(place, version.published, article, shown)

    def _current(self, number: int, page: _Page, plain: Article) -> Iterator[Finding]:
        """Compare all derived rows; what a teaser said is given to the reader as it is stored."""
        stored = portrait(self._db, number)
        fields: dict[str, str | None] = dict(stored["articles"])
        newest = versions_of(self._db, number)[-1]
        if newest.reader_version != READER_VERSION:
            return
        teaser = Teaser(
            date=newest.published["published_on"] if fields["published_on_source"] == "teaser" else None,
            text=newest.published["teaser"],
            content_type=fields["content_type"],
            topics=tuple(json.loads(newest.published["topics"] or "[]")),
            areas=tuple(json.loads(newest.published["areas"] or "[]")),
        )
        article = self._read(page, teaser)
        fresh = self._scratch.portrait_of(article, newest.version, page.capture)
        yield from differences(number, stored, fresh)
        if self._shown is not None:
            shown = self._shown.of(urls_of(self._db, article.url, *article.aliases), redact=self._redact)
            if fields["content_type"] not in {*shown.types, plain.content_type, *self._corrected("content_type")}:
                what = "its content_type is said neither by its page nor by a listing"
                yield Finding(place=f"articles {number}", what=what, remedy=REBUILD)
        known = set(urls_of(self._db, article.url))
        missing = [url for url in (article.url, *article.aliases) if url not in known and not self._elsewhere(url)]
        if missing:
            yield Finding(place=f"article_urls of {number}", what=f"{missing[0]} is missing", remedy=REBUILD)

    def _corrected(self, field: str) -> frozenset[str | None]:
        rows = self._db.conn.execute("select value from corrections where field = ?", [field])
        return frozenset(row[0] for row in rows)

    def _elsewhere(self, url: str) -> bool:
        return self._db.conn.execute("select 1 from article_urls where url = ?", [url]).fetchone() is not None
