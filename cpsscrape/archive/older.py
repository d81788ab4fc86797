"""An older version of an article, to be read like the newest.

A version keeps the words that were published, not what was read from them: the quotes are read again
from its text. Which paragraphs were headings, list items or case studies is not known any more.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from cpsscrape.archive.derived import quote_origin_of
from cpsscrape.archive.searching import one_row
from cpsscrape.archive.versions import versions_of
from cpsscrape.exceptions import UnknownArticleError
from cpsscrape.extract.quotes import find_quotes_in_blocks
from cpsscrape.items import Block
from cpsscrape.normalise.text import word_count

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlite_utils import Database

    from cpsscrape.archive.stored import Row, StoredArticle
    from cpsscrape.archive.versions import Version
    from cpsscrape.items import Quote

_JUDGED = ("position", "text", "kind", "cue", "attribution", "start", "end", "confidence", "rule")
_SPOKEN = ("name", "kind", "mention", "role", "organisation", "resolution")


def older_article(db: Database, stored: StoredArticle, number: int) -> StoredArticle:
    """Return the article as it was in a version; raises UnknownArticleError where there is none of that number."""
    if number == stored.article["version"]:
        return stored
    versions = {version.version: version for version in versions_of(db, stored.article["id"])}
    if number not in versions:
        known = ", ".join(str(known) for known in versions)
        raise UnknownArticleError(f"article {stored.article['id']} has no version {number}: it has {known}.")
    return _as_of(db, stored, versions[number])


def _as_of(db: Database, stored: StoredArticle, version: Version) -> StoredArticle:
    article = stored.article | version.published
    article |= {"areas": _joined(version, "areas"), "topics": _joined(version, "topics"), "version": version.version}
    article |= {"layout": version.layout, "capture_id": version.capture_id, "published_on_source": None}
    article["word_count"] = word_count(article["body"])
    links = article.pop("links")
    blocks = list(_blocks(article["body"]))
    quotes, terms = find_quotes_in_blocks(blocks, language=article["language"], headline=article["headline"])
    prefix = f"{quote_origin_of(article['node_id'], article['url'])}@{version.version}:"
    return replace(
        stored,
        article=article,
        blocks=tuple(_block_row(position, block) for position, block in enumerate(blocks, 1)),
        quotes=tuple(_quote_row(quote, prefix) for quote in quotes),
        case_studies=(),
        quoted_terms=tuple({"text": term.text, "start": term.start, "end": term.end} for term in terms),
        links=tuple(
            {"position": position, "url": url, "text": text, "section": None}
            for position, (url, text) in enumerate(json.loads(links), 1)
        ),
        capture=one_row(db, "select * from captures where id = ?", [version.capture_id]),
        corrected=frozenset(),
    )


def _joined(version: Version, field: str) -> str | None:
    return "; ".join(json.loads(version.published[field] or "[]")) or None


def _blocks(body: str) -> Iterator[Block]:
    start = 0
    for text in body.split("\n\n"):
        yield Block(kind="paragraph", text=text, start=start, end=start + len(text))
        start += len(text) + 2


def _block_row(position: int, block: Block) -> Row:
    names = ("kind", "level", "section", "text", "start", "end")
    return {"position": position} | {name: getattr(block, name) for name in names}


def _quote_row(quote: Quote, prefix: str) -> Row:
    return {name: getattr(quote, name) for name in _JUDGED} | {
        "key": f"{prefix}{quote.start}-{quote.end}",
        "pieces": [{"text": piece.text, "start": piece.start, "end": piece.end} for piece in quote.pieces],
        "speakers": [{name: getattr(speaker, name) for name in _SPOKEN} for speaker in quote.speakers],
    }
