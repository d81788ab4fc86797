"""Finds the sentence that shows a hit best."""

from __future__ import annotations

import re
from itertools import chain, pairwise

OPEN, CLOSE = "\x02", "\x03"  # around each hit; text in the archive has no control characters
# "Mr. Holt", "No. 4", "St. Osyth": a full stop that ends no sentence.
_SHORT = re.compile(r"\b(?:Mrs?|Ms|Dr|Prof|No|St|Rev|Hon|Sgt|Insp|v|c)\.$|\b[A-Z]\.$")
_END = re.compile(r"[.!?…][”’\"')\]\x03]*\s+(?=[“‘\"'(\[\x02]*(?:[^\W_a-z]|£))|\n+")


def sentences(text: str) -> list[str]:
    """Cut text into sentences, good enough to show one; a line end always ends one."""
    ends = [
        match.end()
        for match in _END.finditer(text)
        if "\n" in match[0] or not _SHORT.search(text[max(0, match.start() - 7) : match.start() + 1])
    ]
    cuts = [0, *ends, len(text)]
    return [part for start, end in pairwise(cuts) if (part := text[start:end].strip())]


def best_sentence(marked: str, width: int = 260) -> str:
    """Return the sentence with the most different hits, cut to about ``width`` around them.

    ``marked`` has OPEN and CLOSE around each hit, as FTS5's ``highlight()`` puts them.
    """
    hits = re.compile(f"{OPEN}([^{CLOSE}]*){CLOSE}")
    best, score = "", (0, 0)
    # A line end ends a sentence, so lines without a hit need not be cut up.
    lines = (line for line in marked.split("\n") if OPEN in line)
    for sentence in chain.from_iterable(map(sentences, lines)):
        found = hits.findall(sentence)
        if found and (len({hit.casefold() for hit in found}), len(found)) > score:
            best, score = sentence, (len({hit.casefold() for hit in found}), len(found))
    return cut(_balanced(best), width)


def cut(sentence: str, width: int) -> str:
    """Shorten to ``width`` at word boundaries, the first hit inside, with ``…`` for what is left out."""
    if len(sentence) <= width:
        return sentence
    first = max(sentence.find(OPEN), 0)
    start = 0 if first < width * 2 // 3 else sentence.rfind(" ", 0, first - width // 3) + 1
    end = len(sentence) if start + width >= len(sentence) else sentence.rfind(" ", start + 1, start + width)
    if end <= start:
        end = start + width
    part = sentence[start:end].strip()
    return ("… " if start else "") + _balanced(part) + (" …" if end < len(sentence) else "")


def _balanced(text: str) -> str:
    """Close a hit that a cut went through: a phrase may run over the end of a sentence."""
    opened, closed = text.rfind(OPEN), text.rfind(CLOSE)
    if opened > closed:
        text += CLOSE
    if 0 <= text.find(CLOSE) < (text.find(OPEN) if OPEN in text else len(text)):
        text = OPEN + text
    return text
