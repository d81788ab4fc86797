"""Last pipeline: one transaction an article, its address settled in the same one."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any, Self

from scrapy.exceptions import DropItem

from cpsscrape.archive import frontier
from cpsscrape.archive.queries import article_row
from cpsscrape.exporters.sqlite import SqliteItemExporter
from cpsscrape.items import Reading
from cpsscrape.outcomes import RecheckIntervals, due_after
from cpsscrape.reader import READER_VERSION
from cpsscrape.rereading import Rereader
from cpsscrape.session import Session

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.settings import BaseSettings
    from scrapy.statscollectors import StatsCollector

logger = logging.getLogger(__name__)


class StorePipeline:
    """Drives the exporter; what leaves it is a flat row, so that Scrapy's feeds are tables."""

    def __init__(self, session: Session, stats: StatsCollector, intervals: RecheckIntervals, *, redact: bool) -> None:
        self._session = session
        self._stats = stats
        self._intervals = intervals
        self._redact = redact
        self._exporter: SqliteItemExporter | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make one from the crawl's settings."""
        session = crawler.get_extension(Session)
        assert session is not None, "cpsscrape.session.Session must be in EXTENSIONS"
        redact = crawler.settings.getbool("CPS_REDACT_BIRTH_DATES")
        return cls(session, crawler.stats, recheck_intervals(crawler.settings), redact=redact)

    def process_item(self, item: Any) -> Any:
        """Store a Reading and return its row of ``article_list``; anything else passes."""
        if not isinstance(item, Reading):
            return item
        article, page = item.article, item.page
        with self._session.transaction(of=page.capture) as db:
            stored = self._sqlite().export_item(item)
            due = due_after(article.published_on, page.capture.fetched_at, self._intervals)
            for url in dict.fromkeys((page.url, *page.requested_urls, article.url, *article.aliases)):
                state: frontier.State = "done" if stored else "refused"
                reason = None if stored else "withdrawn"
                frontier.settle(db, url, state, self._session.run, reason=reason, due_at=due)
        if stored is None:
            self._stats.inc_value("cps/store/withdrawn")
            message = f"{article.url} was withdrawn and stays out"
            raise DropItem(message, log_level="INFO")
        self._stats.inc_value(f"cps/store/{stored.outcome}")
        return article_row(self._session.db, stored.article_id)

    def _sqlite(self) -> SqliteItemExporter:
        if self._exporter is None:
            self._exporter = SqliteItemExporter(
                self._session.db,
                run_id=self._session.run.id,
                site=self._session.site,
                reader_version=READER_VERSION,
                reread=Rereader(self._session, redact=self._redact),
            )
        return self._exporter


def recheck_intervals(settings: BaseSettings) -> RecheckIntervals:
    """Return the intervals of the ``CPS_RECHECK_`` settings."""
    return RecheckIntervals(
        settings.getint("CPS_RECHECK_RECENT"),
        settings.getint("CPS_RECHECK_OLD"),
        every=(
            settings.getfloat("CPS_RECHECK_EVERY_RECENT"),
            settings.getfloat("CPS_RECHECK_EVERY_YEAR"),
            settings.getfloat("CPS_RECHECK_EVERY_OLD"),
        ),
    )
