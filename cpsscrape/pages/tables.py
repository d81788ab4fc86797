"""Tables: those that arrange the page are boxes like any other, those of data are a block each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from cpsscrape.normalise.text import clean_text
from cpsscrape.pages.elements import INLINE, SKIPPED, is_shown
from cpsscrape.pages.outline import RawBlock

if TYPE_CHECKING:
    from collections.abc import Iterator


def is_layout_table(table: etree._Element) -> bool:
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


def table_blocks(table: etree._Element, box: int) -> Iterator[RawBlock]:
    """A table of data is one block, its caption another before it."""
    for caption in table.iterchildren("caption"):
        text = cell_text(caption)
        if text:
            yield RawBlock("caption", text, box)
    rows = table_rows(table)
    if rows:
        links = [(link.get("href") or "#", cell_text(link)) for link in table.iter("a")]
        chars = sum(len(text) for _, text in links)
        yield RawBlock("table", "\n".join(rows), box, link_chars=chars, links=links)


def table_rows(table: etree._Element) -> list[str]:
    """A table of data: cells by tab, one string a row, empty rows left out."""
    rows = ([cell_text(cell) for cell in row.iterchildren("td", "th")] for row in table.iter("tr"))
    return ["\t".join(cells) for cells in rows if any(cells)]


def cell_text(element: etree._Element) -> str:
    """The text of a cell; paragraphs and line breaks in it are spaces."""
    parts: list[str] = []
    walker = etree.iterwalk(element, events=("start", "end"))
    for event, inner in walker:
        if inner.tag not in INLINE:
            parts.append(" ")
        if event == "start":
            if inner.tag in SKIPPED or (inner is not element and not is_shown(inner.tag, inner.attrib)):
                walker.skip_subtree()
            elif inner.text:
                parts.append(inner.text)
        elif inner is not element and inner.tail:
            parts.append(inner.tail)
    return clean_text("".join(parts))
