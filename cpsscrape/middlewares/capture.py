"""Writes every answer to the WARC before anything interprets it: listings, redirects, robots.txt, errors."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Self

from scrapy.exceptions import IgnoreRequest
from scrapy.utils.httpobj import urlparse_cached

from cpsscrape.archive.captures import original_of
from cpsscrape.recovery import written_ref
from cpsscrape.session import Session, evidence_lost, utc_now
from cpsscrape.warc.exchange import Exchange, Original, payload_digest

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Headers, Response
    from scrapy.statscollectors import StatsCollector

CAPTURE = "cps_capture"  # key of the CaptureRef in request.meta
KEPT_BY_SPIDER = "cps_kept_by_spider"  # a capture of a web archive is kept under its own address and time


class CaptureMiddleware:
    """Stands nearest to the downloader, so that bodies are still content-encoded.

    An answer that cannot be written is not passed on: the crawl stops with its evidence intact.
    """

    def __init__(self, session: Session, stats: StatsCollector) -> None:
        self._session = session
        self._stats = stats
        self._crawler: Crawler | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make one from the crawl's settings."""
        session = crawler.get_extension(Session)
        assert session is not None, "cpsscrape.session.Session must be in EXTENSIONS"
        middleware = cls(session, crawler.stats)
        middleware._crawler = crawler  # its own attribute
        return middleware

    def process_request(self, request: Request) -> None:
        """Let nothing be fetched that could not be kept."""
        if not self._session.is_open or self._session.failure:
            message = "the archive is not open"
            raise IgnoreRequest(message)

    def process_response(self, request: Request, response: Response) -> Response:
        """Write the exchange; leave its CaptureRef in ``request.meta``."""
        if request.meta.get(KEPT_BY_SPIDER):
            return response
        exchange = exchange_of(request, response, utc_now())
        original = self._original(exchange)
        try:
            written = self._session.writer.write(exchange, original=original)
        except OSError as error:
            self._stop(error)
            message = f"the answer could not be kept: {error}"
            raise IgnoreRequest(message) from error
        capture = written_ref(exchange, written, self._session.source)
        self._session.remember(capture)
        self._stats.inc_value("cps/capture/revisit" if original else "cps/capture/response")
        self._stats.inc_value("cps/capture/bytes", len(exchange.body))
        request.meta[CAPTURE] = capture
        return response

    def _original(self, exchange: Exchange) -> Original | None:
        """Return the earlier capture of the same bytes at the same address, if there is one."""
        if exchange.status == 304:
            first = self._session.last_answer(exchange.url)
        elif exchange.status == 200 and exchange.body:
            first = original_of(self._session.db, exchange.url, payload_digest(exchange.body))
        else:
            return None
        if first is None:
            return None
        return Original(url=first.url, fetched_at=first.fetched_at, payload_digest=first.payload_digest)

    def _stop(self, error: OSError) -> None:
        assert self._crawler is not None
        self._session.fail(self._crawler, evidence_lost(self._session.archive.warc_folder, error))


def exchange_of(request: Request, response: Response, fetched_at: str) -> Exchange:
    """Return request and response as WARC keeps them; what Scrapy hides is reconstructed."""
    try:
        reason = HTTPStatus(response.status).phrase
    except ValueError:
        reason = ""
    host = urlparse_cached(request).netloc.rsplit("@", 1)[-1]
    return Exchange(
        url=response.url,
        fetched_at=fetched_at,
        status=response.status,
        reason=reason,
        headers=_pairs(response.headers),
        body=response.body,
        protocol=response.protocol or "HTTP/1.1",
        request_method=request.method,
        request_headers=(("Host", host), *_pairs(request.headers)),
        ip_address=str(response.ip_address) if response.ip_address else None,
    )


def _pairs(headers: Headers) -> tuple[tuple[str, str], ...]:
    return tuple(
        (name.decode("latin-1"), " ".join(value.decode("latin-1").split("\n")))
        for name, values in headers.items()
        for value in values
    )
