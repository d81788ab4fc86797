"""The HTTP of a crawl: Scrapy's own, but for what it does without saying so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler

if TYPE_CHECKING:
    from scrapy.crawler import Crawler


class PlainDownloadHandler(HTTP11DownloadHandler):
    """One request asked for is one request sent.

    Twisted's connection pool sends a GET a second time, at once and unseen, when a kept connection ends before
    an answer: past the delay, the back-off, the retry count and the evidence.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._pool.retryAutomatically = False
