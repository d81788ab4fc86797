"""Reads stored captures again, through the same pipelines, without a network.

Without ``source`` the database is rebuilt from the archive's own WARC files and put in the
place of the old one whole. With it, other people's captures and saved pages are added; their
bytes are copied into the archive's WARC, so that the next rebuild has them too.
"""

from __future__ import annotations

import logging
import shutil
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urljoin

from scrapy import Spider, signals

from cpsscrape.archive.absences import judge_absences, note_absence
from cpsscrape.archive.captures import same_capture, save_capture
from cpsscrape.archive.database import DATABASE, claim_site, site_of
from cpsscrape.archive.listings import merged_teaser, teaser_is_known
from cpsscrape.archive.queries import urls_of
from cpsscrape.archive.rebuild import begin_rebuild, discard_rebuild, finish_rebuild
from cpsscrape.exceptions import ParseError, WarcError
from cpsscrape.foreign import SavedPage, saved_pages, warc_files
from cpsscrape.intake import take_listing
from cpsscrape.items import CaptureRef, FetchedPage
from cpsscrape.normalise.urls import (
    SITE,
    canonical_url,
    is_listing_url,
    is_on_site,
    is_story_url,
    listing_base,
)
from cpsscrape.normalise.urls import site_of as site_of_url
from cpsscrape.pages.identity import stated_url
from cpsscrape.pages.listing import read_listing
from cpsscrape.recovery import capture_ref
from cpsscrape.rereading import stored_body
from cpsscrape.session import Session
from cpsscrape.spiders.arguments import ReplayArguments
from cpsscrape.spiders.flight import Flight
from cpsscrape.warc.exchange import Exchange, Original, header, payload_digest
from cpsscrape.warc.index import Index, Place, index_files
from cpsscrape.warc.reader import Record, decoded_body, read_record
from cpsscrape.warc.segments import segment_files

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping

    from scrapy.crawler import Crawler
    from sqlite_utils import Database

logger = logging.getLogger(__name__)


class ReplaySpider(Spider):
    """``scrapy crawl replay``: records one at a time, in the order in which they were captured."""

    name = "replay"

    def __init__(self, **given: str) -> None:
        super().__init__()
        self.asked = ReplayArguments.parse(given)
        self.arguments = self.asked.as_dict()
        self.source_name = "file"
        self.total = 0
        self.done = 0
        self._damaged: list[WarcError] = []
        self._hops: dict[str, tuple[str, ...]] = {}
        self._flight = Flight()
        self._run_id: int | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Make one from the crawl's settings."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        # No connection leaves the process: there is nothing to make one with.
        crawler.settings.set("DOWNLOAD_HANDLERS", {"http": None, "https": None}, priority="cmdline")
        for signal in (signals.item_scraped, signals.item_dropped, signals.item_error):
            crawler.signals.connect(spider.item_done, signal=signal)
        return spider

    @property
    def session(self) -> Session:
        """The run this replay belongs to."""
        session = self.crawler.get_extension(Session)
        assert session is not None
        return session

    async def start(self) -> AsyncIterator[FetchedPage]:
        """Read everything there is to read; then put a rebuilt database in its place."""
        if not self.session.is_open:
            return
        pages = self._foreign() if self.asked.source else self._own()
        async for page in pages:
            self._flight.take_off("record")
            yield page
            await self._flight.room(1)

    def item_done(self) -> None:
        """Let the next record be read: one at a time."""
        self._flight.land("record")

    # --- the archive's own evidence ----------------------------------------------------------

    async def _own(self) -> AsyncIterator[FetchedPage]:
        session = self.session
        index = self._index(segment_files(session.archive.warc_folder))
        fresh = begin_rebuild(session.archive)
        session.redirect_to(fresh)
        try:
            self._settle_site(index)
            for place in index.places:
                page = self._page_at(place, index.infos[place.info])
                if page is not None:
                    yield page
                self.done += 1
            if self._run_id is not None:
                self._judge(self._run_id)
            if self._damaged:
                self._keep_old_database()
            session.redirect_to(None)
            finish_rebuild(session.archive, fresh)
        finally:
            session.redirect_to(None)
            discard_rebuild(session.folder)

    def _page_at(self, place: Place, info: Mapping[str, str]) -> FetchedPage | None:
        try:
            record = read_record(place.path, place.offset, place.length)
            capture = capture_ref(record, info.get("cps-source", "live"))
            return self._take(record, capture, run_id=_number(info.get("cps-run")))
        except WarcError as error:
            self._damaged.append(error)
            return None

    def _keep_old_database(self) -> None:
        """What cannot be read any more may still stand in the database that is about to go."""
        kept = self.session.folder / f"{DATABASE}.before-replay"
        kept.unlink(missing_ok=True)
        self.session.archive.db.execute("vacuum into ?", [str(kept)])
        logger.warning("The database as it was before this replay is kept as %s", kept)

    # --- other people's evidence -------------------------------------------------------------

    async def _foreign(self) -> AsyncIterator[FetchedPage]:
        sources = [Path(source) for source in self.asked.source]
        unpacked = Path(tempfile.mkdtemp(prefix="cpsscrape-"))
        try:
            index = self._index(list(warc_files(sources, unpacked)))
            self._settle_site(index)
            for place in index.places:
                page = self._import(place)
                if page is not None:
                    yield page
                self.done += 1
        finally:
            shutil.rmtree(unpacked, ignore_errors=True)
        for saved in saved_pages(sources):
            self.total += 1
            yield self._import_saved(saved)
            self.done += 1

    def _import(self, place: Place) -> FetchedPage | None:
        """Copy a foreign record into the archive's own WARC, once, and read it from there."""
        try:
            record = read_record(place.path, place.offset, place.length) if place.length else place.record
            if record is None or not is_on_site(record.url or "", self.session.site):
                self.crawler.stats.inc_value("cps/replay/off_site")
                return None
            capture = capture_ref(record, "file")
            known = same_capture(self.session.db, capture)
            capture = known if known is not None else self._copy(record, capture)
            return self._take(record, capture, run_id=self.session.run.id)
        except WarcError as error:
            self._damaged.append(error)
            return None

    def _copy(self, record: Record, capture: CaptureRef) -> CaptureRef:
        writer = self.session.writer
        if record.status is None:
            written = writer.write_resource(
                capture.url,
                capture.fetched_at,
                record.content_type or "application/octet-stream",
                record.body,
            )
        else:
            original = None
            if record.refers_to is not None and record.payload_digest:
                original = Original(
                    url=record.refers_to[0],
                    fetched_at=record.refers_to[1],
                    payload_digest=record.payload_digest,
                )
            exchange = Exchange(
                url=capture.url,
                fetched_at=capture.fetched_at,
                status=record.status,
                reason="",
                headers=record.headers,
                body=record.body,
            )
            written = writer.write(exchange, original=original, with_request=False)
        return replace(
            capture,
            payload_digest=written.payload_digest,
            warc_file=written.file,
            warc_offset=written.offset,
            warc_length=written.length,
        )

    def _import_saved(self, saved: SavedPage) -> FetchedPage:
        """Keep a saved page as a resource record; its own canonical link, if any, says what it is."""
        body = saved.path.read_bytes()
        url = saved.url or stated_url(body, saved.content_type) or saved.path.as_uri()
        mime = saved.content_type.split(";")[0].strip()
        capture = capture_ref_of_file(url, saved.fetched_at, mime, body)
        known = same_capture(self.session.db, capture)
        if known is None:
            written = self.session.writer.write_resource(url, saved.fetched_at, saved.content_type, body)
            known = replace(capture, warc_file=written.file, warc_offset=written.offset, warc_length=written.length)
            self.session.remember(known)
        return FetchedPage(
            url=url,
            body=body,
            capture=known,
            content_type=saved.content_type,
            teaser=merged_teaser(self.session.db, urls_of(self.session.db, url)),
            requested_urls=(url,),
        )

    # --- one record --------------------------------------------------------------------------

    def _take(self, record: Record, capture: CaptureRef, *, run_id: int | None) -> FetchedPage | None:
        """Give a record its row; return it as a page if it may be a story."""
        session = self.session
        with session.transaction() as db:
            save_capture(db, capture, self._known_run(db, run_id))
        url, site = capture.url, session.site
        stats = self.crawler.stats
        stats.inc_value("cps/replay/records")
        self._judge_when_run_ends(run_id)
        if not is_on_site(url, site):
            return None
        hops = self._hops.pop(url, ())
        location = header(record.headers, "Location")
        if 300 <= capture.status < 400 and capture.status != 304:
            if location:
                self._hops[urljoin(url, location).split("#")[0]] = (*hops, url)
            return None
        if capture.status in {404, 410} or (hops and is_listing_url(url, site)):
            reason = f"status {capture.status}" if capture.status != 200 else "redirect to a listing"
            urls = [canonical_url(address, site) for address in (*hops, url)]
            with session.transaction() as db:
                note_absence(db, urls, capture, save_capture(db, capture, run_id), reason)
            return None
        if capture.status not in {200, 304}:
            return None
        if is_listing_url(url, site):
            self._take_listing(record, capture)
            return None
        if not (is_story_url(url, site) or teaser_is_known(session.db, canonical_url(url, site))):
            return None
        body = stored_body(session, capture) if record.type == "revisit" else decoded_body(record)
        if body is None:
            stats.inc_value("cps/replay/original_missing")
            return None
        asked = tuple(canonical_url(address, site) for address in (*hops, url))
        return FetchedPage(
            url=url,
            body=body,
            capture=capture,
            content_type=record.content_type or capture.mime_type,
            teaser=merged_teaser(session.db, urls_of(session.db, *asked)),
            requested_urls=tuple(dict.fromkeys(asked)),
        )

    def _judge_when_run_ends(self, run_id: int | None) -> None:
        """The crawl judged absences at the end of each run: so does its replay."""
        if self._run_id is not None and run_id != self._run_id:
            self._judge(self._run_id)
        self._run_id = run_id

    def _judge(self, run_id: int) -> None:
        with self.session.transaction() as db:
            judge_absences(db, run_id, days=self.settings.getfloat("CPS_GONE_AFTER_DAYS"))

    def _take_listing(self, record: Record, capture: CaptureRef) -> None:
        site = self.session.site
        body = stored_body(self.session, capture) if record.type == "revisit" else decoded_body(record)
        try:
            listing = read_listing(body or b"", capture.url, record.content_type or "text/html")
        except ParseError as error:
            self.crawler.stats.inc_value(f"cps/replay/{type(error).__name__}")
            return
        base, area = listing_base(capture.url, site)
        with self.session.transaction() as db:
            take_listing(db, listing, base, site=site, area=area, at=capture.fetched_at)
        self.crawler.stats.inc_value("cps/listing/pages")

    def _known_run(self, db: Database, run_id: int | None) -> int | None:
        row = db.conn.execute("select id from runs where id = ?", [run_id]).fetchone()
        return row[0] if row else None

    # --- the whole ---------------------------------------------------------------------------

    def _index(self, paths: list[Path]) -> Index:
        index = index_files(paths)
        self.total = len(index.places)
        self._damaged += index.damaged
        logger.info("%d records in %d WARC files", self.total, len(paths))
        return index

    def _settle_site(self, index: Index) -> None:
        """A new archive belongs to the site its evidence comes from."""
        db = self.session.db
        site = site_of(db) or next((info["cps-site"] for info in index.infos if "cps-site" in info), None)
        if site is None and index.places:
            sites = [site_of_url(place.url) for place in index.places]
            site = SITE if SITE in sites else max(sorted(set(sites)), key=sites.count)
        if site is not None:
            claim_site(db, site, self.session.folder)
            self.session.site = site

    def progress(self, seconds: float) -> str:
        """Say how far the replay is and how long it will take."""
        left = (self.total - self.done) * seconds / self.done if self.done else 0
        return f"{self.done} of {self.total} records read, {left:.0f} s left; "

    def problems(self, stats: Mapping[str, Any], reason: str) -> list[str]:
        """Say what is wrong with the evidence, each with its file and offset."""
        found = [str(error) for error in self._damaged]
        if reason != "finished":
            found.append(f"the replay ended before its end ({reason}); the database is as it was before")
        if not self.total:
            found.append("there was nothing to read: no WARC file, no saved page")
        elif self.asked.source and not any(key.startswith("cps/store/") for key in stats):
            found.append("nothing that was read is a story of this site")
        errors = stats.get("log_count/ERROR", 0)
        if errors:
            found.append(f"{errors} errors were logged: see the log")
        return found


def capture_ref_of_file(url: str, fetched_at: str, mime: str, body: bytes) -> CaptureRef:
    """Return the row of ``captures`` of a saved page, before it has a record."""
    return CaptureRef(
        url=url,
        fetched_at=fetched_at,
        status=200,
        mime_type=mime,
        payload_digest=payload_digest(body),
        source="file",
    )


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isdigit() else None
