"""Fourth pipeline: invariants. A reading that breaks one is a fault of this program, and loud."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from cpsscrape.items import Reading
from cpsscrape.validation import broken_invariants

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.statscollectors import StatsCollector


class ValidatePipeline:
    """Raises where offsets do not slice; counts what is missing, by field and by layout."""

    def __init__(self, stats: StatsCollector) -> None:
        self._stats = stats

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make one from the crawl's settings."""
        return cls(crawler.stats)

    def process_item(self, item: Any) -> Any:
        """Check a Reading; anything else passes."""
        if not isinstance(item, Reading):
            return item
        article = item.article
        broken = list(broken_invariants(article))
        if broken:
            message = f"{article.url}: {broken[0]}"
            raise ValueError(message)
        self._stats.inc_value(f"cps/layout/{article.layout}")
        for field in ("published_on", "content_type", "areas"):
            if not getattr(article, field):
                self._stats.inc_value(f"cps/missing/{field}")
        if len({day for _, day in article.dates}) > 1:
            self._stats.inc_value("cps/dates/disagree")
        return item
