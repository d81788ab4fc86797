"""Fourth pipeline: invariants. A reading that breaks one is a fault of this program, and loud."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from cpsscrape.items import Reading
from cpsscrape.validation import broken_invariants

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.statscollectors import StatsCollector

    from cpsscrape.items import Article

EXPECTED_FIELDS = ("published_on", "content_type", "teaser", "areas", "topics")
PLAIN_TEXT = "text"  # a text capture has no date line to miss
AGREEMENT = 0.95  # below, a template's reader and the generic one read different stories


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
        self._count(article)
        return item

    def _count(self, article: Article) -> None:
        """Count what the health of a run is judged by."""
        count = self._stats.inc_value
        count(f"cps/layout/{article.layout}")
        count("cps/read/pages")
        count("cps/read/characters", len(article.body))
        count("cps/read/quotes", len(article.quotes))
        for field in EXPECTED_FIELDS:
            count("cps/read/fields" if getattr(article, field) else f"cps/missing/{field}")
        if article.layout != PLAIN_TEXT and article.published_on is None:
            count("cps/missing/date_of_a_page")
        if len({day for _, day in article.dates}) > 1:
            count("cps/dates/disagree")
        if article.fingerprint is not None:
            count(f"cps/fingerprint/{article.fingerprint}")
            agreement = 1.0 if article.agreement is None else article.agreement
            count(f"cps/agreement/{article.fingerprint}", round(100 * agreement))
        if article.agreement is not None and article.agreement < AGREEMENT:
            count("cps/layout_disagrees")
