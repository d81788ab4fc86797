"""Headings and run-ins that announce a case: ``Case Study 1: …``, ``Case studies``, ``Recent cases``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cpsscrape.items import Block

_NUMBER = r"(?:(?:no\.?\s?|number\s)?(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|[a-h])\b)"
# "Case Stud 4:", "Case Sudy 2", "CASE STUDY 3", "Case-study 1": typing slips were seen
_WORDS = r"(?:case[\s-]?s(?:tu|ut|t|u)d+i?y?s?|astudiaeth\sachos|case(?=\s\d))"
_MARKED = re.compile(
    rf"^(?P<words>{_WORDS})(?:\s?(?P<number>{_NUMBER}))?\s?(?P<mark>[:.–—-]|\s[–—-])?\s?(?P<title>.*)$",
    re.IGNORECASE | re.DOTALL,
)
_PLURAL = re.compile(
    r"^(?:(?:\w+\s){0,2}case\sstudies|astudiaethau\sachos|case\sexamples?"
    r"|enghreifftiau\so\sachosion)\s?[:.]?$",
    re.IGNORECASE,
)
_LOOSE = re.compile(
    r"^(?:(?:some\sof\s)?(?:our|the|these|recent|example|sample|other|notable|successful|featured"
    r"|key)\s(?:\w+\s)?"
    r"(?:cases|prosecutions|convictions)(?:\s(?:we\shave\sprosecuted|in\sdetail))?"
    r"|(?:some\s|recent\s)?examples?\s(?:of|from)\s(?:our\s|the\s|recent\s)?(?:\w+\s)?(?:cases|prosecutions"
    r"|convictions|courts)"
    r"|cases\s(?:we\shave\sprosecuted|prosecuted|in\scourt|of\sthe\s(?:week|month|year))"
    r"|achosion\s(?:diweddar|llwyddiannus)"
    r"|enghreifftiau\s(?:diweddar|o\s.*achosion))\s?[:.]?$",
    re.IGNORECASE,
)
_QUESTION = re.compile(r"\?\s*$")


@dataclass(frozen=True, slots=True)
class CaseHeading:
    """What a heading says: that a case begins, or that cases follow (``umbrella``)."""

    title: str | None
    umbrella: bool = False
    strict: bool = True


def case_heading(text: str) -> CaseHeading | None:
    """Read a heading; None where it announces no case. A bare ``Case study`` has no title."""
    if _PLURAL.match(text):
        return CaseHeading(None, umbrella=True)
    if _LOOSE.match(text):
        return CaseHeading(None, umbrella=True, strict=False)
    match = _MARKED.match(text)
    if match is None or not (match["number"] or match["mark"] or not match["title"]):
        return None
    return CaseHeading(_trimmed(match["title"]) or None)


def run_in(block: Block) -> CaseHeading | None:
    """A case announced at the start of a paragraph: ``Case study 2: The lost teddy. A girl …``.

    The title is what stands in bold behind the words; without bold, what stands before the
    first full stop or colon, if it is short.
    """
    match = _MARKED.match(block.text[:300])
    if match is None or match["mark"] in (None, "-") or len(block.text) < 60:
        return None
    begins = match.start("title")
    if block.run_in > begins:
        return CaseHeading(_trimmed(block.text[begins : block.run_in]) or None)
    if block.run_in:
        return CaseHeading(None)
    short = re.match(r"([^.:–]{3,60}?)\s?[.:–]\s", block.text[begins:])
    return CaseHeading(short[1].strip() if short and short[1].count(" ") < 7 else None)


def bold_title(block: Block) -> str | None:
    """The bold words a paragraph under ``Case studies`` opens with, as its title."""
    if not 3 <= block.run_in <= 90 or block.run_in > len(block.text) - 20:
        return None
    lead = block.text[: block.run_in]
    if lead[-1] not in ":.–-—" and block.text[block.run_in :].lstrip()[:1] not in ("–", "-", "—", ":"):
        return None
    return _trimmed(lead) or None


def _trimmed(title: str) -> str:
    title = title.strip()
    return title if _QUESTION.search(title) else title.rstrip(" .:–—-").strip()
