"""Waits before a retry: longer each time, and as long as the server asks for."""

from __future__ import annotations

import asyncio
import logging
import time
from typing import TYPE_CHECKING, Self

from scrapy.utils.httpobj import urlparse_cached

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response

logger = logging.getLogger(__name__)

RETRY_AFTER = "cps_retry_after"
LONGEST = 300.0  # seconds; a server that wants more is asked again by the next run


class BackoffMiddleware:
    """Delays the n-th retry by ``base * 2 ** (n - 1)`` seconds, and all of the crawl with it."""

    def __init__(self, base: float) -> None:
        self._base = base
        self._quiet_until: dict[str, float] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make one from the crawl's settings."""
        return cls(crawler.settings.getfloat("CPS_RETRY_BACKOFF"))

    async def process_request(self, request: Request) -> None:
        """Wait before a retry; a first request passes at once, unless its server asked to be left alone."""
        retries = request.meta.get("retry_times", 0)
        asked = request.meta.pop(RETRY_AFTER, 0.0)
        own = max(self._base * 2 ** (retries - 1), asked) if retries else 0.0
        quiet = self._quiet_until.get(urlparse_cached(request).netloc, 0.0) - time.monotonic()
        pause = min(max(own, quiet), LONGEST)
        if pause <= 0:
            return
        if pause > 1:
            logger.info("Waiting %.0f s before trying %s again (attempt %d)", pause, request.url, retries + 1)
        await asyncio.sleep(pause)

    def process_response(self, request: Request, response: Response) -> Response:
        """Remember how long a busy server asks to be left alone."""
        if response.status in {429, 503}:
            value = (response.headers.get(b"Retry-After") or b"").strip()
            if value.isdigit():
                asked = float(value[:6])
                request.meta[RETRY_AFTER] = asked
                self._quiet_until[urlparse_cached(request).netloc] = time.monotonic() + min(asked, LONGEST)
        return response
