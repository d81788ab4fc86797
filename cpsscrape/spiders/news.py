"""Crawls the news: first every listing, then the stories that are new, changed or due."""

from __future__ import annotations

import logging
from functools import cached_property
from typing import TYPE_CHECKING, Any, Self

from scrapy import Request, Spider, signals

from cpsscrape.archive import frontier, listings
from cpsscrape.archive.absences import note_absence
from cpsscrape.archive.captures import save_capture
from cpsscrape.archive.queries import urls_of
from cpsscrape.configuration import user_agent
from cpsscrape.items import FetchedPage
from cpsscrape.normalise.dates import teaser_date
from cpsscrape.normalise.urls import canonical_url, is_listing_url
from cpsscrape.outcomes import failure_outcome, settle_all, status_outcome
from cpsscrape.rereading import stored_body
from cpsscrape.session import Session, utc_now
from cpsscrape.spiders.answers import capture_of, content_type_of
from cpsscrape.spiders.arguments import NewsArguments, is_loopback
from cpsscrape.spiders.flight import Flight
from cpsscrape.spiders.listing_round import ListingRound
from cpsscrape.spiders.windows import Window

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from twisted.python.failure import Failure

    from cpsscrape.archive.frontier import Entry

logger = logging.getLogger(__name__)

_NOT_STORED = ("cps/gone/", "cps/refused/", "cps/failed/", "cps/unreadable/", "cps/listing/refused")
IN_FLIGHT = 6  # stories asked for and not yet stored; the downloader still fetches one at a time


class NewsSpider(Spider):
    """``scrapy crawl news``: listings first, so that every story travels with all its teasers."""

    name = "news"
    judges_absences = True

    def __init__(self, **given: str) -> None:
        super().__init__()
        self.asked = NewsArguments.parse(given)
        self.arguments = self.asked.as_dict()
        self.site = self.asked.site
        self.window = Window(since=self.asked.since, until=self.asked.until)
        self.fetched = 0
        self._flight = Flight()

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Make one from the crawl's settings."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        spider.be_polite(crawler)
        crawler.signals.connect(spider.item_done, signal=signals.item_scraped)
        crawler.signals.connect(spider.item_done, signal=signals.item_dropped)
        crawler.signals.connect(spider.broken, signal=signals.item_error)
        crawler.signals.connect(spider.broken, signal=signals.spider_error)
        return spider

    def be_polite(self, crawler: Crawler) -> None:
        """A loopback site needs no delay of ours; a live one without a contact gets twice the delay."""
        settings = crawler.settings
        contact = settings.get("CPS_CONTACT")
        settings.set("USER_AGENT", user_agent(contact), priority="spider")
        if is_loopback(self.site):
            settings.set("DOWNLOAD_DELAY", 0, priority="spider")
            settings.set("AUTOTHROTTLE_ENABLED", value=False, priority="spider")
            settings.set("CPS_RETRY_BACKOFF", 0.1, priority="spider")
        elif not contact:
            settings.set("DOWNLOAD_DELAY", 2 * settings.getfloat("DOWNLOAD_DELAY"), priority="spider")
            self.logger.warning(
                "No CPS_CONTACT is set, so this crawl goes at half speed. Give an address at which the site's "
                "operator can reach you: -s CPS_CONTACT=you@example.org, or the environment variable CPS_CONTACT."
            )

    @cached_property
    def session(self) -> Session:
        """The run this crawl belongs to."""
        session = self.crawler.get_extension(Session)
        assert session is not None
        return session

    @cached_property
    def _round(self) -> ListingRound:
        ceiling = self.settings.getint("CPS_LISTING_PAGES_MAX")
        return ListingRound(self.session, self.crawler.stats, self.asked, self.window, self._flight, ceiling)

    @property
    def hurried(self) -> bool:
        """A site on loopback answers faster than a page is read; a live one has a second for each."""
        return is_loopback(self.site)

    @property
    def shown(self) -> tuple[str, ...] | None:
        """The listings this crawl is about; None for all there are."""
        return None if self.asked.areas is None else tuple(self._round.walks)

    def progress(self, seconds: float) -> str:
        """Say how far the crawl is and how long it will take."""
        value = self.crawler.stats.get_value
        done = sum(1 for walk in self._round.walks.values() if walk.next_page is None)
        said = f"{done} of {len(self._round.walks)} listings, {value('cps/listing/teasers', 0)} teasers; "
        if done < len(self._round.walks) or not self.session.is_open:
            return said
        left = frontier.count_pending(self.session.db)
        kinds = {name: value(f"cps/store/{name}", 0) for name in ("new", "changed", "reread", "unchanged")}
        refused = sum(n for key, n in self.crawler.stats.get_stats().items() if key.startswith(_NOT_STORED))
        counts = ", ".join(f"{count} {name}" for name, count in kinds.items() if count) or "none stored yet"
        pace = seconds / max(self.fetched, 1)
        return f"{said}{counts}, {refused} refused or gone, {left} left (about {left * pace / 60:.0f} min); "

    # --- listings ----------------------------------------------------------------------------

    async def start(self) -> AsyncIterator[Request]:
        """Walk the listings; when all are done, fetch what they and the archive ask for."""
        if not self.session.is_open:
            return
        with self.session.transaction() as db:
            frontier.requeue(db, self.session.run, now=utc_now(), everything=self.asked.full)
        for request in self._round.first_pages():
            yield request
        await self._flight.room(1)
        if not self._round.answered:
            self._leave_all()
            return
        # A story under several addresses is known by its node id once one of them was read:
        # plain addresses first, then those that may be aliases, one at a time.
        for aliases, at_once in ((False, IN_FLIGHT), (True, 1)):
            async for request in self._stories(aliases=aliases, at_once=at_once):
                yield request
        await self._flight.room(1)

    def _leave_all(self) -> None:
        """A site none of whose listings answers is down: it is left alone, and its stories wait for the next start."""
        with self.session.transaction() as db:
            count = frontier.leave_rest(db, self.session.run, self.shown, reason=frontier.NO_LISTING)
        reasons = "; ".join(sorted({walk.reason for walk in self._round.walks.values() if walk.reason}))
        logger.warning("No listing answered (%s): %d stories are left for the next start", reasons, count)

    # --- stories -----------------------------------------------------------------------------

    async def _stories(self, *, aliases: bool, at_once: int) -> AsyncIterator[Request]:
        entry: Entry | None = None
        shown = self.shown
        while (entry := frontier.next_pending(self.session.db, shown, entry, aliases=aliases)) is not None:
            if self.asked.limit is not None and self.fetched >= self.asked.limit:
                with self.session.transaction() as db:
                    frontier.leave_rest(db, self.session.run, shown)
                return
            if not self._is_asked_for(entry.url):
                continue
            await self._flight.room(at_once)
            self.fetched += 1
            yield self._story(entry.url, conditional=True)

    def _is_asked_for(self, url: str) -> bool:
        if self.window.is_open:
            return True
        teaser = listings.merged_teaser(self.session.db, urls_of(self.session.db, url))
        if self.window.holds(teaser_date(teaser.date) if teaser else None):
            return True
        with self.session.transaction() as db:
            frontier.leave(db, url, "window", self.session.run)
        return False

    def _story(self, url: str, *, conditional: bool) -> Request:
        self._flight.take_off(url)
        return Request(
            url,
            callback=self.parse_story,
            errback=self.story_failed,
            cb_kwargs={"entry": url},
            headers=self._validators(url) if conditional else None,
        )

    def _validators(self, url: str) -> dict[str, str]:
        known = self.session.last_answer(url)
        if known is None or known.warc_file is None:
            return {}
        fields = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
        return {name: value for name, value in fields.items() if value}

    def parse_story(self, response: Response, entry: str) -> Iterator[FetchedPage | Request]:
        """Hand a story to the pipelines, or settle its address by what the answer says."""
        capture = capture_of(response)
        url = canonical_url(response.url, self.site)
        hops = tuple(canonical_url(hop, self.site) for hop in response.meta.get("redirect_urls", ()))
        if response.status in {200, 304} and not is_listing_url(response.url, self.site):
            body = response.body if response.status == 200 else stored_body(self.session, capture)
            if body is None:
                logger.warning("%s: the bytes a 304 refers to cannot be read; fetching it whole", url)
                yield self._story(entry, conditional=False)
                return
            yield FetchedPage(
                url=response.url,
                body=body,
                capture=capture,
                content_type=content_type_of(response) or capture.mime_type,
                teaser=listings.merged_teaser(self.session.db, urls_of(self.session.db, entry, url, *hops)),
                requested_urls=tuple(dict.fromkeys((entry, *hops, url))),
            )
            return
        state, reason = status_outcome(response.status)
        if state == "gone":
            with self.session.transaction() as db:
                capture_id = save_capture(db, capture, self.session.run.id)
                note_absence(db, (entry, *hops, url), capture, capture_id, reason)
        # A listing that a removed story leads to is not gone with it.
        led = () if is_listing_url(url, self.site) else (url,)
        self._settle(entry, (entry, *hops, *led), state, reason)

    def story_failed(self, failure: Failure) -> None:
        """Account for a story that never came: its reason stands in the frontier."""
        entry = failure.request.cb_kwargs["entry"]  # type: ignore[attr-defined] # Scrapy adds it
        state, reason = failure_outcome(failure.value)
        self._settle(entry, (entry,), state, reason)

    def _settle(self, entry: str, urls: tuple[str, ...], state: frontier.State, reason: str) -> None:
        self.crawler.stats.inc_value(f"cps/{state}/{reason}")
        settle_all(self.session, urls, state, reason=reason)
        self._flight.land(entry)

    # --- what is under way -------------------------------------------------------------------

    def item_done(self, response: Response | None) -> None:
        """Make room for the next story: this one is stored, or known to be none."""
        if response is not None and "entry" in response.cb_kwargs:
            self._flight.land(response.cb_kwargs["entry"])

    def broken(self, response: Response | None, failure: Failure) -> None:
        """An exception in our own code: the address failed, the run goes on and ends unhealthy."""
        reason = failure.type.__name__ if failure.type else "exception"
        self.crawler.stats.inc_value(f"cps/broken/{reason}")
        if response is None:
            return
        if "entry" in response.cb_kwargs:
            entry = response.cb_kwargs["entry"]
            settle_all(self.session, (entry,), "failed", reason=reason)
            self._flight.land(entry)
        elif "base" in response.cb_kwargs:
            self._round.broken(response.cb_kwargs["base"], reason)
