"""Printed dates: day first, English or Welsh, never relative, never from the clock.

The forms the pages print are read by a regular expression in microseconds. What is left and
still holds a year (``9fed o Awst 2024``) goes to dateparser, strict, with a cache: it takes
milliseconds, and is loaded when the first such date comes.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from importlib import import_module

from cpsscrape.normalise.areas import area_by_name
from cpsscrape.normalise.text import clean_text

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan ionawr ion",
            "february feb chwefror chwef",
            "march mar mawrth maw fawrth",
            "april apr ebrill ebr",
            "may mai fai",
            "june jun mehefin meh fehefin",
            "july jul gorffennaf gorff orffennaf",
            "august aug awst",
            "september sep sept medi fedi",
            "october oct hydref hyd",
            "november nov tachwedd tach dachwedd",
            "december dec rhagfyr rhag ragfyr",
        ),
        start=1,
    )
    for name in names.split()
}
_WEEKDAYS = (
    r"(?:mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:rs(?:day)?)?|fri(?:day)?|sat(?:urday)?"
    r"|sun(?:day)?"
    r"|(?:dydd\s)?(?:llun|mawrth|mercher|iau|gwener|sadwrn)|dydd\ssul)"
)
_MONTH = "(?P<month>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\.?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_ORDINAL = r"(?:st|nd|rd|th|ain|af|il|ydd|fed|eg)?"

#: A written-out date with its year, as a pattern to embed: ``Friday 9th August 2024``.
LONG_DATE = rf"(?:{_WEEKDAYS},?\s)?(?P<day>\d{{1,2}}){_ORDINAL}\s(?:of\s|o\s)?{_MONTH},?\s{_YEAR}"
_TIME = r"(?:,?\s(?:-\s|at\s|am\s)?(?:[01]?\d|2[0-3])[:.][0-5]\d(?::[0-5]\d)?\s?(?:am|pm|yb|yp)?(?:\s(?:gmt|bst))?)?"
_LONG = re.compile(LONG_DATE + _TIME + r"\.?", re.IGNORECASE)
_MONTH_FIRST = re.compile(
    rf"(?:{_WEEKDAYS},?\s)?{_MONTH}\s(?P<day>\d{{1,2}}){_ORDINAL},?\s{_YEAR}" + _TIME, re.IGNORECASE
)
_NUMERIC = re.compile(
    rf"(?:{_WEEKDAYS},?\s)?(?P<day>\d{{1,2}})(?P<mark>[/.-])(?P<month>\d{{1,2}})(?P=mark){_YEAR}" + _TIME,
    re.IGNORECASE,
)
_ISO = re.compile(r"(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)(?:[T\s]\d\d:?\d\d.*)?")
_RELATIVE = re.compile(
    r"\b(?:ago|yesterday|today|tomorrow|last|next|now|heddiw|ddoe|yfory|diwethaf|nesaf|in)\b", re.IGNORECASE
)
_LABEL = re.compile(
    r"^(?:(?:submitted|posted|published|created)\sby\s\S.{0,40}?\son"
    r"|(?:date\s)?(?:first\s|originally\s)?(?:published|posted|issued|released|created|publication)"
    r"(?:\sdate)?(?:\son)?|(?:release\s)?date|cyhoeddwyd(?:\sar)?|dyddiad(?:\scyhoeddi)?)\s?:?\s?(?=\S)",
    re.IGNORECASE,
)
_UPDATED = re.compile(
    r"^(?:last\s)?(?:updated|modified|reviewed|amended|diweddarwyd)(?:\s(?:on|ar))?(?:\sdate)?\s?:?\s?(?=\S)",
    re.IGNORECASE,
)
_BARS = re.compile(
    r"\s*[|•·]\s*|\s+[–—]\s+|\s+-\s+(?!\d{1,2}[:.]\d)|\s*;\s*|(?<!last),?\s+(?=(?:last\s)?(?:updated|diweddarwyd)\b)",
    re.IGNORECASE,
)


def printed_date(text: str) -> str | None:
    """The date a text consists of, as ``YYYY-MM-DD``; None where it is anything more or less.

    Relative phrases and dates without a year are refused: an archive must not depend on the
    day it was built. ``03/04/2013`` is the third of April.
    """
    text = clean_text(text)
    if not 6 <= len(text) <= 60:
        return None
    return _printed(text)


@lru_cache(maxsize=4096)
def _printed(text: str) -> str | None:
    for form in (_LONG, _ISO, _NUMERIC, _MONTH_FIRST):
        match = form.fullmatch(text)
        if match:
            return date_of(match)
    return _uncommon(text)


def date_of(match: re.Match[str]) -> str | None:
    """The date in a match of one of this module's patterns; None for the 31st of June."""
    month = match["month"]
    try:
        number = int(month) if month.isdecimal() else _MONTHS[month.casefold()]
        return date(int(match["year"]), number, int(match["day"])).isoformat()
    except ValueError:
        return None


def _uncommon(text: str) -> str | None:
    """What no pattern reads but a person would: dateparser, strict and without a clock."""
    if not re.search(r"\b(?:19|20)\d\d\b", text) or not re.search(r"\b[0-3]?\d(?!\d)", text):
        return None
    if _RELATIVE.search(text) or len(re.findall(r"[^\W\d]+", text)) > 5 or re.search(r"\d{5}|[-–]\s?\d", text):
        return None
    try:
        found = import_module("dateparser").parse(
            text,
            languages=["en", "cy"],
            settings={
                "DATE_ORDER": "DMY",
                "STRICT_PARSING": True,
                "REQUIRE_PARTS": ["day", "month", "year"],
                "PARSERS": ["custom-formats", "absolute-time"],
                "PREFER_DATES_FROM": "past",
            },
        )
    except (ValueError, OverflowError, RecursionError, AttributeError, TypeError):
        return None  # dateparser raises these on words no date holds
    if found is None or str(found.year) not in text:
        return None
    return str(found.date().isoformat())


def teaser_date(value: str | date | None) -> str | None:
    """A listing's date, ``09 August 2024``; an ISO date or a ``datetime.date`` is read too."""
    if value is None:
        return None
    if isinstance(value, date):
        return date(value.year, value.month, value.day).isoformat()
    return date_line(value)[0]


def date_line(text: str) -> tuple[str | None, str | None]:
    """Publication and update date of a line that holds nothing else.

    ``Published: 15 August 2024 | Updated 22 August 2024``: the word decides, else the first
    is publication. ``Updated: 08 August 2024|Fraud and economic crime`` has labels behind.
    """
    published: str | None = None
    updated: str | None = None
    if not 6 <= len(text) <= 120 or not any(map(str.isdigit, text)):
        return None, None
    for part in filter(None, _BARS.split(clean_text(text))):
        label = _UPDATED.match(part)
        found = printed_date(part[label.end() :] if label else _LABEL.sub("", part, count=1))
        if label:
            updated = updated or found
        elif found is None and not (published or updated):
            if area_by_name(part) is None:  # "CPS South West - 30 October 2020"
                return None, None
        else:
            published = published or found
    return published, updated


def metadata_date(value: str) -> str | None:
    """The day of a machine's date: ``2024-08-15T09:30:00+01:00``, ``Thu, 15 Aug 2024 09:30``."""
    value = value.strip()[:60]
    match = _ISO.match(value)
    if match:
        return date_of(match)
    return printed_date(re.sub(r"\s*(?:[+-]\d{4}|[A-Z]{3,4})$", "", value))
