"""robots.txt as RFC 9309 has it: a site that cannot give it now is not crawled now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.utils.httpobj import urlparse_cached

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from scrapy.robotstxt import RobotParser


class UnreachableRobotsError(IgnoreRequest):
    """Neither yes nor no (section 2.3.1.4): nothing may be asked for, and the next run tries again."""


class RobotsMiddleware(RobotsTxtMiddleware):
    """Scrapy's own takes an error page for a robots.txt without rules, and would crawl a site in trouble."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._unreachable: set[str] = set()

    def process_request_2(self, rp: RobotParser | None, request: Request) -> None:
        """Refuse what robots.txt forbids, and everything while it cannot be read."""
        if urlparse_cached(request).netloc in self._unreachable:
            raise UnreachableRobotsError("robots.txt cannot be read")
        super().process_request_2(rp, request)

    async def _parse_robots(self, response: Response, netloc: str, request: Request) -> None:
        if response.status >= 500 or response.status == 429:
            raise UnreachableRobotsError(f"robots.txt answered {response.status}")
        if "download_stopped" in response.flags:
            response = response.replace(body=whole_lines(response.body))
        await super()._parse_robots(response, netloc, request)

    def _robots_error(self, exc: Exception, netloc: str) -> None:
        # A redirect that was refused leaves a site without rules; anything else is trouble.
        if isinstance(exc, UnreachableRobotsError) or not isinstance(exc, IgnoreRequest):
            self._unreachable.add(netloc)
        super()._robots_error(exc, netloc)


def whole_lines(body: bytes) -> bytes:
    """Leave out a last line that was cut: ``Disallow: /archive/4711`` is not ``Disallow: /``."""
    return body[: body.rfind(b"\n") + 1]
