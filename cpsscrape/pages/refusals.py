"""Pages that are no article, each told by name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cpsscrape.exceptions import ChallengePageError, EmptyPageError, ListingPageError, SoftNotFoundError
from cpsscrape.pages.phrases import CHALLENGE_TEXT, CHALLENGE_TITLE, NOT_FOUND, without_site

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cpsscrape.pages.outline import RawBlock

SHOWING = re.compile(
    r"(?:showing|results|yn dangos)\s+(?P<first>[\d,]+)\s*(?:-|–|to|i)\s*(?P<last>[\d,]+)\s+(?:of|o"
    r"|out of)\s+"
    r"(?:about\s+)?(?P<total>[\d,]+)(?:\s+(?:results?|canlyniad(?:au)?))?(?:\s+(?:for"
    r"|ar gyfer)\s+(?P<label>.{1,200}))?",
    re.IGNORECASE,
)
_CHALLENGE_SCRIPT = re.compile(
    rb"_incapsula_resource|incapsula incident|cdn-cgi/challenge-platform|cf-chl-|_abck", re.IGNORECASE
)


def is_showing(block: RawBlock) -> bool:
    """Whether a block is a listing's head line, ``Showing 131 - 140 of 710 results``."""
    text = block.text
    if len(text) > 200 or not ("howing" in text or "dangos" in text or "esults" in text):
        return False
    return SHOWING.match(text) is not None


def refuse_challenge(title: str, texts: Sequence[str], data: bytes = b"", *, url: str) -> None:
    """Raise where the site asks for proof of a person instead of serving the page."""
    words = sum(len(text) for text in texts[:200])
    if words > 3000:
        return
    challenged = any(CHALLENGE_TEXT.search(text) for text in texts[:40] if len(text) < 600)
    scripted = words < 200 and _CHALLENGE_SCRIPT.search(data[:20_000])
    if CHALLENGE_TITLE.match(title) or challenged or scripted:
        raise ChallengePageError("a robot check was served; wait, then crawl more slowly", url=url)


def refuse_not_found(title: str, headlines: Sequence[str], *, url: str) -> None:
    """Raise where the page says that there is no such page, whatever its status said."""
    for text in (without_site(title), *headlines):
        if len(text) < 120 and NOT_FOUND.match(text):
            raise SoftNotFoundError(f"the page says {text!r}; it counts as an absence", url=url)


def refuse_listing(texts: Sequence[str], *, url: str) -> None:
    """Raise where the page is a list of stories."""
    if any(SHOWING.match(text) for text in texts if len(text) < 200):
        raise ListingPageError("a list of stories stands here; the story has been taken down", url=url)


def refuse_empty(texts: Sequence[str], *, url: str) -> None:
    """Raise where the page has no text at all."""
    if not any(texts):
        raise EmptyPageError("the page holds no text; fetch it again later", url=url)
