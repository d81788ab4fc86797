"""Bytes → Article, in three steps that the pipelines take one after another."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cpsscrape.exceptions import MissingFieldError
from cpsscrape.extract.case_studies import find_case_studies
from cpsscrape.extract.quotes import find_quotes_in_blocks
from cpsscrape.extract.sections import mark_sections, notes_text, place_blocks
from cpsscrape.items import Article, Block, Link, Source, Teaser
from cpsscrape.normalise.areas import area_by_slug
from cpsscrape.normalise.dates import teaser_date
from cpsscrape.normalise.language import language_of
from cpsscrape.normalise.privacy import remove_birth_dates
from cpsscrape.normalise.prose_dates import prose_published, prose_updated
from cpsscrape.normalise.text import clean_text, word_count
from cpsscrape.normalise.urls import area_slugs
from cpsscrape.pages.headline import split_label
from cpsscrape.pages.page import read_draft

if TYPE_CHECKING:
    from cpsscrape.items import DateSource, Quote
    from cpsscrape.pages.draft import Draft

#: Changes with every reading that could differ: a version of an article knows it.
READER_VERSION = "1"

_SOURCED = frozenset(("headline", "body", "url", "node_id", "updated_on"))


def read_article(
    body: bytes | str,
    url: str,
    content_type: str = "text/html",
    teaser: Teaser | None = None,
    redact_birth_dates: bool = True,  # noqa: FBT001, FBT002 - the contract's signature
) -> Article:
    """Read a story with its case studies and quotes. Raises nothing but CpsScrapeError."""
    article = read_page(body, url, content_type, teaser, redact_birth_dates)
    return add_quotes(add_case_studies(article))


def read_page(
    body: bytes | str,
    url: str,
    content_type: str = "text/html",
    teaser: Teaser | None = None,
    redact_birth_dates: bool = True,  # noqa: FBT001, FBT002 - the contract's signature
) -> Article:
    """Read a story's fields and blocks; its case studies and quotes are left to the next steps."""
    draft = read_draft(body, url, content_type)
    removed = remove_birth_dates if redact_birth_dates else str
    blocks = mark_sections(_redacted(block, removed(block.text)) for block in draft.blocks)
    text, blocks = place_blocks(blocks)
    if not text:
        raise MissingFieldError("no reader found a body; keep the capture, add a layout, replay", url=url)
    label, headline = split_label(removed(draft.headline))
    article = Article(
        url=draft.url,
        headline=headline,
        body=text,
        language=language_of(text),
        layout=draft.layout,
        word_count=word_count(text),
        node_id=draft.node_id,
        update_label=label,
        notes_to_editors=notes_text(blocks),
        blocks=blocks,
        links=_links(blocks, draft),
        aliases=draft.aliases,
        fingerprint=draft.fingerprint,
        agreement=draft.agreement,
    )
    sources = {field: rule for field, rule in draft.sources.items() if field in _SOURCED}
    article = _with_labels(article, draft, teaser, sources)
    article = _with_dates(article, draft, teaser, sources)
    if article.teaser:
        article = replace(article, teaser=removed(article.teaser))
    return replace(article, sources=tuple(Source(field=name, rule=rule) for name, rule in sorted(sources.items())))


def _redacted(block: Block, text: str) -> Block:
    return block if text == block.text else replace(block, text=text)


def _links(blocks: tuple[Block, ...], draft: Draft) -> tuple[Link, ...]:
    pairs = [(block, link) for block, links in zip(blocks, draft.links, strict=True) for link in links]
    return tuple(
        Link(position=position, url=url, text=text or None, section=block.section)
        for position, (block, (url, text)) in enumerate(pairs, start=1)
    )


def _with_labels(article: Article, draft: Draft, teaser: Teaser | None, sources: dict[str, str]) -> Article:
    """Labels from the teaser, else from the page, areas at last from the address."""
    given = teaser or Teaser()
    areas, rule = draft.areas, draft.sources.get("labels", "labels on the page")
    if given.areas:
        areas, rule = tuple(clean_text(name) for name in given.areas), "teaser"
    elif not areas:
        slugs = next((found for found in map(area_slugs, (article.url, *article.aliases)) if found), ())
        areas, rule = (
            tuple(area.name for slug in slugs if (area := area_by_slug(slug))),
            "prefix of the address",
        )
    if areas:
        sources["areas"] = rule
    topics = tuple(clean_text(name) for name in given.topics) or draft.topics
    if topics:
        sources["topics"] = "teaser" if given.topics else draft.sources.get("labels", "labels on the page")
    word = clean_text(given.content_type or "") or draft.content_type
    if word:
        sources["content_type"] = "teaser" if given.content_type else draft.sources.get("labels", "labels on the page")
    text = clean_text(given.text or "") or draft.teaser
    if text:
        sources["teaser"] = "teaser"
    return replace(article, areas=areas, topics=topics, content_type=word, teaser=text)


def _with_dates(article: Article, draft: Draft, teaser: Teaser | None, sources: dict[str, str]) -> Article:
    """Publication date from teaser, page, metadata, prose, in that order; all that were found are kept."""
    paragraphs = [block.text for block in article.blocks if block.start is not None]
    prose, words = prose_published(paragraphs)
    found: tuple[tuple[DateSource, str | None, str | None], ...] = (
        ("teaser", teaser_date(teaser.date) if teaser else None, "date of the teaser"),
        ("page", draft.page_date, draft.sources.get("page_date")),
        ("metadata", draft.metadata_date, draft.sources.get("metadata")),
        ("prose", prose, f"the story's words {words!r}"),
    )
    dates = tuple((source, date) for source, date, _ in found if date)
    source, published, rule = next(((s, d, r) for s, d, r in found if d), (None, None, None))
    if rule:
        sources["published_on"] = rule
    updated, opener = prose_updated(paragraphs)
    if updated and (draft.updated_on is None or updated > draft.updated_on):
        sources["updated_on"] = f"the story's words {opener!r}"
    else:
        updated = draft.updated_on
    return replace(article, published_on=published, published_on_source=source, updated_on=updated, dates=dates)


def add_case_studies(article: Article) -> Article:
    """Find the case studies and mark their blocks."""
    blocks, found = find_case_studies(article.blocks, article.body, language=article.language)
    return replace(article, blocks=blocks, case_studies=found) if found else article


def add_quotes(article: Article) -> Article:
    """Find the quotes and say in which case study each stands."""
    quotes, terms = find_quotes_in_blocks(article.blocks, language=article.language)
    placed = tuple(replace(quote, case_study=_case_of(article, quote)) for quote in quotes)
    return replace(article, quotes=placed, quoted_terms=terms)


def _case_of(article: Article, quote: Quote) -> int | None:
    return next((case.position for case in article.case_studies if case.start <= quote.start < case.end), None)
