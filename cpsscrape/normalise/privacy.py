"""Full dates of birth, which the archive does not keep. Ages and years of birth stay."""

from __future__ import annotations

import re

REMOVED = "[date of birth removed]"

_DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th|ain|af|il|ydd|fed|eg)?"
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?|ionawr|chwefror|f?mawrth|fawrth|ebrill|mai|fai|mehefin|fehefin"
    r"|g?orffennaf|awst"
    r"|medi|fedi|hydref|[td]achwedd|rh?agfyr)\.?"
)
_WEEKDAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s)?"
_WRITTEN = (
    rf"{_WEEKDAY}(?:the\s)?{_DAY}\s?(?:day\s)?(?:of\s|o\s|-)?\s?{_MONTH}(?:,|-|\s)\s?(?:19|20)?\d\d"
    rf"|{_MONTH}\s{_DAY},?\s(?:19|20)\d\d"
)
_FIGURES = r"\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?(?:(?:19|20)\d\d|\d\d)\b|(?:19|20)\d\d[/.-]\d{1,2}[/.-]\d{1,2}"
_DATE = rf"(?:{_FIGURES}|{_WRITTEN})"
_LABEL = (
    r"\b(?:d\.?\s?o\.?\s?b\b\.?|dates?\sof\sbirth|birth\s?dates?|d\.?g\.?\b(?=\s?[:.\d])"
    r"|dyddiad(?:au)?\sgeni|born|ganwyd|aned|ganed|eni)"
)
_GLUE = (
    r"(?:\s(?:is|was|given\sas|of|yw|oedd)\b|\s?(?:[:–—=(\[-]|\))|,|\.)?"
    r"(?:\s(?:in\s(?:[A-Z]\w+[\s,]{1,2}){1,3})?(?:on|ar|the|y|yr)\b)?\s?[(\[]?\s?"
)

# "born on 6 November 1991" is replaced as a whole: what is left reads like the bracketed form.
_BORN = re.compile(
    r"\b(?:born|a\s(?:anwyd|aned)|ganwyd|ganed|g?eni)\s(?:(?:on|ar"
    r"|y)\s){0,2}(?:the\s)?" + f"{_DATE}",
    re.IGNORECASE,
)
# Labelled: "DOB: 06/11/91", "(d.o.b. 06.11.91)", "date of birth 6 November 1991", "dyddiad geni: 06/11/1991"
_LABELLED = re.compile(rf"(?P<label>{_LABEL})(?P<glue>{_GLUE}){_DATE}", re.IGNORECASE)
# In brackets or behind a name: "[06/11/1991]", "John Vessel (06/11/1991)", "John VESSEL, 06/11/1991, of Ferrowby"
_SQUARE = re.compile(rf"\[\s?(?:{_FIGURES})\s?\]")
_NAME = r"(?P<before>\b[A-Z][\w’'-]+\s(?:[A-Z][\w’'.-]*\s){0,3}[A-Z][\w’'-]+)"
_ROUND = re.compile(rf"{_NAME}(?P<glue>,?\s?)\(\s?(?:{_FIGURES})\s?\)")
_BARE = re.compile(rf"{_NAME}(?P<glue>,?\s(?:[-–]\s)?)(?P<date>{_FIGURES})(?=\s?[,;–-]|\sof\b|\s?$)")
_NO_NAME = re.compile(
    r"\b(?:Court|Hearing|Sentenc\w+|Trial|Date|Updated|Published|Issued|On|Today|Act|Order|Report|Police)\b"
)
_SQUARE_WRITTEN = re.compile(rf"\[\s?(?:{_WRITTEN})\s?\]", re.IGNORECASE)
# Figures with two separators. A pattern each: one that begins with a character of its own is found five times as fast.
_FIGURES_HINTS = [
    re.compile(rf"{mark}(?:(?<=\d{mark})|(?<=\d\s{mark}))\s?\d{{1,2}}\s?[/.-]\s?\d") for mark in ("/", r"\.", "-")
]
_WORDS_HINT = ("born", "birth", "dob", "d o b", "o.b", "geni", "anwyd", "aned", "d.g")  # "o.b" as in "d.o.b"


def remove_birth_dates(text: str) -> str:
    """The text with every full date of birth replaced by ``[date of birth removed]``.

    A date counts as one where the words say so, or where it stands in figures in brackets,
    as the notes to editors print it. An age, a bare year and every other date stay. Running
    it twice changes nothing more.
    """
    if not may_hold_one(text):
        return text
    text = _SQUARE_WRITTEN.sub(REMOVED, _SQUARE.sub(REMOVED, text))
    if "(" in text:
        text = _ROUND.sub(_after_name, text)
    text = _LABELLED.sub(_labelled, _BORN.sub(REMOVED, text))
    return _BARE.sub(_after_name, text) if _holds_figures(text) else text


def may_hold_one(text: str) -> bool:
    """A quick look at a whole page, then at a paragraph: the patterns run on the few that may."""
    if "[" in text or _holds_figures(text):
        return True
    folded = text.casefold()
    for word in _WORDS_HINT:  # noqa: SIM110 # any() takes twice the time, and every paragraph comes here
        if word in folded:
            return True
    return False


def _holds_figures(text: str) -> bool:
    """Whether figures with two separators stand in a text, as ``_FIGURES`` has them."""
    for hint in _FIGURES_HINTS:  # noqa: SIM110 # likewise
        if hint.search(text):
            return True
    return False


def _labelled(match: re.Match[str]) -> str:
    """Keep the words, not the date: ``born on [date of birth removed]``.

    Brackets are taken along by the replacement where they would stand around it alone.
    """
    return f"{match['label']}{match['glue']}{REMOVED}"


def _after_name(match: re.Match[str]) -> str:
    """Figures behind a person's name are a birth date, behind ``Crown Court`` they are not."""
    if _NO_NAME.search(match["before"]):
        return match[0]
    return f"{match['before']}{match['glue']}{REMOVED}"
