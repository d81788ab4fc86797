"""Fetches captures of stories from a web archive: what was said before this archive began."""

from __future__ import annotations

import json
import logging
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlencode, urljoin, urlsplit

from scrapy import Request, Spider, signals

from cpsscrape.archive import frontier
from cpsscrape.archive.absences import judge_absences, note_absence
from cpsscrape.archive.captures import captures_perhaps_unread, held_at, save_capture
from cpsscrape.archive.listings import merged_teaser
from cpsscrape.archive.queries import urls_of
from cpsscrape.configuration import user_agent
from cpsscrape.items import CaptureRef, FetchedPage
from cpsscrape.middlewares.capture import KEPT_BY_SPIDER
from cpsscrape.normalise.urls import canonical_url, is_listing_url, is_story_url
from cpsscrape.outcomes import failure_outcome
from cpsscrape.recovery import written_ref
from cpsscrape.rereading import stored_body
from cpsscrape.session import Session, utc_now
from cpsscrape.spiders.archived import archived_exchange
from cpsscrape.spiders.arguments import BackfillArguments, is_loopback
from cpsscrape.spiders.flight import Flight
from cpsscrape.spiders.web_archives import ABSENT, Memento, news_prefixes, read_index, worth_fetching
from cpsscrape.warc.exchange import header

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator, Mapping

    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from sqlite_utils import Database
    from twisted.python.failure import Failure

logger = logging.getLogger(__name__)

COLLECTIONS_ASKED = 12  # of Common Crawl's monthly indexes, the newest: a year


class BackfillSpider(Spider):
    """``scrapy crawl backfill``: the index first, then one capture per distinct digest."""

    name = "backfill"

    def __init__(self, **given: str) -> None:
        super().__init__()
        self.asked = BackfillArguments.parse(given)
        self.arguments = self.asked.as_dict()
        self.web_archive = self.asked.web_archive
        self.site = self.asked.site
        self.source_name = self.web_archive.name
        self.index_failures: list[str] = []
        self._found: list[Memento] = []
        self._missed: list[Memento] = []
        self._flight = Flight()
        self._total = 0
        self._done = 0

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Make one from the crawl's settings, as polite as the archive asks for."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        settings = crawler.settings
        settings.set("USER_AGENT", user_agent(settings.get("CPS_CONTACT")), priority="spider")
        place = spider.web_archive.cdx or spider.web_archive.collections or ""
        if is_loopback(place):
            settings.set("DOWNLOAD_DELAY", 0, priority="spider")
            settings.set("AUTOTHROTTLE_ENABLED", value=False, priority="spider")
            settings.set("CPS_RETRY_BACKOFF", 0.1, priority="spider")
        else:
            settings.set("DOWNLOAD_DELAY", 60 / spider.web_archive.per_minute, priority="spider")
        for signal in (signals.item_scraped, signals.item_dropped, signals.item_error):
            crawler.signals.connect(spider.item_done, signal=signal)
        return spider

    @property
    def session(self) -> Session:
        """The run this backfill belongs to."""
        session = self.crawler.get_extension(Session)
        assert session is not None
        return session

    async def start(self) -> AsyncIterator[Request | FetchedPage]:
        """Ask the index; fetch what is new; then once more what did not come the first time."""
        if not self.session.is_open:
            return
        for page in self._unread():
            yield page
        if self.web_archive.collections:
            self._flight.take_off(self.web_archive.collections)
            yield self._index_request(self.web_archive.collections, self.parse_collections)
        else:
            assert self.web_archive.cdx is not None
            for request in self._index_requests(self.web_archive.cdx):
                yield request
        await self._flight.room(1)
        wanted = [memento for memento in worth_fetching(self._found) if self._is_wanted(memento)]
        wanted = wanted[: self.asked.limit]
        self._total = len(wanted)
        logger.info("%d captures in the index, %d to fetch", len(self._found), self._total)
        for attempt in ("first", "second"):
            for memento in wanted:
                # That a story is not there is said of a story that is stored.
                await self._flight.room(1 if memento.status in ABSENT else 2)
                yield self._memento_request(memento)
            await self._flight.room(1)
            wanted, self._missed = self._missed, []
            if wanted and attempt == "first":
                logger.info("%d captures did not come; asking for them once more", len(wanted))
        for memento in wanted:
            self.index_failures.append(f"{memento.url} of {memento.fetched_at} could not be fetched")

    def _unread(self) -> Iterator[FetchedPage]:
        """What runs that were killed had kept and perhaps not read: reading it twice changes nothing."""
        session = self.session
        for capture in captures_perhaps_unread(session.db, self.name, self.web_archive.name, session.run.id):
            if str(capture.status) in ABSENT:
                with session.transaction() as db:
                    self._note_absence(db, capture)
            elif (body := stored_body(session, capture)) is not None:
                yield self._page(capture, body, capture.mime_type)

    # --- the index ---------------------------------------------------------------------------

    def _index_requests(self, cdx: str) -> Iterator[Request]:
        host = urlsplit(self.session.site).netloc
        for prefix in news_prefixes():
            query = urlencode({"url": f"{host}{prefix}", "matchType": "prefix", "output": "json"})
            url = f"{cdx}?{query}"
            self._flight.take_off(url)
            yield self._index_request(url, self.parse_index)

    def _index_request(self, url: str, callback: Any) -> Request:
        # An index is an interface for programs with limits of its own, which we keep.
        return Request(url, callback, errback=self.index_failed, meta={"dont_obey_robotstxt": True}, priority=10)

    def parse_collections(self, response: Response) -> Iterator[Request]:
        """Ask the newest indexes of an archive that has one for each of its crawls."""
        try:
            addresses = [str(entry["cdx-api"]) for entry in json.loads(response.body)]
        except (ValueError, KeyError, TypeError, AttributeError):
            self.index_failures.append(f"{response.url} is no list of indexes")
            addresses = []
        for address in addresses[:COLLECTIONS_ASKED]:
            yield from self._index_requests(urljoin(response.url, address))
        self._flight.land(_asked(response.request))

    def parse_index(self, response: Response) -> None:
        """Take in the lines of an index. An index that knows nothing of a prefix may answer 404."""
        if response.status == 200:
            found = read_index(response.body.decode("utf-8", "replace"))
            self._found += found
            self.crawler.stats.inc_value("cps/backfill/index_lines", len(found))
        elif response.status != 404:
            self.index_failures.append(f"the index answered {response.status} to {response.url}")
        self._flight.land(_asked(response.request))

    def index_failed(self, failure: Failure) -> None:
        """Account for an index that never answered."""
        request = failure.request  # type: ignore[attr-defined] # Scrapy adds it
        self.index_failures.append(f"the index did not answer ({failure_outcome(failure.value)[1]}): {request.url}")
        self._flight.land(_asked(request))

    def _is_wanted(self, memento: Memento) -> bool:
        site = self.session.site
        url = canonical_url(memento.url, site)
        if not is_story_url(url, site) or is_listing_url(url, site):
            return False
        held = held_at(self.session.db, memento.url, memento.fetched_at)
        if held:
            self.crawler.stats.inc_value("cps/backfill/held")
        return not held

    # --- captures ----------------------------------------------------------------------------

    def _memento_request(self, memento: Memento) -> Request:
        archive = self.web_archive
        headers: dict[str, str] = {}
        if archive.replay is not None:
            url = archive.replay.format(timestamp=memento.timestamp, url=memento.url)
        else:
            url = urljoin(archive.files or "", memento.file or "")
            first = memento.offset or 0
            headers["Range"] = f"bytes={first}-{first + (memento.length or 0) - 1}"
        self._flight.take_off(_name(memento))
        return Request(
            url,
            self.parse_memento,
            errback=self.memento_failed,
            headers=headers,
            cb_kwargs={"memento": memento},
            meta={"dont_obey_robotstxt": True, KEPT_BY_SPIDER: True},
        )

    def parse_memento(self, response: Response, memento: Memento) -> Iterator[FetchedPage]:
        """Keep a capture under its own address and time, and hand it to the pipelines."""
        exchange = archived_exchange(response, memento, replayed=self.web_archive.replay is not None)
        if exchange is None:
            self._missed.append(memento)
            self._land(memento)
            return
        writer = self.session.writer
        written = writer.write(exchange, with_request=False, source_uri=response.url)
        capture = written_ref(exchange, written, self.web_archive.name)
        url = canonical_url(exchange.url, self.session.site)
        with self.session.transaction() as db:
            save_capture(db, capture, self.session.run.id)
            # Whether the live site still has it is for the next crawl of the news to see.
            frontier.discover(db, [url], "article", utc_now())
            if exchange.status != 200:
                self._note_absence(db, capture)
        if exchange.status != 200:
            self._land(memento)
            return
        yield self._page(capture, exchange.body, header(exchange.headers, "Content-Type"))

    def _page(self, capture: CaptureRef, body: bytes, content_type: str | None) -> FetchedPage:
        db, url = self.session.db, canonical_url(capture.url, self.session.site)
        return FetchedPage(
            url=capture.url,
            body=body,
            capture=capture,
            content_type=content_type,
            teaser=merged_teaser(db, urls_of(db, url), at=capture.fetched_at),
            requested_urls=(url,),
        )

    def _note_absence(self, db: Database, capture: CaptureRef) -> None:
        capture_id = save_capture(db, capture, self.session.run.id)
        url = canonical_url(capture.url, self.session.site)
        note_absence(db, (url,), capture, capture_id, f"status {capture.status}")

    def memento_failed(self, failure: Failure) -> None:
        """Keep a capture that did not come for the second pass."""
        memento = failure.request.cb_kwargs["memento"]  # type: ignore[attr-defined] # Scrapy adds it
        self._missed.append(memento)
        self._land(memento)

    # --- what is under way, and how it went --------------------------------------------------

    def item_done(self, response: Response | None) -> None:
        """Make room for the next capture."""
        if response is not None and "memento" in response.cb_kwargs:
            self._land(response.cb_kwargs["memento"])

    def _land(self, memento: Memento) -> None:
        self._done += 1
        self._flight.land(_name(memento))

    def progress(self, seconds: float) -> str:
        """Say how far the backfill is and how long it will take."""
        left = (self._total - self._done) * seconds / self._done if self._done else 0
        return f"{self._done} of {self._total} captures, about {left / 60:.0f} min left; "

    def problems(self, stats: Mapping[str, Any], reason: str) -> list[str]:
        """Judge what the archive's answers say of removals; say what did not come."""
        found = list(self.index_failures)
        if reason == "finished":
            found += judge_absences(self.session.db, None, days=self.settings.getfloat("CPS_GONE_AFTER_DAYS"))
        else:
            found.append(f"the backfill ended before its end ({reason}); the same command goes on")
        errors = stats.get("log_count/ERROR", 0)
        if errors:
            found.append(f"{errors} errors were logged: see the log")
        return found


def _asked(request: Request | None) -> str:
    """The address an index was first asked at, whatever it redirected to."""
    assert request is not None
    hops: list[str] = request.meta.get("redirect_urls", [])
    return hops[0] if hops else request.url


def _name(memento: Memento) -> str:
    return f"{memento.timestamp} {memento.url}"
