"""Ten machine-made redesigns of a page: the same words in other markup.

Each is a pure function from bytes to bytes. None touches the text of the story, the order of
its blocks, its links or the page's head; what a template is recognised by may all be gone.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from lxml import etree, html

if TYPE_CHECKING:
    from collections.abc import Callable

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_LANDMARKS = ("main", "article", "section", "nav", "aside", "header", "footer", "figure")


def _tree(page: bytes) -> html.HtmlElement:
    return html.document_fromstring(page, parser=html.HTMLParser(encoding="utf-8"))


def _bytes(tree: html.HtmlElement) -> bytes:
    return etree.tostring(tree, encoding="utf-8", method="html", doctype="<!DOCTYPE html>")


def _body(tree: html.HtmlElement) -> html.HtmlElement:
    body = tree.find("body")
    return tree if body is None else body


def _is_in_story(element: html.HtmlElement) -> bool:
    """Whether an element is of the kinds that make a story's blocks, whose nesting has a meaning."""
    tags = ("p", "li", "ul", "ol", "table", "blockquote", "figcaption", *_HEADINGS)
    return element.tag in tags or any(parent.tag in tags for parent in element.iterancestors())


def rename_classes(page: bytes) -> bytes:
    """Every class and id is replaced by a hash, as bundlers do."""
    tree = _tree(page)
    for element in _body(tree).iter():
        if not isinstance(element.tag, str):
            continue
        for name in ("class", "id"):
            value = element.get(name)
            if value:
                element.set(name, " ".join(f"_{hashlib.md5(word.encode()).hexdigest()[:6]}" for word in value.split()))
    return _bytes(tree)


def drop_classes(page: bytes) -> bytes:
    """No class and no id at all."""
    tree = _tree(page)
    for element in _body(tree).iter():
        if not isinstance(element.tag, str):
            continue
        for name in ("class", "id"):
            element.attrib.pop(name, None)
    return _bytes(tree)


def drop_landmarks(page: bytes) -> bytes:
    """``main``, ``article``, ``nav`` and their like become ``div``; roles go."""
    tree = _tree(page)
    for element in _body(tree).iter(*_LANDMARKS):
        element.tag = "div"
    for element in _body(tree).iter():
        if isinstance(element.tag, str):
            for name in ("role", "aria-label", "aria-labelledby"):
                element.attrib.pop(name, None)
    return _bytes(tree)


def wrap_boxes(page: bytes) -> bytes:
    """Each container gets two more around it."""
    tree = _tree(page)
    for element in list(_body(tree).iter("div", "main", "article", "section", "aside")):
        if _is_in_story(element) or element.getparent() is None:
            continue
        _wrap(_wrap(element))
    return _bytes(tree)


def wrap_blocks(page: bytes) -> bytes:
    """Each paragraph, heading and list gets a box of its own, as editors of blocks do."""
    tree = _tree(page)
    blocks = ("p", "ul", "ol", "table", "blockquote", *_HEADINGS)
    for element in list(_body(tree).iter(*blocks)):
        if any(parent.tag in (*blocks, "li") for parent in element.iterancestors()):
            continue
        _wrap(element)
    return _bytes(tree)


def _wrap(element: html.HtmlElement) -> html.HtmlElement:
    wrapper = element.makeelement("div")
    tail, element.tail = element.tail, None
    parent = element.getparent()
    parent.replace(element, wrapper)
    wrapper.append(element)
    wrapper.tail = tail
    return wrapper


def bold_headings(page: bytes) -> bytes:
    """Headings below the first become bold paragraphs."""
    tree = _tree(page)
    for element in list(_body(tree).iter(*_HEADINGS[1:])):
        _embolden(element)
    return _bytes(tree)


def bold_everything(page: bytes) -> bytes:
    """No heading element is left, not even for the headline; no landmark either."""
    tree = _tree(page)
    for element in list(_body(tree).iter(*_HEADINGS)):
        _embolden(element)
    for element in _body(tree).iter(*_LANDMARKS):
        element.tag = "div"
    return _bytes(tree)


def _embolden(element: html.HtmlElement) -> None:
    """A heading becomes ``<p><strong>…</strong></p>``; a line break in it becomes a space."""
    for line_break in list(element.iter("br")):
        line_break.tag, line_break.text = "span", " "
    strong = element.makeelement("strong")
    strong.text, element.text = element.text, None
    for child in list(element):
        strong.append(child)
    element.tag = "p"
    element.append(strong)


def div_paragraphs(page: bytes) -> bytes:
    """``p`` becomes ``div``."""
    tree = _tree(page)
    for element in _body(tree).iter("p"):
        element.tag = "div"
    return _bytes(tree)


def br_paragraphs(page: bytes) -> bytes:
    """Neighbouring paragraphs are run together in one ``div``, broken by ``br`` twice."""
    tree = _tree(page)
    for element in list(_body(tree).iter("p")):
        parent, before = element.getparent(), element.getprevious()
        if parent is None or parent.tag in ("li", "td", "th", "blockquote"):
            continue
        element.tag = "div"
        if element.attrib:
            continue
        if before is None or before.tag != "div" or before.get("data-run") is None or (before.tail or "").strip():
            element.set("data-run", "")
            continue
        before.tail = element.tail
        for _ in range(2):
            before.append(element.makeelement("br"))
        before[-1].tail = element.text
        for child in list(element):
            before.append(child)
        parent.remove(element)
    for element in _body(tree).iter("div"):
        element.attrib.pop("data-run", None)
    return _bytes(tree)


def move_side_boxes(page: bytes) -> bytes:
    """What stands beside the story after it comes before it, and the other way round."""
    tree = _tree(page)
    title = next((top for top in _body(tree).iter("h1") if "".join(top.itertext()).strip()), None)
    around = set() if title is None else set(title.iterancestors())
    for element in list(_body(tree).iter("aside", "nav", "header", "footer")):
        parent = element.getparent()
        if (
            element in around
            or parent is None
            or _is_in_story(element)
            or any(child.tag == "h1" for child in element.iter())
        ):
            continue
        if not any(element in list(box) for box in around):
            continue
        tail = element.tail
        place = list(parent).index(element)
        inside = next((place for place, child in enumerate(parent) if child in around), None)
        if inside is None:
            continue
        element.tail = "\n"
        parent.remove(element)
        if (tail or "").strip():
            _give_tail(parent, place, tail or "")
        parent.append(element) if place < inside else parent.insert(0, element)
    return _bytes(tree)


def _give_tail(parent: html.HtmlElement, place: int, tail: str) -> None:
    """Leave the text behind a moved element where it was."""
    if place:
        parent[place - 1].tail = (parent[place - 1].tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail


REDESIGNS: dict[str, Callable[[bytes], bytes]] = {
    function.__name__: function
    for function in (
        rename_classes,
        drop_classes,
        drop_landmarks,
        wrap_boxes,
        wrap_blocks,
        bold_headings,
        bold_everything,
        div_paragraphs,
        br_paragraphs,
        move_side_boxes,
    )
}
