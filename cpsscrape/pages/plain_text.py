"""A text capture → a draft, by the conventions of the text alone."""

from __future__ import annotations

import re
from itertools import accumulate
from typing import TYPE_CHECKING

from cpsscrape.exceptions import MissingFieldError
from cpsscrape.items import DraftBlock
from cpsscrape.normalise.conventions import ENDS, FURTHER, NOTES
from cpsscrape.normalise.dates import date_line
from cpsscrape.normalise.text import clean_text
from cpsscrape.normalise.urls import canonical_url, node_id_of, site_of
from cpsscrape.pages.draft import Draft
from cpsscrape.pages.labels import label_line
from cpsscrape.pages.phrases import BOX_HEADING, FURNITURE, STANDING, without_site
from cpsscrape.pages.refusals import refuse_challenge, refuse_empty, refuse_listing, refuse_not_found

if TYPE_CHECKING:
    from collections.abc import Sequence

_BULLET = re.compile(r"^\s*(?:[•▪◦‣●*·–-]\s|\(?\d{1,2}[.)]\s|\(?[a-z][.)]\s)")
_MAIN = re.compile(r"^main content(?: area)?$", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?…;,][”\"’')\]]*$")


def read_text(text: str, url: str, rule: str = "text as given") -> Draft:
    """Read one article from plain text: furniture, headline, ``|News`` line, paragraphs."""
    paragraphs = _paragraphs(text)
    refuse_empty(paragraphs, url=url)
    refuse_challenge(paragraphs[0], paragraphs, url=url)
    refuse_not_found(paragraphs[0], paragraphs[:3], url=url)
    refuse_listing(paragraphs, url=url)
    start = _start(paragraphs)
    if start >= len(paragraphs):
        raise MissingFieldError("no line that could be a headline; keep the capture, replay", url=url)
    headline = without_site(paragraphs[start])
    site = site_of(url)
    draft = Draft(
        url=canonical_url(url, site), headline=headline, layout="text", blocks=[], links=[], node_id=node_id_of(url)
    )
    draft.sources.update(headline="first line after the furniture", body=f"paragraphs of plain text; {rule}")
    draft.sources["url"] = "the address that answered"
    if url.strip() != draft.url and "://" in url:
        draft.aliases = (url.strip(),)
    body = _read_top(draft, paragraphs[start + 1 :])
    told = [line for line in body if not _is_furniture(line)]
    for line, following in zip(told, [*told[1:], ""], strict=False):
        draft.blocks.append(DraftBlock("heading" if _is_heading(line, following) else "paragraph", line))
        draft.links.append(())
    if not draft.blocks:
        raise MissingFieldError("a headline and no text; keep the capture, replay", url=url)
    return draft


def _paragraphs(text: str) -> list[str]:
    """Text between blank lines; each line by itself where there are none, or where it is a bullet."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n\n").split("\n")
    filled = [line for line in lines if line.strip()]
    blank = len(lines) - len(filled)
    if blank * 5 < len(filled):
        return [cleaned for cleaned in map(clean_text, filled) if cleaned]
    paragraphs: list[str] = []
    gathered: list[str] = []
    for line in (*lines, ""):
        if not line.strip() or _BULLET.match(line) or (gathered and _stands_alone(gathered, line)):
            paragraphs.append(clean_text(" ".join(gathered)))
            gathered = []
        if line.strip():
            gathered.append(line)
    return [paragraph for paragraph in paragraphs if paragraph]


def _stands_alone(gathered: Sequence[str], line: str) -> bool:
    """Whether a line break is a paragraph's end: the line before it is no full line of a wrapped text."""
    last = gathered[-1].strip()
    if len(gathered) == 1 and (_is_furniture(last) or last.startswith("|") or _is_furniture(line.strip())):
        return True
    return len(last) < 50 or len(last) > 130


def _is_furniture(line: str) -> bool:
    if len(line) > 200:
        return False
    return bool(FURNITURE.match(line) or ENDS.match(line) or STANDING.match(line))


def _start(paragraphs: Sequence[str]) -> int:
    """The headline's place: after ``Main content area``, else the first line that is no furniture."""
    for place, line in enumerate(paragraphs[:80]):
        if _MAIN.match(line):
            return _next_line(paragraphs, place + 1)
    for place, line in enumerate(paragraphs[:80]):
        if line.startswith("|") and place and not _is_furniture(paragraphs[place - 1]):
            return place - 1
    return _next_line(paragraphs, 0)


def _next_line(paragraphs: Sequence[str], place: int) -> int:
    while place < len(paragraphs) and (
        _is_furniture(paragraphs[place]) or paragraphs[place].startswith("|") or any(date_line(paragraphs[place]))
    ):
        place += 1
    return place


def _read_top(draft: Draft, lines: list[str]) -> list[str]:
    """Take date and label lines from the top; the rest is the story, up to its furniture."""
    for place, line in enumerate(lines):
        published, updated = date_line(line.partition("|")[0])
        if published or updated:
            draft.page_date = draft.page_date or published
            draft.updated_on = draft.updated_on or updated
            draft.sources.setdefault("page_date", f"date line {line!r}")
        if line.startswith("|") or ((published or updated) and "|" in line):
            labels = label_line(line)
            draft.content_type, draft.topics, draft.areas = labels.content_type, labels.topics, labels.areas
            draft.sources["labels"] = f"line {line!r}"
        elif published or updated:
            continue
        elif not _is_furniture(line) or place > 12:
            return _without_tail(lines[place:])
    return []


def _without_tail(lines: list[str]) -> list[str]:
    """Cut ``Related stories`` and what follows it, up to notes or further reading."""
    kept: list[str] = []
    cutting = False
    longest = list(accumulate(map(len, reversed(lines)), max))[::-1]
    for place, line in enumerate(lines):
        if NOTES.match(line) or FURTHER.match(line):
            cutting = False
        elif len(line) < 80 and BOX_HEADING.match(line) and longest[place] < 160:
            cutting = True
        if not cutting:
            kept.append(line)
    return kept


def _is_heading(line: str, following: str) -> bool:
    """A short line that stands alone, without a final full stop, with prose after it."""
    if NOTES.match(line) or FURTHER.match(line):
        return True
    if (
        len(line) > 100
        or (_SENTENCE_END.search(line) and not line.endswith("?"))
        or _BULLET.match(line)
        or line[0] in "“\"‘'"
    ):
        return False
    if line.endswith(":") and (
        len(line) > 60 or re.search(r"\b(?:said|says|added|dywedodd|following|include[sd]?|are|were|was)\b", line)
    ):
        return False
    if line.endswith("?") and line.count(" ") > 12:
        return False
    return bool(following) and (not _BULLET.match(following) or (line.endswith(":") and line.count(" ") < 3))
