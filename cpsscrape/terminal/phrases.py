"""Lines about records: labels, speakers, hits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.text import Text

from cpsscrape.archive.sentences import CLOSE, OPEN
from cpsscrape.presentation.phrases import day

if TYPE_CHECKING:
    from collections.abc import Sequence


def labels(article: dict[str, Any]) -> str:
    """Return date, type, areas and topics of a row of ``article_list`` on one line."""
    parts = [day(article["published_on"]), article["content_type"], article["areas"], article["topics"]]
    if article["language"] == "cy":
        parts.append("Welsh")
    return " · ".join(part for part in parts if part)


def who(speaker: dict[str, Any]) -> str:
    """Return a speaker as the page introduces them: name, role, organisation."""
    role, organisation = speaker.get("role"), speaker.get("organisation")
    parts = [speaker["name"], role]
    if organisation and organisation not in (role or ""):
        parts.append(organisation)
    return ", ".join(part for part in parts if part)


def speakers_line(speakers: Sequence[dict[str, Any]]) -> str:
    """Return all speakers of a quote, or that nobody knows them."""
    return " and ".join(who(speaker) for speaker in speakers) or "speaker unknown"


def hits_of(marked: str, style: str = "") -> Text:
    """Return text whose OPEN and CLOSE marks have become the style of a hit."""
    text = Text(style=style)
    inside = False
    for part in marked.replace(OPEN, f"\0{OPEN}").replace(CLOSE, f"\0{CLOSE}").split("\0"):
        if part[:1] in {OPEN, CLOSE}:
            inside = part[0] == OPEN
        text.append(part.lstrip(OPEN + CLOSE), style="hit" if inside else None)
    return text


def unmarked(marked: str) -> str:
    """Return text without OPEN and CLOSE."""
    return marked.replace(OPEN, "").replace(CLOSE, "")


def hit_offsets(marked: str) -> list[list[int]]:
    """Return where the hits are in the unmarked text, as half-open ranges."""
    found: list[list[int]] = []
    length = 0
    for char in marked:
        if char == OPEN:
            found.append([length, length])
        elif char == CLOSE:
            found[-1][1] = length
        else:
            length += 1
    return found
