"""One walk over a page's tree → its outline. It is a loop with a list: nesting costs no stack."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cpsscrape.normalise.text import clean_text
from cpsscrape.pages.elements import (
    CAPTIONS,
    HEADINGS,
    INLINE,
    LEAVES,
    LISTS,
    LONGEST_CLASS,
    SIMPLE,
    SKIPPED,
    Says,
    holds_links,
    is_banner,
    is_left_out,
    says,
)
from cpsscrape.pages.gathering import Gathering
from cpsscrape.pages.outline import Box, RawBlock
from cpsscrape.pages.tables import is_layout_table, table_blocks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from cpsscrape.items import BlockKind
    from cpsscrape.pages.outline import Outline

#: Boxes nested deeper than this share the box at this depth: their blocks are read all the same.
MAX_DEPTH = 200
#: Elements that are not opened.
_PASSED = frozenset(("br", "img", *SKIPPED))
_COUNTED = frozenset(("li", "blockquote", "article", "main", *LISTS, *HEADINGS, *CAPTIONS))
#: Elements that are not opened where they are the site's, or hold data.
_APART = frozenset(("header", "footer", "table"))
_CLASS_ALONE = ["class"]
#: What is open of an element that has no box: no box to return to, no caption, no heading by its role.
_LEAF = (-1, False, False)
_NOTHING = Says(hidden=False, menu=False, caption=False, names=())
#: A heading with more text than this was never closed.
_LONGEST_HEADING = 250
# what a heading says that opens and closes the text under it
_TOGGLE = re.compile(r"\s*(?:show|hide|open|close|expand|collapse|dangos|cuddio|[+−–-])(?:\s|$)*", re.IGNORECASE)


def outline_of(root: etree._Element) -> Outline:
    """Walk a page from its body to its end."""
    body = root.find("body")
    return _Walk().run(root if body is None else body)


class _Walk(Gathering):
    """The state of one walk: what is open, beside the text gathered since the last block."""

    def __init__(self) -> None:
        super().__init__()
        self.boxes = self.outline.boxes
        self.box = 0
        self.open: list[tuple[int, bool, bool]] = []
        self.lists = self.items = self.quoting = self.captions = self.heading = self.articles = 0
        self.alts: dict[str, int] = {}

    def run(self, top: etree._Element) -> Outline:
        """Visit every element that is shown, open it, and close it after its children."""
        self.boxes.append(Box(top.tag, "", 0, 0, 0))
        if top.text:
            self.add(top.text)
        stack: list[tuple[str, etree._Element, Iterator[etree._Element]]] = [(top.tag, top, iter(top))]
        while stack:
            outer, parent, children = stack[-1]
            for element in children:
                tag = element.tag
                inline = tag in INLINE
                if tag in SIMPLE and self.is_simple(tag, element):
                    pass
                elif self.start_inline(tag, element) if inline else self.start(tag, element):
                    text = element.text
                    if text:
                        self.add(text)
                    if len(element):
                        stack.append((tag, element, iter(element)))
                        break
                    self.end_inline(tag) if inline else self.end(tag)
                tail = element.tail
                if tail and (self.text or not tail.isspace()):  # between blocks there is nothing else
                    self.add(tail)
            else:
                stack.pop()
                if stack:
                    self.end_inline(outer) if outer in INLINE else self.end(outer)
                    if parent.tail:
                        self.add(parent.tail)
        self.flush()
        self.boxes[0].last = len(self.blocks)
        return self.outline

    def is_simple(self, tag: str, element: etree._Element) -> bool:
        """Take a block that is bare text, or a list item that is a bare link, in one step.

        Nine blocks in ten are: this is what makes menus cheap.
        """
        inner = len(element)
        if inner > 1 or self.heading or self.in_link or element.keys():
            return False
        if self.text:
            self.flush()
        text, length = element.text, 0
        links: list[tuple[str, str]] = []
        if inner:
            link = element[0]
            if tag != "li" or link.tag != "a" or len(link) or (text and not text.isspace()):
                return False
            if (link.tail and not link.tail.isspace()) or link.keys() != ["href"]:
                return False
            text = link.text
            length = len(text.strip()) if text else 0
            links.append((link.get("href") or "", text or ""))
        cleaned = clean_text(text) if text else ""
        if cleaned:
            kind: BlockKind = "paragraph"
            level: int | None = None
            if tag == "li" and not self.captions:
                kind, level = "list_item", max(self.lists, 1)
            elif tag in HEADINGS:
                kind, level = "heading", HEADINGS[tag]
            else:
                kind, level = self.kind(cleaned)
            bold = self.bold > 0
            self.blocks.append(RawBlock(kind, cleaned, self.box, level, bold, 0, length, links))
        return True

    def start(self, tag: str, element: etree._Element) -> bool:
        """Open a block element; False where nothing inside it can be part of a story."""
        if tag in _PASSED and self.is_passed(tag, element):
            return False
        if self.heading and self.is_in_heading(tag):
            return True
        if self.text:
            self.flush()
        names = element.keys()
        classes = element.get("class", "")[:LONGEST_CLASS] if names else ""
        said = says(tag, classes) if classes else _NOTHING
        if names == _CLASS_ALONE:  # nine in ten
            if said.hidden or (said.menu and holds_links(element)):
                return False
        elif names and is_left_out(tag, element):
            return False
        if tag in _APART and self.is_apart(tag, element):
            return False
        if names or tag not in LEAVES:
            self.enter(tag, classes, said, self.box, element.get("role"))
        else:
            self.open.append(_LEAF)
        if tag in _COUNTED:
            self.count(tag, 1)
        elif names and element.get("role") == "heading":
            previous, caption, _ = self.open[-1]
            self.open[-1] = (previous, caption, True)
            self.heading = _aria_level(element)
        return True

    def is_apart(self, tag: str, element: etree._Element) -> bool:
        """Whether a header or footer is the site's and not the story's, or a table has been read as data."""
        if tag == "table":
            if is_layout_table(element):
                return False
            self.blocks.extend(table_blocks(element, self.box))
            return True
        return not (self.articles or self.quoting) and (tag == "footer" or is_banner(element))

    def is_passed(self, tag: str, element: etree._Element) -> bool:
        """Take what an element says that is not opened; only the button that heads an accordion is.

        A line break ends a block, or is a space in headings and captions; a picture has words of its own.
        """
        if tag == "br":
            if self.heading or self.captions:
                self.add(" ")
            else:
                self.flush()
        elif tag == "img":
            self.alts[clean_text(element.get("alt") or "")] = len(self.blocks)
        elif tag == "meta" and (element.get("itemprop") or "").casefold() == "datepublished":
            self.outline.times.append((len(self.blocks), element.get("content") or ""))
        return not (self.heading and tag == "button")

    def count(self, tag: str, step: int) -> None:
        """Keep count of what is open, or of what is no longer."""
        if tag == "li":
            self.items += step
        elif tag in LISTS:
            self.lists += step
        elif tag in HEADINGS:
            self.heading = HEADINGS[tag] if step > 0 else 0
        elif tag == "blockquote":
            self.quoting += step
        elif tag in CAPTIONS:
            self.captions += step
        elif tag in ("article", "main"):
            self.articles += step

    def is_in_heading(self, tag: str) -> bool:
        """Whether a block element opens inside a heading, where it is only a space.

        A heading never closed (``<h2>Notes<p>…``) ends at the next, or after a sentence or two.
        """
        if tag in HEADINGS or sum(map(len, self.text)) > _LONGEST_HEADING:
            self.flush()
            self.heading = 0
            return False
        self.text.append(" ")
        self.open.append(_LEAF)
        return True

    def enter(self, tag: str, classes: str, said: Says, parent: int, role: str | None) -> None:
        """Open a box; at ``MAX_DEPTH`` its blocks go to the box around it."""
        boxes = self.boxes
        caption = said.caption
        if caption:
            self.captions += 1
        depth = boxes[parent].depth + 1
        if depth > MAX_DEPTH:
            self.open.append((-1, caption, False))
            return
        self.box = len(boxes)
        boxes.append(Box(tag, classes, parent, depth, len(self.blocks), 0, role))
        for name in said.names:
            self.outline.by_class.setdefault(name, []).append(self.box)
        self.open.append((parent, caption, False))

    def end(self, tag: str) -> None:
        """Close a block element."""
        previous, caption, heading = self.open.pop()
        if self.heading and tag not in HEADINGS and not heading:
            self.text.append(" ")
            return
        if self.text:
            self.flush()
        if heading:
            self.heading = 0
        elif tag in _COUNTED:
            self.count(tag, -1)
        if caption:
            self.captions -= 1
        if previous >= 0:
            self.boxes[self.box].last = len(self.blocks)
            self.box = previous

    def flush(self) -> None:
        """End the block that is open, if any text was gathered."""
        if not self.text:
            return
        parts = self.text
        if self.heading and len(parts) > 1:
            said = next((place for place in range(len(parts) - 1, 0, -1) if not parts[place].isspace()), 0)
            if said and _TOGGLE.fullmatch(parts[said]):
                parts = parts[:said]
        text = clean_text("".join(parts))
        if text:
            self.blocks.append(self.block(text, parts))
        self.clear()

    def block(self, text: str, parts: list[str]) -> RawBlock:
        """The block of the gathered text, its kind from what is open."""
        kind, level = self.kind(text)
        run_in = 0
        if self.has_bold and self.plain:
            lead = clean_text("".join(self.lead))
            run_in = len(lead) if lead and text.startswith(lead) else 0
        return RawBlock(
            kind,
            text,
            self.box,
            level,
            self.has_bold and not self.plain,
            run_in,
            self.link_chars,
            self.links,
            tuple(parts) if len(parts) > 1 and len(text) < 240 else (),
        )

    def kind(self, text: str) -> tuple[BlockKind, int | None]:
        """What is open decides; a paragraph that repeats the picture's alt text is its caption."""
        if self.heading:
            return "heading", self.heading
        if self.captions:
            return "caption", None
        if self.items:
            return "list_item", max(self.lists, 1)
        if self.quoting:
            return "block_quote", None
        if self.alts and len(self.blocks) - self.alts.get(text, -9) <= 1:
            return "caption", None
        return "paragraph", None


def _aria_level(element: etree._Element) -> int:
    """The level of a heading by its role; 2 where it says none."""
    level = element.get("aria-level", "")
    return int(level) if level in ("1", "2", "3", "4", "5", "6") else 2
