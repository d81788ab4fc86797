"""A line a minute in a log; on a terminal, a line that is always current."""

from __future__ import annotations

import logging
import sys
import time
from typing import TYPE_CHECKING, Self

from scrapy import signals
from scrapy.utils.asyncio import create_looping_call

if TYPE_CHECKING:
    from scrapy import Spider
    from scrapy.crawler import Crawler

logger = logging.getLogger(__name__)

INTERVAL = 60  # seconds between lines in a log
REFRESH = 0.5  # seconds between updates on a terminal


class Progress:
    """Says how far a run is: spiders describe themselves by ``progress() -> str``."""

    def __init__(self, crawler: Crawler, *, live: bool) -> None:
        self._crawler = crawler
        self._live = live
        self._started = time.monotonic()
        self._loop = create_looping_call(self._say)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make one from the crawl's settings."""
        live = sys.stderr.isatty() and not crawler.settings.get("LOG_FILE")
        extension = cls(crawler, live=live)
        crawler.signals.connect(extension.spider_opened, signal=signals.spider_opened)
        crawler.signals.connect(extension.spider_closed, signal=signals.spider_closed)
        return extension

    def spider_opened(self, spider: Spider) -> None:
        """Begin to say."""
        self._started = time.monotonic()
        self._loop.start(REFRESH if self._live else INTERVAL, now=False)

    def spider_closed(self, spider: Spider) -> None:
        """Say once more, and end the live line."""
        if self._loop.running:
            self._loop.stop()
        if self._live:
            sys.stderr.write("\r\x1b[K")
        logger.info("%s", self._line())

    def _say(self) -> None:
        if self._live:
            sys.stderr.write(f"\r\x1b[K{self._line()[:200]}")
            sys.stderr.flush()
        else:
            logger.info("%s", self._line())

    def _line(self) -> str:
        stats = self._crawler.stats
        seconds = max(time.monotonic() - self._started, 0.001)
        pages = stats.get_value("response_received_count", 0)
        describe = getattr(self._crawler.spider, "progress", None)
        what = describe(seconds) if describe else ""
        return f"{what}{pages} answers, {pages / seconds:.1f} a second"
