"""Finds the captured listing that shows what only a teaser says."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from cpsscrape.archive.captures import capture_of
from cpsscrape.evidence.passage import find_passage
from cpsscrape.evidence.stored_bytes import answer
from cpsscrape.exceptions import CpsScrapeError
from cpsscrape.normalise.urls import is_listing_url, listing_base
from cpsscrape.pages.encoding import decoded

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from sqlite_utils import Database

    from cpsscrape.evidence.passage import Passage
    from cpsscrape.items import CaptureRef


class ListingSource:
    """Reads captured listings again, the newest that showed the story first."""

    def __init__(self, db: Database, warc: Path, site: str, *, redact: bool) -> None:
        self._db = db
        self._warc = warc
        self._site = site
        self._redact = redact

    def find(self, urls: Sequence[str], field: str, value: object) -> tuple[CaptureRef, Passage] | None:
        """Return the capture of a listing that says ``value`` of the story, and where in its source."""
        marks = ", ".join("?" for _ in urls)
        rows = self._db.conn.execute(
            f"select listing, url, date from teasers where url in ({marks}) order by last_seen_at desc, listing",
            list(urls),
        ).fetchall()
        for listing, url, day in rows:
            text = day if field == "published_on" else str(value).split("; ", maxsplit=1)[0]
            for number in self._pages_of(listing):
                capture = capture_of(self._db, number)
                place = self._in_listing(capture, url, text)
                if place is not None:
                    return capture, place
        return None

    def _pages_of(self, listing: str) -> list[int]:
        rows = self._db.conn.execute(
            "select max(id), url from captures where status = 200 and url like ? || '%' group by url, payload_digest "
            "order by max(fetched_at) desc",
            [listing.split("?", maxsplit=1)[0]],
        )
        return [
            number
            for number, url in rows
            if is_listing_url(url, self._site) and listing_base(url, self._site)[0] == listing
        ]

    def _in_listing(self, capture: CaptureRef, url: str, text: str | None) -> Passage | None:
        """The value behind the link of the story, before the next teaser has begun."""
        try:
            body, content_type = answer(self._db, self._warc, capture)
            page = decoded(body, content_type, url=capture.url).text
        except (OSError, CpsScrapeError):
            return None
        path = url.removeprefix(self._site)
        link = re.search(rf"{re.escape(path)}(?![\w-])", page)
        if link is None or not text:
            return None
        place = find_passage(page[link.start() :], text, head=True, redact=self._redact)
        if place is None:
            return None
        return replace(place, start=link.start() + place.start, end=link.start() + place.end)
