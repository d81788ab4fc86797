"""Words and addresses for the templates: dates as people write them, hits, links that keep a question."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from markupsafe import Markup, escape

from cpsscrape.archive.sentences import CLOSE, OPEN
from cpsscrape.presentation.phrases import counted, day, is_doubtful, moment

if TYPE_CHECKING:
    from collections.abc import Mapping


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


TESTS = {"doubtful": is_doubtful}
FILTERS = {f.__name__: f for f in (day, moment, counted, hits, shortened)}
