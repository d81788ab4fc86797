"""A line to put under a sentence that rests on an article."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cpsscrape.web.filters import day, moment

if TYPE_CHECKING:
    from cpsscrape.archive.stored import StoredArticle


def citation(stored: StoredArticle) -> str:
    """Return author, headline, date, address, capture time and digest: what another reader needs to check."""
    article, capture = stored.article, stored.capture
    published = day(article["published_on"]) if article["published_on"] else "undated"
    return (
        f"Crown Prosecution Service, “{article['headline']}”, {published}, {article['url']}, "
        f"version {article['version']}, captured {moment(capture['fetched_at'])}, {capture['payload_digest']}."
    )
