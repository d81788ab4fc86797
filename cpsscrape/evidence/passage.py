"""Finds a value in the page it was read from, and shows it with the text around it."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

from cpsscrape.normalise.privacy import remove_birth_dates

AROUND = 60  # characters on each side
LONGEST = 160  # characters shown of the passage itself
_WORDS = 12  # enough to tell a passage from any other
_BETWEEN = r"(?:\s|&nbsp;|&#160;|&#xA0;|\u00a0|[\u200b\u00ad]|<[^<>]*>)+"


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A place in a text: half-open offsets in characters, and what stands there."""

    start: int
    end: int
    before: str
    text: str
    after: str


def passage(text: str, start: int, end: int, *, redact: bool = False) -> Passage:
    """Return the place between two offsets with what stands around it; a long one is shortened.

    With ``redact`` what stands around it is left out where that may show a date of birth.
    """
    inner = text[start:end]
    before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    near = text[max(0, start - 3 * AROUND) : end + 3 * AROUND]
    if redact and remove_birth_dates(near) != near:
        before = after = ""
        inner = remove_birth_dates(inner)
    if len(inner) > LONGEST:
        inner = f"{inner[: LONGEST // 2]} […] {inner[-LONGEST // 2 :]}"
    return Passage(start=start, end=end, before=_one_line(before), text=_one_line(inner), after=_one_line(after))


def find_passage(page: str, value: str, *, head: bool = False, redact: bool = False) -> Passage | None:
    """Find where a page's source says ``value``, tags, entities and spacing aside; None if nowhere.

    Of a long value the first words are looked for: in ``<main>`` first, then, or with ``head``
    at once, from the beginning.
    """
    words = value.split()[:_WORDS]
    if not words:
        return None
    pattern = re.compile(_BETWEEN.join(_word(word) for word in words))
    main = None if head else re.search(r"<main\b", page)
    found = pattern.search(page, main.start() if main else 0) or pattern.search(page)
    return passage(page, found.start(), found.end(), redact=redact) if found else None


def _word(word: str) -> str:
    forms = dict.fromkeys((word, html.escape(word), html.escape(word, quote=False), word.replace("-", "\u2011")))
    return "(?:" + "|".join(re.escape(form) for form in forms) + ")"


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text)
