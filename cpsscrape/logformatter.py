"""Log lines about answers and items: their address and what became of them, never their bytes."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any, Self

from scrapy.logformatter import LogFormatter as ScrapyLogFormatter

if TYPE_CHECKING:
    from scrapy import Request, Spider
    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from scrapy.logformatter import LogFormatterResult
    from twisted.python.failure import Failure


class LogFormatter(ScrapyLogFormatter):
    """Scrapy's own prints the whole item, for us a page of 40 KB.

    What went well is said at level DEBUG; where ``LOG_LEVEL`` is above it, no record is made only to be thrown away.
    """

    def __init__(self, *, debug: bool = True) -> None:
        self._debug = debug

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make one from the crawl's settings."""
        level = crawler.settings["LOG_LEVEL"]
        return cls(debug=int(logging.getLevelNamesMapping().get(level, level)) <= logging.DEBUG)

    def crawled(self, request: Request, response: Response, spider: Spider) -> LogFormatterResult | None:  # type: ignore[override] # None: say nothing
        """Name the answer."""
        return super().crawled(request, response, spider) if self._debug else None

    def scraped(  # type: ignore[override] # likewise
        self, item: Any, response: Response | Failure | None, spider: Spider
    ) -> LogFormatterResult | None:
        """Name the stored article."""
        if not self._debug:
            return None
        name = item.get("url") if isinstance(item, dict) else type(item).__name__
        return {"level": logging.DEBUG, "msg": "Stored %(name)s", "args": {"name": name}}

    def dropped(
        self, item: Any, exception: BaseException, response: Response | Failure | None, spider: Spider
    ) -> LogFormatterResult:
        """Say why a page is no article."""
        level = getattr(exception, "log_level", None) or "WARNING"
        return {
            "level": logging.getLevelName(level),
            "msg": "Not stored: %(why)s",
            "args": {"why": exception},
        }

    def item_error(
        self, item: Any, exception: BaseException, response: Response | Failure | None, spider: Spider
    ) -> LogFormatterResult:
        """Name the page on which our own code failed; the traceback follows."""
        page = getattr(item, "page", item)
        return {
            "level": logging.ERROR,
            "msg": "Error while processing %(url)s",
            "args": {"url": getattr(page, "url", type(item).__name__)},
        }
