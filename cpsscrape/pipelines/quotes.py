"""Third pipeline: who said what."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Self

from cpsscrape.items import Reading
from cpsscrape.reader import add_quotes
from cpsscrape.reader_process import ReaderProcess

if TYPE_CHECKING:
    from scrapy.crawler import Crawler


class QuotesPipeline:
    """Finds quotes, their speakers, and terms in quotation marks."""

    def __init__(self, reader: ReaderProcess) -> None:
        self._reader = reader

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make one from the crawl's settings."""
        reader = crawler.get_extension(ReaderProcess)
        assert reader is not None, "cpsscrape.reader_process.ReaderProcess must be in EXTENSIONS"
        return cls(reader)

    async def process_item(self, item: Any) -> Any:
        """Add quotes to a Reading; anything else passes."""
        if isinstance(item, Reading) and not item.whole:
            return replace(item, article=await self._reader.call(add_quotes, item.article))
        return item
