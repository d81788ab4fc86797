"""Second pipeline: sections and case studies."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from cpsscrape.items import Reading
from cpsscrape.reader import add_case_studies


class CaseStudiesPipeline:
    """Finds the cases told within a story."""

    def process_item(self, item: Any) -> Any:
        """Add case studies to a Reading; anything else passes."""
        if isinstance(item, Reading) and not item.whole:
            return replace(item, article=add_case_studies(item.article))
        return item
