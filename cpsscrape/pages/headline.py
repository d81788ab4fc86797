"""The headline: which block it is, and what stands before its colon."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cpsscrape.pages.phrases import BOX_HEADING, FURNITURE, TITLE_HEAD, without_site

if TYPE_CHECKING:
    from cpsscrape.pages.base import Head
    from cpsscrape.pages.outline import Outline

_SITE_NAMES = re.compile(
    r"^(?:the )?(?:crown prosecution service|cps|gwasanaeth erlyn y goron|news(?: centre| & media)?|newyddion"
    r"|articles and speeches|cps says)$",
    re.IGNORECASE,
)
# "UPDATED WITH SENTENCE: …", "SENTENCE UPDATE: …", "UPDATED Man jailed …" without colon. The false
# friend is "UPDATED prosecution data has been released", where the word is part of the sentence.
_LABEL_COLON = re.compile(
    r"^(?P<label>(?:(?:latest\s)?updated?(?:\s[\w’'/-]+){0,5}|(?:[\w’'/-]+\s){1,4}updated?|update\s?\d*"
    r"|diweddariad(?:\s[\w’'-]+){0,4}|wedi(?:’i|'i)\sddiweddaru(?:\s[\w’'-]+){0,4}"
    r"|diweddarwyd(?:\s[\w’'-]+){0,4}))"
    r"\s?(?::|\s[-–—|])\s*(?P<rest>\S.*)$",
    re.IGNORECASE,
)
_LABEL_BARE = re.compile(
    r"^(?P<label>UPDATED?(?: WITH (?:SENTENCE|SENTENCES|SENTENCING|VERDICT|PLEA|CONVICTION)S?)?"
    r"|SENTENCE UPDATE"
    r"|UPDATE)\s+(?P<rest>[A-Z‘“'\"\d].*)$"
)
_BRACKETS = re.compile(r"^[\[(](?P<label>[^\])]*\bupdated?\b[^\])]*)[\])]\s*:?\s*(?P<rest>\S.*)$", re.IGNORECASE)


LAST_RESORT = "highest heading before the text"


def folded(text: str) -> str:
    """A headline as it is compared: letters and figures alone, in lower case."""
    return "".join(filter(str.isalnum, text)).casefold()


def page_title(head: Head) -> str:
    """The title without the site's name behind it."""
    title = head.title or head.meta.get("og:title") or head.meta.get("twitter:title") or ""
    # The government's web archive puts its own words before a title.
    title = title.removeprefix("[ARCHIVED CONTENT]").strip()
    title = TITLE_HEAD.sub("", without_site(title)).strip()
    return "" if is_section_name(title) else title


def headline_block(outline: Outline, title: str, first: int) -> tuple[int | None, str]:
    """The number of the headline's block and the rule that found it.

    The ``h1`` that the title repeats; else any block the title repeats, the nearest before the
    prose; else the only ``h1``; else the highest heading before the prose. ``first`` is the
    number of the page's first prose, as far as it is known.
    """
    blocks = outline.blocks
    stem = folded(title)
    tops = [number for number, block in enumerate(blocks) if block.kind == "heading" and block.level == 1]
    named = [number for number in tops if not _SITE_NAMES.match(blocks[number].text)]
    same = [number for number in named if stem and folded(blocks[number].text) in (stem, "")]
    if same:
        return same[0], "h1 that the title repeats"
    if len(named) == 1:
        return named[0], "the only h1"
    if stem:
        repeated = [n for n, block in enumerate(blocks) if len(block.text) < 300 and folded(block.text) == stem]
        loud = [number for number in repeated if blocks[number].kind == "heading" or blocks[number].bold]
        if loud:  # the last step of a breadcrumb repeats the title too
            return loud[0], "heading that the title repeats"
        if repeated:
            before = [number for number in repeated if number <= first + 3]
            return (before[-1] if before else repeated[0]), "block that the title repeats"
    if named:
        before = [number for number in named if number <= first]
        return (before[-1] if before else named[0]), "h1 nearest before the text"
    return _highest(outline, first), LAST_RESORT


def is_section_name(headline: str) -> bool:
    """Whether a headline names the site or one of its parts, as that of a listing does."""
    return _SITE_NAMES.match(headline) is not None


def _highest(outline: Outline, first: int) -> int | None:
    """The heading of the highest level before the text, or at its very start."""
    best: int | None = None
    for number, block in enumerate(outline.blocks[: first + 2]):
        heading = block.kind == "heading" or block.bold
        if not heading or FURNITURE.match(block.text) or BOX_HEADING.match(block.text):
            continue
        if _SITE_NAMES.match(block.text):
            continue
        if best is None or (block.level or 7) <= (outline.blocks[best].level or 7):
            best = number
    return best


def split_label(headline: str) -> tuple[str | None, str]:
    """Update label without its colon, and the headline without its label."""
    words = headline.casefold()
    if "updat" not in words and "weddar" not in words:
        return None, headline
    match = _LABEL_COLON.match(headline) or _BRACKETS.match(headline)
    if match and len(match["label"]) <= 60 and _is_label(match["label"]):
        return match["label"].strip(), match["rest"]
    match = _LABEL_BARE.match(headline)
    return (match["label"], match["rest"]) if match else (None, headline)


def _is_label(label: str) -> bool:
    """``UPDATED WITH SENTENCE`` is one, ``How we updated our guidance`` is not."""
    words = label.casefold().split()
    return words[0] in (
        "updated", "update", "diweddariad", "diweddarwyd", "wedi’i", "wedi'i", "latest"
    ) or words[-1] in ("update", "updated")  # fmt: skip
