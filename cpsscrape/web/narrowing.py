"""What a visitor narrowed a list by, read from an address; unreadable values are no error, only no filter."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cpsscrape.archive.filters import Filters
from cpsscrape.archive.words import read_words
from cpsscrape.exceptions import UsageError

if TYPE_CHECKING:
    from datasette.utils.asgi import Request

    from cpsscrape.archive.words import Words

_NUMBER = re.compile(r"[0-9]{1,9}")
_YEAR = re.compile(r"[12]\d{3}")
NAMES = ("q", "area", "topic", "type", "year", "language")


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowing:
    """A question to the archive; ``asked`` is what it was in the address."""

    asked: dict[str, Any]
    words: Words | None
    filters: Filters
    page: int

    @property
    def is_empty(self) -> bool:
        """Whether nothing was asked."""
        return not any(value for name, value in self.asked.items() if name != "page")


def narrowing(request: Request, *more: str) -> Narrowing:
    """Read the question of a request; ``more`` are names that only one page knows."""
    asked = {name: (request.args.get(name) or "").replace("\0", "").strip()[:200] for name in (*NAMES, *more)}
    year = asked["year"] if _YEAR.fullmatch(asked["year"]) else ""
    asked["year"] = year
    return Narrowing(
        asked=asked,
        words=_words(asked["q"]),
        filters=Filters(
            areas=(asked["area"],) if asked["area"] else (),
            topics=(asked["topic"],) if asked["topic"] else (),
            since=f"{year}-01-01" if year else None,
            until=f"{year}-12-31" if year else None,
            language=asked["language"] or None,
            content_type=asked["type"] or None,
        ),
        page=whole_number(request.args.get("page")) or 1,
    )


def whole_number(text: str | None) -> int | None:
    """Read a number of an address; None for anything else, and for more than SQLite counts to."""
    return int(text) if text and _NUMBER.fullmatch(text) else None


def _words(text: str) -> Words | None:
    try:
        return read_words(text) if text else None
    except UsageError:  # only marks, or only NOT: everything is shown, the box keeps what was typed
        return None
