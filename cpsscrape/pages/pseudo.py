"""Headings that are no heading elements."""

from __future__ import annotations

import re

_SAYS = re.compile(
    r"\b(?:said|says|added|adds|explained|commented|continued|concluded|told|warned|dywedodd|meddai"
    r"|ychwanegodd)"
    r"(?:\s[^.:]{0,40})?\s?:$",
    re.IGNORECASE,
)


def is_pseudo_heading(text: str) -> bool:
    """Whether a paragraph all in bold is a heading: short, no full stop, not ending in ``said:``."""
    return (
        len(text) <= 150
        and text[-1] not in ".!,;…"
        and not _SAYS.search(text)
        and not (text[0] in '“"‘' and text[-1] in '”"’')
    )  # fmt: skip
