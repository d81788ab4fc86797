"""The text of the block that is open, with what its inline elements make of it: bold, links, dates."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cpsscrape.pages.elements import BOLD, LONGEST_CLASS, is_bold_style, is_hidden_style, says_hidden
from cpsscrape.pages.outline import Outline

if TYPE_CHECKING:
    from lxml import etree

# what a link says to those who cannot see that it has an arrow
_NEW_TAB = re.compile(r"\s*\(opens in (?:a )?new (?:tab|window)\)", re.IGNORECASE)


class Gathering:
    """What was gathered since the last block of an outline."""

    def __init__(self) -> None:
        self.outline = Outline()
        self.blocks = self.outline.blocks
        self.bold = 0
        self.bolds: list[bool] = []
        self.link: str | None = None
        self.in_link = False
        self.link_text: list[str] = []
        self.clear()

    def clear(self) -> None:
        """Forget the text gathered so far."""
        self.text: list[str] = []
        self.lead: list[str] = []
        self.plain = self.has_bold = False
        self.links: list[tuple[str, str]] = []
        self.link_chars = 0

    def add(self, text: str) -> None:
        """Gather text; remember whether it is bold and whether it is linked."""
        if text.isspace():
            if not self.text:
                return
        elif self.bold:
            self.has_bold = True
        else:
            self.plain = True
        if self.in_link:
            if "(opens in" in text:
                text = _NEW_TAB.sub("", text)
            self.link_text.append(text)
        if self.has_bold and not self.plain:
            self.lead.append(text)
        self.text.append(text)

    def start_inline(self, tag: str, element: etree._Element) -> bool:
        """Open an inline element; False where its text is not shown."""
        classes = element.get("class")
        if (classes and says_hidden(classes[:LONGEST_CLASS])) or element.get("hidden") is not None:
            return False
        if tag == "a":
            self.link, self.in_link, self.link_text = element.get("href"), True, []
        elif tag == "span":
            style = element.get("style")
            if is_hidden_style(style):
                return False
            self.bolds.append(is_bold_style(style))
            self.bold += self.bolds[-1]
        elif tag in BOLD:
            self.bold += 1
        elif tag == "time":
            self.outline.times.append((len(self.blocks), element.get("datetime") or ""))
        elif tag == "q":
            self.add("“")  # drawn by the browser, but without it nobody would see a quotation
        return True

    def end_inline(self, tag: str) -> None:
        """Close an inline element."""
        if tag == "a":
            self.end_link()
        elif tag == "span":
            self.bold -= self.bolds.pop()
        elif tag in BOLD:
            self.bold -= 1
        elif tag == "q":
            self.add("”")

    def end_link(self) -> None:
        """Note a link with its text; one that wraps whole blocks belongs to the last of them."""
        text = "".join(self.link_text)
        length, link = len(text.strip()), self.link
        self.link, self.in_link = None, False
        if self.text or not self.blocks:
            self.link_chars += length
            if link:
                self.links.append((link, text))
        else:
            last = self.blocks[-1]
            last.link_chars = min(len(last.text), last.link_chars + length)
            if link:
                last.links.append((link, text))
