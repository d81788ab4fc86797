"""An archive of the Crown Prosecution Service's news.

>>> from cpsscrape import read_article, find_quotes, Teaser
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cpsscrape.exceptions import CpsScrapeError
    from cpsscrape.extract.quotes import find_quotes
    from cpsscrape.items import Article, Block, CaseStudy, Link, Quote, Speaker, Teaser
    from cpsscrape.reader import read_article

__version__ = "0.1.0"

_HOMES = {
    "Article": "items",
    "Block": "items",
    "CaseStudy": "items",
    "CpsScrapeError": "exceptions",
    "Link": "items",
    "Quote": "items",
    "Speaker": "items",
    "Teaser": "items",
    "find_quotes": "extract.quotes",
    "read_article": "reader",
}

__all__ = [  # noqa: RUF022 # in the order of a reader's eye: capitals do not come first
    "Article",
    "Block",
    "CaseStudy",
    "CpsScrapeError",
    "find_quotes",
    "Link",
    "Quote",
    "read_article",
    "Speaker",
    "Teaser",
]


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used: reading the archive needs no HTML parser."""
    if name in _HOMES:
        return getattr(import_module(f"cpsscrape.{_HOMES[name]}"), name)
    message = f"module 'cpsscrape' has no attribute {name!r}"
    raise AttributeError(message)
