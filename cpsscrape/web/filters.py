"""Words and addresses for the templates: dates as people write them, hits, links that keep a question."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from markupsafe import Markup, escape

from cpsscrape.archive.sentences import CLOSE, OPEN

if TYPE_CHECKING:
    from collections.abc import Mapping


def day(value: str | None) -> str:
    """``9 August 2024`` for ``2024-08-09``; what is no date stays as it is."""
    if not value:
        return "no date"
    try:
        parsed = date.fromisoformat(value[:10])
    except ValueError:
        return value
    return f"{parsed.day} {parsed:%B %Y}"


def moment(value: str | None) -> str:
    """``9 August 2024, 14:05 UTC`` for a stored time."""
    if not value:
        return "never"
    return day(value) + (f", {value[11:16]} UTC" if len(value) >= 16 else "")


def counted(number: int, noun: str, plural: str | None = None) -> str:
    """``1 story``, ``2,300 stories``."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def hits(marked: str) -> Markup:
    """Return escaped text in which the marks of a hit have become ``<mark>``."""
    safe = str(escape(marked))
    return Markup(safe.replace(OPEN, '<mark class="hit">').replace(CLOSE, "</mark>"))  # noqa: S704 # escaped above


def shortened(text: str, words: int = 60) -> str:
    """Return the first words of a text."""
    parts = text.split()
    return " ".join(parts[:words]) + (" …" if len(parts) > words else "")


def query(asked: Mapping[str, Any], **changes: Any) -> str:
    """Return ``?…`` for what was asked with some of it changed; empty values are left out."""
    kept = {name: value for name, value in {**asked, **changes}.items() if value not in (None, "", 1)}
    return "?" + urlencode(kept) if kept else "?"


FILTERS = {f.__name__: f for f in (day, moment, counted, hits, shortened)}
