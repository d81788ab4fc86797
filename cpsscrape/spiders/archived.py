"""A web archive's answer → the exchange that it archived."""

from __future__ import annotations

import logging
from datetime import datetime
from email.utils import parsedate_to_datetime
from io import BytesIO
from typing import TYPE_CHECKING

from warcio.archiveiterator import ArchiveIterator

from cpsscrape.warc.exchange import Exchange, Headers

if TYPE_CHECKING:
    from scrapy.http import Response

    from cpsscrape.spiders.web_archives import Memento

logger = logging.getLogger(__name__)

_NOT_KEPT = {"connection", "keep-alive", "transfer-encoding", "content-encoding", "content-length", "date"}


def archived_exchange(response: Response, memento: Memento, *, replayed: bool) -> Exchange | None:
    """The exchange as archived: from a replayed page, or from a range of the archive's WARC file.

    None where the answer is not the capture asked for; it may come at a second asking.
    """
    if not replayed:
        return _from_range(response.body, memento) if response.status in {200, 206} else None
    if str(response.status) != memento.status or not _is_of(response, memento):
        return None
    return Exchange(
        url=memento.url,
        fetched_at=memento.fetched_at,
        status=response.status,
        reason="",
        headers=_original_headers(response),
        body=response.body,
    )


def _is_of(response: Response, memento: Memento) -> bool:
    """Whether an answer is the capture asked for: Wayback leads to the nearest one where it cannot play it."""
    said = (response.headers.get(b"Memento-Datetime") or b"").decode("latin-1")
    try:
        return not said or parsedate_to_datetime(said) == datetime.fromisoformat(memento.fetched_at)
    except ValueError:
        return True


def _original_headers(response: Response) -> Headers:
    """The headers as archived: archives repeat them as ``X-Archive-Orig-…`` beside their own."""
    pairs = [
        (name.decode("latin-1"), value.decode("latin-1"))
        for name, values in response.headers.items()
        for value in values
    ]
    prefix = "x-archive-orig-"
    original = [(name[len(prefix) :], value) for name, value in pairs if name.lower().startswith(prefix)]
    kept = [(name, value) for name, value in original if name.lower() not in _NOT_KEPT]
    if not any(name.lower() == "content-type" for name, _ in kept):
        kept += [(name, value) for name, value in pairs if name.lower() == "content-type"]
    return tuple(kept)


def _from_range(member: bytes, memento: Memento) -> Exchange | None:
    """Read the one record in a byte range of a WARC file."""
    try:
        for record in ArchiveIterator(BytesIO(member)):
            if record.rec_type != "response" or record.http_headers is None:
                continue
            return Exchange(
                url=memento.url,
                fetched_at=memento.fetched_at,
                status=int(record.http_headers.get_statuscode() or 0),
                reason="",
                headers=tuple(pair for pair in record.http_headers.headers if pair[0].lower() not in _NOT_KEPT),
                body=record.content_stream().read(),
            )
    except (ValueError, EOFError, OSError) as error:
        logger.warning("%s of %s cannot be read: %s", memento.url, memento.timestamp, error)
    return None
