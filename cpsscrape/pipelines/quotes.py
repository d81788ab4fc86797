"""Third pipeline: who said what."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from cpsscrape.items import Reading
from cpsscrape.reader import add_quotes


class QuotesPipeline:
    """Finds quotes, their speakers, and terms in quotation marks."""

    def process_item(self, item: Any) -> Any:
        """Add quotes to a Reading; anything else passes."""
        if isinstance(item, Reading):
            return replace(item, article=add_quotes(item.article))
        return item
