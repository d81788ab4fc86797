"""Dates in the page's metadata: JSON-LD, ``meta``, ``<time datetime>``."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from cpsscrape.normalise.dates import metadata_date
from cpsscrape.pages.headline import folded

if TYPE_CHECKING:
    from cpsscrape.pages.base import Head

_NAMES = (
    "article:published_time", "datepublished", "dc.date.issued", "dcterms.issued", "dcterms.date", "dc.date",
    "dcterms.created", "dc.date.created", "date", "publish-date", "pubdate", "published", "publication_date",
    "og:published_time", "sailthru.date", "citation_publication_date", "parsely-pub-date",
)  # fmt: skip


def metadata_published(head: Head, headline: str, times: list[str]) -> tuple[str | None, str | None]:
    """The publication date the metadata gives, and where it stands."""
    for text in head.json_ld:
        found = _json_ld_date(text, headline)
        if found:
            return found, "JSON-LD datePublished"
    for name in _NAMES:
        found = metadata_date(head.meta[name]) if name in head.meta else None
        if found:
            return found, f"meta {name}"
    for text in times:
        found = metadata_date(text)
        if found:
            return found, "time datetime"
    return None, None


def _json_ld_date(text: str, headline: str) -> str | None:
    """``datePublished`` of the first object that has one; broken JSON is no metadata.

    Other stories in a list have dates too: what names another headline is passed over.
    """
    if "datePublished" not in text or len(text) > 100_000:
        return None
    try:
        queue: list[Any] = [json.loads(text)]
    except (ValueError, RecursionError):
        return None
    while queue:
        value = queue.pop(0)
        if isinstance(value, list):
            queue.extend(value)
        elif isinstance(value, dict):
            published = value.get("datePublished")
            if value.get("@type") == "ItemList" or _is_other(value.get("headline"), headline):
                continue
            found = metadata_date(published) if isinstance(published, str) else None
            if found:
                return found
            queue.extend(item for item in value.values() if isinstance(item, dict | list))
    return None


def _is_other(named: object, headline: str) -> bool:
    """Whether a JSON-LD object names a headline that is not this page's, not even shortened."""
    if not isinstance(named, str):
        return False
    mine, theirs = folded(headline), folded(named)
    return bool(theirs) and not (mine.startswith(theirs[:30]) or theirs in mine or mine in theirs)
