"""An article's page → a draft: the layout that fits, else the page's own structure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cpsscrape.exceptions import ListingPageError, MissingFieldError
from cpsscrape.items import Block
from cpsscrape.normalise.dates import date_line
from cpsscrape.pages.base import page_of
from cpsscrape.pages.draft import Draft
from cpsscrape.pages.fingerprint import fingerprint_of
from cpsscrape.pages.headline import headline_block, page_title
from cpsscrape.pages.identity import identity_of
from cpsscrape.pages.labels import Labels, label_line, sorted_labels
from cpsscrape.pages.layouts import layout_of
from cpsscrape.pages.metadata import metadata_published
from cpsscrape.pages.pseudo import is_pseudo_heading
from cpsscrape.pages.refusals import refuse_challenge, refuse_empty, refuse_listing, refuse_not_found
from cpsscrape.pages.region import Region, anchor_of, region_of, sums_of

if TYPE_CHECKING:
    from cpsscrape.pages.base import Page
    from cpsscrape.pages.encoding import Decoded
    from cpsscrape.pages.layouts import Layout
    from cpsscrape.pages.outline import Outline, RawBlock


@dataclass(frozen=True, slots=True)
class _Found:
    """Where on the page the story stands."""

    layout: Layout | None
    anchor: int
    headline: int | None
    headline_rule: str
    region: Region
    agreement: float | None


def read_html(decoded: Decoded, url: str) -> Draft:
    """Read one article from HTML. Raises the ParseError that says what the page is instead."""
    page = page_of(decoded, url)
    texts = [block.text for block in page.outline.blocks]
    title = page_title(page.head)
    refuse_challenge(page.head.title, texts, url=url)
    tops = [block.text for block in page.outline.blocks if block.kind == "heading" and (block.level or 9) < 3]
    refuse_not_found(page.head.title, tops[:2], url=url)
    refuse_empty([*texts, title], url=url)
    found = _found(page, title)
    blocks = page.outline.blocks
    headline = blocks[found.headline].text if found.headline is not None else title
    if not found.region.story:
        refuse_listing(texts, url=url)
    if not headline or not found.region.story:
        missing = "body" if headline else "headline"
        raise MissingFieldError(f"no reader found a {missing}; keep the capture, add a layout, replay", url=url)
    _refuse_listing_page(page, texts)
    draft = Draft(
        url=url,
        headline=headline,
        layout=found.layout.name if found.layout else "generic",
        blocks=[_block(blocks[number]) for number in found.region.story],
        links=[blocks[number].links for number in found.region.story],
        fingerprint=fingerprint_of(page.outline, found.anchor, found.headline),
        agreement=found.agreement,
    )
    draft.sources["headline"] = found.headline_rule if found.headline is not None else "title"
    where = f".{found.layout.body}" if found.layout else "the box with most of the page's prose"
    draft.sources["body"] = f"{where}; {decoded.rule}"
    _read_identity(draft, page)
    _read_beside(draft, page, found)
    published, rule = metadata_published(page.head, [value for _, value in page.outline.times if value])
    draft.metadata_date = published
    if rule:
        draft.sources["metadata"] = rule
    return draft


def _refuse_listing_page(page: Page, texts: list[str]) -> None:
    if "teaser" in page.outline.by_class and len(page.outline.by_class["teaser"]) > 4:
        refuse_listing(texts, url=page.url)
    if page.root.find(".//select[@name='area']") is not None:
        raise ListingPageError("a list of stories stands here; the story has been taken down", url=page.url)


def _found(page: Page, title: str) -> _Found:
    """The layout's region, and how far the generic reader agrees with it."""
    outline = page.outline
    sums = sums_of(outline)
    layout = layout_of(page)
    rough = page.one(layout.body) if layout else anchor_of(outline, sums, None)
    headline, rule = headline_block(outline, title, outline.boxes[rough].first)
    generic_anchor = anchor_of(outline, sums, headline)
    anchor = rough if layout else generic_anchor
    generic = region_of(outline, sums, generic_anchor, headline, strict=False)
    if layout is None:
        return _Found(None, anchor, headline, rule, generic, None)
    region = region_of(outline, sums, anchor, headline, strict=True)
    if not region.story:
        return _Found(None, generic_anchor, headline, rule, generic, None)
    return _Found(layout, anchor, headline, rule, region, _agreement(outline, region, generic))


def _agreement(outline: Outline, region: Region, generic: Region) -> float:
    """The share of words in either region that are in both."""
    mine, theirs = set(region.story), set(generic.story)
    both = sum(outline.blocks[number].text.count(" ") + 1 for number in mine & theirs)
    either = sum(outline.blocks[number].text.count(" ") + 1 for number in mine | theirs)
    return round(both / either, 4) if either else 1.0


def _block(raw: RawBlock) -> Block:
    if raw.kind == "heading":
        return Block(kind="heading", text=raw.text, level=max(raw.level or 2, 2))
    if raw.bold and raw.kind == "paragraph" and is_pseudo_heading(raw.text):
        return Block(kind="heading", text=raw.text)
    return Block(kind=raw.kind, text=raw.text, level=raw.level)


def _read_identity(draft: Draft, page: Page) -> None:
    identity = identity_of(page.head, page.url)
    draft.url, draft.node_id, draft.aliases = identity.url, identity.node_id, identity.aliases
    draft.sources["url"] = identity.url_rule
    if identity.node_rule:
        draft.sources["node_id"] = identity.node_rule


def _read_beside(draft: Draft, page: Page, found: _Found) -> None:
    """Date and labels that stand between headline and text, or in the layout's own boxes."""
    outline = page.outline
    numbers = list(found.region.beside)
    named: set[int] = set()
    for name in (*(found.layout.dates if found.layout else ()), *(found.layout.labels if found.layout else ())):
        for box in outline.by_class.get(name, ()):
            named.update(range(outline.boxes[box].first, outline.boxes[box].last))
    labels: list[str] = []
    for number in (*sorted(named), *(n for n in numbers if n not in named)):
        block = outline.blocks[number]
        if _read_date(draft, block):
            continue
        labels.extend(_label_words(draft, block, certain=number in named))
    found_labels = sorted_labels(labels)
    if draft.content_type or draft.topics or draft.areas:
        found_labels = Labels(draft.content_type, draft.topics or found_labels.topics, draft.areas or found_labels.areas)
    draft.content_type, draft.topics, draft.areas = found_labels.content_type, found_labels.topics, found_labels.areas


def _read_date(draft: Draft, block: RawBlock) -> bool:
    """Take the date of a block that is a date line, or of a piece of it that is."""
    for text in (block.text, *block.pieces):
        published, updated = date_line(text)
        if not published and not updated:
            continue
        if published and draft.page_date is None:
            draft.page_date = published
            draft.sources["page_date"] = f"date line {text!r}"
        if updated and draft.updated_on is None:
            draft.updated_on = updated
            draft.sources["updated_on"] = f"date line {text!r}"
        return text == block.text
    return False


def _label_words(draft: Draft, block: RawBlock, *, certain: bool) -> list[str]:
    """The labels in a block beside the text: a ``|``-line, linked words, or words one by one."""
    text = block.text
    if text.startswith("|"):
        if not (draft.content_type or draft.topics):
            line = label_line(text)
            draft.content_type, draft.topics, draft.areas = line.content_type, line.topics, line.areas
            draft.sources["content_type"] = draft.sources["topics"] = f"line {text!r}"
        return []
    if len(text) > 200 or (not certain and not block.links):
        return []
    if block.links:
        words = [label for _, label in block.links]
    else:
        words = list(block.pieces) or [text]
    if not certain and block.link_chars * 10 < len(text) * 5:
        return []
    draft.sources.setdefault("topics", "labels beside the headline")
    return words
