"""What the elements of a page are to a reader: inline, skipped, hidden, a caption, a table."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple, cast

from lxml import etree

from cpsscrape.pages.layouts import CLASSES

if TYPE_CHECKING:
    from collections.abc import Mapping

SKIPPED = frozenset(
    "script style noscript template svg math button select datalist option textarea input iframe object "
    "embed video"
    " audio canvas dialog head link meta base nav progress meter label fieldset".split()
)
INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd mark nobr output q s samp small "
    "span strike"
    " strong sub sup time tt u var wbr ruby rb rt rp blink area map picture source".split()
)
#: Elements that hold text and need no box of their own unless they carry attributes.
LEAVES = frozenset("p li h1 h2 h3 h4 h5 h6 dt dd tr td th tbody thead tfoot center".split())
HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
LISTS = frozenset(("ul", "ol", "menu", "dir"))
CAPTIONS = frozenset(("figcaption", "caption"))
SIMPLE = frozenset(("p", "li", "h2", "h3", "h4", "h5", "h6"))
BOLD = frozenset(("b", "strong"))
#: So much of a class attribute is read.
LONGEST_CLASS = 500

_ROLES_SKIPPED = frozenset(("navigation", "search", "dialog", "alertdialog", "menu", "menubar", "toolbar"))
_HIDDEN = re.compile(
    r"(?:^|\s)(?:[\w-]+[-_])?(?:visually-?hidden|sr-only|screen-?reader-(?:text|only)|element-(?:invisible"
    r"|hidden))(?:$|\s)"
    r"|(?:^|\s)(?:is-hidden|hidden|hide|d-none|skip-?link|skip-to-content)(?:$|\s)",
    re.IGNORECASE,
)
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_CAPTION_CLASS = re.compile(r"caption(?!s?-?(?:less|none))", re.IGNORECASE)
# "fat-footer", "site-footer__links", "menu--main", "breadcrumb"; not "with-footer", "no-menu"
_MENU = re.compile(
    r"(?:^|\s)(?!(?:no|has|with|without|sticky|above|below|is)[-_])(?:[\w-]*[-_])?"
    r"(?:footer|navbar|nav|navigation|menu|megamenu|breadcrumbs?)(?:[-_]{1,2}[\w-]+)?(?:$|\s)",
    re.IGNORECASE,
)
# Counted without an object for each: a menu has hundreds.
_LINKS = etree.XPath("count(.//a)")
_PARAGRAPHS = etree.XPath("count(.//p)")
_MENU_TAGS = frozenset(("div", "ul", "ol", "section", "td", "table"))
_SHELLS = frozenset(("body", "main", "article"))


def is_shown(tag: str, attributes: Mapping[str, str]) -> bool:
    """Whether a browser shows the element, and it is neither a menu nor a dialogue."""
    if "hidden" in attributes or attributes.get("aria-hidden") == "true":
        return False
    if attributes.get("itemprop") == "publisher":
        return False  # schema.org's name of who runs the site, printed below each story
    if attributes.get("role") in _ROLES_SKIPPED or attributes.get("id", "").startswith("wm-ipp"):
        return False  # "wm-ipp" is the toolbar a web archive puts on the pages it replays
    style = attributes.get("style")
    if style and _HIDDEN_STYLE.search(style):
        return False
    classes = attributes.get("class")
    return not (classes and tag not in _SHELLS and says_hidden(classes[:LONGEST_CLASS]))


@lru_cache(maxsize=2048)
def says_hidden(classes: str) -> bool:
    """Whether a class attribute says that the text is for screen readers alone, or for nobody."""
    return _HIDDEN.search(classes) is not None


@lru_cache(maxsize=2048)
def says_caption(classes: str) -> bool:
    """Whether a class attribute says that the text belongs to a picture."""
    return _CAPTION_CLASS.search(classes) is not None


def is_bold_style(style: str | None) -> bool:
    """Whether an inline style makes text bold."""
    return style is not None and _BOLD_STYLE.search(style) is not None


def is_hidden_style(style: str | None) -> bool:
    """Whether an inline style hides text."""
    return style is not None and _HIDDEN_STYLE.search(style) is not None


@lru_cache(maxsize=2048)
def _says_menu(name: str) -> bool:
    return _MENU.search(name) is not None


class Says(NamedTuple):
    """What a tag and a class attribute say of an element that has no other attribute.

    ``names`` are those of its classes that a layout looks for.
    """

    hidden: bool
    menu: bool
    caption: bool
    names: tuple[str, ...]


@lru_cache(maxsize=4096)
def says(tag: str, classes: str) -> Says:
    """The verdicts on a tag with a class; they are the same on every page of a template."""
    return Says(
        hidden=tag not in _SHELLS and says_hidden(classes),
        menu=tag in _MENU_TAGS and _says_menu(classes),
        caption=tag not in ("figure", "body") and says_caption(classes),
        names=tuple(name for name in classes.split() if name in CLASSES),
    )


def is_left_out(tag: str, element: etree._Element) -> bool:
    """Whether nothing in an element can be part of a story: it is not shown, or a menu."""
    attributes = cast("dict[str, str]", dict(element.items()))
    return not is_shown(tag, attributes) or is_menu(tag, attributes, element)


def is_menu(tag: str, attributes: Mapping[str, str], element: etree._Element) -> bool:
    """Whether a box calls itself a menu or a footer and holds little but links.

    Left out of the walk: on most pages they are more than the story.
    """
    if tag not in _MENU_TAGS:
        return False
    if not (
        _says_menu(attributes.get("class", "")[:LONGEST_CLASS]) or _says_menu(attributes.get("id", "")[:LONGEST_CLASS])
    ):
        return False
    return holds_links(element)


def holds_links(element: etree._Element) -> bool:
    """Whether a box holds little but links, and neither a headline nor a story."""
    if next(element.iter("h1", "article"), None) is not None:
        return False
    links = cast("float", _LINKS(element))
    return links > 3 and links * 3 >= 2 * cast("float", _PARAGRAPHS(element))


def is_banner(element: etree._Element) -> bool:
    """Whether a ``header`` is the site's, with its menu, and not the story's."""
    return next(element.iter("h1"), None) is None and next(element.iter("nav", "form"), None) is not None
