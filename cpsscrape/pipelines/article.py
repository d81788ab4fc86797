"""First pipeline: a fetched page becomes an article, or is dropped by the name of what it is."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Self

from scrapy.exceptions import DropItem

from cpsscrape.archive.listings import merged_teaser
from cpsscrape.archive.queries import urls_of
from cpsscrape.exceptions import ParseError
from cpsscrape.items import FetchedPage, Reading
from cpsscrape.outcomes import settle_unreadable
from cpsscrape.reader import read_page
from cpsscrape.reader_process import ReaderProcess
from cpsscrape.session import Session

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.statscollectors import StatsCollector

    from cpsscrape.items import Article, Teaser


class ArticlePipeline:
    """Reads headline, dates, labels and blocks. Case studies and quotes come next."""

    def __init__(
        self, *, redact_birth_dates: bool, stats: StatsCollector, session: Session, reader: ReaderProcess
    ) -> None:
        self._redact = redact_birth_dates
        self._stats = stats
        self._session = session
        self._reader = reader

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make one from the crawl's settings."""
        session = crawler.get_extension(Session)
        assert session is not None, "cpsscrape.session.Session must be in EXTENSIONS"
        reader = crawler.get_extension(ReaderProcess)
        assert reader is not None, "cpsscrape.reader_process.ReaderProcess must be in EXTENSIONS"
        redact = crawler.settings.getbool("CPS_REDACT_BIRTH_DATES")
        return cls(redact_birth_dates=redact, stats=crawler.stats, session=session, reader=reader)

    async def process_item(self, item: Any) -> Any:
        """Turn a FetchedPage into a Reading; anything else passes."""
        if not isinstance(item, FetchedPage):
            return item
        try:
            article = await self._reader.call(
                read_page,
                item.body,
                url=item.url,
                content_type=item.content_type or "text/html",
                teaser=item.teaser,
                redact_birth_dates=self._redact,
            )
            if item.teaser is None and (teaser := self._teaser_of(article, item)) is not None:
                item = replace(item, teaser=teaser)
                article = read_page(
                    item.body,
                    url=item.url,
                    content_type=item.content_type or "text/html",
                    teaser=teaser,
                    redact_birth_dates=self._redact,
                )
        except ParseError as error:
            self._stats.inc_value(f"cps/unreadable/{type(error).__name__}")
            settle_unreadable(self._session, item, error)
            message = f"{item.url}: {error}"
            raise DropItem(message) from error
        return Reading(page=item, article=article)

    def _teaser_of(self, article: Article, page: FetchedPage) -> Teaser | None:
        """What listings say of a story under an address that only its own page gives: ``/node/N``."""
        db = self._session.db
        return merged_teaser(db, urls_of(db, article.url, *article.aliases), at=page.capture.fetched_at)
