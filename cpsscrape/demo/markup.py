"""From an article's text to HTML.

Blocks are divided by blank lines: paragraphs, ``## `` headings (``### `` one level lower), ``- `` and
``1. `` lists, ``> `` block quotes, ``| a | b |`` tables (the first row is the head), and pictures
``![alternative text](address) caption``. A line that ends in a backslash ends in ``<br>``; a list item
that is indented is nested. Inside: ``**bold**``, ``*emphasis*``, ``[text](address)``, ``&nbsp;``.
"""

from __future__ import annotations

import re
from html import escape
from itertools import groupby

LINK = re.compile(r"\[([^\]]+)\]\(([^)\s]+)\)")
BOLD = re.compile(r"\*\*(.+?)\*\*")
EMPHASIS = re.compile(r"(?<![\w*])\*([^*]+)\*(?![\w*])")
PICTURE = re.compile(r"!\[([^\]]*)\]\(([^)\s]+)\)\s*(.*)")
NUMBER = re.compile(r"\s*\d+\. ")
APART = ("Notes to editors", "Notes to Editors", "Further reading", "Nodiadau i olygyddion")


def text(value: str) -> str:
    """Escape for element content; the marks “ ” ' " stay as they are."""
    return escape(value, quote=False).replace("&amp;nbsp;", "&nbsp;")


def inline(value: str) -> str:
    """A run of prose with its bold words, emphasis and links."""
    marked = BOLD.sub(r"<strong>\1</strong>", text(value))
    return LINK.sub(r'<a href="\2">\1</a>', EMPHASIS.sub(r"<em>\1</em>", marked))


def blocks(body: str) -> list[str]:
    """The blocks of a body, as written."""
    return [block for block in re.split(r"\n{2,}", body.strip()) if block]


def sections(body: str) -> dict[str, str]:
    """The HTML of the story under ``""`` and of each part that templates set apart, by its heading."""
    parts: dict[str, list[str]] = {"": []}
    current = ""
    for block in blocks(body):
        heading = block.removeprefix("## ")
        if block.startswith("## ") and heading in APART:
            current = heading
            parts[current] = []
        else:
            parts[current].append(block_html(block))
    return {heading: "\n".join(found) for heading, found in parts.items()}


def block_html(block: str) -> str:
    """One block as HTML."""
    if block.startswith("### "):
        return f"<h3>{inline(block[4:])}</h3>"
    if block.startswith("## "):
        return f"<h2>{inline(block[3:])}</h2>"
    if block.startswith("> "):
        lines = [line.removeprefix(">").strip() for line in block.splitlines()]
        quoted = "".join(f"<p>{inline(' '.join(group))}</p>" for kept, group in groupby(lines, bool) if kept)
        return f"<blockquote>{quoted}</blockquote>"
    if block.startswith("|"):
        return _table(block)
    if picture := PICTURE.fullmatch(block):
        return _figure(*picture.groups())
    if block.startswith("- ") or NUMBER.match(block):
        return _list(block.splitlines())
    return f"<p>{_lines(block)}</p>"


def _lines(block: str) -> str:
    return inline(" ".join(block.splitlines())).replace("\\ ", "<br>\n")


def _figure(alternative: str, address: str, caption: str) -> str:
    below = f"<figcaption>{inline(caption)}</figcaption>" if caption else ""
    return f'<figure class="media"><img src="{address}" alt="{escape(alternative)}">{below}</figure>'


def _table(block: str) -> str:
    rows = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in block.splitlines()]
    head = "".join(f"<th>{inline(cell)}</th>" for cell in rows[0])
    cells = "".join("<tr>" + "".join(f"<td>{inline(cell)}</td>" for cell in row) + "</tr>\n" for row in rows[1:])
    return f"<table><thead><tr>{head}</tr></thead>\n<tbody>{cells}</tbody></table>"


def _list(lines: list[str]) -> str:
    name = "ol" if NUMBER.match(lines[0]) else "ul"
    items: list[str] = []
    nested: list[str] = []
    for line in [*lines, "- "]:
        if line.startswith("  "):
            nested.append(line[2:])
            continue
        if nested:
            items[-1] += _list(nested)
            nested = []
        items.append(inline(re.sub(r"^(- |\d+\. )", "", line)))
    return f"<{name}>" + "".join(f"<li>{item}</li>" for item in items[:-1]) + f"</{name}>"
