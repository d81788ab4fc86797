"""One round of a crawl through the listings: each is walked, and each teaser finds its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrapy import Request

from cpsscrape.archive import frontier, listings
from cpsscrape.exceptions import LayoutError, ParseError
from cpsscrape.intake import stated_area, take_listing
from cpsscrape.normalise.areas import area_by_name, areas
from cpsscrape.normalise.dates import teaser_date
from cpsscrape.normalise.urls import is_listing_url, listing_url
from cpsscrape.outcomes import failure_outcome
from cpsscrape.pages.listing import read_listing
from cpsscrape.session import utc_now
from cpsscrape.spiders.answers import capture_of, content_type_of
from cpsscrape.spiders.walk import ListingWalk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scrapy.http import Response
    from scrapy.statscollectors import StatsCollector
    from twisted.python.failure import Failure

    from cpsscrape.pages.listing import Listing
    from cpsscrape.session import Session
    from cpsscrape.spiders.arguments import NewsArguments
    from cpsscrape.spiders.flight import Flight
    from cpsscrape.spiders.windows import Window

NATIONAL = "CPS"  # `/news` alone is silently filtered to area 122, labelled so
OTHER_LISTINGS = ("/cps-says", "/articles-and-speeches")


class ListingRound:
    """The walks of one run by the address of their first page. ``answered``: at least one listing did."""

    def __init__(
        self,
        session: Session,
        stats: StatsCollector,
        asked: NewsArguments,
        window: Window,
        flight: Flight,
        ceiling: int,
    ) -> None:
        self.walks: dict[str, ListingWalk] = {}
        self.answered = False
        self._session = session
        self._stats = stats
        self._asked = asked
        self._window = window
        self._flight = flight
        self._ceiling = ceiling

    def first_pages(self) -> Iterator[Request]:
        """Ask for the first page of each listing that is known before the site was heard."""
        if self._asked.areas is None:
            yield self._walk("/news", None)
            for path in OTHER_LISTINGS:
                yield self._walk(path, None)
        else:
            for area in self._asked.areas:
                yield self._walk("/news", area)

    def _walk(self, path: str, area: int | None) -> Request:
        url = listing_url(self._asked.site, path, area=area)
        self.walks[url] = ListingWalk(
            url=url,
            path=path,
            area=area,
            known_total=listings.last_complete_total(self._session.db, url),
            full=self._asked.full,
            ceiling=self._ceiling,
        )
        return self._page_of(self.walks[url])

    def _page_of(self, walk: ListingWalk) -> Request:
        self._flight.take_off(walk.url)
        return Request(
            listing_url(self._asked.site, walk.path, area=walk.area, page=walk.next_page or 0),
            callback=self.parse,
            errback=self.failed,
            cb_kwargs={"base": walk.url},
            priority=10,
        )

    def parse(self, response: Response, base: str) -> Iterator[Request]:
        """Store a page's teasers and ask for the next page, if the walk goes on."""
        walk = self.walks[base]
        try:
            listing = self._read_listing(response)
        except ListingError as error:
            self._stats.inc_value("cps/listing/unreadable")
            walk.page_missing(str(error))
            self._save(walk)
        else:
            with self._session.transaction():
                self._take(listing, walk, at=capture_of(response).fetched_at)
                self._save(walk)
            if base.endswith("/news"):
                yield from self._areas_of(listing)
        if walk.next_page is not None:
            yield self._page_of(walk)
        else:
            self._flight.land(base)

    def _read_listing(self, response: Response) -> Listing:
        if response.status != 200:
            raise ListingError(f"status {response.status}")
        if not is_listing_url(response.url, self._asked.site):
            raise ListingError(f"answered by {response.url}")
        try:
            listing = read_listing(response.body, response.url, content_type_of(response) or "text/html")
        except ParseError as error:
            # The site is there, and this reader is at a loss: known stories can be asked for all the same.
            self.answered |= isinstance(error, LayoutError)
            raise ListingError(f"{type(error).__name__}: {error}") from error
        self.answered = True
        return listing

    def _take(self, listing: Listing, walk: ListingWalk, *, at: str) -> None:
        with self._session.transaction() as db:
            intake = take_listing(db, listing, walk.url, site=self._asked.site, area=walk.area, at=at)
            frontier.discover(db, [*intake.stories, *intake.refused], "article", at)
            for url, reason in intake.refused.items():
                frontier.settle(db, url, "refused", self._session.run, reason=reason)
            frontier.ask_again(db, (*intake.noted.new, *intake.noted.changed), self._session.run)
        stats = self._stats
        stats.inc_value("cps/listing/pages")
        stats.inc_value("cps/listing/teasers", len(listing.teasers))
        stats.inc_value("cps/listing/new", len(intake.noted.new))
        stats.inc_value("cps/listing/changed", len(intake.noted.changed))
        for reason in intake.refused.values():
            stats.inc_value(f"cps/listing/refused/{reason}")
        walk.take(listing, intake.noted, set(intake.stories) | set(intake.refused))
        self._leave_early(listing, walk)

    def _leave_early(self, listing: Listing, walk: ListingWalk) -> None:
        """Stop a walk on purpose: past the window asked for, or with more found than asked for."""
        days = [teaser_date(teaser.date) for teaser in listing.teasers]
        if walk.next_page is None:
            return
        if days and all(self._window.is_past(day) for day in days):
            walk.leave("window")
        elif self._asked.limit is not None and frontier.count_pending(self._session.db) >= self._asked.limit:
            walk.leave("limit")

    def _areas_of(self, listing: Listing) -> Iterator[Request]:
        """The areas of the site's own form; where it has none, those we know."""
        if self._asked.areas is not None or len(self.walks) > 1 + len(OTHER_LISTINGS):
            return
        shown = area_by_name(stated_area(listing.label) or NATIONAL)
        for number in [option.id for option in listing.areas] or [area.id for area in areas()]:
            if shown is None or number != shown.id:
                yield self._walk("/news", number)

    def failed(self, failure: Failure) -> None:
        """Account for a page of a listing that never came."""
        base = failure.request.cb_kwargs["base"]  # type: ignore[attr-defined] # Scrapy adds it
        _, reason = failure_outcome(failure.value)
        self.broken(base, reason)

    def broken(self, base: str, reason: str) -> None:
        """End a walk because of an exception in our own code."""
        walk = self.walks[base]
        walk.leave(reason)
        self._save(walk)
        self._flight.land(base)

    def _save(self, walk: ListingWalk) -> None:
        with self._session.transaction() as db:
            listings.save_walk(db, self._session.run, walk.record())
            frontier.discover(db, [walk.url], "listing", utc_now())
            if walk.next_page is None:
                on_purpose = walk.complete or walk.reason in frontier.LEFT_ON_PURPOSE
                frontier.settle(db, walk.url, "done" if on_purpose else "failed", self._session.run, reason=walk.reason)


class ListingError(Exception):
    """A page of a listing could not be used; the message is the walk's reason."""
