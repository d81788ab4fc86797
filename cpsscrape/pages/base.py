"""A parsed page: its head, its outline, and look-ups that say how many they expect."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lxml import etree

from cpsscrape.exceptions import EmptyPageError, LayoutError
from cpsscrape.normalise.text import clean_text
from cpsscrape.normalise.urls import absolute_url
from cpsscrape.pages.nesting import flattened
from cpsscrape.pages.walk import outline_of

if TYPE_CHECKING:
    from cpsscrape.pages.encoding import Decoded
    from cpsscrape.pages.outline import Outline


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What the page's ``<head>`` says: title, links by ``rel``, metadata by name, JSON-LD texts."""

    title: str = ""
    base: str = ""
    links: dict[str, str] = field(default_factory=dict)
    meta: dict[str, str] = field(default_factory=dict)
    json_ld: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page as the layouts see it. ``one`` and ``maybe`` look boxes up by class name."""

    url: str
    base: str
    root: etree._Element
    head: Head
    outline: Outline

    def one(self, name: str) -> int:
        """The number of the only box with that class; anything else is a LayoutError."""
        boxes = self.outline.by_class.get(name, ())
        if len(boxes) != 1:
            raise LayoutError(f"{len(boxes)} boxes of class {name}; add a layout", url=self.url)
        return boxes[0]

    def maybe(self, name: str) -> int | None:
        """The only box with that class, or None; two are a LayoutError."""
        return self.one(name) if self.outline.by_class.get(name) else None


def parsed(data: bytes, url: str) -> etree._Element:
    """The root of a page's tree; any bytes give one, or EmptyPageError.

    ``huge_tree`` lifts libxml2's limits on depth and text length: depth is no recursion here.
    """
    parser = etree.HTMLParser(
        encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True, collect_ids=False
    )
    try:
        root = etree.fromstring(flattened(data), parser)
    except etree.ParserError as error:
        raise EmptyPageError("the page holds no element; fetch it again later", url=url) from error
    except etree.XMLSyntaxError as error:
        raise EmptyPageError(f"the page holds no element ({error})", url=url) from error
    if root is None:
        raise EmptyPageError("the page holds no element; fetch it again later", url=url)
    return root


def page_of(decoded: Decoded, url: str) -> Page:
    """Parse a page and take its outline, in one walk each."""
    root = parsed(decoded.data, url)
    head = head_of(root)
    base = absolute_url(head.base, url) if head.base else None
    return Page(url=url, base=base or url, root=root, head=head, outline=outline_of(root))


def text_of(element: etree._Element) -> str:
    """All the text in an element, cleaned."""
    return clean_text("".join(str(text) for text in element.itertext()))


def head_of(root: etree._Element) -> Head:
    """The page's metadata. The first of several titles, links and names counts."""
    title, base = "", ""
    links: dict[str, str] = {}
    meta: dict[str, str] = {}
    scripts: list[str] = []
    head = root.find("head")
    for element in head.iterchildren("title", "base", "link", "meta", "script") if head is not None else ():
        tag = element.tag
        if tag == "meta":
            name = element.get("property") or element.get("name") or element.get("itemprop")
            if name:
                meta.setdefault(name.casefold(), clean_text(element.get("content") or ""))
        elif tag == "link":
            for rel in (element.get("rel") or "").casefold().split():
                links.setdefault(rel, element.get("href") or "")
        elif tag == "script":
            if (element.get("type") or "").casefold() == "application/ld+json":
                scripts.append(element.text or "")
        elif tag == "title":
            title = title or clean_text(element.text or "")
        else:
            base = base or (element.get("href") or "")
    return Head(title=title, base=base, links=links, meta=meta, json_ld=tuple(scripts))
