"""Teasers of a listing in any template: a link to a story and what stands in the same box."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

from lxml import etree

from cpsscrape.items import Teaser
from cpsscrape.normalise.dates import date_line, printed_date
from cpsscrape.normalise.text import clean_text
from cpsscrape.normalise.urls import absolute_url, canonical_url, is_listing_url, is_on_site, is_story_url
from cpsscrape.pages.base import text_of
from cpsscrape.pages.labels import Labels, label_line, sorted_labels
from cpsscrape.pages.phrases import CONTENT_TYPES, FURNITURE

if TYPE_CHECKING:
    from collections.abc import Iterator

_OUTSIDE = frozenset(("nav", "footer", "aside", "form", "header"))
_WALLS = frozenset(("html", "body", "main", "form", "table", "tbody", "select"))
_BOX = re.compile(
    r"(?:^|\s)(?:teaser|views-row|card|news-item|search-result|listing__item|result)(?=$|\s|--)", re.IGNORECASE
)
_TEXT_CLASS = re.compile(
    r"teaser__(?:text|summary|body|description|intro)|summary|standfirst|excerpt|description", re.IGNORECASE
)
_INLINE = frozenset("a abbr b em i strong span small sub sup time mark u br wbr cite q".split())
_DIGIT = re.compile(r"\d")
_MAX_CLIMB = 12
_LONGEST_ADDRESS = 500  # a "data:" address may hold a whole page
# "Latest news" is not among them: it may head the listing itself
_RELATED = re.compile(
    r"^(?:related|similar|you (?:may|might) also|popular|most (?:read|viewed)|featured|in this section"
    r"|newyddion cysylltiedig)",
    re.IGNORECASE,
)
_SIDE = re.compile(r"(?:^|[\s_-])(?:related|menu|nav|breadcrumbs?|pager|pagination|footer)(?:$|[\s_])", re.IGNORECASE)


def find_teasers(
    root: etree._Element, base: str, site: str, count: int | None = None
) -> tuple[tuple[Teaser, ...], tuple[Teaser, ...]]:
    """Every story the page lists, in order, each once; and the teasers that lead to none.

    Links to story addresses count; where a page has none with a date, links in headings with a
    date beside them do. Menus, side boxes and boxes of related stories are left out. ``count`` is
    how many the page says it shows: where more were found, those that stand together win.
    """
    stories: dict[str, list[etree._Element]] = {}
    others: dict[str, list[etree._Element]] = {}
    strays: list[etree._Element] = []
    known: dict[etree._Element, bool] = {}
    for link in root.iter("a"):
        href = link.get("href")
        address = absolute_url(href, base) if href else None
        if address is None or not is_on_site(address, site):
            strays.append(link)
        elif _outside(link, known):
            continue
        elif is_story_url(address, site):
            stories.setdefault(canonical_url(address, site), []).append(link)
        elif not is_listing_url(address, site):
            others.setdefault(canonical_url(address, site), []).append(link)
        elif (href or "").startswith("#"):
            strays.append(link)
    found = _found(stories)
    if not any(teaser.date for _, teaser in found):
        headed = {address: links for address, links in others.items() if any(map(_in_heading, links))}
        found = [pair for pair in _found(headed) if pair[1].date] or found
    kept = _together(found, count)
    listed = {teaser.url for _, teaser in kept}
    told = {
        link: address for each in (stories, others) for address in each if address in listed for link in each[address]
    }
    strays += [links[0] for address, links in others.items() if address not in listed]
    return tuple(teaser for _, teaser in kept), tuple(_strays(strays, {parent for parent, _ in kept}, told, base))


def _strays(
    links: list[etree._Element], parents: set[etree._Element], told: dict[etree._Element, str], base: str
) -> Iterator[Teaser]:
    """Teasers beside those of the stories, in boxes of the same kind, whose link leads to no story.

    Their address is the link as written where it is no web address (``mailto:…``), None where there is none (``#``).
    """
    kinds = {
        parent: {_kind(box) for box in parent if any(link in told for link in box.iter("a"))} for parent in parents
    }
    seen: set[etree._Element] = set()
    for link in links:
        chain = [link, *_climb(link, _MAX_CLIMB)]
        box = next((box for box, parent in pairwise(chain) if parent in parents), None)
        if box is None or box in seen or _kind(box) not in kinds[_up(box)]:
            continue
        seen.add(box)
        if any(other in told for other in box.iter("a")):
            continue
        href = (link.get("href") or "").strip()
        address = (absolute_url(href, base) or href)[:_LONGEST_ADDRESS] if href and href[0] != "#" else None
        teaser = _teaser(address, [link], box)
        if teaser.title:
            yield teaser


def _kind(box: etree._Element) -> tuple[str, str]:
    """An element's tag and first class: what the boxes of one list have in common."""
    return box.tag, (box.get("class") or "").split(" ", maxsplit=1)[0]


def _found(stories: dict[str, list[etree._Element]]) -> list[tuple[etree._Element, Teaser]]:
    """The teaser around each story's links, with the element that holds it and its neighbours."""
    owner = {link: address for address, links in stories.items() for link in links}
    pairs = []
    for address, links in stories.items():
        box = _box(links, address, owner)
        teaser = _teaser(address, links, box)
        if teaser.title:
            pairs.append((_up(box), teaser))
    return pairs


def _together(found: list[tuple[etree._Element, Teaser]], count: int | None) -> list[tuple[etree._Element, Teaser]]:
    """Teasers that stand beside one with a date; the largest group where the page shows fewer."""
    dated = {parent for parent, teaser in found if teaser.date}
    kept = [pair for pair in found if pair[0] in dated] if dated else found
    if count is not None and len(kept) > count:
        sizes = Counter(parent for parent, _ in kept)
        largest = max(sizes.values())
        if largest >= count:
            return [pair for pair in kept if sizes[pair[0]] == largest][:count]
    return kept


def _outside(link: etree._Element, known: dict[etree._Element, bool]) -> bool:
    """Whether a link stands in a menu, at the page's side, or in a box of related stories.

    ``known`` keeps what was found of the elements around it, which other links stand in too.
    """
    climbed: list[etree._Element] = []
    outside: bool | None = False
    for element in _climb(link, 40):
        outside = known.get(element)
        if outside is None:
            climbed.append(element)
            outside = _is_outside(element)
        if outside is not None:
            break
    known.update(dict.fromkeys(climbed, bool(outside)))
    return bool(outside)


def _is_outside(element: etree._Element) -> bool | None:
    """Whether what is in this element is outside of the listing; None where the element around it decides."""
    if element.tag in _OUTSIDE:
        return element.tag != "header" or _up(element).tag == "body"
    if element.tag in _WALLS:
        return None
    classes = element.get("class")
    if classes and _SIDE.search(classes):
        return True
    heading = next(element.iterchildren("h2", "h3"), None)
    return True if heading is not None and _RELATED.match(text_of(heading)) else None


def _up(element: etree._Element) -> etree._Element:
    parent = element.getparent()
    return element if parent is None else parent


def _climb(element: etree._Element, limit: int) -> list[etree._Element]:
    chain: list[etree._Element] = []
    current = element.getparent()
    while current is not None and len(chain) < limit:
        chain.append(current)
        current = current.getparent()
    return chain


def _in_heading(link: etree._Element) -> bool:
    return any(element.tag in ("h2", "h3", "h4") for element in _climb(link, 4))


def _teaser(address: str | None, links: list[etree._Element], box: etree._Element) -> Teaser:
    title = _title(links)
    date: str | None = None
    texts: list[str] = []
    words: list[str] = []
    line: Labels | None = None
    for text, pieces, classes in _lines(box):
        if text == title or FURNITURE.match(text):
            continue
        if text.startswith("|"):
            line = label_line(text)
            continue
        printed = _printed(text, pieces)
        if printed and date is None:
            date = printed
            beside = [] if text == printed else pieces
            for piece in beside:
                if piece not in (printed, title):
                    (texts if _is_text(piece, [piece], "") else words).append(piece)
            continue
        if _is_text(text, pieces, classes):
            texts.append(text)
        else:
            words.extend(piece for piece in pieces or [text] if piece != title)
    labels = line or sorted_labels(words)
    return Teaser(
        title=title, url=address, date=date, text=" ".join(texts) or None,
        content_type=labels.content_type, topics=labels.topics, areas=labels.areas,
    )  # fmt: skip


def _printed(text: str, pieces: list[str]) -> str | None:
    """The part of a line that is a date and nothing else: all of it, or one of its pieces."""
    if not _DIGIT.search(text):
        return None
    parts = (text, *pieces) if len(pieces) > 1 else (text,)
    return next((part for part in parts if printed_date(part) or any(date_line(part))), None)


def _title(links: list[etree._Element]) -> str | None:
    """The link in a heading, else the longest link text: pictures link too."""
    texts = [text_of(link) for link in links]
    for link, text in zip(links, texts, strict=True):
        if text and _in_heading(link):
            return text
    for link, text in zip(links, texts, strict=True):
        inner = next(link.iter("h2", "h3", "h4"), None)
        if text and inner is not None:
            return text_of(inner)
    return max((text for text in texts if not FURNITURE.match(text)), key=len, default="") or None


def _box(links: list[etree._Element], address: str, owner: dict[etree._Element, str]) -> etree._Element:
    """The largest element around the story's link that holds no other story."""
    best = links[0]
    for element in _climb(links[0], _MAX_CLIMB):
        if element.tag in _WALLS or next(element.iter("h1", "select", "form"), None) is not None:
            break
        if any(owner.get(link, address) != address for link in element.iter("a")):
            break
        best = element
        if _BOX.search(element.get("class") or "") or element.tag == "article":
            break
    return best


def _lines(box: etree._Element) -> list[tuple[str, list[str], str]]:
    """Each block's text in a box, its text elements one by one, and its class."""
    lines: list[tuple[str, list[str], str]] = []
    gathered: list[str] = []
    classes = ""

    def flush() -> None:
        text = clean_text("".join(gathered))
        if text:
            lines.append((text, [piece for piece in map(clean_text, gathered) if piece], classes))
        gathered.clear()

    for event, element in etree.iterwalk(box, events=("start", "end")):
        block = element.tag not in _INLINE or element.tag == "br"
        if block:
            flush()
            classes = element.get("class") or "" if event == "start" else ""
        if event == "start" and element.text and element.tag not in ("script", "style"):
            gathered.append(element.text)
        if event == "end" and element is not box and element.tail:
            gathered.append(element.tail)
    flush()
    return lines


def _is_text(text: str, pieces: list[str], classes: str) -> bool:
    if _TEXT_CLASS.search(classes):
        return True
    if text.casefold() in CONTENT_TYPES:
        return False
    return (len(text) > 60 and (len(pieces) == 1 or text[-1] in ".…!?”")) or (text[-1] in ".…!?”" and " " in text)
