"""Any answer of the site → a draft: HTML or plain text, whatever it is declared as."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cpsscrape.exceptions import NotTextError
from cpsscrape.pages.article import read_html
from cpsscrape.pages.encoding import decoded
from cpsscrape.pages.plain_text import read_text

if TYPE_CHECKING:
    from cpsscrape.pages.draft import Draft

_JSON = re.compile(rb'\s*[\[{]\s*(?:"[^"]{0,100}"\s*:|\{\s*")')
_HTML = re.compile(
    rb"<!doctype html|<html[\s>]|<head[\s>]|<body[\s>]|<(?:p|div|h[1-6]|article|main|section|br|ul|span|meta"
    rb"|title)[\s/>]",
    re.IGNORECASE,
)


def read_draft(body: bytes | str, url: str, content_type: str = "text/html") -> Draft:
    """Read one story's page. Raises the ParseError that says what the page is instead."""
    source = decoded(body, content_type or "", url=url)
    if looks_like_html(source.data):
        return read_html(source, url)
    if source.declared_type in ("application/json", "text/json") or _JSON.match(source.data):
        raise NotTextError("JSON, not a page; nothing to read", url=url)
    return read_text(source.text, url, source.rule)


def looks_like_html(data: bytes) -> bool:
    """Whether bytes hold markup: the bytes decide, not the header."""
    head = data[:4096].lstrip()
    if head.startswith(b"<") and _HTML.search(head):
        return True
    return len(_HTML.findall(data[:100_000])) > 2
