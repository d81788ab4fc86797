"""One walk over a page: its text as blocks, and the boxes the blocks stand in.

Everything later works on this outline and never touches the tree again, so that a page costs
one walk however many readers look at it. The walk is a loop over events: nesting costs no stack.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from lxml import etree

from cpsscrape.normalise.text import clean_text

if TYPE_CHECKING:
    from cpsscrape.items import BlockKind

_SKIPPED = frozenset(
    "script style noscript template svg math button select datalist option textarea input iframe object embed video"
    " audio canvas dialog head link meta base nav progress meter label fieldset".split()
)
_INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd mark nobr output q s samp small span strike"
    " strong sub sup time tt u var wbr ruby rb rt rp blink area map picture source".split()
)
_LEAVES = frozenset("p li h1 h2 h3 h4 h5 h6 dt dd tr td th tbody thead tfoot center".split())
_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_BOLD = frozenset(("b", "strong"))
_ROLES_SKIPPED = frozenset(("navigation", "search", "dialog", "alertdialog", "menu", "menubar", "toolbar"))
_HIDDEN = re.compile(
    r"(?:^|\s)(?:[\w-]+[-_])?(?:visually-?hidden|sr-only|screen-?reader-(?:text|only)|element-(?:invisible|hidden))(?:$|\s)"
    r"|(?:^|\s)(?:is-hidden|hidden|hide|d-none|skip-?link|skip-to-content)(?:$|\s)",
    re.IGNORECASE,
)
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
# what a link says to those who cannot see that it has an arrow
_NEW_TAB = re.compile(r"\s*\(opens in (?:a )?new (?:tab|window)\)", re.IGNORECASE)
_CAPTION_CLASS = re.compile(r"caption(?!s?-?(?:less|none))", re.IGNORECASE)

#: Boxes nested deeper than this share the box at this depth: their blocks are read all the same.
MAX_DEPTH = 200


@dataclass(slots=True)
class RawBlock:
    """A block before anyone decided whether it belongs to the story. Links are as written."""

    kind: BlockKind
    text: str
    box: int
    level: int | None = None
    bold: bool = False
    run_in: int = 0
    link_chars: int = 0
    links: tuple[tuple[str, str], ...] = ()
    pieces: tuple[str, ...] = ()
    words: int = 0


@dataclass(slots=True)
class Box:
    """An element that holds blocks: ``first`` and ``last`` (exclusive) number them."""

    tag: str
    classes: str
    parent: int
    depth: int
    first: int
    last: int = 0
    role: str | None = None
    label: str | None = None


@dataclass(slots=True)
class Outline:
    """The blocks of a page in reading order and the boxes around them; box 0 is the page."""

    blocks: list[RawBlock] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    by_class: dict[str, list[int]] = field(default_factory=dict)
    times: list[tuple[int, str]] = field(default_factory=list)

    def ancestors(self, box: int) -> list[int]:
        """The box itself, its parent, and so on up to the page."""
        chain = [box]
        while chain[-1]:
            chain.append(self.boxes[chain[-1]].parent)
        return chain


def outline_of(root: etree._Element) -> Outline:
    """Walk the page once."""
    return _Walk().run(root)


class _Walk:
    """The state of one walk: what is open, and the text gathered since the last block."""

    def __init__(self) -> None:
        self.outline = Outline()
        self.blocks = self.outline.blocks
        self.box = -1
        self.open: list[tuple[int, str]] = []
        self.skipped = False
        self.lists = self.items = self.quoting = self.captions = self.heading = 0
        self.bold = 0
        self.bolds: list[bool] = []
        self.link: str | None = None
        self.link_text: list[str] = []
        self.in_link = False
        self.alts: dict[str, int] = {}
        self.clear()

    def clear(self) -> None:
        """Forget the text gathered so far."""
        self.text: list[str] = []
        self.lead: list[str] = []
        self.plain = self.has_bold = False
        self.links: list[tuple[str, str]] = []
        self.link_chars = 0

    def run(self, root: etree._Element) -> Outline:
        """Walk from the page's body to its end."""
        body = root.find("body")
        walker = etree.iterwalk(root if body is None else body, events=("start", "end"))
        for event, element in walker:
            tag = element.tag
            if event == "start":
                self.skipped = not (
                    self.start_inline(tag, element) if tag in _INLINE else self.start(tag, element)
                )
                if self.skipped:
                    walker.skip_subtree()
                elif element.text:
                    self.add(element.text)
                continue
            if self.skipped:
                self.skipped = False
            elif tag in _INLINE:
                self.end_inline(tag)
            else:
                self.end(tag)
            if element.tail:
                self.add(element.tail)
        self.flush()
        self.close(0)
        return self.outline

    def add(self, text: str) -> None:
        """Gather text; remember whether it is bold and whether it is linked."""
        if not self.text and text.isspace():
            return
        if self.in_link and "(opens in" in text:
            text = _NEW_TAB.sub("", text)
        self.text.append(text)
        if self.bold:
            self.has_bold = True
        elif not self.plain and not text.isspace():
            self.plain = True
        if not self.plain:
            self.lead.append(text)
        if self.in_link:
            self.link_text.append(text)

    def start_inline(self, tag: str, element: etree._Element) -> bool:
        """Open an inline element; False where its text is not shown."""
        classes = element.get("class")
        if classes and _flags(classes)[0]:
            return False
        if tag == "a":
            self.link, self.in_link, self.link_text = element.get("href"), True, []
        elif tag == "span":
            style = element.get("style")
            bold = bool(style and _BOLD_STYLE.search(style))
            self.bolds.append(bold)
            self.bold += bold
            if style and _HIDDEN_STYLE.search(style):
                self.bold -= self.bolds.pop()
                return False
        elif tag in _BOLD:
            self.bold += 1
        elif tag == "time":
            self.outline.times.append((len(self.blocks), element.get("datetime") or ""))
        elif tag == "q":
            self.add("“")  # drawn by the browser, but without it a reader would not see a quote
        return element.get("hidden") is None or self.end_inline(tag)

    def end_inline(self, tag: str) -> bool:
        """Close an inline element; always False, so that a hidden one can be closed at once."""
        if tag == "a":
            self.end_link()
        elif tag == "span":
            self.bold -= self.bolds.pop() if self.bolds else 0
        elif tag in _BOLD:
            self.bold -= 1
        elif tag == "q":
            self.add("”")
        return False

    def end_link(self) -> None:
        """Note a link with its text; one that wraps whole blocks belongs to the last of them."""
        text = clean_text("".join(self.link_text))
        address = self.link
        self.link, self.in_link, self.link_text = None, False, []
        if self.text or not self.blocks:
            self.link_chars += len(text)
            if address:
                self.links.append((address, text))
        else:
            last = self.blocks[-1]
            last.link_chars = min(len(last.text), last.link_chars + len(text))
            if address:
                last.links += ((address, text),)

    def start(self, tag: str, element: etree._Element) -> bool:
        """Open a block element; False where nothing inside it can be part of a story."""
        if tag == "br":
            self.add(" ") if self.heading or self.captions else self.flush()
            return True
        if tag == "img":
            self.alts[clean_text(element.get("alt") or "")] = len(self.blocks)
            return True
        if tag in _SKIPPED:
            return False
        if self.heading and self.in_heading(tag):
            return True
        self.flush()
        items = element.items()
        if items and not self.shown(tag, dict(items)):
            return False
        if tag == "table" and not _is_layout(element):
            self.table(element)
            return False
        kind = ""
        if items or tag not in _LEAVES:
            kind = self.enter(tag, dict(items))
        else:
            self.open.append((-1, ""))
        level = _HEADINGS.get(tag)
        if level:
            self.heading = level
        elif tag == "li":
            self.items += 1
        elif tag in ("ul", "ol", "menu", "dir"):
            self.lists += 1
        elif tag == "blockquote":
            self.quoting += 1
        if tag in ("figcaption", "caption") or kind:
            self.captions += 1
        return True

    def in_heading(self, tag: str) -> bool:
        """Whether a block element opens inside a heading, where it is only a space.

        A heading never closed (``<h2>Notes<p>…``) ends at the first element after a sentence.
        """
        if tag in _HEADINGS or sum(map(len, self.text)) > 250:
            self.flush()
            self.heading = 0
            return False
        self.text.append(" ")
        self.open.append((-1, ""))
        return True

    def shown(self, tag: str, attributes: dict[str, str]) -> bool:
        """Whether a browser shows the element and it is not a menu or a dialogue."""
        if "hidden" in attributes or attributes.get("aria-hidden") == "true":
            return False
        if attributes.get("role") in _ROLES_SKIPPED or attributes.get("id", "").startswith("wm-ipp"):
            return False
        style = attributes.get("style")
        if style and _HIDDEN_STYLE.search(style):
            return False
        classes = attributes.get("class")
        return not (classes and tag not in ("body", "main", "article") and _flags(classes)[0])

    def enter(self, tag: str, attributes: dict[str, str]) -> str:
        """Open a box and put it on the stack; says ``caption`` where its class does."""
        boxes = self.outline.boxes
        classes = attributes.get("class", "")
        caption = "caption" if classes and tag not in ("figure", "body") and _flags(classes)[1] else ""
        depth = boxes[self.box].depth + 1 if boxes else 0
        if depth > MAX_DEPTH:
            self.open.append((-1, caption))
            return caption
        number = len(boxes)
        boxes.append(
            Box(tag=tag, classes=classes, parent=max(self.box, 0), depth=depth, first=len(self.blocks),
                role=attributes.get("role"), label=attributes.get("aria-label"))
        )  # fmt: skip
        for name in classes.split():
            self.outline.by_class.setdefault(name, []).append(number)
        name = attributes.get("id", "")
        if name:
            self.outline.by_class.setdefault(f"#{name}", []).append(number)
        self.open.append((self.box, caption))
        self.box = number
        return caption

    def end(self, tag: str) -> None:
        """Close a block element."""
        if tag in ("br", "img"):
            return
        previous, caption = self.open.pop()
        if self.heading and tag not in _HEADINGS:
            self.text.append(" ")
            return
        self.flush()
        if tag in _HEADINGS:
            self.heading = 0
        elif tag == "li":
            self.items -= 1
        elif tag in ("ul", "ol", "menu", "dir"):
            self.lists -= 1
        elif tag == "blockquote":
            self.quoting -= 1
        if tag in ("figcaption", "caption") or caption:
            self.captions -= 1
        if previous >= 0:
            self.close(self.box)
            self.box = previous

    def close(self, box: int) -> None:
        """Set the end of a box."""
        if self.outline.boxes:
            self.outline.boxes[box].last = len(self.blocks)

    def flush(self) -> None:
        """End the block that is open, if any text was gathered."""
        if not self.text:
            return
        text = clean_text("".join(self.text))
        if text:
            self.blocks.append(self.block(text))
        self.clear()

    def block(self, text: str) -> RawBlock:
        """The block of the gathered text, its kind from what is open."""
        bold = self.has_bold and not self.plain
        kind, level = self.kind(text)
        run_in = 0
        if self.has_bold and self.plain:
            lead = clean_text("".join(self.lead))
            run_in = len(lead) if lead and text.startswith(lead) else 0
        pieces: tuple[str, ...] = ()
        if len(self.text) > 1 and len(text) < 240:
            pieces = tuple(filter(None, map(clean_text, self.text)))
        return RawBlock(
            kind=kind, text=text, box=max(self.box, 0), level=level, bold=bold, run_in=run_in,
            link_chars=self.link_chars, links=tuple(self.links), pieces=pieces,
        )  # fmt: skip

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
        seen = self.alts.get(text)
        if seen is not None and len(self.blocks) - seen <= 1:
            return "caption", None
        return "paragraph", None

    def table(self, element: etree._Element) -> None:
        """A table of data is one block: cells by tab, rows by newline."""
        for caption in element.iterchildren("caption"):
            self.text = [_cell(caption)]
            self.captions += 1
            self.flush()
            self.captions -= 1
        rows = []
        for row in element.iter("tr"):
            cells = [_cell(cell) for cell in row.iterchildren("td", "th")]
            if any(cells):
                rows.append("\t".join(cells))
        if not rows:
            return
        links = []
        for link in element.iter("a"):
            links.append((link.get("href") or "#", _cell(link)))
        self.blocks.append(
            RawBlock(
                kind="table", text="\n".join(rows), box=max(self.box, 0), links=tuple(links),
                link_chars=sum(len(text) for _, text in links),
            )
        )  # fmt: skip


def _cell(element: etree._Element) -> str:
    """The text of a cell; paragraphs and line breaks in it are spaces."""
    parts: list[str] = []
    for event, inner in etree.iterwalk(element, events=("start", "end")):
        if inner.tag not in _INLINE:
            parts.append(" ")
        if event == "start" and inner.text and inner.tag not in _SKIPPED:
            parts.append(inner.text)
        elif event == "end" and inner is not element and inner.tail:
            parts.append(inner.tail)
    return clean_text("".join(parts))


def _is_layout(table: etree._Element) -> bool:
    """Whether a table only arranges the page, as templates before 2010 do."""
    if table.get("role") in ("presentation", "none"):
        return True
    if next(table.iterdescendants("table", "h1", "h2", "form", "article", "main"), None) is not None:
        return True
    return any(_holds_prose(cell) for cell in table.iter("td"))


def _holds_prose(cell: etree._Element) -> bool:
    """Whether a cell holds paragraphs one below the other, as no cell of figures does."""
    breaks = sum(1 for _ in cell.iterdescendants("p", "br", "li", "div", "h3", "h4"))
    return breaks > 2 and sum(map(len, cell.itertext())) > 200


@lru_cache(maxsize=2048)
def _flags(classes: str) -> tuple[bool, bool]:
    """Whether a class attribute says "not shown" and whether it says "caption"."""
    return _HIDDEN.search(classes) is not None, _CAPTION_CLASS.search(classes) is not None
