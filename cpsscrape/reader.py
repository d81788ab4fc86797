"""Bytes → Article, in three steps that the pipelines take one after another."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cpsscrape.exceptions import MissingFieldError
from cpsscrape.extract.case_studies import find_case_studies
from cpsscrape.extract.quotes import find_quotes_in_blocks
from cpsscrape.extract.sections import notes_text, place_blocks
from cpsscrape.items import Article, Block, Link, Source, Teaser
from cpsscrape.normalise.areas import area_by_slug
from cpsscrape.normalise.dates import teaser_date
from cpsscrape.normalise.language import language_of
from cpsscrape.normalise.privacy import may_hold_one, remove_birth_dates
from cpsscrape.normalise.prose_dates import prose_published, prose_updated
from cpsscrape.normalise.text import clean_text, word_count
from cpsscrape.normalise.urls import area_slugs
from cpsscrape.pages.headline import split_label
from cpsscrape.pages.page import read_draft

if TYPE_CHECKING:
    from cpsscrape.items import DateSource, Quote
    from cpsscrape.pages.draft import Draft

#: Changes with every reading that could differ: a version of an article knows it.
READER_VERSION = "3"

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
    if redact_birth_dates:
        _redact(draft)
    text, blocks = place_blocks(draft.blocks)
    if not text:
        raise MissingFieldError("no reader found a body; keep the capture, add a layout, replay", url=url)
    label, headline = split_label(draft.headline)
    labels = _labels(draft, teaser)
    dates = _dates(draft, teaser, [block.text for block in blocks if block.start is not None])
    rules = {name: rule for name, rule in draft.sources.items() if name in _SOURCED}
    rules |= labels.rules | dates.rules
    return Article(
        url=draft.url,
        headline=headline,
        body=text,
        language=language_of(text),
        layout=draft.layout,
        word_count=word_count(text),
        node_id=draft.node_id,
        update_label=label,
        teaser=remove_birth_dates(labels.teaser) if labels.teaser and redact_birth_dates else labels.teaser,
        content_type=labels.content_type,
        published_on=dates.published_on,
        published_on_source=dates.source,
        updated_on=dates.updated_on,
        notes_to_editors=notes_text(blocks),
        blocks=blocks,
        topics=labels.topics,
        areas=labels.areas,
        links=_links(blocks, draft),
        aliases=draft.aliases,
        sources=tuple(Source(field=name, rule=rule) for name, rule in sorted(rules.items())),
        dates=dates.found,
        fingerprint=draft.fingerprint,
        agreement=draft.agreement,
    )


def _redact(draft: Draft) -> None:
    """Take the dates of birth out of a draft; on most pages one look at the whole text says that there are none."""
    if may_hold_one("\n".join([*(block.text for block in draft.blocks), draft.headline])):
        draft.headline = remove_birth_dates(draft.headline)
        draft.blocks = [block._replace(text=remove_birth_dates(block.text)) for block in draft.blocks]


def _links(blocks: tuple[Block, ...], draft: Draft) -> tuple[Link, ...]:
    pairs = [(block, link) for block, links in zip(blocks, draft.links, strict=True) for link in links]
    return tuple(
        Link(position=position, url=url, text=text or None, section=block.section)
        for position, (block, (url, text)) in enumerate(pairs, start=1)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Labels:
    """The labels of a story and the rules that gave them."""

    content_type: str | None
    topics: tuple[str, ...]
    areas: tuple[str, ...]
    teaser: str | None
    rules: dict[str, str]


def _labels(draft: Draft, teaser: Teaser | None) -> _Labels:
    """Labels from the teaser, else from the page, areas at last from the address."""
    given = teaser or Teaser()
    page = draft.sources.get("labels", "labels on the page")
    areas, rule = tuple(clean_text(name) for name in given.areas), "teaser"
    if not areas:
        areas, rule = draft.areas, page
    if not areas:
        slugs = next((found for found in map(area_slugs, (draft.url, *draft.aliases)) if found), ())
        areas, rule = tuple(area.name for slug in slugs if (area := area_by_slug(slug))), "prefix of the address"
    rules = {"areas": rule} if areas else {}
    topics = tuple(clean_text(name) for name in given.topics) or draft.topics
    if topics:
        rules["topics"] = "teaser" if given.topics else page
    word = clean_text(given.content_type or "") or draft.content_type
    if word:
        rules["content_type"] = "teaser" if given.content_type else page
    text = clean_text(given.text or "") or None
    if text:
        rules["teaser"] = "teaser"
    return _Labels(content_type=word, topics=topics, areas=areas, teaser=text, rules=rules)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Dates:
    """The dates of a story, all that were found, and the rules that gave them."""

    published_on: str | None
    source: DateSource | None
    updated_on: str | None
    found: tuple[tuple[DateSource, str], ...]
    rules: dict[str, str]


def _dates(draft: Draft, teaser: Teaser | None, paragraphs: list[str]) -> _Dates:
    """Publication date from teaser, page, metadata, prose, in that order; all are kept."""
    prose, words = prose_published(paragraphs)
    read: tuple[tuple[DateSource, str | None, str | None], ...] = (
        ("teaser", teaser_date(teaser.date) if teaser else None, "date of the teaser"),
        ("page", draft.page_date, draft.sources.get("page_date")),
        ("metadata", draft.metadata_date, draft.sources.get("metadata")),
        ("prose", prose, f"the story's words {words!r}"),
    )
    found = tuple((source, date, rule or source) for source, date, rule in read if date)
    rules = {"published_on": found[0][2]} if found else {}
    updated, opener = prose_updated(paragraphs)
    if updated and (draft.updated_on is None or updated > draft.updated_on):
        rules["updated_on"] = f"the story's words {opener!r}"
    else:
        updated = draft.updated_on
    return _Dates(
        published_on=found[0][1] if found else None,
        source=found[0][0] if found else None,
        updated_on=updated,
        found=tuple((source, date) for source, date, _ in found),
        rules=rules,
    )


def add_case_studies(article: Article) -> Article:
    """Find the case studies and mark their blocks."""
    blocks, found = find_case_studies(article.blocks, article.body, language=article.language)
    return replace(article, blocks=blocks, case_studies=found) if found else article


def add_quotes(article: Article) -> Article:
    """Find the quotes and say in which case study each stands."""
    quotes, terms = find_quotes_in_blocks(article.blocks, language=article.language, headline=article.headline)
    if article.case_studies:
        quotes = tuple(replace(quote, case_study=_case_of(article, quote)) for quote in quotes)
    return replace(article, quotes=quotes, quoted_terms=terms)


def _case_of(article: Article, quote: Quote) -> int | None:
    return next((case.position for case in article.case_studies if case.start <= quote.start < case.end), None)
