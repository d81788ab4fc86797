"""Redirects among stored captures: which addresses led to an answer."""

from __future__ import annotations

from collections import deque
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urljoin

if TYPE_CHECKING:
    from cpsscrape.items import CaptureRef

HOP = timedelta(hours=1)  # a redirect's answer comes soon after it; a later one was asked for on its own


class Hops:
    """Captures are given in their order; each redirect has one answer."""

    def __init__(self) -> None:
        self._waiting: dict[tuple[int | None, str], deque[tuple[str, tuple[str, ...]]]] = {}

    def note(self, run_id: int | None, capture: CaptureRef, hops: tuple[str, ...], location: str | None) -> None:
        """Take in a redirect and what had led to it."""
        if location:
            target = urljoin(capture.url, location).split("#")[0]
            self._waiting.setdefault((run_id, target), deque()).append((capture.fetched_at, (*hops, capture.url)))

    def leading_to(self, run_id: int | None, capture: CaptureRef) -> tuple[str, ...]:
        """Return the addresses that redirected here, the first asked for first."""
        waiting = self._waiting.get((run_id, capture.url), deque())
        while waiting:
            at, hops = waiting.popleft()
            if datetime.fromisoformat(capture.fetched_at) - datetime.fromisoformat(at) <= HOP:
                return hops
        return ()
