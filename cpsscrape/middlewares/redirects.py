"""Follows redirects within the site; refuses those that lead off it, to another scheme, to private addresses."""

from __future__ import annotations

from ipaddress import ip_address
from typing import TYPE_CHECKING, Self
from urllib.parse import urljoin, urlsplit

from scrapy.downloadermiddlewares.redirect import RedirectMiddleware
from scrapy.exceptions import IgnoreRequest

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response

_MOVED = {301, 302, 303, 307, 308}


class RefusedRedirectError(IgnoreRequest):
    """The answer leads where this crawl does not go; ``reason`` is what the frontier keeps."""

    def __init__(self, reason: str, target: str) -> None:
        super().__init__(f"{reason}: {target}")
        self.reason = reason
        self.target = target


class GuardedRedirectMiddleware(RedirectMiddleware):
    """Scrapy's own, but for what leads away, and without a Referer header."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make one that does not look for the spider middleware of the Referer header: there is none."""
        middleware = cls(crawler.settings)
        middleware.crawler = crawler
        return middleware

    def handle_referer(self, request: Request, response: Response) -> None:
        """Where we came from is in the archive, not in their logs."""
        request.headers.pop("Referer", None)

    def process_response(  # type: ignore[override] # a spider is no longer given
        self, request: Request, response: Response
    ) -> Request | Response:
        """Follow what stays on the site; raise for what does not, so that it reaches the errback."""
        location = response.headers.get(b"Location")
        if response.status not in _MOVED or location is None:
            return response
        target = urljoin(request.url, location.decode("latin-1").strip())
        reason = refusal(request.url, target)
        if reason:
            raise RefusedRedirectError(reason, target)
        # A validator belongs to the address it was given for, not to the one that answers instead.
        for name in ("If-None-Match", "If-Modified-Since"):
            request.headers.pop(name, None)
        return super().process_response(request, response)


def refusal(origin: str, target: str) -> str | None:
    """Return why a redirect from ``origin`` to ``target`` is refused, or None.

    The only change of scheme allowed is from http to https on the same host; a loopback site
    may redirect within itself.
    """
    try:
        here, there = urlsplit(origin), urlsplit(target)
        ports = (here.port, there.port)
    except ValueError:
        return "redirect to a malformed address"
    if there.scheme not in {"http", "https"} or (here.scheme == "https" and there.scheme == "http"):
        return f"redirect to another scheme ({there.scheme[:20] or 'none'})"
    same_host = _bare(here.hostname) == _bare(there.hostname)
    if same_host and (ports[0] == ports[1] or (here.scheme, there.scheme) == ("http", "https")):
        return None
    return "redirect to a private address" if _is_private(there.hostname) else "redirect off site"


def _bare(host: str | None) -> str:
    return (host or "").lower().rstrip(".").removeprefix("www.")


def _is_private(host: str | None) -> bool:
    if _bare(host) in {"localhost", ""}:
        return True
    try:
        return not ip_address((host or "").strip("[]")).is_global
    except ValueError:
        return False
