"""Nesting that no parser follows, taken out of a page before it is parsed."""

from __future__ import annotations

import re

#: Elements may be nested this deep. libxml2 gives up at 2,048 and drops the rest of the page.
MAX_NESTING = 400
#: A page with fewer tags cannot be nested too deep by accident: the look at them is saved.
_FEW_TAGS = 3000

_TAG = re.compile(rb"<(/?)([a-zA-Z][a-zA-Z0-9-]{0,20})\b[^<>]*>")
# Elements whose end may be left out, or that have none: they do not nest in themselves.
_FLAT = frozenset(
    b"p li td th tr tbody thead tfoot dt dd option optgroup colgroup br img hr input meta link col area base source wbr"
    b" embed param track html head body".split()
)


def flattened(data: bytes) -> bytes:
    """The page with every element beyond ``MAX_NESTING`` taken out; its text stays where it was."""
    if data.count(b"<") < _FEW_TAGS:
        return data
    kept: list[bytes] = []
    position = depth = dropped = 0
    for tag in _TAG.finditer(data):
        name = tag[2].lower()
        if name in _FLAT:
            continue
        if not tag[1]:
            depth += 1
            drop = depth > MAX_NESTING
            dropped += drop
        else:
            drop = dropped > 0
            dropped -= drop
            depth -= depth > 0
        if drop:
            kept.append(data[position : tag.start()])
            position = tag.end()
    return b" ".join((*kept, data[position:])) if kept else data
