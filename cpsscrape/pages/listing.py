"""A listing page → its teasers, its totals, its form and its next page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from cpsscrape.exceptions import LayoutError
from cpsscrape.normalise.language import language_of
from cpsscrape.normalise.text import clean_text
from cpsscrape.normalise.urls import absolute_url, canonical_url, is_listing_url, is_on_site, site_of
from cpsscrape.pages.base import head_of, parsed, text_of
from cpsscrape.pages.encoding import decoded
from cpsscrape.pages.refusals import SHOWING, refuse_challenge, refuse_empty, refuse_not_found
from cpsscrape.pages.teasers import find_teasers

if TYPE_CHECKING:
    from lxml import etree

    from cpsscrape.items import Language, Teaser
    from cpsscrape.pages.base import Head

_TEXT_TAGS = ("p", "div", "span", "h1", "h2", "h3", "li", "strong")
_EMPTY = re.compile(
    r"^\W*(?:(?:sorry|your search|there (?:are|were)|we (?:could|did))\b.{0,60})?\b(?:no|0|not find any|any) "
    r"(?:results?|news|stories|content|articles|items|matches|matching)\b|^dim canlyniadau"
    r"|^\W*nothing (?:was )?(?:found|matches)",
    re.IGNORECASE,
)
_NEXT = re.compile(
    r"^\W*(?:(?:go to )?next(?: page)?|older(?: (?:posts|stories|news))?|(?:load|show|view) more"
    r"|(?:tudalen )?nesaf)\b\W*"
    r"(?:\(page \d+\)|page \d+)?\W*$|^[›»→>]$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaOption:
    """An entry of a listing's form: the id is what the address takes."""

    id: int
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """One page of a listing. ``expected`` is the "of N results", ``current_page`` counts from 0.

    ``strays`` stand among the teasers and lead to no story: off site, to a file, to ``mailto:``.
    """

    teasers: tuple[Teaser, ...]
    expected: int | None
    first: int | None
    last: int | None
    label: str | None
    areas: tuple[AreaOption, ...]
    crime_types: tuple[AreaOption, ...]
    next_url: str | None
    current_page: int
    language: Language
    strays: tuple[Teaser, ...] = ()


def read_listing(body: bytes, url: str, content_type: str = "text/html") -> Listing:
    """Read one page of a listing. Raises the ParseError that says what the page is instead.

    A listing without stories has no teasers and ``expected`` 0.
    """
    source = decoded(body, content_type or "", url=url)
    root = parsed(source.data, url)
    head = head_of(root)
    base = (absolute_url(head.base, url) if head.base else None) or url
    texts = [text for text in (clean_text(str(text)) for text in root.itertext(*_TEXT_TAGS)) if text]
    refuse_empty(texts, url=url)
    refuse_challenge(head.title, texts, url=url)
    tops = [text_of(top) for top in root.iter("h1")]
    refuse_not_found(head.title, tops[:2], url=url)
    showing = _showing(root)
    first, last = (_number(showing, "first"), _number(showing, "last")) if showing else (None, None)
    shown = last - first + 1 if first is not None and last is not None else None
    teasers, strays = find_teasers(root, base, site_of(url), shown)
    areas, crime_types = _options(root, "area"), _options(root, "crime_type")
    expected = _number(showing, "total") if showing else None
    if not (showing or areas or _says_empty(texts)) and (len(teasers) < 3 or _names_a_story(head, url)):
        raise LayoutError("neither totals nor a form nor teasers: this is no listing", url=url)
    if not teasers:
        if not expected and _says_empty(texts):
            expected = 0
        elif expected != 0:
            raise LayoutError("no teaser on a page that should list stories; add a layout, replay", url=url)
    return Listing(
        teasers=teasers,
        strays=strays,
        expected=expected,
        first=first,
        last=last,
        label=showing["label"].strip() if showing and showing["label"] else None,
        areas=areas,
        crime_types=crime_types,
        next_url=_next_url(root, base, url),
        current_page=_current_page(url, first),
        language=language_of(" ".join(teaser.text or teaser.title or "" for teaser in teasers)),
    )


def _says_empty(texts: list[str]) -> bool:
    return any(_EMPTY.search(text) for text in texts if len(text) < 200)


def _number(showing: re.Match[str], name: str) -> int:
    return int(showing[name].replace(",", "") or 0)


def _names_a_story(head: Head, url: str) -> bool:
    """Whether the page's own links name a story or the front page, and no listing."""
    link = head.links.get("canonical") or head.links.get("shortlink")
    absolute = absolute_url(link, url) if link else None
    return absolute is not None and is_on_site(absolute, site_of(url)) and not is_listing_url(absolute, site_of(url))


def _showing(root: etree._Element) -> re.Match[str] | None:
    """The head line ``Showing 131 - 140 of 710 results for area "CPS"``, in whatever elements."""
    for element in root.iter("p", "div", "span", "h2", "h3", "header", "strong", "section", "li"):
        if "howing" in (element.text or "") or "dangos" in (element.text or ""):
            match = SHOWING.search(text_of(element)[:400])
            if match:
                return match
    return None


def _options(root: etree._Element, name: str) -> tuple[AreaOption, ...]:
    """The choices of one field of the listing's form; ``All`` is none."""
    found: dict[int, str] = {}
    for select in root.iter("select"):
        if select.get("name") != name:
            continue
        for option in select.iter("option"):
            value = (option.get("value") or "").strip()
            text = text_of(option)
            if value.isascii() and value.isdecimal() and len(value) < 9 and text:
                found.setdefault(int(value), text)
    return tuple(AreaOption(id=number, name=text) for number, text in found.items())


def _current_page(url: str, first: int | None) -> int:
    """The page from the address, else from the first number of the head line."""
    given = parse_qs(urlsplit(canonical_url(url, site_of(url))).query).get("page", [""])[-1]
    if given.isascii() and given.isdecimal() and len(given) < 7:
        return int(given)
    return (first - 1) // 10 if first else 0


def _next_url(root: etree._Element, base: str, url: str) -> str | None:
    """The next page: ``rel=next``, else a link that says so, else the number after the current one."""
    site = site_of(url)
    others: list[str] = []
    for link in root.iter("a", "link"):
        href = link.get("href")
        if not href:
            continue
        address = absolute_url(href, base)
        if address is None or not is_on_site(address, site) or not is_listing_url(address, site):
            continue
        text = text_of(link)
        says = (text, link.get("title") or "", link.get("aria-label") or "")
        if "next" in (link.get("rel") or "").split() or any(_NEXT.match(word) for word in says if len(word) < 40):
            return canonical_url(address, site)
        others.append(canonical_url(address, site))
    wanted = str(_current_page(url, None) + 1)
    return next((other for other in others if wanted in parse_qs(urlsplit(other).query).get("page", ())), None)
