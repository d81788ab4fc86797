"""Obeys robots.txt to the letter: its crawl delay too, and only its first 500 KiB."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Self

from scrapy import signals
from scrapy.exceptions import StopDownload
from scrapy.extensions.throttle import AutoThrottle
from scrapy.utils.httpobj import urlparse_cached

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.robotstxt import RobotParser

logger = logging.getLogger(__name__)

ROBOTS_LIMIT = 512_000  # RFC 9309, section 2.5: at least 500 KiB are to be read


class Politeness:
    """Raises the delay of a site to its crawl delay; never lowers it."""

    def __init__(self, crawler: Crawler, agent: str) -> None:
        self._crawler = crawler
        self._agent = agent
        self._robots_bytes: dict[int, int] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make one from the crawl's settings."""
        extension = cls(crawler, crawler.settings["ROBOTSTXT_USER_AGENT"])
        crawler.signals.connect(extension.robots_parsed, signal=signals.robots_parsed)
        crawler.signals.connect(extension.bytes_received, signal=signals.bytes_received)
        return extension

    def robots_parsed(self, robotparser: RobotParser, request: Request) -> None:
        """Apply the crawl delay to everything that is asked of this site from now on."""
        delay = robotparser.crawl_delay(self._agent)
        engine = self._crawler.engine
        if not delay or engine is None:
            return
        host = urlparse_cached(request).hostname or ""
        throttle = self._crawler.get_extension(AutoThrottle)
        if throttle is not None:
            throttle.mindelay = max(throttle.mindelay, delay)
            throttle.maxdelay = max(throttle.maxdelay, delay)
        downloader = engine.downloader
        downloader._delay = max(downloader._delay, delay)  # noqa: SLF001 # as AutoThrottle does
        slot = downloader.slots.get(host)
        if slot is not None and slot.delay < delay:
            slot.delay = delay
        logger.info("robots.txt of %s asks for %g seconds between requests", host, delay)

    def bytes_received(self, data: bytes, request: Request) -> None:
        """Stop reading a robots.txt that goes on and on; what came so far counts."""
        if urlparse_cached(request).path != "/robots.txt":
            return
        received = self._robots_bytes.get(id(request), 0) + len(data)
        self._robots_bytes[id(request)] = received
        if received > ROBOTS_LIMIT:
            raise StopDownload(fail=False)
