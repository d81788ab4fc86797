"""Dates that the story itself gives: of its publication, as a last resort, and of its updates."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cpsscrape.normalise.dates import LONG_DATE, date_of

if TYPE_CHECKING:
    from collections.abc import Sequence

_FIGURES = r"(?P<day>\d{1,2})/(?P<month>\d{1,2})/(?P<year>(?:19|20)\d\d)"
_TODAY = r"(?:\btoday|\bthis (?:morning|afternoon|evening)|\bheddiw)"
_NOW = (
    "today", "Today", "this morning", "This morning", "this afternoon", "This afternoon", "this evening",
    "This evening", "heddiw", "Heddiw",
)  # fmt: skip
# Of publication: "today (15 August 2024)", "today, 4 November 2022,", "today (Friday 9 August 2024)"
_PUBLISHED = [re.compile(rf"{_TODAY}\s?,?\s?(?:on\s)?[(\[]?\s?{date}", re.IGNORECASE) for date in (LONG_DATE, _FIGURES)]
# "This release was originally published on 15 August 2024."
_ORIGINAL = re.compile(
    r"\b(?:(?:originally|first) (?:published|issued|released)(?: on)?|gyhoeddwyd (?:yn wreiddiol"
    r"|gyntaf)(?: ar)?)"
    rf"\s{LONG_DATE}",
    re.IGNORECASE,
)
# "has been jailed (14 July 2023)": a date in brackets behind the verdict, not behind the offence
_BRACKETED = re.compile(rf"\(\s?{LONG_DATE}\s?\)", re.IGNORECASE)
_NEWS = re.compile(
    r"\b(?:sentenced|jailed|convicted|charged|found guilty|pleaded guilty|admitted|published|launched"
    r"|announced|imprisoned"
    r"|handed|given|ordered|appeared|ddedfrydwyd|garcharwyd|cyhuddwyd|cyhoeddwyd)\b",
    re.IGNORECASE,
)
_NOT_NOW = re.compile(r"\b(?:yesterday|ddoe|earlier|last \w+|previously)\W*$", re.IGNORECASE)
_OFFENCE = re.compile(
    r"\b(?:between|on the night|offences?|incidents?|attack(?:ed)?|occurred|happened|took place|committed"
    r"|killed|died"
    r"|murdered|assaulted|stabbed|raped|robbed|arrested|collision|crash|dated)\b[^.]{0,80}$",
    re.IGNORECASE,
)
# Of an update: "Updated on 22 August 2024: …", "UPDATE: Tuesday 24 March 2020", "Diweddarwyd ar 22 Awst 2024:"
_UPDATED = re.compile(
    rf"^\W{{0,3}}(?:(?:this (?:release|article|story|page) (?:was|has been) )?(?:last )?updated?|diweddarwyd"
    rf"|diweddariad)"
    rf"(?: (?:on|at|ar))?\s?:?\s?[–-]?\s?{LONG_DATE}",
    re.IGNORECASE,
)


def prose_published(paragraphs: Sequence[str]) -> tuple[str | None, str | None]:
    """The publication date the story's opening gives, and the words that give it.

    Only ``today`` with a full date, ``originally published on``, or a date in brackets behind a
    verdict count; the date of an offence never does.
    """
    for text in paragraphs[:8]:
        match = _ORIGINAL.search(text) if "rigin" in text or "first" in text or "wreiddiol" in text else None
        if match:
            found = date_of(match)
            if found:
                return found, match[0]
    for text in paragraphs[:6]:
        hint = "oday" in text or "his " in text or "eddiw" in text
        if not hint or not any(word in text for word in _NOW) or _UPDATED.match(text):
            continue
        for pattern in _PUBLISHED:
            match = pattern.search(text)
            found = date_of(match) if match else None
            if match and found:
                return found, match[0]
    for text in paragraphs[:2]:
        matches = list(_BRACKETED.finditer(text)) if "(" in text else []
        if len(matches) == 1 and _NEWS.search(text, 0, matches[0].start()):
            before = text[: matches[0].start()]
            if not _OFFENCE.search(before) and not _NOT_NOW.search(before):
                return date_of(matches[0]), matches[0][0]
    return None, None


def prose_updated(paragraphs: Sequence[str]) -> tuple[str | None, str | None]:
    """The latest date of the openers that say the story was updated, and its words."""
    found: dict[str, str] = {}
    for text in paragraphs:
        match = _UPDATED.match(text)
        date = date_of(match) if match else None
        if match and date:
            found[date] = match[0]
    if not found:
        return None, None
    latest = max(found)
    return latest, found[latest]
