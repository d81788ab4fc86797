"""Where speech begins and ends in prose that lost a quotation mark."""

from __future__ import annotations

import re

from cpsscrape.extract import lexicon
from cpsscrape.extract.marks import Seams

_OPENS = re.compile(r":\s+(?=[A-Z£\d])")
_COLON = re.compile(r"(\w+)\s*:\s+(?=[A-Z£\d])")
_TAIL = re.compile(
    r"(?<=[,?!])\s+(?=(?:(?:he|she|they|[A-Z][\w’'-]+(?:\s+[A-Z][\w’'-]+){0,3})\s+([a-z]+)|([a-z]+)\s+(?:he|she|[A-Z][\w’'-]+(?:\s+[A-Z][\w’'-]+){0,3}))\s*[.,:]?\s*$)"
)


def _says(word: str) -> bool:
    return any("q" in v.uses and v.form in {"past", "third", "gerund"} for v in lexicon.verbs().get(word, ()))


def begins(text: str, end: int) -> int | None:
    """After ``said:`` in ``text[:end]``, the first time it stands there before a capital."""
    if _OPENS.search(text, 0, end) is None:
        return None
    for match in _COLON.finditer(text, 0, end):
        if _says(match.group(1).lower()) or match.group(1).lower() in lexicon.welsh_verbs():
            return match.end()
    return None


def ends(text: str, start: int, end: int) -> int | None:
    """Before an attribution that closes ``text[start:end]``, such as ``, she said``."""
    window = max(start, end - 120)
    for match in _TAIL.finditer(text[window:end]):
        if _says((match.group(1) or match.group(2) or "").lower()):
            return window + match.start()
    return None


SEAMS = Seams(begins, ends)
