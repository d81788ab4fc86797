"""What an answer carries along: where it was kept, and what it says it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cpsscrape.middlewares.capture import CAPTURE

if TYPE_CHECKING:
    from scrapy.http import Response

    from cpsscrape.items import CaptureRef


def capture_of(response: Response) -> CaptureRef:
    """Where the answer was kept, before anything read it."""
    assert response.request is not None
    capture: CaptureRef = response.request.meta[CAPTURE]
    return capture


def content_type_of(response: Response) -> str | None:
    """The media type an answer declares, with its charset."""
    value = response.headers.get(b"Content-Type")
    return value.decode("latin-1") if value else None
