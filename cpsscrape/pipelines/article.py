"""First pipeline: a fetched page becomes an article, or is dropped by the name of what it is."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Self

from scrapy.exceptions import DropItem
from scrapy.utils.conf import build_component_list
from scrapy.utils.misc import load_object

from cpsscrape.archive.listings import merged_teaser
from cpsscrape.archive.queries import urls_of
from cpsscrape.exceptions import ParseError
from cpsscrape.items import FetchedPage, Reading
from cpsscrape.outcomes import settle_unreadable
from cpsscrape.pipelines.case_studies import CaseStudiesPipeline
from cpsscrape.pipelines.quotes import QuotesPipeline
from cpsscrape.reader import read_article, read_page
from cpsscrape.reader_process import ReaderProcess
from cpsscrape.session import Session

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.statscollectors import StatsCollector

    from cpsscrape.items import Article, Teaser


class ArticlePipeline:
    """Reads headline, dates, labels and blocks. Case studies and quotes come next.

    Beside a crawl in a hurry one trip to the reading process does what the next two pipelines
    would, if they are in ITEM_PIPELINES.
    """

    def __init__(
        self,
        *,
        redact_birth_dates: bool,
        stats: StatsCollector,
        session: Session,
        reader: ReaderProcess,
        find_all: bool = False,
    ) -> None:
        self._redact = redact_birth_dates
        self._stats = stats
        self._session = session
        self._reader = reader
        self._whole = find_all and reader.beside
        self._function = read_article if self._whole else read_page

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make one from the crawl's settings."""
        session = crawler.get_extension(Session)
        assert session is not None, "cpsscrape.session.Session must be in EXTENSIONS"
        reader = crawler.get_extension(ReaderProcess)
        assert reader is not None, "cpsscrape.reader_process.ReaderProcess must be in EXTENSIONS"
        redact = crawler.settings.getbool("CPS_REDACT_BIRTH_DATES")
        enabled = {load_object(name) for name in build_component_list(crawler.settings.getwithbase("ITEM_PIPELINES"))}
        return cls(
            redact_birth_dates=redact,
            stats=crawler.stats,
            session=session,
            reader=reader,
            find_all={CaseStudiesPipeline, QuotesPipeline} <= enabled,
        )

    async def process_item(self, item: Any) -> Any:
        """Turn a FetchedPage into a Reading; anything else passes."""
        if not isinstance(item, FetchedPage):
            return item
        try:
            article = await self._reader.call(self._function, **self._arguments(item))
            if item.teaser is None and (teaser := self._teaser_of(article, item)) is not None:
                item = replace(item, teaser=teaser)
                article = self._function(**self._arguments(item))  # here: in the process it would lose its turn
        except ParseError as error:
            self._stats.inc_value(f"cps/unreadable/{type(error).__name__}")
            settle_unreadable(self._session, item, error)
            message = f"{item.url}: {error}"
            raise DropItem(message) from error
        return Reading(page=item, article=article, whole=self._whole)

    def _arguments(self, page: FetchedPage) -> dict[str, Any]:
        return {
            "body": page.body,
            "url": page.url,
            "content_type": page.content_type or "text/html",
            "teaser": page.teaser,
            "redact_birth_dates": self._redact,
        }

    def _teaser_of(self, article: Article, page: FetchedPage) -> Teaser | None:
        """What listings say of a story under an address that only its own page gives: ``/node/N``."""
        db = self._session.db
        return merged_teaser(db, urls_of(db, article.url, *article.aliases), at=page.capture.fetched_at)
