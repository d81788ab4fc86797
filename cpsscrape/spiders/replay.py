"""Reads stored captures again, through the same pipelines, without a network.

Without ``source`` the database is rebuilt from the archive's own WARC files and put in the
place of the old one whole. With it, other people's captures and saved pages are added; their
bytes are copied into the archive's WARC, so that the next rebuild has them too.
"""

from __future__ import annotations

import asyncio
import logging
import shutil
import tempfile
from collections import Counter, deque
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from scrapy import Spider, signals

from cpsscrape.archive.absences import judge_absences, note_absence
from cpsscrape.archive.captures import save_capture
from cpsscrape.archive.database import DATABASE, claim_site, site_of
from cpsscrape.archive.listings import merged_teaser, teaser_is_known
from cpsscrape.archive.queries import urls_of
from cpsscrape.archive.rebuild import begin_rebuild, discard_rebuild, finish_rebuild
from cpsscrape.archive.runs import restore_run
from cpsscrape.exceptions import ParseError, WarcError
from cpsscrape.foreign import SavedPage, saved_pages, warc_files
from cpsscrape.intake import take_listing
from cpsscrape.items import FetchedPage
from cpsscrape.normalise.urls import (
    SITE,
    canonical_url,
    is_listing_url,
    is_on_site,
    is_story_url,
    listing_base,
)
from cpsscrape.normalise.urls import site_of as site_of_url
from cpsscrape.outcomes import LISTED, status_outcome
from cpsscrape.pages.listing import read_listing
from cpsscrape.recovery import capture_ref
from cpsscrape.rereading import stored_body
from cpsscrape.session import Session
from cpsscrape.spiders.arguments import ReplayArguments
from cpsscrape.spiders.flight import Flight
from cpsscrape.spiders.hops import Hops
from cpsscrape.spiders.importer import Importer
from cpsscrape.warc.exchange import header
from cpsscrape.warc.index import Index, Place, index_files
from cpsscrape.warc.reader import Record, decoded_body, read_record
from cpsscrape.warc.segments import segment_files

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping

    from scrapy.crawler import Crawler
    from sqlite_utils import Database

    from cpsscrape.items import CaptureRef

logger = logging.getLogger(__name__)

AHEAD = 4  # records under way: one is stored while the next is read


class ReplaySpider(Spider):
    """``scrapy crawl replay``: records one at a time, in the order in which they were captured."""

    name = "replay"
    hurried = True

    def __init__(self, **given: str) -> None:
        super().__init__()
        self.asked = ReplayArguments.parse(given)
        self.arguments = self.asked.as_dict()
        self.source_name = "file"
        self.total = 0
        self.done = 0
        self._damaged: list[WarcError] = []
        self._hops = Hops()
        self._under_way: deque[tuple[str, ...]] = deque()
        self._flight = Flight()
        self._order: deque[str] = deque()

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

    @cached_property
    def _importer(self) -> Importer:
        return Importer(self.session)

    async def start(self) -> AsyncIterator[FetchedPage]:
        """Read everything there is to read; then put a rebuilt database in its place."""
        if not self.session.is_open:
            return
        pages = self._foreign() if self.asked.source else self._own()
        async for page in pages:
            self._flight.take_off(page.capture.fetched_at + str(self.done))
            self._order.append(page.capture.fetched_at + str(self.done))
            self._under_way.append(page.requested_urls)
            yield page
            await self._flight.room(AHEAD)

    def item_done(self) -> None:
        """Let the next record be read. Pages come out in the order in which they went in."""
        self._under_way.popleft()
        self._flight.land(self._order.popleft())
        asyncio.get_running_loop().call_later(0.1, self._let_close)

    def _let_close(self) -> None:
        """Scrapy asks whether a closing spider is idle only after responses, never after items of ``start()``.

        Without this a replay that is stopped, or whose disk is full, never ends.
        """
        slot = self.crawler.engine.scraper.slot if self.crawler.engine else None
        if slot is not None and slot.closing is not None and not slot.closing.called and slot.is_idle():
            slot.closing.callback(self)

    def closed(self, _reason: str) -> None:
        """Leave the database as it was if the replay did not come to its end."""
        if self.session.is_open:
            self.session.redirect_to(None)
            discard_rebuild(self.session.folder)

    # --- the archive's own evidence ----------------------------------------------------------

    async def _own(self) -> AsyncIterator[FetchedPage]:
        session = self.session
        index = self._index(segment_files(session.archive.warc_folder))
        last = self._ends_of_runs(index)
        fresh = begin_rebuild(session.archive)
        session.redirect_to(fresh)
        try:
            self._settle_site(index)
            for number, place in enumerate(index.places):
                page = await self._page_at(place, index.infos[place.info])
                if page is not None:
                    yield page
                self.done += 1
                if number in last:
                    await self._judge(last[number])
            await self._judge(None)
            if self._damaged:
                self._keep_old_database()
            session.redirect_to(None)
            finish_rebuild(session.archive, fresh)
        finally:
            self.closed("")

    async def _page_at(self, place: Place, info: Mapping[str, str]) -> FetchedPage | None:
        try:
            record = read_record(place.path, place.offset, place.length)
            capture = capture_ref(record, info.get("cps-source", "live"))
            return await self._take(record, capture, run_id=_number(info.get("cps-run")))
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
            index = self._index(list(warc_files(sources, unpacked, self._damaged)))
            self._settle_site(index)
            for place in index.places:
                page = await self._import(place)
                if page is not None:
                    yield page
                self.done += 1
            await self._judge(None)
        finally:
            shutil.rmtree(unpacked, ignore_errors=True)
        for saved in saved_pages(sources):
            self.total += 1
            try:
                yield self._import_saved(saved)
            except OSError as error:
                self._damaged.append(WarcError(f"{saved.path} cannot be read ({error.strerror})", path=saved.path))
            self.done += 1

    async def _import(self, place: Place) -> FetchedPage | None:
        """Copy a foreign record into the archive's own WARC, once, and read it from there."""
        try:
            taken = self._importer.take(read_record(place.path, place.offset, place.length))
            if isinstance(taken, str):
                self.crawler.stats.inc_value(f"cps/replay/{taken}")
                return None
            return await self._take(*taken, run_id=self.session.run.id)
        except WarcError as error:
            self._damaged.append(error)
            return None

    def _import_saved(self, saved: SavedPage) -> FetchedPage:
        """Keep a saved page and read it from where it was found."""
        body, known = self._importer.take_saved(saved)
        return FetchedPage(
            url=known.url,
            body=body,
            capture=known,
            content_type=saved.content_type,
            teaser=merged_teaser(self.session.db, urls_of(self.session.db, known.url), at=saved.fetched_at),
            requested_urls=(known.url,),
        )

    # --- one record --------------------------------------------------------------------------

    async def _take(self, record: Record, capture: CaptureRef, *, run_id: int | None) -> FetchedPage | None:
        """Give a record its row; return it as a page if it may be a story."""
        session = self.session
        with session.transaction() as db:
            save_capture(db, capture, self._known_run(db, run_id))
        url, site = capture.url, session.site
        stats = self.crawler.stats
        stats.inc_value("cps/replay/records")
        if record.type == "resource":  # a saved page: what it is of is for its reader to say
            return self._page(record, capture, (canonical_url(url, site),))
        if not is_on_site(url, site):
            return None
        hops = self._hops.leading_to(run_id, capture)
        if 300 <= capture.status < 400 and capture.status != 304:
            self._hops.note(run_id, capture, hops, header(record.headers, "Location"))
            return None
        asked = tuple(dict.fromkeys(canonical_url(address, site) for address in (*hops, url)))
        is_listing = is_listing_url(url, site)
        state, reason = status_outcome(capture.status)
        if is_listing and (not hops or is_listing_url(hops[0], site)):
            if state == "gone" and reason == LISTED:
                await self._flight.room(1)
                self._take_listing(record, capture, hops[0] if hops else url)
            return None
        if state == "gone" and (reason != LISTED or is_listing):
            await self._flight.room(1)
            with session.transaction() as db:
                note_absence(db, asked, capture, save_capture(db, capture, run_id), reason)
            return None
        if state != "gone":
            return None
        if not any(is_story_url(address, site) or teaser_is_known(session.db, address) for address in asked):
            return None
        if any(not set(asked).isdisjoint(urls) for urls in self._under_way):
            await self._flight.room(1)
        return self._page(record, capture, asked)

    def _page(self, record: Record, capture: CaptureRef, asked: tuple[str, ...]) -> FetchedPage | None:
        db = self.session.db
        body = stored_body(self.session, capture) if record.type == "revisit" else decoded_body(record)
        if body is None:
            self.crawler.stats.inc_value("cps/replay/original_missing")
            return None
        return FetchedPage(
            url=capture.url,
            body=body,
            capture=capture,
            content_type=record.content_type or capture.mime_type,
            teaser=merged_teaser(db, urls_of(db, *asked), at=capture.fetched_at),
            requested_urls=asked,
        )

    async def _judge(self, run_id: int | None) -> None:
        """The crawl judged absences at the end of each run: so does its replay; None for web archives'."""
        await self._flight.room(1)
        with self.session.transaction() as db:
            judge_absences(db, run_id, days=self.settings.getfloat("CPS_GONE_AFTER_DAYS"))

    def _take_listing(self, record: Record, capture: CaptureRef, asked: str) -> None:
        site = self.session.site
        body = stored_body(self.session, capture) if record.type == "revisit" else decoded_body(record)
        try:
            listing = read_listing(body or b"", capture.url, record.content_type or "text/html")
        except ParseError as error:
            self.crawler.stats.inc_value(f"cps/replay/{type(error).__name__}")
            return
        base, area = listing_base(asked, site)
        with self.session.transaction() as db:
            take_listing(db, listing, base, site=site, area=area, at=capture.fetched_at)
        self.crawler.stats.inc_value("cps/listing/pages")

    def _known_run(self, db: Database, run_id: int | None) -> int | None:
        row = db.conn.execute("select id from runs where id = ?", [run_id]).fetchone()
        return row[0] if row else None

    # --- the whole ---------------------------------------------------------------------------

    def _ends_of_runs(self, index: Index) -> dict[int, int]:
        """Where in the order each crawl of the live site came to its end; one that was killed judged nothing.

        A run whose row was lost with its database gets one.
        """
        last: dict[int, int] = {}
        db = self.session.archive.db
        with db.atomic():
            for number, place in enumerate(index.places):
                info = index.infos[place.info]
                run_id, source = _number(info.get("cps-run")), info.get("cps-source", "live")
                if run_id is None:
                    continue
                if run_id not in last:
                    spider = {"live": "news", "file": "replay"}.get(source, "backfill")
                    version = info.get("software", "").partition("/")[2].partition(" ")[0]
                    restore_run(db, run_id, spider, place.date, version)
                last[run_id] = number
            ended = {
                row[0]
                for row in db.conn.execute("select id from runs where spider = 'news' and finish_reason is not null")
            }
        return {number: run_id for run_id, number in last.items() if run_id in ended}

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
            sites = Counter(site_of_url(place.url) for place in index.places if place.url.startswith("http"))
            site = SITE if SITE in sites or not sites else max(sorted(sites), key=sites.__getitem__)
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


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isdecimal() else None
