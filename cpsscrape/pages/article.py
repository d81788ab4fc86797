"""An article's page → a draft: the layout that fits, else the page's own structure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import accumulate
from typing import TYPE_CHECKING

from cpsscrape.exceptions import ListingPageError, MissingFieldError
from cpsscrape.items import DraftBlock
from cpsscrape.normalise.dates import date_line
from cpsscrape.normalise.text import clean_text
from cpsscrape.normalise.urls import absolute_url
from cpsscrape.pages.anchor import anchor_of
from cpsscrape.pages.base import page_of
from cpsscrape.pages.draft import Draft
from cpsscrape.pages.fingerprint import fingerprint_of
from cpsscrape.pages.headline import LAST_RESORT, headline_block, is_section_name, page_title
from cpsscrape.pages.identity import identity_of, is_list_head
from cpsscrape.pages.labels import LABEL_LINK, is_known_label, label_line, sorted_labels
from cpsscrape.pages.layouts import layout_of
from cpsscrape.pages.metadata import metadata_published
from cpsscrape.pages.phrases import FIELD_NAME, FURNITURE
from cpsscrape.pages.pseudo import is_pseudo_heading
from cpsscrape.pages.refusals import is_showing, refuse_challenge, refuse_empty, refuse_not_found
from cpsscrape.pages.region import Region, region_of, stands_alone
from cpsscrape.pages.weights import is_date, prose_words, sums_of

if TYPE_CHECKING:
    from cpsscrape.pages.base import Page
    from cpsscrape.pages.encoding import Decoded
    from cpsscrape.pages.identity import Identity
    from cpsscrape.pages.layouts import Layout
    from cpsscrape.pages.outline import Outline, RawBlock
    from cpsscrape.pages.weights import Sums


_FEW_LABELS = 4


@dataclass(frozen=True, slots=True)
class _Found:
    """Where on the page the story stands."""

    layout: Layout | None
    anchor: int
    headline: int | None
    headline_rule: str
    region: Region
    agreement: float | None
    sums: Sums


def read_html(decoded: Decoded, url: str) -> Draft:
    """Read one article from HTML. Raises the ParseError that says what the page is instead."""
    page = page_of(decoded, url)
    texts = [block.text for block in page.outline.blocks]
    title = page_title(page.head)
    identity = identity_of(page.head, url)
    if not identity.linked:
        refuse_challenge(page.head.title, texts, decoded.data, url=url)
    tops = [block.text for block in page.outline.blocks if block.kind == "heading" and (block.level or 9) < 3]
    refuse_not_found(page.head.title, tops[:2], url=url)
    refuse_empty([*texts, title], url=url)
    found = _found(page, title)
    blocks = page.outline.blocks
    headline = blocks[found.headline].text if found.headline is not None else title
    _refuse_lists(page, found, headline)
    if not headline or not _is_told(page, found):
        missing = "body" if headline else "headline"
        raise MissingFieldError(f"no reader found a {missing}; keep the capture, add a layout, replay", url=url)
    draft = Draft(
        url=url,
        headline=headline,
        layout=found.layout.name if found.layout else "generic",
        blocks=[_block(blocks[number]) for number in found.region.story],
        links=[_resolved(blocks[number].links, page.base) for number in found.region.story],
        fingerprint=fingerprint_of(page.outline, found.anchor, found.headline),
        agreement=found.agreement,
    )
    draft.sources["headline"] = found.headline_rule if found.headline is not None else "title"
    named = found.layout.body if found.layout else None
    where = f".{named}" if named else "the box with most of the prose around the headline"
    draft.sources["body"] = f"{where}; {decoded.rule}"
    _take_identity(draft, identity)
    _read_beside(draft, page, found)
    published, rule = metadata_published(page.head, headline, _times(page, found))
    draft.metadata_date = published
    if rule:
        draft.sources["metadata"] = rule
    return draft


def _times(page: Page, found: _Found) -> list[str]:
    """What the time elements between headline and text say to a machine."""
    first = found.region.story[0]
    start = first if found.headline is None else min(found.headline, first)
    return [value for number, value in page.outline.times if value and start - 3 <= number < first]


def _is_told(page: Page, found: _Found) -> bool:
    """Whether the region tells anything: by the page's structure alone, a headline and a sentence."""
    texts = [page.outline.blocks[number].text for number in found.region.story]
    weak = found.headline is None or found.headline_rule == LAST_RESORT
    if found.layout is None and weak and sum(text.count(" ") + 1 for text in texts) < 60:
        return False
    return any(text.count(" ") > 2 for text in texts)


def _refuse_lists(page: Page, found: _Found, headline: str) -> None:
    """Raise where the page is a list of stories: by its form or totals, and by how little it tells."""
    outline = page.outline
    told = accumulate(prose_words(outline.blocks[number]) for number in found.region.story[:20])
    named = is_section_name(headline) or is_list_head(page.head, page.url)
    if not named and any(words >= 4 for words in told):
        return
    titles, dates = found.sums.titles[-1], found.sums.dates[-1]
    form = any(select.get("name") == "area" for select in page.root.iter("select"))
    listed = form or titles >= 3 or any(map(is_showing, outline.blocks))
    if listed and (named or form or (titles >= 5 and dates >= 3)):
        raise ListingPageError("a list of stories stands here; the story has been taken down", url=page.url)


def _found(page: Page, title: str) -> _Found:
    """The layout's region, and how far the generic reader agrees with it."""
    outline = page.outline
    sums = sums_of(outline)
    layout = layout_of(page)
    body = page.one(layout.body) if layout and layout.body else None
    rough = anchor_of(outline, sums, None) if body is None else body
    headline, rule = headline_block(outline, title, outline.boxes[rough].first)
    generic_anchor = anchor_of(outline, sums, headline)
    anchor = generic_anchor if body is None else body
    if body is None:
        generic = region_of(outline, sums, generic_anchor, headline, strict=False)
        return _Found(layout, anchor, headline, rule, generic, None, sums)
    region = region_of(outline, sums, anchor, headline, strict=True)
    if region.story and generic_anchor == body and stands_alone(outline, sums, body, headline):
        return _Found(layout, anchor, headline, rule, region, 1.0, sums)
    generic = region_of(outline, sums, generic_anchor, headline, strict=False)
    if not region.story:
        return _Found(None, generic_anchor, headline, rule, generic, None, sums)
    return _Found(layout, anchor, headline, rule, region, _agreement(outline, region, generic), sums)


def _agreement(outline: Outline, region: Region, generic: Region) -> float:
    """The share of words in either region that are in both."""
    mine, theirs = set(region.story), set(generic.story)
    both = sum(outline.blocks[number].text.count(" ") + 1 for number in mine & theirs)
    either = sum(outline.blocks[number].text.count(" ") + 1 for number in mine | theirs)
    return round(both / either, 4) if either else 1.0


def _block(raw: RawBlock) -> DraftBlock:
    if raw.kind == "heading":
        return DraftBlock("heading", raw.text, max(raw.level or 2, 2))
    if raw.bold and raw.kind == "paragraph" and is_pseudo_heading(raw.text):
        return DraftBlock("heading", raw.text)
    return DraftBlock(raw.kind, raw.text, raw.level, raw.run_in)


def _take_identity(draft: Draft, identity: Identity) -> None:
    draft.url, draft.node_id, draft.aliases = identity.url, identity.node_id, identity.aliases
    draft.sources["url"] = identity.url_rule
    if identity.node_rule:
        draft.sources["node_id"] = identity.node_rule


def _read_beside(draft: Draft, page: Page, found: _Found) -> None:
    """Date and labels that stand between headline and text, or in the layout's own boxes."""
    outline = page.outline
    layout = found.layout
    dates = _numbers(outline, layout.dates if layout else ())
    tags = _numbers(outline, layout.labels if layout else ())
    words: list[str] = []
    before = ""
    for number in dict.fromkeys((*dates, *tags, *found.region.beside)):
        block = outline.blocks[number]
        if "|" in block.text[:60] and number not in tags:
            _read_bar(draft, block.text)
        elif not _read_date(draft, block, before) and number not in dates:
            field = FIELD_NAME.match(before)
            words.extend(_label_words(block, certain=number in tags or bool(field and field["label"])))
        before = block.text
    labels = sorted_labels(words)
    if not (labels.topics or draft.topics):
        behind = _labels_behind(outline, found.region.story[-1])
        labels = replace(labels, topics=sorted_labels(behind).topics)
        words += behind
    if words:
        draft.sources.setdefault("labels", "labels beside the headline")
    draft.content_type = draft.content_type or labels.content_type
    draft.topics = draft.topics or labels.topics
    draft.areas = draft.areas or labels.areas


def _labels_behind(outline: Outline, last: int) -> list[str]:
    """Known labels that stand behind the story as links to filtered listings: few, or it is a menu of all."""
    links = [link for block in outline.blocks[last + 1 :] for link in block.links if LABEL_LINK.search(link[0])]
    words = [clean_text(label) for _, label in links]
    return words if len(words) <= _FEW_LABELS and all(map(is_known_label, words)) else []


def _numbers(outline: Outline, names: tuple[str, ...]) -> list[int]:
    """The blocks in boxes of these classes."""
    boxes = [outline.boxes[box] for name in names for box in outline.by_class.get(name, ())]
    return [number for box in boxes for number in range(box.first, box.last)]


def _read_bar(draft: Draft, text: str) -> None:
    """``|News, Topic``, ``14 October 2022|News``, ``Updated: 08 August 2024|Legal Guidance``."""
    published, updated = date_line(text)
    if published or updated:
        draft.page_date, draft.updated_on = draft.page_date or published, draft.updated_on or updated
        draft.sources["page_date"] = draft.sources["updated_on"] = f"line {text!r}"
    if not (draft.content_type or draft.topics or any(date_line(text.rpartition("|")[2]))):
        labels = label_line(text)
        draft.content_type, draft.topics, draft.areas = labels.content_type, labels.topics, labels.areas
        draft.sources["labels"] = f"line {text!r}"


def _read_date(draft: Draft, block: RawBlock, before: str) -> bool:
    """Take the date of a block that is a date line, or of a piece of it that is.

    ``before`` is the block before it: ``Last updated`` may be a term of its own.
    """
    for text in (block.text, *block.pieces):
        published, updated = date_line(text)
        if published and not updated and len(before) < 20 and any(date_line(f"{before} {text}")):
            published, updated = date_line(f"{before} {text}")
        if not published and not updated:
            continue
        if published and draft.page_date is None:
            draft.page_date = published
            draft.sources["page_date"] = f"date line {text!r}"
        if updated and draft.updated_on is None:
            draft.updated_on = updated
            draft.sources["updated_on"] = f"date line {text!r}"
        if text == block.text:
            return True
    return False


def _resolved(links: list[tuple[str, str]], base: str) -> tuple[tuple[str, str], ...]:
    """Links with their addresses absolute; ``mailto:``, ``javascript:`` and fragments are left out."""
    if not links:
        return ()
    found = ((absolute_url(href, base), clean_text(text)) for href, text in links if not href.startswith("#"))
    return tuple((address, text) for address, text in found if address)


def _label_words(block: RawBlock, *, certain: bool) -> list[str]:
    """The labels in a block: linked words, or words one by one where the box is known to hold labels."""
    text = block.text
    pieces = [piece for piece in block.pieces or [text] if not is_date(piece)]
    if not certain and not block.links and all(map(is_known_label, pieces)):
        return pieces
    if len(text) > 200 or not (certain or (block.links and block.link_chars * 10 >= len(text) * 5)):
        return []
    if certain:
        words = [label for _, label in block.links] or block.pieces or [text]
    else:
        words = [label for href, label in block.links if is_known_label(label) or LABEL_LINK.search(href)]
    return [word for word in map(clean_text, words) if len(word) < 60 and not FURNITURE.match(word)]
