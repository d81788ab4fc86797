"""Quotes with their speakers; only who speaks for an office has a page to go to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cpsscrape.web.questions import office_ids

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlite_utils import Database

    from cpsscrape.archive.searching import QuoteHit
    from cpsscrape.archive.stored import Row


def with_pages(db: Database, found: Sequence[QuoteHit]) -> list[dict[str, Any]]:
    """Return found quotes as a template shows them, each speaker with ``page`` or None."""
    quotes = [{**hit.quote, "text": hit.text, "speakers": list(hit.speakers)} for hit in found]
    return link_speakers(db, quotes)


def link_speakers(db: Database, quotes: list[Row]) -> list[Row]:
    """Give every speaker of these quotes a ``page``: the id of their speaker page, or None."""
    ids = office_ids(db, [quote["id"] for quote in quotes])
    for quote in quotes:
        quote["speakers"] = [
            {**speaker, "page": ids.get((quote["id"], speaker.get("position", number)))}
            for number, speaker in enumerate(quote["speakers"], 1)
        ]
    return quotes
